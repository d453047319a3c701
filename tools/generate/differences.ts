import manifest from '../../package.json';
import { casesOf } from '../../test/_fixtures/differential/cases';
import type { Difference, Standing } from '../../test/_fixtures/differential/difference';
import { DIFFERENCES } from '../../test/_fixtures/differential/differences';
import { PAIRS } from '../../test/_fixtures/differential/pairs';
import { UNPAIRED } from '../../test/_fixtures/differential/unpaired';

/** Where the page stands. */
export const page = 'docs/differences.md';

const FIXTURE = '../test/_fixtures/differential/differences.ts';
const PAIRED = '../test/_fixtures/differential/pairs.ts';
const TEST = '../test/differential/differential.test.ts';

const MEANING: Readonly<Record<Standing, string>> = {
  'cdk-nag errs': 'what it says is not so of the template or the service',
  'we ask for more': 'our rule finds what its does not look for, on purpose',
  'cdk-nag asks for more': 'its rule wants what no requirement that we map asks for',
  'AWS refuses it': 'such a template is not deployed, so that neither answer matters',
  'ours to mend': 'it is right, and we are not yet',
};

const STANDINGS = Object.keys(MEANING) as Standing[];

/** The page that lists every difference between rules of cdk-nag and ours that generated resources show. */
export function render(): string {
  const general = DIFFERENCES.filter(({ theirs }) => theirs === undefined);
  const folders = [...new Set(PAIRS.map(({ theirs }) => folderOf(theirs)))].sort();
  return `${[
    '<!-- Written by tools/generate/differences.ts from test/_fixtures/differential: change those, then run `npm run docs`. -->',
    '',
    '# Every difference that generated resources show',
    '',
    ...intro(),
    '',
    ...table(
      ['', 'What it means', 'Entries'],
      STANDINGS.map((standing) => [standing, MEANING[standing], countOf(standing)]),
    ),
    '',
    '## Any rule',
    '',
    'These come from how resources stand in an app. Entries of a rule, further down, come first.',
    '',
    ...table(
      ['Resources', 'cdk-nag says', 'We say', '', 'Why'],
      general.map((one) => [(one.forms ?? []).join(', '), ...one.says, one.standing, one.why]),
    ),
    ...folders.flatMap(section),
    '',
    '## Rules of cdk-nag without a pair',
    '',
    ...table(
      ['Rule', 'Why'],
      Object.entries(UNPAIRED).map(([name, why]) => [`\`${name}\``, why]),
    ),
  ].join('\n')}\n`;
}

function intro(): string[] {
  const { 'aws-cdk-lib': cdk, 'cdk-nag': nag } = manifest.devDependencies;
  const cases = casesOf(PAIRS, 2).length;
  const theirs = new Set(PAIRS.map((pair) => pair.theirs)).size;
  return [
    `[A test](${TEST}) makes ${cases} small stacks, in which the properties of resources take right and wrong values in every`,
    'combination: as L1 constructs, as a plain `CfnResource`, by an override, as a parameter and in `Fn::If`. It asks a rule of',
    `cdk-nag ${nag} about the constructs (aws-cdk-lib ${cdk}), and the rules of ours that [mirror it](${PAIRED}) about the`,
    `templates. ${theirs} rules of cdk-nag have such a pair. Where both say the same, there is nothing to tell. Where they do`,
    `not, [this table](${FIXTURE}) says why: the test fails on a difference that is missing here, and on an entry that nothing`,
    'shows any more.',
    '',
    '*Silent* is compliant or not applicable; *cannot tell* is a rule of cdk-nag that throws, or one of ours that says so.',
    'Apps that were chosen one by one, transmission foremost, are in [cdk-nag-verdicts.md](cdk-nag-verdicts.md).',
  ];
}

function countOf(standing: Standing): string {
  return String(DIFFERENCES.filter((one) => one.standing === standing).length);
}

function section(folder: string): string[] {
  const differences = DIFFERENCES.filter(({ theirs }) => theirs !== undefined && folderOf(theirs) === folder);
  const agreed = [...new Set(PAIRS.map(({ theirs }) => theirs))]
    .filter((theirs) => folderOf(theirs) === folder)
    .filter((theirs) => !differences.some((one) => one.theirs === theirs));
  return [
    '',
    `## ${folder}`,
    '',
    ...(differences.length === 0
      ? []
      : [
          ...table(
            ['cdk-nag and ours', 'Where', 'cdk-nag says', 'We say', '', 'Why'],
            differences.map(cells),
          ),
          '',
        ]),
    ...(agreed.length === 0 ? [] : [`No difference of their own: ${agreed.map(pairName).join(', ')}.`]),
  ].filter((line, index, all) => !(line === '' && index === all.length - 1));
}

function cells(one: Difference): string[] {
  const { theirs = '', forms, where = {}, says, standing, why, source } = one;
  const places = Object.entries(where).map(
    ([axis, names]) =>
      `\`${axis}\`: ${[names]
        .flat()
        .map((name) => name || 'empty')
        .join(' or ')}`,
  );
  const only = forms === undefined || forms.includes('L1') ? [] : [`as ${forms.join(', ')}`];
  return [
    `${pairName(theirs)}; ours ${oursOf(theirs)}`,
    [...places, ...only].join('<br>'),
    ...says,
    standing,
    source === undefined ? why : `${why} ([source](${source}))`,
  ];
}

function oursOf(theirs: string): string {
  const ours = PAIRS.filter((pair) => pair.theirs === theirs).flatMap((pair) => pair.ours);
  return [...new Set(ours)].map((id) => `\`${id}\``).join(', ');
}

function pairName(theirs: string): string {
  return `\`${theirs.split('.')[1] ?? theirs}\``;
}

function folderOf(theirs: string): string {
  return theirs.split('.')[0] ?? theirs;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
