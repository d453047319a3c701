import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { VAULT_FUNCTIONS } from '../../../lib/constructs/token-vault/privileges';

const page = readFileSync(resolve('docs/threat-model.md'), 'utf8');
const named = [
  ...new Set([...page.matchAll(/`((?:\w[\w-]*\/)?[\w-]+\.test\.ts)`/g)].map(([, file = '']) => file)),
];

test('the threat model names tests', () => {
  expect(named.length).toBeGreaterThan(10);
});

test.each(named)('the test %s, by which the threat model stands, is there', (file) => {
  const folder = file.includes('/') ? 'test/constructs/token-vault/runtime' : 'test/constructs/token-vault';
  expect(existsSync(resolve(folder, file))).toBe(true);
});

test.each([...VAULT_FUNCTIONS])('who can read a card number is answered for the role of %s', (name) => {
  const rows = page
    .split('\n')
    .filter((line) => /^\| roles? /.test(line) && line.split('|')[1]?.includes(`\`${name}\``));
  expect(rows).toHaveLength(1);
});
