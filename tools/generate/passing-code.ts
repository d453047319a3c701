import { WITHOUT_SAMPLE } from '../../examples/passing/without-sample';
import { table } from '../pages/markdown';
import { ruleLink } from '../pages/rule-pages';
import { codeOf, JUDGED_SAMPLES, type JudgedSample, SAMPLES_PAGE, whyWithoutSample } from '../pages/samples';

/** Where the page stands. */
export const page = `docs/${SAMPLES_PAGE}`;

/** Code that is compiled, synthesised and judged, with the rules that look at it and find nothing. */
export function render(): string {
  return `${[
    "<!-- Written by tools/generate/passing-code.ts from examples/passing: change that, then run 'npm run docs'. -->",
    '',
    '# Code that passes',
    '',
    'Each sample is compiled, synthesised and judged by [all rules](rules.md) when this page is made. Below it stand those that',
    'look at it and find nothing. A sample is about them alone: of others it may be looser than your app should be.',
    '',
    ...JUDGED_SAMPLES.flatMap(section),
    ...withoutSample(),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function withoutSample(): string[] {
  const rows = Object.keys(WITHOUT_SAMPLE).map((id) => [ruleLink(id), whyWithoutSample(id, '')]);
  return [
    '## Rules without a sample',
    '',
    'Of these no code shows that they are kept.',
    '',
    ...table(['Rule', 'Why'], rows),
  ];
}

function section(judged: JudgedSample): string[] {
  const { title, file, sample, passes, fails } = judged;
  return [
    `## ${title}`,
    '',
    `<!-- sample: examples/passing/${file}#${sample} -->`,
    '```ts',
    codeOf(judged),
    '```',
    '',
    `Passes ${passes.length} rules: ${passes.map((id) => ruleLink(id)).join(', ')}.`,
    '',
    ...(fails.length === 0
      ? []
      : [`Not shown here, and found: ${fails.map((id) => ruleLink(id)).join(', ')}.`, '']),
  ];
}
