import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTransmissionError } from '../../../lib/core/errors';
import { loadTarget } from '../../../lib/judge/load';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-text-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const TEMPLATE = '{"Resources": {"R": {"Type": "AWS::SNS::Topic"}}}';

/** The error, without the folder that is another in each run. */
function complaint(name: string): string {
  try {
    loadTarget(join(folder, name));
  } catch (error) {
    if (!isTransmissionError(error)) throw error;
    return `${error.code} ${error.message.replace(`${folder}/`, '')}`;
  }
  return 'no error';
}

describe('a file that is no text in UTF-8 is refused, and says what to do', () => {
  const utf16 = Buffer.from(TEMPLATE, 'utf16le');
  test.each<[string, Buffer, string]>([
    [
      'UTF-16 with its mark',
      Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
      'is UTF-16, it must be UTF-8, save it as UTF-8',
    ],
    [
      'UTF-16 of the other order',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
      'is UTF-16, it must be UTF-8, save it as UTF-8',
    ],
    [
      'UTF-16 without a mark',
      utf16,
      'holds a NUL character in line 1 (is it UTF-16, or no text), it must be UTF-8, save it as UTF-8',
    ],
    [
      'Latin-1',
      Buffer.from('Description: Gr\u00fc\u00dfe\n', 'latin1'),
      'is not UTF-8, it must be UTF-8, save it as UTF-8',
    ],
    [
      'half a surrogate pair, as some encode it',
      Buffer.from([0x61, 0xed, 0xa0, 0x80]),
      'is not UTF-8, it must be UTF-8, save it as UTF-8',
    ],
    [
      'a NUL',
      Buffer.from('a: 1\nb: "\0"\n'),
      'holds a NUL character in line 2 (is it UTF-16, or no text), it must be UTF-8, save it as UTF-8',
    ],
    ['nothing', Buffer.alloc(0), 'is empty, give a CloudFormation template'],
  ])('%s', (_, bytes, message) => {
    writeFileSync(join(folder, 't.yaml'), bytes);
    expect(complaint('t.yaml')).toBe(`UnreadableTemplate t.yaml: ${message}`);
  });

  test('but a byte order mark of UTF-8 is fine', () => {
    writeFileSync(join(folder, 't.json'), `\uFEFF${TEMPLATE}`);
    expect(complaint('t.json')).toBe('no error');
  });
});

describe('what is no file is refused at once', () => {
  test('a named pipe, without waiting for somebody to write to it', () => {
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    expect(complaint('pipe.json')).toBe(
      'UnreadableTemplate pipe.json: is a named pipe, give a file with a template',
    );
  });

  test('a device that never ends', () => {
    symlinkSync('/dev/zero', join(folder, 'zero.json'));
    expect(complaint('zero.json')).toBe(
      'UnreadableTemplate zero.json: is a device, give a file with a template',
    );
  });

  test('a folder that an assembly calls a template', () => {
    mkdirSync(join(folder, 's.json'));
    const artifacts = { S: { type: 'aws:cloudformation:stack', properties: { templateFile: 's.json' } } };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
    expect(complaint('.')).toMatch(
      /^UnreadableTemplate .*s\.json: is a folder, give a file with a template$/,
    );
  });

  test('a file that is larger than memory should be', () => {
    writeFileSync(join(folder, 'huge.json'), '');
    truncateSync(join(folder, 'huge.json'), 3_000_000_000);
    expect(complaint('huge.json')).toMatch(/^UnreadableTemplate huge.json: is larger than 100 MB/);
  });

  test('a file without permission to read it', () => {
    writeFileSync(join(folder, 't.json'), TEMPLATE);
    chmodSync(join(folder, 't.json'), 0);
    // Nothing is forbidden to the superuser.
    const expected =
      process.getuid?.() === 0
        ? 'no error'
        : 'UnreadableTemplate t.json: cannot be read (EACCES), check its permissions';
    expect(complaint('t.json')).toBe(expected);
  });
});

describe('a symbolic link', () => {
  const outside = () => {
    const other = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(other, 'secret.json'), TEMPLATE);
    return other;
  };

  test('that the user gives is the user’s word', () => {
    const other = outside();
    symlinkSync(join(other, 'secret.json'), join(folder, 't.json'));
    expect(complaint('t.json')).toBe('no error');
    rmSync(other, { recursive: true });
  });

  test.each([
    [
      'a template',
      'aws:cloudformation:stack',
      (other: string) => join(other, 'secret.json'),
      { templateFile: 'link' },
    ],
    ['an assembly', 'cdk:cloud-assembly', (other: string) => other, { directoryName: 'link' }],
  ])('by which an assembly leads out of its folder is refused: to %s', (_, type, target, properties) => {
    const other = outside();
    symlinkSync(target(other), join(folder, 'link'));
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts: { S: { type, properties } } }));
    expect(complaint('.')).toMatch(/^UnreadableAssembly .*: names "link", which lies outside of it$/);
    rmSync(other, { recursive: true });
  });

  test('within an assembly is fine', () => {
    writeFileSync(join(folder, 'real.json'), TEMPLATE);
    symlinkSync('real.json', join(folder, 'link.json'));
    const artifacts = { S: { type: 'aws:cloudformation:stack', properties: { templateFile: 'link.json' } } };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
    expect(complaint('.')).toBe('no error');
  });
});
