import path from 'node:path';
import { byCodeUnit } from '../../core/order';
import { type DigestChain, type RecordedRegion, recordedIn } from './copied-folder';
import { type Digest, type PreviousDigest, readDigest } from './digest-file';
import type { PublicKeys } from './public-keys';
import { isSigned } from './signature';
import { hashOf, textOf, type Unpacked } from './unpacked';

/** What is wrong with a file. */
export type Fault =
  /** It is not what CloudTrail wrote. */
  | 'changed'
  /** CloudTrail wrote it, and it is not there. */
  | 'missing'
  /** Nothing says that CloudTrail wrote it, nor that it did not. */
  | 'unproven';

/** One finding about one file. */
export interface TrailFinding {
  readonly fault: Fault;
  /** The path in the folder; of what is missing, where it would be. */
  readonly file: string;
  readonly why: string;
}

/** What is proven about one trail in one account and region. */
export interface ProvenChain {
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  /** Digests and log files that are as CloudTrail wrote them. */
  readonly digests: number;
  readonly files: number;
  /** When the oldest and the newest proven digest begin and end; absent where none is proven. */
  readonly from?: string;
  readonly to?: string;
  /** Times for which there are no digests: the trail, or its validation, was off. */
  readonly gaps: readonly { readonly from: string; readonly to: string }[];
}

/** What came of the verification of a folder. */
export interface TrailVerification {
  readonly chains: readonly ProvenChain[];
  readonly findings: readonly TrailFinding[];
}

/** How a folder is verified. */
export interface VerifyOptions {
  readonly keys: PublicKeys;
  /**
   * Signatures of newest digests, in hexadecimal: they stand with the object in Amazon S3 (`x-amz-meta-signature`), and
   * in no file.
   */
  readonly signatures?: readonly string[];
  /** An instant as digests write it: what ends before was not copied, and is not missed. */
  readonly since?: string;
}

/** Log files that are read at the same time: as many as Node has threads that unpack. */
const AT_ONCE = 4;

/**
 * Verifies a copy of the bucket of a trail against the digests in it, without asking AWS.
 *
 * From the newest digest to the oldest: each holds the signature of the one before it. The newest one is proven by a
 * signature that is given, or not at all. One digest is held at a time, and no log file.
 *
 * What was deleted at the newest end leaves no trace in the folder: `to` says until when there is proof.
 *
 * @param name of the folder, for messages
 * @throws TransmissionError where the folder cannot be read, or holds no digest
 */
export async function verifyFolder(
  folder: string,
  name: string,
  options: VerifyOptions,
): Promise<TrailVerification> {
  const chains: ProvenChain[] = [];
  const findings: TrailFinding[] = [];
  for (const region of recordedIn(folder, name)) {
    const unnamed = new Set(region.files);
    for (const chain of region.chains) {
      chains.push(await new Chain(folder, chain, region, unnamed, options, findings).verify());
    }
    for (const file of [...unnamed].sort(byCodeUnit)) {
      if (isOlder(file, options.since)) continue;
      findings.push({ fault: 'unproven', file, why: 'no digest names it' });
    }
  }
  findings.sort((one, other) => byCodeUnit(one.file, other.file) || byCodeUnit(one.why, other.why));
  return { chains, findings };
}

/** Whether the time in a name, of a digest or a log file, lies before an instant; a name without one is never old. */
function isOlder(name: string, since: string | undefined): boolean {
  const [, time] = /_(\d{8}T\d{4,6})Z(?:_[^/]*)?\.json\.gz$/.exec(name) ?? [];
  if (since === undefined || time === undefined) return false;
  return time < since.replaceAll(/[-:Z]/g, '').slice(0, time.length);
}

/** What the digest after one says of it; a digest that is not proven itself may say anything. */
interface Expected {
  readonly previous: PreviousDigest;
  readonly isProven: boolean;
}

/** The walk along one chain. */
class Chain {
  private digests = 0;
  private files = 0;
  private from: string | undefined;
  private to: string | undefined;
  private readonly gaps: { from: string; to: string }[] = [];
  /** What keys begin with that paths in the folder do not: where below the bucket the copy was taken, says a digest. */
  private lead = '';
  /** The same, as one says that is proven. */
  private provenLead: string | undefined;

  constructor(
    private readonly folder: string,
    private readonly chain: DigestChain,
    private readonly region: RecordedRegion,
    private readonly unnamed: Set<string>,
    private readonly options: VerifyOptions,
    private readonly findings: TrailFinding[],
  ) {}

