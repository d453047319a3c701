// benchmark
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  getLocalCryptographicMaterialsCache,
  NodeCachingMaterialsManager,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node';
import { tokenIndex } from '../lib/constructs/token-vault/runtime/core/identity';
import { pooledRandomBytes } from '../lib/constructs/token-vault/runtime/core/random';
import {
  newSubjectKey,
  openRecord,
  type RecordIdentity,
  sealRecord,
  unwrapSubjectKey,
  type View,
  wrapSubjectKey,
} from '../lib/constructs/token-vault/runtime/core/record';
import { randomToken } from '../lib/constructs/token-vault/runtime/core/token';
import { type Figure, median, print } from './figures';

/**
 * The cryptography of one token on one core, without a table and without KMS: a new token, its index, the key of its
 * subject unwrapped, the value sealed; and back. Beside it the AWS Encryption SDK for JavaScript with its cache, which
 * never misses here, under a raw AES key, with a committing suite; it binds the token to nothing, since every token
 * would then miss the cache.
 */
const RUNS = 5;
const MILLISECONDS = 300;
/** For the memory of a process that does nothing else. */
const OPERATIONS = 20_000;
const RIVAL = 'AWS Encryption SDK, cached';

const draw = pooledRandomBytes();
const value = Buffer.from('4111111111111111');
const shown = Buffer.from('************1111');
const [branchKey, indexKey, subject] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const identity = (view: View) => ({ vault: 'payments', tenant: 'shop', subject, view, branchVersion: 1 });
const wrapped: Readonly<Record<View, Uint8Array>> = {
  full: wrapSubjectKey(branchKey, newSubjectKey(draw), identity('full'), draw),
  masked: wrapSubjectKey(branchKey, newSubjectKey(draw), identity('masked'), draw),
};

interface Made {
  readonly token: string;
  readonly sealed: Readonly<Partial<Record<View, Uint8Array>>>;
}

function keyOf(view: View): Uint8Array {
  const key = unwrapSubjectKey(branchKey, wrapped[view], identity(view));
  if (key === undefined) throw new Error('a key that has to come back does not');
  return key;
}

function recordOf(index: Uint8Array, view: View): RecordIdentity {
  return {
    vault: 'payments',
    tenant: 'shop',
    subject,
    type: 'card-number',
    view,
    tokenIndex: index,
    expires: 0,
  };
}

function tokenize(views: readonly View[]): Made {
  const token = randomToken(draw);
  const index = tokenIndex(indexKey, 'shop', token);
  const sealed: Partial<Record<View, Uint8Array>> = {};
  for (const view of views) {
    const text = view === 'full' ? value : shown;
    sealed[view] = sealRecord(keyOf(view), token, recordOf(index, view), text, draw);
  }
  return { token, sealed };
}

function reveal({ token, sealed }: Made): Buffer {
  const record = recordOf(tokenIndex(indexKey, 'shop', token), 'full');
  const opened = openRecord(keyOf('full'), token, record, sealed.full ?? new Uint8Array());
  if (opened === undefined) throw new Error('a record that has to open does not');
  return opened;
}

const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
const materials = new NodeCachingMaterialsManager({
  backingMaterials: new RawAesKeyringNode({
    keyName: 'branch',
    keyNamespace: 'vault',
    // It overwrites what it is given.
    unencryptedMasterKey: Uint8Array.from(branchKey),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  }),
  cache: getLocalCryptographicMaterialsCache(1000),
  maxAge: 15 * 60 * 1000,
});
const encryptionContext = {
  vault: 'payments',
  tenant: 'shop',
  subject: subject.toString('base64url'),
  type: 'card-number',
};
const COMMITTING = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;
const SIGNED = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY_ECDSA_P384;

async function theirs(text: Buffer, suiteId = COMMITTING): Promise<Buffer> {
  tokenIndex(indexKey, 'shop', randomToken(draw));
  const { result } = await encrypt(materials, text, {
    suiteId,
    encryptionContext,
    plaintextLength: text.length,
  });
  return result;
}

/** Microseconds each: the middle of several runs in turns, after one to warm up, so that what else runs slows all alike. */
async function inTurns(...works: readonly (() => unknown)[]): Promise<number[]> {
  const runs = works.map((): number[] => []);
  for (let run = 0; run <= RUNS; run += 1) {
    for (const [at, work] of works.entries()) {
      const one = await timed(work);
      if (run > 0) runs[at]?.push(one);
    }
  }
  return runs.map(median);
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < MILLISECONDS) {
    const pending = work();
    // Ours ends at once: a turn of the queue would be counted as its work.
    if (pending instanceof Promise) await pending;
    count += 1;
  }
  return ((performance.now() - started) * 1000) / count;
}

/** What a process is that does nothing else, in MB at its peak. */
async function own(which: string): Promise<void> {
  for (let count = 0; count < OPERATIONS; count += 1) {
    if (which === 'ours') reveal(tokenize(['full']));
    else if (which === 'theirs') await decrypt(materials, await theirs(value));
  }
  console.log(process.resourceUsage().maxRSS / 1024);
}

function memory(which: string): number {
  const [program = ''] = process.argv.slice(1);
  const { stdout } = spawnSync(process.execPath, [program, '--own', which], { encoding: 'utf8' });
  return Number(stdout);
}

async function main(): Promise<void> {
  const at = process.argv.indexOf('--own');
  if (at >= 0) return own(process.argv[at + 1] ?? '');
  const figures: Figure[] = [];
  const compared = (name: string, ours: number, rival: number, unit: string, rivals = RIVAL) => {
    figures.push({ name: `${rivals}, ${name}`, value: rival, unit });
    figures.push({ name: `vault core, ${name}`, value: ours, unit, rival: rivals, ratio: ours / rival });
  };
  const made = tokenize(['full']);
  const message = await theirs(value);
  const both = async () => {
    await theirs(value);
    await theirs(shown);
  };
  const pairs: readonly [string, () => unknown, () => unknown][] = [
    ['tokenize, one view', () => tokenize(['full']), () => theirs(value)],
    ['tokenize, both views', () => tokenize(['full', 'masked']), both],
    ['reveal', () => reveal(made), () => decrypt(materials, message)],
  ];
  const ours = new Map<string, number>();
  for (const [name, work, rival] of pairs) {
    const [value = Number.NaN, other = Number.NaN] = await inTurns(work, rival);
    ours.set(name, value);
    compared(name, value, other, 'us');
  }
  const [signed = Number.NaN] = await inTurns(() => theirs(value, SIGNED));
  figures.push({
    name: 'AWS Encryption SDK, cached, signed (its default), encrypt',
    value: signed,
    unit: 'us',
  });
  for (const [name, value] of ours)
    figures.push({ name: `vault core, ${name}, on one core`, value: 1e6 / value, unit: '1/s' });
  compared('a card number, sealed', made.sealed.full?.length ?? Number.NaN, message.length, 'B');
  const loaded = memory('nothing');
  figures.push({ name: 'process that loads both', value: loaded, unit: 'MB' });
  compared(
    `memory that ${OPERATIONS} take beyond it`,
    memory('ours') - loaded,
    memory('theirs') - loaded,
    'MB',
  );
  print(figures, process.argv.includes('--json'));
}

void main();
