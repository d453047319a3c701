import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileOf } from '../../../lib/cli/app/files';
import { isTransmissionError } from '../../../lib/core/errors';

const ROOT = path.resolve(__dirname, '../../..');

test.each(['register', 'supervise'] as const)(
  '%s.js is found from the sources, the library and the bundle',
  (name) => {
    const built = path.join(ROOT, `dist/lib/cli/app/${name}.js`);
    for (const from of ['lib/cli/app', 'dist/lib/cli/app', 'dist/bin']) {
      expect(fileOf(name, path.join(ROOT, from))).toBe(built);
    }
    expect(existsSync(built)).toBe(true);
  },
);

test('both stand alone, since they run in processes of others', () => {
  for (const name of ['register', 'supervise'] as const) {
    const text = readFileSync(fileOf(name), 'utf8');
    const loaded = [...text.matchAll(/require\(["']([^"']+)["']\)/g)].map(([, specifier]) => specifier);
    expect(loaded.filter((specifier) => !specifier?.startsWith('node:'))).toEqual([]);
  }
});

test('a package without them says so, and nothing is taken for checked', () => {
  let thrown: unknown;
  try {
    fileOf('register', '/nowhere/at/all');
  } catch (error) {
    thrown = error;
  }
  expect(isTransmissionError(thrown) && [thrown.kind, thrown.message]).toEqual([
    'internal',
    'cdk-secure-transmission: lacks lib/cli/app/register.js, which runs CDK apps, install it again',
  ]);
});
