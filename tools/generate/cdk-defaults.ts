import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../lib/judge/judgement';
import manifest from '../../package.json';
import { FIXES } from '../../test/_fixtures/cdk-defaults/fixes';
import {
  type FailedRule,
  failedRules,
  type MeasuredDefault,
  measuredDefaults,
} from '../../test/_fixtures/cdk-defaults/measure';

/** Where the page stands. */
export const page = 'docs/cdk-defaults.md';

const FIXES_FILE = 'test/_fixtures/cdk-defaults/fixes.ts';
const CONSTRUCTS = '../test/_fixtures/cdk-defaults/index.ts';
const TEST = '../test/checks/cdk-defaults.test.ts';

/** The page that says which rules the constructs of the CDK fail as they come, and what passes. */
export function render(measured: readonly MeasuredDefault[] = measuredDefaults()): string {
  const failed = failedRules(measured);
  const silent = measured.filter(({ findings }) => findings.length === 0);
  return `${[
    '<!-- Written by tools/generate/cdk-defaults.ts from test/_fixtures/cdk-defaults: change those, then run `npm run docs`. -->',
    '',
    '# What the CDK defaults fail',
    '',
    ...intro(measured, failed),
    '',
    '## By construct',
    '',
    `Nothing is found in ${silent.map(({ name }) => `\`${name}\``).join(', ')}.`,
    '',
    ...table(
      ['Construct', 'error', 'warning', 'info'],
      measured.filter((one) => !silent.includes(one)).map(row),
    ),
    '',
    '## By rule',
    '',
    'What most constructs fail comes first. A sample shows one construct; others name the property alike.',
    ...failed.flatMap(section),
  ].join('\n')}\n`;
}

function intro(measured: readonly MeasuredDefault[], failed: readonly FailedRule[]): string[] {
  const cdk = manifest.devDependencies['aws-cdk-lib'];
  const fixed = failed.filter(({ finding }) => finding.rule.id in FIXES).length;
  return [
    `[${measured.length} L2 constructs](${CONSTRUCTS}) of aws-cdk-lib ${cdk}, each with what it cannot do without and nothing else, under the`,
    'feature flags of a new app. `TransmissionChecks`, `PciDss401Checks` and `GdprChecks` judge what the construct makes; what',
    'it needs, such as a network, stands in another stack and is not counted. The CDK is a library for everybody, and most of',
    'its defaults are those of AWS: a rule that a default fails is nothing that the CDK does wrong.',
    '',
    `${failed.length} rules are failed. For ${fixed} of them, the commonest among them, a sample shows what passes: [a test](${TEST})`,
    'builds and judges each sample, and fails where this page no longer says what is so.',
  ];
}

function row({ name, findings }: MeasuredDefault): string[] {
  const at = (level: Finding['level']) => [
    ...new Set(findings.filter((one) => one.level === level).map(nameOf)),
  ];
  return [`\`${name}\``, ...(['error', 'warning', 'info'] as const).map((level) => at(level).join('<br>'))];
}

function nameOf({ rule, verdict }: Finding): string {
  return verdict === 'unknown' ? `\`${rule.id}\` (cannot be told)` : `\`${rule.id}\``;
}

function section({ finding, constructs }: FailedRule): string[] {
  const { id, title, fix } = finding.rule;
  return [
    '',
    `### ${id}`,
    '',
    `${upper(title)}. ${constructs.length} of them ${constructs.length === 1 ? 'fails' : 'fail'} it (${finding.level}): ${constructs.map((name) => `\`${name}\``).join(', ')}.`,
    '',
    fix,
    ...(id in FIXES ? ['', `<!-- sample: ${FIXES_FILE}#${id} -->`, '```ts', ...sampleOf(id), '```'] : []),
  ];
}

/** The lines of a region, as tools/sync-samples.mjs reads them. */
function sampleOf(id: string): string[] {
  const lines = readFileSync(path.resolve(FIXES_FILE), 'utf8').split('\n');
  const begin = lines.findIndex((line) => line.trim() === `// #region ${id}`);
  const end = lines.findIndex((line, index) => index > begin && line.trim() === '// #endregion');
  const body = lines.slice(begin + 1, end);
  const indent = Math.min(...body.filter((line) => line !== '').map((line) => line.search(/\S/)));
  return body.map((line) => line.slice(indent));
}

function upper(title: string): string {
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
