import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readPublicKeys, type VerifyOptions, verifyFolder } from '../../../lib/live/trail-digests';
import {
  type RecordedTrail,
  type RecordedTrailOptions,
  recordTrail,
} from '../../_fixtures/trail-digests/recorded-trail';

const KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'trail '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (file: string | undefined) => path.join(folder, file ?? 'none');
const record = (options: RecordedTrailOptions = {}) => recordTrail(folder, { keys: KEYS, ...options });
const digestOf = (file: string | undefined) => JSON.parse(gunzipSync(readFileSync(at(file))).toString());
const putDigest = (file: string | undefined, digest: object) =>
  writeFileSync(at(file), gzipSync(JSON.stringify(digest)));

async function verified({ publicKeys, signatures }: RecordedTrail, options: Partial<VerifyOptions> = {}) {
  const keys = readPublicKeys(JSON.stringify(publicKeys), 'keys.json');
  const { chains, findings } = await verifyFolder(folder, 'copy', { keys, signatures, ...options });
  return { chains, findings: findings.map(({ fault, file, why }) => [fault, path.basename(file), why]) };
}

const name = (file: string | undefined) => path.basename(file ?? '');

describe('a trail that nobody touched', () => {
  test.each<[string, RecordedTrailOptions]>([
    ['as CloudTrail writes it', {}],
    ['with keys in the other form', { form: 'spki' }],
    ['of an organisation', { organization: 'o-a1b2c3d4e5' }],
    ['copied from below a prefix', { prefix: 'audit/main/' }],
    ['with hours in which nothing happened', { filesPerHour: 0 }],
  ])('%s is proven from its first digest to its last', async (_, options) => {
    const trail = record(options);
    const { chains, findings } = await verified(trail);
    expect(findings).toEqual([]);
    expect(chains).toEqual([
      {
        account: '111122223333',
        region: 'eu-west-1',
        trail: 'main_eu-west-1',
        digests: 4,
        files: trail.files.length,
        from: '2026-11-20T00:01:31Z',
        to: '2026-11-20T04:01:31Z',
        gaps: [],
      },
    ]);
  });

  test('in several regions is proven for each, with the key of each', async () => {
    const one = record();
    const other = recordTrail(folder, { region: 'us-east-1' });
    const keys = new Map(
      [one, other].flatMap(({ publicKeys }) => [...readPublicKeys(JSON.stringify(publicKeys), 'keys')]),
    );
    const signatures = [...one.signatures, ...other.signatures];
    const { chains, findings } = await verified(one, { keys, signatures });
    expect(findings).toEqual([]);
    expect(chains.map(({ region, digests }) => [region, digests])).toEqual([
      ['eu-west-1', 4],
      ['us-east-1', 4],
    ]);
  });

  test('but whose newest signature is not given, is unproven in its last hour and no other', async () => {
    const trail = record();
    const { chains, findings } = await verified(trail, { signatures: [] });
    const newest = name(trail.digests[3]);
    expect(findings).toEqual([
      ['unproven', newest, 'no later digest holds its signature, and none that is given is its own'],
      ['unproven', name(trail.files[6]), 'its digest is not proven'],
      ['unproven', name(trail.files[7]), 'its digest is not proven'],
    ]);
    expect(chains[0]).toMatchObject({ digests: 3, to: '2026-11-20T03:01:31Z' });
  });

  test('that was off for a time shows when', async () => {
    const trail = record({ restartsAt: 2 });
    const { chains, findings } = await verified(trail);
    expect(findings).toEqual([]);
    expect(chains[0]?.gaps).toEqual([{ from: '2026-11-20T02:01:31Z', to: '2026-11-20T02:01:31Z' }]);
  });
});

