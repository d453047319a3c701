import { readdirSync } from 'node:fs';
import path from 'node:path';
import { TransmissionError } from '../../core/errors';
import { byCodeUnit } from '../../core/order';

/** The digests of one trail about one account and region: each names the one before it. */
export interface DigestChain {
  readonly account: string;
  readonly region: string;
  /** The name of the trail and its home region. */
  readonly trail: string;
  /** Paths in the folder with forward slashes, oldest first. */
  readonly digests: readonly string[];
}

/** What a folder holds about one account and region: chains of digests, and the files that they should name. */
export interface RecordedRegion {
  readonly account: string;
  readonly region: string;
  readonly chains: readonly DigestChain[];
  /** Log files, as paths in the folder. */
  readonly files: ReadonlySet<string>;
}

/**
 * `…/111122223333/CloudTrail-Digest/eu-west-1/2026/11/22/111122223333_CloudTrail-Digest_eu-west-1_name_eu-west-1_20261122T101112Z.json.gz`
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
const DIGEST =
  /(?:^|\/)(\d{12})\/CloudTrail-Digest\/([a-z0-9-]+)\/.*_CloudTrail-Digest_[a-z0-9-]+_(.+)_(\d{8}T\d{6}Z)(_backfill)?\.json\.gz$/;
const LOG = /(?:^|\/)(\d{12})\/CloudTrail(?!-Digest)(?:-[A-Za-z]+)?\/([a-z0-9-]+)\/[^/]*\/.*\.json\.gz$/;
/** Some ten years of a large organisation; a folder with more is another one, and would fill the memory. */
const MOST_FILES = 20_000_000;

/**
 * What is in a copy of the bucket of a trail, in the order of account and region.
 *
 * Links are not followed. Names alone are held, some 150 bytes for each file.
 *
 * @param name of the folder, for messages
 * @throws TransmissionError where it cannot be read, or holds no digest
 */
export function recordedIn(folder: string, name: string): readonly RecordedRegion[] {
  const digests = new Map<
    string,
    { readonly file: string; readonly time: string; readonly chain: string }[]
  >();
  const logs = new Map<string, Set<string>>();
  let count = 0;
  for (const file of filesBelow(folder, name)) {
    count++;
    if (count > MOST_FILES) throw unreadable(`holds more than ${MOST_FILES} files, give one account`, name);
    const digest = DIGEST.exec(file);
    if (digest !== null) {
      const [, account = '', region = '', trail = '', time = '', backfill = ''] = digest;
      addTo(
        digests,
        `${account} ${region}`,
        () => [],
        (list) => list.push({ file, time, chain: `${trail}${backfill}` }),
      );
      continue;
    }
    const log = LOG.exec(file);
    if (log === null) continue;
    addTo(
      logs,
      `${log[1]} ${log[2]}`,
      () => new Set<string>(),
      (set) => set.add(file),
    );
  }
  if (digests.size === 0) {
    throw unreadable(
      'holds no digest of CloudTrail, copy the bucket of the trail with its folders: aws s3 sync s3://BUCKET FOLDER',
      name,
    );
  }
  return [...new Set([...digests.keys(), ...logs.keys()])].sort(byCodeUnit).map((place) => {
    const [account = '', region = ''] = place.split(' ');
    const found = digests.get(place) ?? [];
    const trails = [...new Set(found.map(({ chain }) => chain))].sort(byCodeUnit);
    const chains = trails.map((trail) => ({
      account,
      region,
      trail,
      digests: found
        .filter(({ chain }) => chain === trail)
        .sort((one, other) => byCodeUnit(one.time, other.time) || byCodeUnit(one.file, other.file))
        .map(({ file }) => file),
    }));
    return { account, region, chains, files: logs.get(place) ?? new Set() };
  });
}

function addTo<T>(map: Map<string, T>, key: string, make: () => T, add: (value: T) => void): void {
  const value = map.get(key) ?? make();
  map.set(key, value);
  add(value);
}

function* filesBelow(folder: string, name: string): Generator<string> {
  const waiting = [''];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for (const entry of entriesOf(path.join(folder, below), name)) {
      const inside = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(inside);
      else if (entry.isFile()) yield inside;
    }
  }
}

function entriesOf(folder: string, name: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    throw unreadable(`cannot be read (${code}), give a folder that holds a copy of the bucket`, name, error);
  }
}

function unreadable(message: string, name: string, cause?: unknown): TransmissionError {
  return new TransmissionError('TargetNotFound', message, name, cause);
}
