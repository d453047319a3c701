import { readdirSync } from 'node:fs';
import path from 'node:path';
import { EVERY_ROW } from '../../../lib/judge/packs/every-row';
import { OUR_PACKS } from '../../../lib/judge/packs/ours';
import type { PackRule } from '../../../lib/judge/packs/pack';
import { DEFAULT_RULE_PARAMETERS } from '../../../lib/judge/rules/parameters';

const RULES = path.resolve(__dirname, '../../../lib/judge/rules');

/** Every table of rules that a file below the rules exports, with its name. */
function tables(): readonly (readonly [name: string, rows: readonly PackRule[]])[] {
  const files = readdirSync(RULES, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return files.sort().flatMap((file) => {
    const exported: Readonly<Record<string, unknown>> = require(path.join(RULES, file));
    return Object.entries(exported).flatMap(([name, value]) => {
      if (/_ROWS$/.test(name)) return [[`${file} ${name}`, value as readonly PackRule[]] as const];
      if (!/Rows$/.test(name) || typeof value !== 'function') return [];
      return [[`${file} ${name}`, value(DEFAULT_RULE_PARAMETERS) as readonly PackRule[]] as const];
    });
  });
}

test('no table of rules is forgotten', () => {
  const known = new Set(EVERY_ROW.map(({ rule }) => rule.id));
  const found = tables();
  expect(found.length).toBeGreaterThan(50);
  const forgotten = found.filter(([, rows]) => rows.some(({ rule }) => !known.has(rule.id)));
  expect(forgotten.map(([name]) => name)).toEqual([]);
});

test('every rule has one row', () => {
  const ids = EVERY_ROW.map(({ rule }) => rule.id);
  // Each pack says what could not be judged.
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index && id !== 'ResourceCanBeJudged');
  expect(twice).toEqual([]);
});

test('every rule that speaks for a regulation runs in its pack', () => {
  const inPack = (name: 'pci-dss-401' | 'gdpr') =>
    new Set(OUR_PACKS[name](DEFAULT_RULE_PARAMETERS).rules.map(({ rule }) => rule.id));
  const [pci, gdpr] = [inPack('pci-dss-401'), inPack('gdpr')];
  const lost = EVERY_ROW.filter(
    ({ rule: { id, references } }) =>
      ((references.pciDss ?? []).length > 0 && !pci.has(id)) ||
      ((references.gdpr ?? []).length > 0 && !gdpr.has(id)),
  );
  expect(lost.map(({ rule }) => rule.id)).toEqual([]);
});
