import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App as CdkApp, Stack } from 'aws-cdk-lib';
import { context } from '../../cdk.json';
import { PASSING_CODE, type PassingCode } from '../../examples/passing';
import { judge } from '../../lib/judge/judge';
import { loadAssembly } from '../../lib/judge/load';
import { App } from '../../lib/judge/template';
import { RULES } from './rule-pages';

/** The page that shows the samples, beside that of the rules. */
export const SAMPLES_PAGE = 'passing-code.md';

/** More than this help nobody who looks for one. */
const MOST_OF_A_RULE = 2;

/** A sample, and the rules that look at it and find nothing. */
export interface JudgedSample extends PassingCode {
  readonly passes: readonly string[];
  /** What they find of other rules: a sample shows some rules, and not all. */
  readonly fails: readonly string[];
}

/** Every sample, judged by all rules. */
export const JUDGED_SAMPLES: readonly JudgedSample[] = PASSING_CODE.map(judged);

/** Links to the samples that show a rule kept, from the page of rules. */
export function samplesPassing(ruleId: string): readonly string[] {
  return JUDGED_SAMPLES.filter(({ passes }) => passes.includes(ruleId))
    .sort((one, other) => lengthOf(one) - lengthOf(other))
    .slice(0, MOST_OF_A_RULE)
    .map(
      ({ title }) => `[${title.charAt(0).toLowerCase()}${title.slice(1)}](${SAMPLES_PAGE}#${slugOf(title)})`,
    );
}

/** The text of a region, moved to the left: what a reader copies. */
export function codeOf({ file, sample }: PassingCode): string {
  const lines = readFileSync(path.join('examples/passing', file), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.trim() === `// #region ${sample}`);
  const end = lines.findIndex((line) => line.trim() === `// #endregion ${sample}`);
  if (start === -1 || end < start) throw new RangeError(`examples/passing/${file} has no region ${sample}`);
  const body = lines.slice(start + 1, end);
  const indent = Math.min(...body.filter((line) => line !== '').map((line) => line.search(/\S/)));
  return body.map((line) => line.slice(indent)).join('\n');
}

/** The anchor of a heading, as GitHub makes it. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}

function lengthOf(sample: PassingCode): number {
  return codeOf(sample).length;
}

function judged(sample: PassingCode): JudgedSample {
  const outdir = mkdtempSync(path.join(tmpdir(), 'passing-'));
  try {
    const cdk = new CdkApp({ analyticsReporting: false, outdir, context });
    sample.build(new Stack(cdk, 'Stack', { env: { region: sample.region ?? 'eu-west-1' } }));
    cdk.synth();
    const { rules } = judge(new App(loadAssembly(outdir)), { name: 'Samples', rules: RULES });
    const ids = (wanted: (run: (typeof rules)[number]) => boolean) =>
      rules.filter(wanted).map(({ rule }) => rule.id);
    return {
      ...sample,
      passes: ids(({ compliant, violations, unknown }) => compliant > 0 && violations + unknown === 0),
      fails: ids(({ violations }) => violations > 0),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
