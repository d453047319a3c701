import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import schema from '../../schemas/trail-verification.schema.json';
import { type RecordedTrail, recordTrail } from '../_fixtures/trail-digests/recorded-trail';
import { runLive, workFolder, write } from './support';

const validate = addFormats(new Ajv2020({ allErrors: true })).compile(schema);

let whole: RecordedTrail;
beforeAll(() => {
  whole = recordTrail(path.join(workFolder(), 'whole'));
  write('keys.json', whole.publicKeys);
  const broken = recordTrail(path.join(workFolder(), 'broken'), { hours: 3, restartsAt: 1 });
  write('broken-keys.json', broken.publicKeys);
  writeFileSync(path.join(workFolder(), 'broken', broken.files[2] ?? ''), gzipSync('{}'));
  rmSync(path.join(workFolder(), 'broken', broken.files[4] ?? ''));
});

const [HEX] = ['0f'.repeat(256)];

test('a trail that is whole is proven, and says from when to when', async () => {
  const signature = whole.signatures[0] ?? '';
  expect(
    await runLive(['trail', 'verify', 'whole', '--public-keys', 'keys.json', '--signature', signature]),
  ).toEqual({
    code: 0,
    err: '',
    out: `account       region     trail           proven from           to                    digests  log files
111122223333  eu-west-1  main_eu-west-1  2026-11-20T00:01:31Z  2026-11-20T04:01:31Z  4        8

every file is as CloudTrail wrote it, and none is missing
`,
  });
});

test('a trail that is not whole says which files are changed, missing and unproven, and when it was off', async () => {
  const { code, out } = await runLive(['trail', 'verify', 'broken', '--public-keys', 'broken-keys.json']);
  expect(code).toBe(1);
  expect(out).toContain(
    '111122223333 eu-west-1 main_eu-west-1: no digests from 2026-11-20T01:01:31Z to 2026-11-20T01:01:31Z: trail or validation was off\n',
  );
  expect(out).toMatch(/\nchanged {2}AWSLogs\/111122223333\/CloudTrail\/.*: is not what its digest says\n/);
  expect(out).toMatch(
    /\nmissing {2}AWSLogs\/111122223333\/CloudTrail\/.*: a digest names it that is not proven itself\n/,
  );
  expect(out).toMatch(/\n1 changed, 1 missing, 5 unproven\n$/);
});

test('as JSON it has all of it, as its schema says', async () => {
  const { code, out } = await runLive([
    'trail',
    'verify',
    'broken',
    '--public-keys',
    'broken-keys.json',
    '--format',
    'json',
  ]);
  const report = JSON.parse(out);
  expect([validate(report), validate.errors]).toEqual([true, null]);
  const { exitCode, chains, findings } = report;
  expect([code, exitCode, chains.length, findings.length]).toEqual([1, 1, 1, 7]);
});

test.each<[string, string]>([
  [
    'trail verify whole',
    '--public-keys: is missing, name the file with what aws cloudtrail list-public-keys printed',
  ],
  ['trail verify', 'trail: needs verify <folder>, write secure-transmission trail verify <folder>'],
  [
    'trail check whole --public-keys keys.json',
    'check: is not something that trail does, write secure-transmission trail verify <folder>',
  ],
  [
    'trail verify gone --public-keys keys.json',
    'gone: cannot be read (ENOENT), give a folder that holds a copy of the bucket',
  ],
  [
    'trail verify whole --public-keys gone.json',
    '--public-keys gone.json: cannot be read (ENOENT), give a file that is there',
  ],
  [
    'trail verify whole --public-keys keys.json --signature abc',
    '--signature: must be hexadecimal digits as Amazon S3 keeps them with the digest, copy them from aws s3api head-object --query Metadata.signature',
  ],
  [
    'trail verify whole --public-keys keys.json --since tomorrow',
    '--since: is "tomorrow", it must be a day or a date and time of RFC 3339, write such as 2026-12-31',
  ],
  [
    'trail verify whole --public-keys keys.json --output gone/report.txt',
    '--output gone/report.txt: cannot be written (ENOENT), give a file in a folder that exists',
  ],
])('%s is wrong use', async (line, message) => {
  const { code, out, err } = await runLive(line.split(' '));
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: `error: ${message}\n` });
});

test('each form of the report goes where it is told to', async () => {
  const args = ['trail', 'verify', 'broken', '--public-keys', 'broken-keys.json'];
  const { out } = await runLive([...args, '--format', 'text', '--format', 'json', '--output', 'report.json']);
  expect(out).toMatch(/\n1 changed, 1 missing, 5 unproven\n$/);
  const report = JSON.parse(readFileSync(path.join(workFolder(), 'report.json'), 'utf8'));
  expect([report.exitCode, report.findings.length]).toEqual([1, 7]);
});

test('a name that wants to move the cursor is shown, not obeyed', async () => {
  const folder = 'hostile';
  const trail = recordTrail(path.join(workFolder(), folder), { hours: 1 });
  write('hostile-keys.json', trail.publicKeys);
  const added = path.join(workFolder(), folder, path.dirname(trail.files[0] ?? ''), '\u001b[2Jx.json.gz');
  writeFileSync(added, gzipSync('{}'));
  const { out } = await runLive([
    'trail',
    'verify',
    folder,
    '--public-keys',
    'hostile-keys.json',
    '--signature',
    HEX ?? '',
  ]);
  expect(out).not.toContain('\u001b');
  expect(out).toContain('\\u{1b}[2Jx.json.gz: no digest names it');
});
