import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brokenLinks } from './links';
import { filesBelow, ROOT } from './sources';

function run(...args: readonly string[]) {
  const result = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  return { code: result.status, problems: result.stderr.split('\n').filter((line) => line !== '') };
}

describe('our documentation', () => {
  const documents = new Map(
    filesBelow('.', '.md')
      .filter((name) => !name.includes('_fixtures/'))
      .map((name) => [name, readFileSync(path.join(ROOT, name), 'utf8')]),
  );

  test('has only links that lead somewhere', () => {
    expect(documents.size).toBeGreaterThan(3);
    expect(brokenLinks(documents, (name) => existsSync(path.join(ROOT, name)))).toEqual([]);
  });

  test('shows what its samples, commands and generators give', () => {
    expect(run('tools/docs.mjs', '--check')).toEqual({ code: 0, problems: [] });
  }, 300_000);
});

describe('the checker of links', () => {
  const documents = new Map([
    ['README.md', '# Title\n\n## What it does *not* do\n\n## `check`: the command\n\n## Twice\n\n## Twice\n'],
    ['docs/a.md', '<a id="own"></a>\n\n```md\n# in a fence\n[x](gone.md)\n```\n'],
  ]);
  const problemsOf = (text: string) =>
    brokenLinks(new Map([...documents, ['docs/page.md', text]]), (name) =>
      ['README.md', 'docs/a.md', 'docs/page.md', 'lib/x.ts'].includes(name),
    );

  test.each([
    '[x](gone.md)',
    '[x](../gone.md#title)',
    '[x](../README.md#gone)',
    '[x](a.md#in-a-fence)',
    '[x](#gone)',
    '[x]: gone.md',
    '<a href="gone.md">x</a>',
    '![x](gone.svg)',
    '[x](../../outside.md)',
  ])('finds %s', (text) => {
    expect(problemsOf(text)).toHaveLength(1);
  });

  test.each([
    '[x](../README.md)',
    '[x](../README.md#what-it-does-not-do)',
    '[x](../README.md#check-the-command)',
    '[x](../README.md#twice-1)',
    '[x](a.md#own)',
    '[x](../lib/x.ts)',
    '# Here\n[x](#here)',
    '[x](https://example.com/gone.md)',
    '`[x](gone.md)`',
  ])('allows %s', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('the checker of samples', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'samples '));
    mkdirSync(path.join(folder, 'examples'));
    const text =
      'before\n  // #region part\n  one {\n    // #region inner\n    two\n    // #endregion\n  }\n  // #endregion part\n';
    writeFileSync(path.join(folder, 'examples/a.ts'), text);
    writeFileSync(path.join(folder, 'examples/a.json'), '{\n  "a": 1\n}\n');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function sync(text: string, ...options: readonly string[]) {
    writeFileSync(path.join(folder, 'README.md'), text);
    const { code, problems } = run('tools/sync-samples.mjs', '--root', folder, '--console', ...options);
    return { code, problems, text: readFileSync(path.join(folder, 'README.md'), 'utf8') };
  }

  test.each([
    ['a sample without a source', '```ts\none\ntwo\n```\n', 'sample without a source'],
    [
      'a source that is missing',
      '<!-- sample: examples/b.ts -->\n```ts\none\n```\n',
      'there is no file examples/b.ts',
    ],
    ['a source outside', '<!-- sample: ../b.ts -->\n```ts\none\n```\n', 'there is no file ../b.ts'],
    ['a region that is missing', '<!-- sample: examples/a.ts#x -->\n```ts\none\n```\n', `has no region 'x'`],
    [
      'a sample that differs',
      '<!-- sample: examples/a.json -->\n```json\n{\n  "a": 2\n}\n```\n',
      'differs from',
    ],
    ['output without a command', '```console\n$ echo a\na\n```\n', 'console block without a command'],
    ['output that differs', '<!-- console: echo a -->\n```console\n$ echo a\nb\n```\n', 'differs from'],
    [
      'an exit code that differs',
      '<!-- console: echo a; exit 2 -->\n```console\na\n```\n',
      'exit code 2, not 0',
    ],
  ])('finds %s', (_what, text, problem) => {
    const result = sync(text, '--check');
    expect(result.code).toBe(1);
    expect(result.problems).toEqual([expect.stringContaining(problem)]);
    expect(result.text).toBe(text);
  });

  test.each([
    ['one line without a source', '```ts\none\n```\n'],
    ['a language that is no sample', '```text\none\ntwo\n```\n'],
    ['commands without output', '```console\n$ one\n$ two\n```\n'],
    ['a whole file', '<!-- sample: examples/a.json -->\n\n```json\n{\n  "a": 1\n}\n```\n'],
    ['a region, moved to the left', '<!-- sample: examples/a.ts#part -->\n```ts\none {\n  two\n}\n```\n'],
    ['output that is equal', '<!-- console: echo a -->\n```console\n$ npx echo a\na\n```\n'],
    ['output that differs in a duration', '<!-- console: echo took 1.5 s -->\n```console\ntook 20 ms\n```\n'],
    ['output on both channels', '<!-- console: echo a; echo b >&2 -->\n```console\na\nb\n```\n'],
    ['an exit code that is expected', '<!-- console: exit 1: echo a; exit 1 -->\n```console\na\n```\n'],
  ])('allows %s', (_what, text) => {
    expect(sync(text, '--check')).toEqual({ code: 0, problems: [], text });
  });

  test('writes what differs, and keeps what the reader types', () => {
    const stale = [
      '- in a list',
      '  <!-- sample: examples/a.json -->',
      '  ```json',
      '  old',
      '  ```',
      '',
      '<!-- console: printf "a\\nb\\n" -->',
      '```console',
      '$ npx a',
      'old',
      '```',
      '',
    ];
    const fresh = [
      ...stale.slice(0, 3),
      '  {',
      '    "a": 1',
      '  }',
      '  ```',
      ...stale.slice(5, 9),
      'a',
      'b',
      '```',
      '',
    ];
    expect(sync(stale.join('\n'))).toEqual({ code: 0, problems: [], text: fresh.join('\n') });
  });
});
