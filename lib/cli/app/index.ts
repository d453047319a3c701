import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadAssembly } from '../../judge/load';
import type { TemplateSource } from '../../judge/template';
import { visible } from '../../report/escape';
import { readCdkApp } from './cdk-json';
import { quoteApp } from './said';
import { type RunOptions as Run, synthesise } from './synthesise';

export { isCdkApp } from './cdk-json';

/** How CDK apps are run. */
export interface RunOptions extends Run {
  /** Context beside that of the app, which it goes before, as `cdk synth --context` does. */
  readonly context?: Readonly<Record<string, string>>;
  /** Takes what an app prints, lines and all. @default - nobody reads it */
  say?(text: string): void;
}

/** Templates of an app, and why no line of its code is known, should that be so. */
export interface LoadedApp {
  readonly sources: readonly TemplateSource[];
  readonly whyNoLines: string;
}

const NO_HOOK =
  'the app is not written for Node.js, or its CDK is too old to call hooks; they are of what cdk synth writes';
const NO_STACKS = 'the app kept no stacks in which code of its own stands';

/**
 * Runs a CDK app, and reads what it wrote.
 *
 * @param path its cdk.json, or the folder with it
 * @param name the same, as messages name it
 */
export function loadCdkApp(path: string, name: string, options: RunOptions): LoadedApp {
  const described = readCdkApp(path, name);
  const app = { ...described, context: { ...described.context, ...options.context } };
  const written = resolve(app.folder, app.app);
  // As the CDK CLI takes it: a synthesis that was made before.
  if (existsSync(written) && statSync(written).isDirectory()) {
    const where = `${described.file}: app is the folder ${visible(app.app)}`;
    options.say?.(`${where}, which a synthesis wrote before: it is judged as it is, and nothing was run\n`);
    return { sources: loadAssembly(written), whyNoLines: NO_STACKS };
  }
  const { sources, said, isHooked } = synthesise(app, options);
  const text = quoteApp(said);
  if (text !== '') options.say?.(text);
  return { sources, whyNoLines: isHooked ? NO_STACKS : NO_HOOK };
}
