import { byCodeUnit } from '../../core/order';
import { ACMClient, DescribeCertificateCommand, KeyAlgorithm, ListCertificatesCommand } from './acm';
import type { AuditedCertificate } from './certificate';
import { endsRegion, type Failure, failureOf, isGone, OUT_OF_TIME } from './failures';
import { fromDetail, fromSummary } from './from-acm';
import { inParallel, Pace } from './pace';

/** How a region is read. */
export interface ReadOptions {
  /** A profile of the shared AWS configuration. @default - the SDK's chain of credentials */
  readonly profile?: string;
  /** How long one request may take, in milliseconds. @default 10000 */
  readonly requestTimeout?: number;
  /** How often a request is tried before it has failed. @default 8 */
  readonly attempts?: number;
  /** How many certificates of a region are described in a second. @default 8, of the 10 that ACM allows an account */
  readonly perSecond?: number;
  /** Ends everything: what was read until then is kept. */
  readonly signal?: AbortSignal;
}

/** Something that could not be read. */
export interface ReadProblem extends Failure {
  readonly operation: 'ListCertificates' | 'DescribeCertificate';
  /** How many certificates it concerns; unknown where their list broke off. */
  readonly certificates?: number;
}

/** What a region holds. */
export interface RegionReading {
  readonly region: string;
  /** `complete`, `partial` where something could not be read, `failed` where nothing could. */
  readonly state: 'complete' | 'partial' | 'failed';
  /** By ARN. */
  readonly certificates: readonly AuditedCertificate[];
  readonly problems: readonly ReadProblem[];
}

const nothing = () => {};
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const REQUEST_TIMEOUT = 10_000;
const CONNECTION_TIMEOUT = 5000;
const ATTEMPTS = 8;
/**
 * ACM describes 10 certificates a second to an account in a region; deployments ask it too.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
 */
const PER_SECOND = 8;
const AT_ONCE = 4;
/** The most that ACM gives in a page. */
const PAGE = 1000;
/** A list that does not end by then goes in circles: an account has 2,500 certificates unless AWS raises it. */
const MOST_PAGES = 100;
/**
 * Without them ACM lists RSA_1024 and RSA_2048 and nothing else.
 *
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_Filters.html
 */
const KEY_TYPES = Object.values(KeyAlgorithm);

/** Reads every certificate of a region; it never fails, but says what it could not read. */
export async function readRegion(region: string, options: ReadOptions = {}): Promise<RegionReading> {
  const client = clientFor(region, options);
  try {
    const { listed, problem } = await list(client, region, options.signal);
    const described = await describe(client, [...listed.values()], options);
    const problems = problem === undefined ? described.problems : [problem, ...described.problems];
    const certificates = described.certificates.sort((a, b) => byCodeUnit(a.arn, b.arn));
    const isPartial = certificates.length > 0 || problem === undefined;
    const state = problems.length === 0 ? 'complete' : isPartial ? 'partial' : 'failed';
    return { region, state, certificates, problems };
  } finally {
    client.destroy();
  }
}

function clientFor(region: string, options: ReadOptions): ACMClient {
  const requestTimeout = options.requestTimeout ?? REQUEST_TIMEOUT;
  return new ACMClient({
    region,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    // 'auto' would ask the metadata service of EC2 where it runs.
    defaultsMode: 'standard',
    // Adaptive: what is throttled slows everything to the region down, not only the request that was.
    retryMode: 'adaptive',
    maxAttempts: options.attempts ?? ATTEMPTS,
    // It would print to the console: what is to be said, is said by whoever called.
    logger: SILENT,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT,
      requestTimeout,
      throwOnRequestTimeout: true,
      socketTimeout: requestTimeout,
    },
  });
}

async function list(
  client: ACMClient,
  region: string,
  signal: AbortSignal | undefined,
): Promise<{ listed: Map<string, AuditedCertificate>; problem?: ReadProblem }> {
  const operation = 'ListCertificates';
  const listed = new Map<string, AuditedCertificate>();
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    try {
      const command = new ListCertificatesCommand({
        MaxItems: PAGE,
        Includes: { keyTypes: KEY_TYPES },
        ...(token === undefined ? {} : { NextToken: token }),
      });
      const page = await before(signal, client.send(command, { abortSignal: signal }));
      for (const summary of page.CertificateSummaryList ?? []) {
        const certificate = fromSummary(region, summary);
        if (certificate.arn !== '') listed.set(certificate.arn, certificate);
      }
      token = page.NextToken;
    } catch (error) {
      return { listed, problem: { operation, ...failureOf(error, operation) } };
    }
    if (token !== undefined && (seen.has(token) || seen.size >= MOST_PAGES)) {
      const message = 'gives a list of certificates that does not end, run it again';
      return { listed, problem: { operation, code: 'Unreadable', message } };
    }
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
  return { listed };
}

async function describe(
  client: ACMClient,
  listed: readonly AuditedCertificate[],
  { signal, perSecond = PER_SECOND }: ReadOptions,
): Promise<{ certificates: AuditedCertificate[]; problems: readonly ReadProblem[] }> {
  const operation = 'DescribeCertificate';
  const pace = new Pace(perSecond);
  const certificates: AuditedCertificate[] = [];
  const failed = new Map<string, { failure: Failure; certificates: number }>();
  let hopeless: Failure | undefined;
  const fail = (certificate: AuditedCertificate, failure: Failure) => {
    certificates.push(certificate);
    const same = failed.get(failure.code);
    failed.set(failure.code, { failure, certificates: (same?.certificates ?? 0) + 1 });
  };
  await inParallel(listed, AT_ONCE, async (certificate) => {
    try {
      if (signal?.aborted) hopeless = failureOf(outOfTime(), operation);
      if (hopeless === undefined) await before(signal, pace.turn());
      if (hopeless !== undefined) return fail(certificate, hopeless);
      const command = new DescribeCertificateCommand({ CertificateArn: certificate.arn });
      const { Certificate } = await before(signal, client.send(command, { abortSignal: signal }));
      if (Certificate === undefined) return fail(certificate, failureOf(undefined, operation));
      certificates.push(fromDetail(certificate, Certificate));
    } catch (error) {
      if (isGone(error)) return;
      const failure = failureOf(error, operation);
      if (endsRegion(failure)) hopeless = failure;
      fail(certificate, failure);
    }
  });
  const problems = [...failed.values()].map((one) => ({
    operation: operation as ReadProblem['operation'],
    ...one.failure,
    certificates: one.certificates,
  }));
  return { certificates, problems: problems.sort((a, b) => byCodeUnit(a.code, b.code)) };
}

/** What is waited for, unless all is to end before: the SDK's waits between attempts know of no signal. */
async function before<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (signal === undefined) return work;
  let end = () => {};
  const ended = new Promise<never>((_, reject) => {
    end = () => reject(outOfTime());
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, ended]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function outOfTime(): object {
  return { name: OUT_OF_TIME };
}
