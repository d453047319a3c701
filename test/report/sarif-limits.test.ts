import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { renderSarif } from '../../lib/report';
import { mostGrave, withinLimits } from '../../lib/report/sarif-limits';
import { KNOWN, reportOnAll, reportWith, viewWith } from './views';

function manyViews(count: number) {
  return Array.from({ length: count }, () => viewWith({ level: 'warning' }));
}

test('what is within the limits stays whole and in its order', () => {
  const findings = [viewWith({ level: 'info' }), viewWith({ level: 'fatal' })];
  expect(mostGrave(findings, 25_000)).toEqual({ findings, notes: [] });
});

test('above 5,000 results the gravest stand first, and what is shown is said', () => {
  const known = viewWith({ level: 'error', known: KNOWN });
  const { findings, notes } = mostGrave([known, ...manyViews(5000), viewWith({ level: 'error' })], 25_000);
  expect(findings).toHaveLength(5002);
  expect(findings[0]).toMatchObject({ level: 'error' });
  expect(findings[0]).not.toHaveProperty('known');
  expect(findings.at(-1)).toBe(known);
  expect(notes).toEqual(['code scanning shows 5000 of the 5002 results: the gravest stand first']);
});

test('above 25,000 results the least grave are left out and counted', () => {
  const { findings, notes } = mostGrave([...manyViews(25_000), viewWith({ level: 'fatal' })], 25_000);
  expect(findings).toHaveLength(25_000);
  expect(findings[0]?.level).toBe('fatal');
  expect(notes[0]).toBe(
    'left out: 1 of 25001 findings, the least grave, since code scanning takes 25000 results of a run and 10 MB of a file',
  );
});

test('above 20 apps those with the least grave findings are left out and named', () => {
  const [clean] = reportWith([]).targets;
  const [faulty] = reportWith([viewWith()]).targets;
  if (clean === undefined || faulty === undefined) throw new Error('no target');
  const targets = Array.from({ length: 22 }, (_, i) => ({ ...(i > 1 ? faulty : clean), target: `app-${i}` }));
  const { runs } = JSON.parse(renderSarif(reportOnAll(targets)));
  expect(runs).toHaveLength(20);
  expect(runs[0].properties.target).toBe('app-2');
  expect(runs[0].invocations[0].toolExecutionNotifications[0].message.text).toBe(
    'left out: 2 targets with the least grave findings, since code scanning takes 20 runs of a file: ' +
      'check fewer targets at a time: app-0, app-1',
  );
});

test('a file that compresses to more than 10 MB is written anew with half the results', () => {
  const tried: number[] = [];
  const text = withinLimits([], ({ most }) => {
    tried.push(most);
    return most > 10_000 ? randomBytes(12_000_000).toString('base64') : 'small';
  });
  expect(text.length).toBe(5);
  expect(tried).toEqual([25_000, 12_500, 6250]);
});

test('a large file that compresses well stays whole', () => {
  const text = withinLimits([], () => 'x'.repeat(11_000_000));
  expect(text).toHaveLength(11_000_000);
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
});

test('GitHub would take a rule: at most 20 tags', () => {
  const [target] = reportWith([viewWith()]).targets;
  const [pack] = target?.packs ?? [];
  const rules = pack?.rules.map((rule) => ({
    ...rule,
    references: { cwe: Array.from({ length: 30 }, (_, i) => `CWE-${i}`) },
  }));
  const { runs } = JSON.parse(
    renderSarif(reportWith([], { packs: [{ name: 'P', notRun: [], rules: rules ?? [] }] })),
  );
  expect(runs[0].tool.driver.rules[0].properties.tags).toHaveLength(20);
});
