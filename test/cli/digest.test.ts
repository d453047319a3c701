import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './support';

let folder = '';
let assembly = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'digest-'));
  assembly = join(folder, 'cdk.out');
  mkdirSync(join(assembly, 'asset.1'), { recursive: true });
  writeFileSync(join(assembly, 'manifest.json'), '{}');
  writeFileSync(join(assembly, 'asset.1', 'bootstrap'), 'run');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const digest = (...args: readonly string[]) => run(['digest', assembly, ...args], { cwd: folder });

describe('digest', () => {
  test('is made of the mode, the content and the name of each file, in the order of code units', () => {
    const lines = `file ${sha256('run')} "asset.1/bootstrap"\nfile ${sha256('{}')} "manifest.json"\n`;
    expect(digest()).toEqual({ code: 0, out: `sha256:${sha256(lines)}\n`, err: '' });
  });

  test.each<[string, () => void]>([
    ['another content', () => writeFileSync(join(assembly, 'asset.1', 'bootstrap'), 'ran')],
    ['another file', () => writeFileSync(join(assembly, 'asset.1', '.env'), '')],
    ['a file that became executable', () => chmodSync(join(assembly, 'asset.1', 'bootstrap'), 0o755)],
    [
      'a file in the place of its lock, but deeper',
      () => writeFileSync(join(assembly, 'asset.1', 'synth.lock'), ''),
    ],
    ['a link', () => symlinkSync('bootstrap', join(assembly, 'asset.1', 'link'))],
  ])('is another one with %s', (_, change) => {
    const before = digest().out.trim();
    change();
    expect(digest().out.trim()).not.toBe(before);
    const { code, out, err } = digest('--expect', before);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(
      /^error: cdk.out: is sha256:\w+, not sha256:\w+, deploy nothing and find out what changed\n$/,
    );
  });

  test('is the same for a copy, whatever its times, and for what CDK writes while it reads', () => {
    const before = digest().out.trim();
    const copy = join(folder, 'copy');
    // By another program, as a workflow would.
    expect(
      spawnSync('sh', ['-c', `tar -cf - cdk.out | tar -xf - --transform s/^cdk.out/copy/`], { cwd: folder })
        .status,
    ).toBe(0);
    utimesSync(join(copy, 'manifest.json'), 1, 1);
    writeFileSync(join(copy, 'read.4711.1.lock'), '4711');
    mkdirSync(join(copy, '.cache'));
    writeFileSync(join(copy, '.cache', 'asset.zip'), 'zip');
    expect(run(['digest', copy, '--expect', before], { cwd: folder })).toEqual({
      code: 0,
      out: `${before}\n`,
      err: '',
    });
  });

  test('refuses a link out of the assembly, whose end it does not cover', () => {
    writeFileSync(join(folder, 'outside'), 'outside');
    symlinkSync('../../outside', join(assembly, 'asset.1', 'link'));
    expect(digest()).toEqual({
      code: 2,
      out: '',
      err: 'error: cdk.out/asset.1/link: is a link out of the assembly, which no digest covers, put a copy in its place\n',
    });
  });

  test.each<[string, object, string]>([
    ['a file', { files: { a: { source: { path: '../code' } } } }, '../code'],
    ['an image', { dockerImages: { a: { source: { directory: '/srv/image' } } } }, '/srv/image'],
  ])('refuses %s as an asset outside of the assembly, which would be deployed unseen', (_, assets, place) => {
    writeFileSync(join(assembly, 'Shop.assets.json'), JSON.stringify(assets));
    expect(digest()).toEqual({
      code: 2,
      out: '',
      err: `error: cdk.out/Shop.assets.json: names the asset ${JSON.stringify(place)}, which lies outside of the assembly where no digest covers it, synthesise with asset staging\n`,
    });
  });

  test('takes assets inside of the assembly, and refuses a list that cannot be read', () => {
    writeFileSync(
      join(assembly, 'Shop.assets.json'),
      JSON.stringify({ files: { a: { source: { path: 'asset.1' } } } }),
    );
    expect(digest().code).toBe(0);
    writeFileSync(join(assembly, 'Shop.assets.json'), '{');
    expect(digest().err).toBe(
      'error: cdk.out/Shop.assets.json: is not a readable list of assets, synthesise the app again (cdk synth)\n',
    );
  });

  test('follows a link to a list of assets, as a deployment does', () => {
    const assets = { files: { a: { source: { path: '../code' } } } };
    writeFileSync(join(assembly, 'list.json'), JSON.stringify(assets));
    symlinkSync('list.json', join(assembly, 'Shop.assets.json'));
    expect(digest().err).toContain('cdk.out/Shop.assets.json: names the asset "../code", which lies outside');
    rmSync(join(assembly, 'list.json'));
    expect(digest().err).toContain('cdk.out/Shop.assets.json: is not a readable list of assets');
  });

  test('refuses a pipe', () => {
    expect(spawnSync('mkfifo', [join(assembly, 'pipe')]).status).toBe(0);
    expect(digest().err).toBe(
      'error: cdk.out/pipe: is neither a file nor a link, which no synthesis writes, remove it\n',
    );
  });

  test('refuses what is no assembly, and what is no digest', () => {
    rmSync(join(assembly, 'manifest.json'));
    expect(digest().err).toBe(
      'error: cdk.out: holds no manifest.json, give the folder that cdk synth writes (cdk.out)\n',
    );
    expect(digest('--expect', 'abc').err).toBe(
      'error: --expect: is "abc", it must be sha256: and 64 hexadecimal digits, copy what digest printed\n',
    );
  });
});
