import manifest from '../../package.json';
import { GUARD_VERDICTS, type GuardVerdict, type Standing } from '../../test/_fixtures/guard-verdicts';

/** Where the page stands. */
export const page = 'docs/guard-verdicts.md';

const FIXTURE = '../test/_fixtures/guard-verdicts/index.ts';
const SAMPLES = '../test/_fixtures/construct-samples/index.ts';
const TEST = '../test/proof/guard-verdicts.test.ts';

const MEANING: Readonly<Record<Standing, string>> = {
  misread: 'the rule does not understand what the template says',
  'not possible': 'the service refuses what the rule asks for, or documents nowhere that it takes it',
  'left to the app': 'the rule is about something else than transmission, and the stack decides it',
};

/** The page that says which findings other people's rules have on our templates, and why those stay. */
export function render(): string {
  const rules = [...new Set(GUARD_VERDICTS.map(({ rule }) => rule))];
  return `${[
    '<!-- Written by tools/generate/guard-verdicts.ts from test/_fixtures/guard-verdicts: change that, then run `npm run docs`. -->',
    '',
    '# What other rules find in our templates',
    '',
    ...intro(),
    '',
    ...table(
      ['', 'What it means', 'Findings'],
      (Object.keys(MEANING) as Standing[]).map((standing) => [standing, MEANING[standing], count(standing)]),
    ),
    ...rules.flatMap((rule) => section(rule)),
  ].join('\n')}\n`;
}

function intro(): string[] {
  const { 'aws-cdk-lib': cdk, '@cdklabs/cdk-validator-cfnguard': guard }: Record<string, string> =
    manifest.devDependencies;
  return [
    `[A test](${TEST}) makes [a stack of every construct](${SAMPLES}), as small as it can be and with its options, and`,
    `the baseline. The validator inside aws-cdk-lib ${cdk} judges their templates, with \`validateAgainstDefaultRules\` on`,
    `and with the rules of cfn-guard for AWS Control Tower that @cdklabs/cdk-validator-cfnguard ${guard} brings.`,
    `The default rules find nothing. What the others find is [explained here](${FIXTURE}), all of it: the test fails on a`,
    'finding that is missing here, and on an entry that nothing needs.',
  ];
}

function count(standing: Standing): string {
  return String(
    GUARD_VERDICTS.filter((verdict) => verdict.standing === standing).flatMap(({ where }) => where).length,
  );
}

function section(rule: string): string[] {
  const verdicts = GUARD_VERDICTS.filter((verdict) => verdict.rule === rule);
  const { control, asks } = verdicts[0] as GuardVerdict;
  return [
    '',
    `## ${control ?? rule}`,
    '',
    `\`${rule}\`: ${asks}.`,
    '',
    ...table(
      ['Where', '', 'Why it stays'],
      verdicts.map(({ where, standing, why, source }) => [
        where.map((role) => `\`${role}\``).join('<br>'),
        standing,
        `${why} ([source](${source}))`,
      ]),
    ),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