  async verify(): Promise<ProvenChain> {
    let expected: Expected | undefined;
    let begun: string | undefined;
    for (const file of [...this.chain.digests].reverse()) {
      // By its name, which the digest after it has signed: its content may say anything.
      if (isOlder(file, this.options.since)) break;
      const unpacked = await textOf(path.join(this.folder, file));
      if ('why' in unpacked) {
        this.report(unpacked.fault, file, unpacked.why);
        if (this.isAt(expected, file)) expected = undefined;
        continue;
      }
      const digest = readDigest(unpacked.text ?? '');
      if (typeof digest === 'string') {
        this.report('changed', file, digest);
        if (this.isAt(expected, file)) expected = undefined;
        continue;
      }
      if (!this.liesWhereItSays(file, digest)) {
        this.report('changed', file, `has been moved, it was written as ${digest.key}`);
        if (this.isAt(expected, file)) expected = undefined;
        continue;
      }
      if (expected !== undefined && expected.previous.key !== digest.key) {
        this.reportMissing(expected);
        expected = undefined;
      }
      if (begun !== undefined && expected === undefined) this.gaps.push({ from: digest.endTime, to: begun });
      const isProven = this.isProven(file, digest, unpacked, expected);
      if (isProven) this.provenLead = this.lead;
      await this.verifyFiles(digest, isProven);
      if (isProven) this.count(digest);
      expected = digest.previous && { previous: digest.previous, isProven };
      begun = expected === undefined ? digest.startTime : undefined;
    }
    if (expected !== undefined && !isOlder(expected.previous.key, this.options.since))
      this.reportMissing(expected);
    const { account, region, trail } = this.chain;
    const { digests, files, from, to, gaps } = this;
    return { account, region, trail, digests, files, from, to, gaps };
  }

  private isProven(
    file: string,
    digest: Digest,
    { hash }: Unpacked,
    expected: Expected | undefined,
  ): boolean {
    // Which key signed it stands in the digest itself: where its hash is wrong, that is no word to go by.
    if (expected?.isProven && expected.previous.hash !== hash) {
      this.report('changed', file, 'is not what CloudTrail signed');
      return false;
    }
    const key = this.options.keys.get(digest.fingerprint);
    if (key === undefined) {
      this.report(
        'unproven',
        file,
        `is signed with the key ${digest.fingerprint}, which is not among those given`,
      );
      return false;
    }
    if (expected !== undefined) {
      const { signature, hash: wanted } = expected.previous;
      if (wanted === hash && isSigned(digest, hash, signature, key)) return true;
      if (expected.isProven) this.report('changed', file, 'is not what CloudTrail signed');
      else
        this.report(
          'unproven',
          file,
          'the digest after it is not proven itself, and holds another signature',
        );
      return false;
    }
    const { signatures = [] } = this.options;
    if (signatures.some((signature) => isSigned(digest, hash, signature, key))) return true;
    this.report('unproven', file, 'no later digest holds its signature, and none that is given is its own');
    return false;
  }

  private async verifyFiles(digest: Digest, isProven: boolean): Promise<void> {
    // One list that all walk along: to take from its beginning would move the rest each time.
    const waiting = digest.files.values();
    const verifyNext = async (): Promise<void> => {
      for (const next of waiting) await this.verifyFile(this.pathOf(next.key), next.hash, isProven);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, verifyNext));
  }

  private async verifyFile(file: string, hash: string, isProven: boolean): Promise<void> {
    this.unnamed.delete(file);
    if (!this.region.files.has(file)) {
      this.report(
        'missing',
        file,
        isProven ? 'a digest names it' : 'a digest names it that is not proven itself',
      );
      return;
    }
    const found = await hashOf(path.join(this.folder, file));
    if ('why' in found) {
      this.report(found.fault, file, found.why);
    } else if (found.hash !== hash) {
      const by = isProven ? 'its digest' : 'its digest, which is not proven itself,';
      this.report('changed', file, `is not what ${by} says`);
    } else if (isProven) {
      this.files++;
    } else {
      this.report('unproven', file, 'its digest is not proven');
    }
  }

  /** A key ends like the path, and begins like those of digests that are proven. */
  private liesWhereItSays(file: string, { key }: Digest): boolean {
    if (key !== file && !key.endsWith(`/${file}`)) return false;
    const lead = key.slice(0, key.length - file.length);
    if (this.provenLead !== undefined && this.provenLead !== lead) return false;
    this.lead = lead;
    return true;
  }

  private pathOf(key: string): string {
    const { lead } = this;
    return key.startsWith(lead) ? key.slice(lead.length) : key;
  }

  /** What lies there, and is not the digest that should, is told as changed, and not as missing too. */
  private isAt(expected: Expected | undefined, file: string): boolean {
    return expected !== undefined && this.pathOf(expected.previous.key) === file;
  }

  private count({ startTime, endTime }: Digest): void {
    this.digests++;
    this.to ??= endTime;
    this.from = startTime;
  }

  private reportMissing({ previous: { key }, isProven }: Expected): void {
    const but = isProven ? '' : ', which is not proven itself';
    this.report('missing', this.pathOf(key), `the digest after it names it${but}`);
  }

  private report(fault: Fault, file: string, why: string): void {
    this.findings.push({ fault, file, why });
  }
}
