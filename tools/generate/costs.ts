import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CONSTRUCT_SAMPLES } from '../../test/_fixtures/construct-samples';
import { resourcesAdded, sampleApp } from '../../test/_fixtures/construct-samples/synthesise';
import { HOURS, PRICES, type Price, READ_ON, REGION } from '../../test/_fixtures/prices';
import { type Cost, costOf } from '../../test/_fixtures/prices/cost';

/** Where the page stands. */
export const page = 'docs/costs.md';

const PRICE_TABLE = '../test/_fixtures/prices/index.ts';
const SAMPLES = '../test/_fixtures/construct-samples/index.ts';

/** The page that says what each construct costs while nobody uses it. */
export function render(): string {
  const costs = costsOfSamples();
  return `${[
    '<!-- Written by tools/generate/costs.ts from test/_fixtures/{construct-samples,prices}: change those, then run `npm run docs`. -->',
    '',
    '# What the constructs cost at rest',
    '',
    ...intro(),
    '',
    ...table(
      ['Construct', 'USD a month', 'Made of', 'Charged by use, beside it'],
      costs.map(([title, cost]) => [title, sum(cost), parts(cost), names(cost.byUse)]),
    ),
    '',
    '## Prices',
    '',
    `For ${REGION}, and ${HOURS} hours a month. Other regions differ.`,
    '',
    ...table(['Resource', 'At rest', 'Beside it', 'Read at'], charged().map(priceCells)),
    '',
    'All other resources that constructs make cost nothing at rest.',
  ].join('\n')}\n`;
}

function intro(): string[] {
  return [
    'What a construct adds to a bill in a month in which no request, message or record arrives. Added up from the',
    `templates of [one stack for each construct](${SAMPLES}) by [a table of prices](${PRICE_TABLE}). A test fails`,
    'when a template holds a type of resource that has no price.',
    '',
    `This is a note and no quote. Prices were looked up on ${READ_ON} in stored copies of web pages, most of them not by`,
    'AWS, since the pages of AWS load theirs later; some are from memory, and so marked. Free tiers, discounts and taxes',
    'are left out. `+ ?` stands for something that is charged at rest at a price that could not be read. What decides is',
    '[the AWS Pricing Calculator](https://calculator.aws/).',
    '',
    'Networks, certificates and zones that a construct only stands beside are not in it.',
    '',
    'What a search of logs costs, by the terabyte and measured, is on [the page of the finder](old-tls-finder.md#what-it-costs).',
  ];
}

function costsOfSamples(): readonly (readonly [title: string, cost: Cost])[] {
  const outdir = mkdtempSync(path.join(tmpdir(), 'costs-'));
  try {
    const { app, built } = sampleApp(CONSTRUCT_SAMPLES, { outdir });
    const assembly = app.synth();
    return built.map((each) => {
      const { template } = assembly.getStackArtifact(each.stack.artifactId);
      const { construct, options } = each.sample;
      const title = options === undefined ? `**\`${construct}\`**` : `\`${construct}\`: ${options}`;
      return [title, costOf(resourcesAdded(each, template))] as const;
    });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function sum({ monthly, parts: all }: Cost): string {
  const unknown = all.some((part) => part.monthly === undefined) ? ' + ?' : '';
  return `${monthly.toFixed(2)}${unknown}`;
}

function parts({ parts: all }: Cost): string {
  return all
    .map(({ type, count, monthly }) => {
      const amount = monthly === undefined ? '?' : monthly.toFixed(2);
      return `${count === 1 ? '' : `${count} × `}${short(type)} ${amount}`;
    })
    .join(', ');
}

function names(types: readonly string[]): string {
  return types.map(short).join(', ');
}

function short(type: string): string {
  return type.replace(/^AWS::/, '').replaceAll('::', ' ');
}

function charged(): readonly Price[] {
  return [...PRICES.values()]
    .filter(({ atRest, besides }) => atRest !== undefined || besides !== undefined)
    .sort((one, other) => (one.type < other.type ? -1 : 1));
}

function priceCells({ type, counts, besides, readAt, atRest, isUnknown }: Price): string[] {
  const source = readAt === undefined ? 'from memory' : `[page](${readAt})`;
  const atRestCell = isUnknown === true ? 'charged, the price was not found' : (counts ?? 'nothing');
  return [`\`${type}\``, atRestCell, besides ?? '', atRest === undefined ? '' : source];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
