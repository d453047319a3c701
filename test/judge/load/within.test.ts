import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isReallyWithin, isWithin } from '../../../lib/judge/load/within';

test.each([
  ['the folder itself', '/app', true],
  ['what lies in it', '/app/a/b', true],
  ['a name that begins with two dots', '/app/..a/b', true],
  ['a way that leads out and back', '/app/../app/a', true],
  ['the folder above', '/', false],
  ['a folder beside it', '/other', false],
  ['a folder whose name begins alike', '/app2/a', false],
])('of %s', (_, name, expected) => {
  expect(isWithin(name, '/app')).toBe(expected);
});

describe('links', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'within-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('are followed, on the way and at its end, and those to nothing lead nowhere', () => {
    const at = (name: string) => path.join(folder, name);
    mkdirSync(at('app'));
    mkdirSync(at('other'));
    writeFileSync(at('other/file'), '');
    symlinkSync(at('other'), at('app/way'));
    symlinkSync(at('other/file'), at('app/end'));
    symlinkSync(at('missing'), at('app/nothing'));
    expect(isReallyWithin(at('app/way/file'), at('app'))).toBe(false);
    expect(isReallyWithin(at('app/end'), at('app'))).toBe(false);
    expect(isReallyWithin(at('app/end'), folder)).toBe(true);
    expect(isReallyWithin(at('app/nothing'), at('app'))).toBe(true);
  });
});
