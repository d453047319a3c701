import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const EQUIVALENT = path.join(ROOT, 'tools/mutants/equivalent.json');

function mutate(...args: readonly string[]): {
  readonly code: number | null;
  readonly lines: readonly string[];
} {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/mutate.mjs', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { code: status, lines: `${stdout}${stderr}`.trim().split('\n') };
}

/** Each runs tests in a jest of its own. */
const LONG = 120_000;

test(
  'a test notices each change in a sample of what rules compare',
  () => {
    const { code, lines } = mutate('--sample', '8');
    expect(lines.slice(0, -1)).toEqual([]);
    expect(lines.at(-1)).toMatch(/^8 of \d+ mutants \(seed [0-9a-f]{12}\), 0 survived/);
    expect(code).toBe(0);
  },
  LONG,
);

test(
  'a change that no test notices is told',
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'equivalent-'));
    try {
      const none = path.join(folder, 'none.json');
      writeFileSync(none, '[]');
      const { code, lines } = mutate('--only', 'pci/edge-distribution', '--equivalent', none);
      expect(
        lines.filter((line) => line.startsWith('survived: lib/judge/rules/pci/edge-distribution.ts')),
      ).toHaveLength(1);
      expect(code).toBe(1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  LONG,
);

test('every change that no test can notice is listed with a reason', () => {
  const rows = JSON.parse(readFileSync(EQUIVALENT, 'utf8')) as readonly Record<string, string>[];
  for (const row of rows) {
    expect(Object.keys(row).sort()).toEqual(['change', 'code', 'file', 'why']);
    expect(row.why?.length).toBeGreaterThan(20);
  }
});

test('what looks like code in texts and comments is not changed', () => {
  const { code, lines } = mutate('--list', '--operators', '--only', 'property/tests');
  expect(code).toBe(0);
  expect(lines.filter((line) => /: (\*|\/\/)/.test(line))).toEqual([]);
});
