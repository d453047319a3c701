import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { programPath } from '../../../lib/cli/app/programs';
import { run, workFolder, write } from '../support';

beforeAll(() => {
  for (const folder of ['node_modules/.bin', 'apps/shop/node_modules/.bin']) {
    write(`${folder}/our-compiler`, `#!/bin/sh\necho compiled by ${folder}\n`);
    chmodSync(path.join(workFolder(), folder, 'our-compiler'), 0o755);
  }
});

const shop = () => path.join(workFolder(), 'apps/shop');

test('programs of packages are found, the nearest first, after those of the system', () => {
  const env = programPath(shop(), { Path: '/usr/bin:/bin' });
  const nearest = ['/usr/bin', '/bin', path.join(shop(), 'node_modules/.bin')];
  const all = [...nearest, path.join(workFolder(), 'node_modules/.bin')].join(':');
  expect(env.Path?.startsWith(all)).toBe(true);
  const out = execFileSync('/bin/sh', ['-c', 'our-compiler'], { env: { PATH: env.Path } }).toString();
  expect(out).toBe('compiled by apps/shop/node_modules/.bin\n');
});

test('a folder without packages changes nothing', () => {
  expect(programPath('/', { PATH: '/bin' })).toEqual({ PATH: '/bin' });
  expect(programPath('/', {})).toEqual({});
});

test('"build" of a cdk.json finds them', () => {
  write('apps/shop/cdk.json', { build: 'our-compiler; exit 1', app: 'true' });
  const { err } = run(['check', 'apps/shop'], { env: process.env });
  expect(err).toMatch(/it said last: compiled by apps\/shop\/node_modules\/\.bin\n$/);
});
