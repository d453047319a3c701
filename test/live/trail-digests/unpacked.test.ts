import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { hashOf, textOf } from '../../../lib/live/trail-digests/unpacked';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unpacked '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(bytes: Buffer): string {
  const name = path.join(folder, 'file.json.gz');
  writeFileSync(name, bytes);
  return name;
}

test('a file is its text, and the SHA-256 of that', async () => {
  const packed = file(gzipSync('abc'));
  // FIPS 180-2, B.1.
  const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(await textOf(packed)).toEqual({ hash, text: 'abc' });
  expect(await hashOf(packed)).toEqual({ hash, text: undefined });
});

test.each([
  ['is no gzip', Buffer.from('abc'), 'cannot be unpacked (Z_DATA_ERROR)'],
  ['is cut off', gzipSync('a'.repeat(1000)).subarray(0, 15), 'cannot be unpacked (Z_BUF_ERROR)'],
])('what %s was changed', async (_, bytes, why) => {
  expect(await hashOf(file(bytes))).toEqual({ fault: 'changed', why });
});

test('what cannot be read was not seen to be changed', async () => {
  const why = 'cannot be read (EISDIR): let it be read, and verify again';
  expect(await hashOf(folder)).toEqual({ fault: 'unproven', why });
  expect(await textOf(folder)).toEqual({ fault: 'unproven', why });
});

test('a digest that unpacks to more than any is given up on, with the memory of one', async () => {
  const packed = file(gzipSync(Buffer.alloc(17 * 1024 ** 2)));
  expect(await textOf(packed)).toEqual({
    fault: 'changed',
    why: 'holds more than 16 MB, more than CloudTrail writes into one',
  });
});
