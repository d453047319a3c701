import manifest from '../../package.json';
import { EXCEPTIONS } from '../../test/_fixtures/labelled/exceptions';
import { type PrecisionFigures, precisionFigures } from '../../test/_fixtures/labelled/figures';
import compared from '../../test/_fixtures/labelled/guard-figures.json';
import { GUARD_PAIRS } from '../../test/_fixtures/labelled/guard-pairs';
import { measuredLabels } from '../../test/_fixtures/labelled/measure';
import type { Precision } from '../../test/_fixtures/labelled/precision';
import { table } from '../pages/markdown';

/** Where the page stands. */
export const page = 'docs/precision.md';

const FOLDER = '../test/_fixtures/labelled';
const TEST = '../test/judge/labelled/labelled.test.ts';
const HEAD = ['right', 'false alarms', 'missed', 'precision', 'recall'];

/** The page that says how often the judge is right, on templates that were labelled before it saw them. */
export function render(): string {
  const figures = precisionFigures(measuredLabels());
  return `${[
    '<!-- Written by tools/generate/precision.ts from test/_fixtures/labelled: change that, then run `npm run docs`. -->',
    '',
    '# Precision and recall',
    '',
    ...intro(figures),
    '',
    ...table(
      ['of', ...HEAD],
      [['all', ...cells(figures.all)], ...rows(figures.packs), ...rows(figures.areas)],
    ),
    '',
    '## Known exceptions',
    '',
    'The test fails on any other difference, and on an exception that nothing needs.',
    '',
    ...table(
      ['template', 'fault', 'kind', 'why'],
      EXCEPTIONS.map(({ template, fault, kind, why }) => [`\`${template}\``, `\`${fault}\``, kind, why]),
    ),
    '',
    '## Beside cfn-guard',
    '',
    ...guard(),
    '',
  ].join('\n')}`;
}

function intro({ templates, good, bad, rules }: PrecisionFigures): string[] {
  return [
    `${templates} [templates](${FOLDER}) of ours, as people write them, ${bad} with faults and ${good} without: many look`,
    'wrong and are fine, or the other way round. What is wrong with each was decided by what the services document, not',
    `by our code, and written down before it was judged. Labels are complete for ${rules} rules, each with something that is`,
    'wrong and something that is not. All packs judge each template together. A fault is *right* where rule, resource',
    'and verdict are those of the label; what the template hides has to be called hidden. Rungs of a ladder are labelled',
    'as they are judged: of one hop the gravest. `npm run -s precision` prints this as JSON.',
    '',
    'These are our templates and our labels: they tell how far the judge does what the documentation asks for, not how',
    `often templates of others have which fault. [The test](${TEST}) compares each label.`,
    '',
    'On the first run, before anybody looked at a disagreement, precision was 0.86 and recall 0.97, on 278 templates. Most',
    'differences were mistakes of the labels, which were corrected: the default protocol of health checks, what a template',
    'hides, a second fault that nobody had thought of. Four were faults of the judge:',
    'buckets and policies that a parameter names, policies of secrets and of event buses that another stack makes, and',
    'Memcached, which is left. A fifth, Firehose that reads from a stream, was found in',
    '[apps that are built like public samples](../test/_fixtures/sample-apps).',
  ];
}

function guard(): string[] {
  const { '@cdklabs/cdk-validator-cfnguard': version }: Record<string, string> = manifest.devDependencies;
  const differing = compared.filter(({ theirs }) => theirs.falseAlarms + theirs.missed > 0);
  const asked = compared.filter(({ ours }) => ours.right + ours.missed > 0);
  return [
    `${asked.length} rules of cfn-guard for AWS Control Tower (@cdklabs/cdk-validator-cfnguard ${version}) ask for what`,
    `rules of ours ask for, on the same resources ([pairs](${FOLDER}/guard-pairs.ts)). It is given JSON without short`,
    'forms, as the CDK writes it. Templates that were made to be hard are hard for it too, and the labels are ours. Of bucket',
    'policies it knows the form that the CDK writes, and no `Fn::Sub`; of TLS policies of APIs only `TLS_1_2`; it looks',
    'into no parameters; and it wants a redirect on port 80 where we also take a fixed response.',
    '',
    ...table(
      ['by', ...HEAD],
      [
        ['ours', ...cells(summed(asked.map(({ ours }) => ours)))],
        ['cfn-guard', ...cells(summed(asked.map(({ theirs }) => theirs)))],
      ],
    ),
    '',
    'Where it differs from the labels:',
    '',
    ...table(
      ['rule of cfn-guard', 'rules of ours', ...HEAD],
      differing.map(({ rule, theirs }) => [`\`${rule}\``, oursOf(rule), ...cells(theirs)]),
    ),
  ];
}

function oursOf(rule: string): string {
  const pair = GUARD_PAIRS.find(({ theirs }) => theirs === rule);
  return (pair?.ours ?? []).map((id) => `[${id}](rules.md#${id.toLowerCase()})`).join(', ');
}

function summed(all: readonly Precision[]): Precision {
  const sum = (of: (one: Precision) => number) => all.reduce((total, one) => total + of(one), 0);
  const right = sum((one) => one.right);
  const falseAlarms = sum((one) => one.falseAlarms);
  const missed = sum((one) => one.missed);
  return {
    right,
    falseAlarms,
    missed,
    precision: right / (right + falseAlarms),
    recall: right / (right + missed),
  };
}

function rows(figures: Readonly<Record<string, Precision>>): string[][] {
  return Object.entries(figures).map(([name, one]) => [name, ...cells(one)]);
}

function cells({ right, falseAlarms, missed, precision, recall }: Precision): string[] {
  return [`${right}`, `${falseAlarms}`, `${missed}`, precision.toFixed(3), recall.toFixed(3)];
}
