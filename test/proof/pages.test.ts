import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { context } from '../../cdk.json';
import { WITHOUT_SAMPLE } from '../../examples/passing/without-sample';
import { GDPR, PCI_DSS_4_0_1 } from '../../lib/core/controls';
import { MANAGED_CONFIG_RULES } from '../../lib/core/controls/aws-config';
import { byCodeUnit } from '../../lib/core/order';
import * as controls from '../../tools/generate/controls';
import * as gdpr from '../../tools/generate/pack-gdpr';
import * as pci from '../../tools/generate/pack-pci-dss-401';
import * as transmission from '../../tools/generate/pack-transmission';
import * as passing from '../../tools/generate/passing-code';
import * as rules from '../../tools/generate/rules';
import { table } from '../../tools/pages/markdown';
import { PACK_PAGES, RULES } from '../../tools/pages/rule-pages';
import { buildSample, JUDGED_SAMPLES, slugOf } from '../../tools/pages/samples';

/** The cells of every row of every table of a page. */
function cellsOf(page: string): readonly (readonly string[])[] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).split(/ \| /));
}

describe('the page of controls', () => {
  const page = controls.render();

  test('has no empty cell', () => {
    const cells = cellsOf(page).flat();
    expect(cells.length).toBeGreaterThan(1500);
    expect(cells.filter((cell) => cell.trim() === '')).toEqual([]);
  });

  test.each([
    [PCI_DSS_4_0_1.name, PCI_DSS_4_0_1, 'pci-'],
    [GDPR.name, GDPR, 'gdpr-'],
  ] as const)('has a row and a section for all of %s', (_, { requirements }, prefix) => {
    const rows = cellsOf(page).map(([first = '']) => first);
    for (const { id } of requirements) {
      const row = rows.find((cell) => cell.startsWith(`[${id}](#${prefix}`));
      const [, anchor = 'none'] = /\(#([^)]+)\)$/.exec(row ?? '') ?? [];
      expect([id, page.split(`<a id="${anchor}"></a>`).length]).toEqual([id, 2]);
    }
  });

  test('has a row for every managed rule of AWS Config', () => {
    const rows = cellsOf(page).filter(([first = '']) => first.startsWith('<a id="config-'));
    expect(rows).toHaveLength(MANAGED_CONFIG_RULES.length);
  });
});

test('a table refuses an empty cell, and escapes what would end one', () => {
  expect(() => table(['a', 'b'], [['x', ' ']])).toThrow('an empty cell: x |  ');
  expect(table(['a'], [['x|y']])).toEqual(['| a |', '| --- |', '| x\\|y |']);
});

describe('the page of rules', () => {
  const page = rules.render();

  test('has one section for every rule of every pack', () => {
    const headings = page.split('\n').flatMap((line) => (line.startsWith('## ') ? [line.slice(3)] : []));
    expect(headings).toEqual(RULES.map(({ rule }) => rule.id));
    const ofPacks = PACK_PAGES.flatMap(({ pack }) => pack.rules.map(({ rule }) => rule.id));
    expect(ofPacks.filter((id) => !headings.includes(id))).toEqual([]);
  });

  test.each(['Level', 'Risk', 'Fix', 'Code that passes', 'References', 'Looks at'])(
    'says of each rule: %s',
    (name) => {
      expect(page.split(`- **${name}**: `)).toHaveLength(RULES.length + 1);
    },
  );
});

test.each([
  ['transmission', transmission],
  ['PCI DSS', pci],
  ['GDPR', gdpr],
])('the page of the pack for %s lists its rules', (_, generator) => {
  const pack = PACK_PAGES.find(({ file }) => generator.page === `docs/${file}`)?.pack;
  const rows = cellsOf(generator.render()).filter(([first = '']) => first.startsWith('['));
  expect(rows).toHaveLength(new Set(pack?.rules.map(({ rule }) => rule.id)).size);
  expect(rows.flat().filter((cell) => cell.trim() === '')).toEqual([]);
});

describe('code that passes', () => {
  test.each(JUDGED_SAMPLES.map((sample) => [sample.title, sample] as const))(
    '%s breaks no rule at level error',
    (_, { passes, fails }) => {
      const errors = RULES.filter(({ level }) => level === 'error').map(({ rule }) => rule.id);
      expect(fails.filter((id) => errors.includes(id))).toEqual([]);
      expect(passes).not.toEqual([]);
    },
  );

  const shown = new Set(JUDGED_SAMPLES.flatMap(({ passes }) => passes));
  const ids = RULES.map(({ rule }) => rule.id);

  test('is shown for every rule, or a table says why not, and never both', () => {
    expect(ids.filter((id) => !shown.has(id))).toEqual(Object.keys(WITHOUT_SAMPLE).sort(byCodeUnit));
  });

  test.each(Object.entries(WITHOUT_SAMPLE))('is not there for %s, as a sentence says', (_, row) => {
    expect(row.why).toMatch(/^[A-Z].{20,}\.$/);
    expect(row.why).not.toContain('|');
    if (row.instead !== undefined) expect(JUDGED_SAMPLES.map(({ title }) => title)).toContain(row.instead);
  });

  test('is what CloudFormation takes, by the schemas that CDK carries', () => {
    const app = new App({
      analyticsReporting: false,
      outdir: mkdtempSync(join(tmpdir(), 'passing-')),
      context,
    });
    for (const [index, sample] of JUDGED_SAMPLES.entries()) buildSample(app, sample, `Sample${index}`);
    // Warnings of CDK are printed, and are about samples, not about this.
    const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => app.synth()).not.toThrow();
    printed.mockRestore();
    rmSync(app.outdir, { recursive: true });
  });

  test('shows nothing as passing that some rule finds', () => {
    for (const { title, passes, fails } of JUDGED_SAMPLES) {
      expect([title, passes.filter((id) => fails.includes(id))]).toEqual([title, []]);
    }
  });

  test('has an anchor for every sample, once', () => {
    const slugs = JUDGED_SAMPLES.map(({ title }) => slugOf(title));
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(passing.render()).toContain(`## ${JUDGED_SAMPLES[0]?.title}`);
  });
});