describe('what somebody did', () => {
  test('to a log file: an entry was taken out', async () => {
    const trail = record();
    writeFileSync(at(trail.files[3]), gzipSync('{"Records":[]}'));
    expect((await verified(trail)).findings).toEqual([
      ['changed', name(trail.files[3]), 'is not what its digest says'],
    ]);
  });

  test('to a log file: it is no longer one', async () => {
    const trail = record();
    writeFileSync(at(trail.files[0]), 'not packed');
    writeFileSync(at(trail.files[1]), readFileSync(at(trail.files[1])).subarray(0, 30));
    expect((await verified(trail)).findings).toEqual([
      ['changed', name(trail.files[0]), 'cannot be unpacked (Z_DATA_ERROR)'],
      ['changed', name(trail.files[1]), 'cannot be unpacked (Z_BUF_ERROR)'],
    ]);
  });

  test('to a log file: it was deleted', async () => {
    const trail = record();
    rmSync(at(trail.files[5]));
    expect((await verified(trail)).findings).toEqual([
      ['missing', name(trail.files[5]), 'a digest names it'],
    ]);
  });

  test('to the folder: a log file was put there', async () => {
    const trail = record();
    const added = at(trail.files[5]).replace('_1.json.gz', '_2.json.gz');
    writeFileSync(added, gzipSync('{"Records":[{"userName":"somebody else"}]}'));
    expect((await verified(trail)).findings).toEqual([['unproven', name(added), 'no digest names it']]);
  });

  test('to a digest: it names another hash, which fits a log file that was changed', async () => {
    const trail = record();
    writeFileSync(at(trail.files[2]), gzipSync('{"Records":[]}'));
    const digest = digestOf(trail.digests[1]);
    digest.logFiles[0].hashValue = createHash('sha256').update('{"Records":[]}').digest('hex');
    putDigest(trail.digests[1], digest);
    const { findings } = await verified(trail);
    expect(findings).toEqual([
      ['changed', name(trail.digests[1]), 'is not what CloudTrail signed'],
      ['unproven', name(trail.files[2]), 'its digest is not proven'],
      ['unproven', name(trail.files[3]), 'its digest is not proven'],
    ]);
  });

  test('to a digest: it was signed again with a key that is not of CloudTrail', async () => {
    const trail = record();
    const { digests } = recordTrail(folder, {});
    expect(digests).toEqual(trail.digests);
    const { chains, findings } = await verified(trail);
    expect(chains[0]?.digests).toBe(0);
    expect(findings.filter(([, file]) => file?.includes('Digest')).map(([fault]) => fault)).toEqual(
      Array(4).fill('unproven'),
    );
  });

  test('to a digest: it was deleted, with what it named', async () => {
    const trail = record();
    for (const file of [trail.digests[1], trail.files[2], trail.files[3]]) rmSync(at(file));
    const { chains, findings } = await verified(trail);
    expect(findings).toEqual([
      [
        'unproven',
        name(trail.digests[0]),
        'no later digest holds its signature, and none that is given is its own',
      ],
      ['missing', name(trail.digests[1]), 'the digest after it names it'],
      ['unproven', name(trail.files[0]), 'its digest is not proven'],
      ['unproven', name(trail.files[1]), 'its digest is not proven'],
    ]);
    expect(chains[0]).toMatchObject({ digests: 2, from: '2026-11-20T02:01:31Z' });
  });

  test('to a digest: the signature in it was changed, which says nothing of the one before it', async () => {
    const trail = record();
    const digest = digestOf(trail.digests[2]);
    const { previousDigestSignature: signature } = digest;
    digest.previousDigestSignature = `${signature.startsWith('0') ? '1' : '0'}${signature.slice(1)}`;
    putDigest(trail.digests[2], digest);
    const { findings } = await verified(trail);
    const digests = findings.filter(([, file]) => file?.includes('CloudTrail-Digest'));
    expect(digests).toEqual([
      [
        'unproven',
        name(trail.digests[1]),
        'the digest after it is not proven itself, and holds another signature',
      ],
      ['changed', name(trail.digests[2]), 'is not what CloudTrail signed'],
    ]);
  });

  test('to a digest: it lies elsewhere than it says', async () => {
    const trail = record();
    const elsewhere = at(trail.digests[0]).replaceAll('111122223333', '999988887777');
    mkdirSync(path.dirname(elsewhere), { recursive: true });
    renameSync(at(trail.digests[0]), elsewhere);
    const { findings } = await verified(trail);
    expect(findings).toContainEqual([
      'changed',
      path.basename(elsewhere),
      expect.stringMatching(/^has been moved, it was written as AWSLogs\/111122223333\//),
    ]);
    expect(findings).toContainEqual(['missing', name(trail.digests[0]), 'the digest after it names it']);
  });

  test('to the newest digest: it says that the copy begins elsewhere, which says nothing of the others', async () => {
    const trail = record();
    const digest = digestOf(trail.digests[3]);
    putDigest(trail.digests[3], { ...digest, digestS3Object: `elsewhere/${digest.digestS3Object}` });
    const { chains, findings } = await verified(trail);
    expect(chains[0]).toMatchObject({ digests: 3, files: 6 });
    expect(findings.filter(([, file]) => file?.includes('CloudTrail-Digest'))).toEqual([
      [
        'unproven',
        name(trail.digests[3]),
        'no later digest holds its signature, and none that is given is its own',
      ],
    ]);
  });

  test('to a digest: it is no longer one', async () => {
    const trail = record();
    putDigest(trail.digests[3], { logFiles: [] });
    const { findings } = await verified(trail);
    expect(findings).toContainEqual(['changed', name(trail.digests[3]), 'does not say where it lies']);
    expect(findings.filter(([fault]) => fault === 'missing')).toEqual([]);
  });

  test('to the folder: a link leads out of it', async () => {
    const trail = record();
    rmSync(at(trail.files[0]));
    symlinkSync('/etc/hostname', at(trail.files[0]));
    expect((await verified(trail)).findings).toEqual([
      ['missing', name(trail.files[0]), 'a digest names it'],
    ]);
  });

  test('to a digest: it names a file outside of the folder', async () => {
    const trail = record({ hours: 1 });
    const digest = digestOf(trail.digests[0]);
    digest.logFiles[0].s3Object = '../../../../etc/hostname';
    putDigest(trail.digests[0], digest);
    const { findings } = await verified(trail);
    expect(findings).toContainEqual(['missing', 'hostname', 'a digest names it that is not proven itself']);
  });
});

describe('a copy of some days', () => {
  test('misses what was before, unless it is said where it begins', async () => {
    const trail = record();
    for (const file of [trail.digests[0], trail.files[0], trail.files[1]]) rmSync(at(file));
    expect((await verified(trail)).findings).toEqual([
      ['missing', name(trail.digests[0]), 'the digest after it names it'],
    ]);
    const { chains, findings } = await verified(trail, { since: '2026-11-20T01:30:00Z' });
    expect(findings).toEqual([]);
    expect(chains[0]).toMatchObject({ digests: 3, from: '2026-11-20T01:01:31Z' });
  });

  test('cannot be made to leave out what a digest says is older than it is', async () => {
    const trail = record();
    putDigest(trail.digests[1], { ...digestOf(trail.digests[1]), digestEndTime: '2026-11-19T00:00:00Z' });
    const { findings } = await verified(trail, { since: '2026-11-20T01:30:00Z' });
    expect(findings).toContainEqual(['changed', name(trail.digests[1]), 'is not what CloudTrail signed']);
  });

  test('cannot be made to leave out a digest by an older name', async () => {
    const trail = record();
    renameSync(at(trail.digests[1]), at(trail.digests[1]).replace('20261120T020131Z', '20261119T020131Z'));
    const { findings } = await verified(trail, { since: '2026-11-20T01:30:00Z' });
    expect(findings).toContainEqual(['missing', name(trail.digests[1]), 'the digest after it names it']);
  });

  test('does not look at what is there from before', async () => {
    const trail = record();
    writeFileSync(at(trail.files[0]), 'broken');
    expect((await verified(trail, { since: '2026-11-20T01:30:00Z' })).findings).toEqual([]);
  });
});

test('one trail beside another in the same bucket is told apart', async () => {
  const trail = record();
  const other = mkdtempSync(path.join(tmpdir(), 'other '));
  const second = recordTrail(other, { keys: KEYS, filesPerHour: 0 });
  // The same names for another trail: its digests say so, and are not signed for it.
  for (const file of second.digests) {
    const target = at(file).replaceAll('_main_', '_second_');
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(path.join(other, file), target);
  }
  rmSync(other, { recursive: true });
  const { chains, findings } = await verified(trail);
  expect(chains.map(({ trail: which, digests }) => [which, digests])).toEqual([
    ['main_eu-west-1', 4],
    ['second_eu-west-1', 0],
  ]);
  expect(findings.map(([fault, , why]) => [fault, why?.slice(0, 14)])).toEqual(
    Array(4).fill(['changed', 'has been moved']),
  );
});

test('a folder without digests, and one that is not there, are refused', async () => {
  const keys = new Map();
  await expect(verifyFolder(folder, 'copy', { keys })).rejects.toThrow(
    'copy: holds no digest of CloudTrail, copy the bucket of the trail with its folders: aws s3 sync s3://BUCKET FOLDER',
  );
  await expect(verifyFolder(path.join(folder, 'gone'), 'gone', { keys })).rejects.toThrow(
    'gone: cannot be read (ENOENT), give a folder that holds a copy of the bucket',
  );
});
