import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { targetPaths } from '../../lib/cli/target-paths';
import { listener, run, workFolder, write } from './support';

const template = { Resources: { Web: listener('HTTPS') } };

beforeAll(() => {
  for (const file of [
    'templates/b.yaml',
    'templates/a.yaml',
    'templates/deep/c.yaml',
    'templates/notes.txt',
    'templates/node_modules/p/d.yaml',
    'templates/.hidden/e.yaml',
    'apps/one/cdk.out/manifest.json',
    'apps/one/cdk.out/asset.0123/f.yaml',
    'apps/one/cdk.json',
    'apps/two/cdk.json',
    'odd/[x].json',
  ]) {
    write(file, template);
  }
});

const paths = (...operands: readonly string[]) => targetPaths(operands, workFolder());

describe('a pattern', () => {
  test.each([
    ['templates/*.yaml', ['templates/a.yaml', 'templates/b.yaml']],
    ['templates/**/*.yaml', ['templates/a.yaml', 'templates/b.yaml', 'templates/deep/c.yaml']],
    ['templates/{b,deep/c}.yaml', ['templates/b.yaml', 'templates/deep/c.yaml']],
    ['**/[bc].yaml', ['templates/b.yaml', 'templates/deep/c.yaml']],
    ['apps/*/cdk.json', ['apps/one/cdk.json', 'apps/two/cdk.json']],
    ['apps/**/*.{yaml,json}', ['apps/one/cdk.json', 'apps/one/cdk.out/manifest.json', 'apps/two/cdk.json']],
  ])('%s stands for the files that it matches, sorted, none of packages or assets', (pattern, found) => {
    expect(paths(pattern)).toEqual(found);
  });

  test('is none where a file has that name', () => {
    expect(paths('odd/[x].json')).toEqual(['odd/[x].json']);
  });

  test('stands where it was given, between others', () => {
    expect(paths('odd/[x].json', 'templates/*.yaml', 'cdk.out')).toEqual([
      'odd/[x].json',
      'templates/a.yaml',
      'templates/b.yaml',
      'cdk.out',
    ]);
  });

  test('that matches nothing is an error', () => {
    const { code, out, err } = run(['check', 'templates/*.yml']);
    expect({ code, out, err }).toEqual({
      code: 2,
      out: '',
      err: 'error: templates/*.yml: matches no file (node_modules, .git and the assets of a cdk.out are left out), correct the pattern, and quote it so that no shell expands it\n',
    });
  });

  test('gives an app for each match, where a folder is one app', () => {
    const targets = (operand: string) =>
      JSON.parse(run(['check', operand, '--format', 'json']).out).targets.map(
        ({ target }: { target: string }) => target,
      );
    expect(targets('templates/*.yaml')).toEqual(['templates/a.yaml', 'templates/b.yaml']);
    expect(targets('templates')).toEqual(['templates']);
  });

  test('finds an assembly by its manifest', () => {
    const stack = { type: 'aws:cloudformation:stack', properties: { templateFile: 'S.template.json' } };
    write('written/S.template.json', template);
    write('written/manifest.json', { version: '55.0.0', artifacts: { S: stack } });
    const { out } = run(['check', 'written/mani*.json', '--format', 'json']);
    const [{ target, lines, resources }] = JSON.parse(out).targets;
    expect([target, resources.total]).toEqual(['written/manifest.json', 1]);
    expect(lines).toEqual({
      kind: 'template',
      why: 'the synthesis that wrote the assembly kept no stacks',
    });
  });
});

describe('symbolic links', () => {
  beforeAll(() => {
    const outside = path.join(workFolder(), '../outside.yaml');
    mkdirSync(path.join(workFolder(), 'links/inner'), { recursive: true });
    const link = (target: string, name: string) => symlinkSync(target, path.join(workFolder(), name));
    write('links/real.yaml', template);
    link('../real.yaml', 'links/inner/stays.yaml');
    mkdirSync(path.join(workFolder(), 'leaving'));
    writeFileSync(outside, 'Resources: {}');
    link('../../outside.yaml', 'leaving/out.yaml');
    mkdirSync(path.join(workFolder(), 'dangling'));
    link('nowhere.yaml', 'dangling/a.yaml');
    mkdirSync(path.join(workFolder(), 'round/a'), { recursive: true });
    write('round/t.yaml', template);
    link('..', 'round/a/again');
  });

  test('that stay in the tree are followed', () => {
    expect(paths('links/**/*.yaml')).toEqual(['links/inner/stays.yaml', 'links/real.yaml']);
  });

  test('to folders are not: a tree has an end', () => {
    expect(paths('round/**/*.yaml')).toEqual(['round/t.yaml']);
  });

  test.each([
    [
      'leaving/*.yaml',
      'leaving/out.yaml: is a symbolic link that leads out of the folder, links must stay in it, give the file itself',
    ],
    [
      'leaving',
      'leaving/out.yaml: is a symbolic link that leads out of the folder, links must stay in it, give the file itself',
    ],
    [
      'dangling/*.yaml',
      'dangling/a.yaml: is a symbolic link to nothing that can be read, it must lead to a template, remove it',
    ],
    [
      'dangling',
      'dangling/a.yaml: is a symbolic link to nothing that can be read, it must lead to a template, remove it',
    ],
  ])('in %s that lead elsewhere are told, not left out', (operand, message) => {
    const { code, out, err } = run(['check', operand]);
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: `error: ${message}\n` });
  });
});

test('no operands are the CDK app of the folder, and an error where none is', () => {
  expect(targetPaths([], path.join(workFolder(), 'apps/one'))).toEqual(['.']);
  const { code, err } = run(['check']);
  expect([code, err]).toEqual([
    2,
    'error: check: needs a target, since there is no cdk.json here, write secure-transmission check cdk.out, or run it where a CDK app is\n',
  ]);
});
