import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readPublicKeys, verifyFolder } from '../../../lib/live/trail-digests';
import { recordTrail } from '../../_fixtures/trail-digests/recorded-trail';

const folder = mkdtempSync(path.join(tmpdir(), 'any change '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const trail = recordTrail(folder, { keys: generateKeyPairSync('rsa', { modulusLength: 2048 }), hours: 3 });
const keys = readPublicKeys(JSON.stringify(trail.publicKeys), 'keys.json');
const files = [...trail.digests, ...trail.files];

test('no bit of any file can be another without its being told', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(files.length - 1),
      fc.nat(),
      fc.integer({ min: 0, max: 7 }),
      async (index, position, bit) => {
        const file = path.join(folder, files[index] ?? '');
        const before = readFileSync(file);
        const content = gunzipSync(before);
        const at = position % content.length;
        content[at] = (content[at] ?? 0) ^ (1 << bit);
        writeFileSync(file, gzipSync(content));
        try {
          const { findings } = await verifyFolder(folder, 'copy', { keys, signatures: trail.signatures });
          const told = findings.filter(({ file: named }) => named === files[index]);
          expect(told.map(({ fault }) => fault)).toEqual([
            // Of the newest digest no other holds the hash: it may as well be one whose signature was not given.
            expect.stringMatching(
              files[index] === trail.digests.at(-1) ? /^(changed|unproven)$/ : /^changed$/,
            ),
          ]);
        } finally {
          writeFileSync(file, before);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('any file that is gone is told, and so is any that is there too much', async () => {
  for (const file of files) {
    const place = path.join(folder, file);
    const before = readFileSync(place);
    rmSync(place);
    const { findings } = await verifyFolder(folder, 'copy', { keys, signatures: trail.signatures });
    writeFileSync(place, before);
    // The newest digest leaves no trace, but for the files that it named.
    const isNewest = file === trail.digests.at(-1);
    expect(findings.filter(({ fault }) => fault === 'missing').map((one) => one.file)).toEqual(
      isNewest ? [] : [file],
    );
    expect(findings).not.toEqual([]);
  }
});

test('a digest that names another key is changed, and not one whose key was not given', async () => {
  const [, second = ''] = trail.digests;
  const file = path.join(folder, second);
  const before = readFileSync(file);
  const digest = JSON.parse(gunzipSync(before).toString('utf8'));
  digest.digestPublicKeyFingerprint = '00000000000000000000000000000000';
  writeFileSync(file, gzipSync(JSON.stringify(digest)));
  const { findings } = await verifyFolder(folder, 'copy', { keys, signatures: trail.signatures });
  writeFileSync(file, before);
  expect(findings.filter((one) => one.file === second).map(({ fault }) => fault)).toEqual(['changed']);
});
