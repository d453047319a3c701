import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App as CdkApp, Stack } from 'aws-cdk-lib';
import { context } from '../../cdk.json';
import { PASSING_CODE, type PassingCode } from '../../examples/passing';
import { WITHOUT_SAMPLE } from '../../examples/passing/without-sample';
import { judge } from '../../lib/judge/judge';
import { loadAssembly } from '../../lib/judge/load';
import { App } from '../../lib/judge/template';
import { RULES } from './rule-pages';

/** What the CDK warns of is for who writes an app, and would be printed here. */
const UNTOLD = { '@aws-cdk/core:annotationsInValidationReport': false };

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

/** When they are judged: a page must not change by the day on which it is made. */
const DAY = new Date('2026-11-22T00:00:00Z');

/** Every sample, judged by all rules. */
export const JUDGED_SAMPLES: readonly JudgedSample[] = PASSING_CODE.map(judged);

/** The shortest first: of those a reader sees most at a glance. */
const SHORTEST_FIRST = JUDGED_SAMPLES.map((sample) => [codeOf(sample).length, sample] as const)
  .sort(([one], [other]) => one - other)
  .map(([, sample]) => sample);

/** Links to the samples that show a rule kept, from the page of rules, or why there is none. */
export function samplesPassing(ruleId: string): string {
  const links = SHORTEST_FIRST.filter(({ passes }) => passes.includes(ruleId))
    .slice(0, MOST_OF_A_RULE)
    .map(({ title }) => linkToSample(title));
  return links.length === 0 ? whyWithoutSample(ruleId) : links.join(', ');
}

/** Why no sample shows a rule kept, and which does the same without what it finds. */
export function whyWithoutSample(ruleId: string, page = SAMPLES_PAGE): string {
  const { why = 'none', instead } = WITHOUT_SAMPLE[ruleId] ?? {};
  return instead === undefined ? why : `${why} Instead: ${linkToSample(instead, page)}.`;
}

/** A link to the section of a sample, from a page below `docs/`. */
export function linkToSample(title: string, page = SAMPLES_PAGE): string {
  return `[${title.charAt(0).toLowerCase()}${title.slice(1)}](${page}#${slugOf(title)})`;
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

/** Builds a sample in a stack of that name, or beside it. */
export function buildSample(app: CdkApp, { build, region = 'eu-west-1' }: PassingCode, name: string): void {
  const stack = new Stack(app, name, { env: { region } });
  build(stack);
  // Some samples are about stacks and make their own; CloudFormation takes none that is empty.
  if (stack.node.children.length === 0) app.node.tryRemoveChild(name);
}

function judged(sample: PassingCode): JudgedSample {
  const outdir = mkdtempSync(path.join(tmpdir(), 'passing-'));
  try {
    // CDK's own validation takes longer than all the rest: a test asks for it, once for all samples.
    const settings = { analyticsReporting: false, builtinCloudFormationValidation: false };
    const cdk = new CdkApp({ ...settings, outdir, context: { ...context, ...UNTOLD } });
    buildSample(cdk, sample, 'Stack');
    cdk.synth();
    const pack = { name: 'Samples', rules: RULES };
    const { rules } = judge(new App(loadAssembly(outdir)), pack, { now: DAY });
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
