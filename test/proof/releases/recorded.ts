import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { context } from '../../../cdk.json';
import { Baseline, readConfiguration } from '../../../lib';
import { CONSTRUCT_SAMPLES } from '../../_fixtures/construct-samples';
import { buildSamples } from '../../_fixtures/construct-samples/synthesise';
import type { StackTemplate, Templates } from './changes';

/** Where the templates of the last release stand, in a folder that is named by its version. */
export const RELEASES = 'test/_fixtures/releases';
const CONFIGURATION = 'secure-transmission.baseline.json';
const TEMPLATE = '.template.json';
/** 2026-11-22: thresholds of alarms depend on the day of a synthesis, and must not differ by that alone. */
const SYNTHESIS_TIME = '1795305600';

/** A release whose templates were recorded. */
export interface RecordedRelease {
  readonly version: string;
  /** The configuration from which its baseline was made, and from which the next one must make the same. */
  readonly configuration: string;
  readonly templates: Templates;
}

/**
 * The releases below a folder; there is one, or none before the first.
 *
 * @param root the folder of the project
 */
export function recordedReleases(root: string): readonly RecordedRelease[] {
  const folder = path.join(root, RELEASES);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((version) => {
    const own = path.join(folder, version);
    const names = readdirSync(own).filter((name) => name.endsWith(TEMPLATE));
    return {
      version,
      configuration: path.join(own, CONFIGURATION),
      templates: new Map(names.map((name) => [name, readTemplate(path.join(own, name))])),
    };
  });
}

/** What the code makes now: every sample, and the baseline of a configuration. */
export function currentTemplates(configuration: string): Templates {
  const { SOURCE_DATE_EPOCH: before } = process.env;
  process.env.SOURCE_DATE_EPOCH = SYNTHESIS_TIME;
  try {
    const app = new App({ analyticsReporting: false, context });
    buildSamples(app, CONSTRUCT_SAMPLES);
    Baseline.build(app, readConfiguration(configuration));
    const { stacksRecursively } = app.synth();
    return new Map(stacksRecursively.map(({ templateFile, template }) => [templateFile, template]));
  } finally {
    if (before === undefined) delete process.env.SOURCE_DATE_EPOCH;
    else process.env.SOURCE_DATE_EPOCH = before;
  }
}

/**
 * Writes the templates of a release, in the place of those of the one before.
 *
 * @param root the folder of the project
 * @returns the folder that was written
 */
export function recordRelease(root: string, version: string): string {
  const configuration = path.join(root, CONFIGURATION);
  const templates = currentTemplates(configuration);
  const folder = path.join(root, RELEASES, version);
  rmSync(path.join(root, RELEASES), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(configuration, path.join(folder, CONFIGURATION));
  copyDocuments(root, folder);
  for (const [name, template] of templates) {
    writeFileSync(path.join(folder, name), `${JSON.stringify(template, null, 1)}\n`);
  }
  return folder;
}

/** The documents that a configuration names lie beside it. */
function copyDocuments(from: string, to: string): void {
  const { distribution } = JSON.parse(readFileSync(path.join(from, CONFIGURATION), 'utf8')) as {
    distribution?: { documents?: string };
  };
  const { documents } = distribution ?? {};
  if (documents !== undefined) {
    cpSync(path.join(from, documents), path.join(to, documents), { recursive: true });
  }
}

function readTemplate(file: string): StackTemplate {
  return JSON.parse(readFileSync(file, 'utf8')) as StackTemplate;
}
