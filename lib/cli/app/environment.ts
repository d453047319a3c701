import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CdkApp } from './cdk-json';

/** The version of the assembly's format, and of the CDK CLI, that an app is told to write for. */
export const CDK_CLI = { assembly: '55.0.0', cli: '2.1148.1' } as const;

/** A context larger than this is handed over in a file, since systems bound what an environment holds. */
const LARGEST_CONTEXT = 24_000;

/** What the CDK CLI says by default. */
const CONTEXT_OF_CLI: Readonly<Record<string, unknown>> = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:version-reporting': true,
  '@aws-cdk/core:failSynthOnValidationErrors': false,
  // Code of functions is not judged, and to bundle it takes Docker, or minutes.
  'aws:cdk:bundling-stacks': [],
};

/** Where an app writes, and what it is preloaded with. */
export interface AppPlaces {
  /** A folder of ours, for what is none of the assembly. */
  readonly folder: string;
  readonly outdir: string;
  /** What tells that an App of CDK was there. */
  readonly mark: string;
  readonly register: string;
}

/**
 * What an app finds in its environment, beside what is there: what the CDK CLI says, and what keeps the lines of code.
 *
 * @param env what is there
 */
export function environmentOf(
  { context }: CdkApp,
  { folder, outdir, mark, register }: AppPlaces,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const region = env.CDK_DEFAULT_REGION ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  return {
    ...contextVariables({ ...context, ...CONTEXT_OF_CLI }, folder),
    ...(region === undefined ? {} : { CDK_DEFAULT_REGION: region }),
    CDK_OUTDIR: outdir,
    CDK_CLI_ASM_VERSION: CDK_CLI.assembly,
    CDK_CLI_VERSION: CDK_CLI.cli,
    // Seconds, for what is judged here anyway.
    CDK_VALIDATION: 'false',
    // What assigned a property, and what made a resource even where the app says to keep no stacks.
    CDK_DEBUG: 'true',
    // Lines of other languages, where their runtime knows them.
    JSII_HOST_STACK_TRACES: '1',
    PYTHONIOENCODING: 'utf-8',
    SECURE_TRANSMISSION_APP_MARK: mark,
    NODE_OPTIONS: [env.NODE_OPTIONS, `--require ${inNodeOptions(register)}`].filter(Boolean).join(' '),
  };
}

function contextVariables(context: CdkApp['context'], folder: string): Record<string, string> {
  const text = JSON.stringify(context);
  if (Buffer.byteLength(text) <= LARGEST_CONTEXT) return { CDK_CONTEXT_JSON: text };
  const file = join(folder, 'context.json');
  writeFileSync(file, text);
  return { CDK_CONTEXT_JSON: '{}', CONTEXT_OVERFLOW_LOCATION_ENV: file };
}

/** Node.js splits at spaces outside quotes, and takes a backslash inside them for an escape. */
function inNodeOptions(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}
