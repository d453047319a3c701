import { generateKeyPairSync } from 'node:crypto';
import { TLS_VERSIONS, type TlsVersion } from '../../core/tls';
import { offers, SUITES, suiteName, TLS13_SUITES, WEAK_CLASSES, type WeakClassId } from './cipher-suites';
import { clientHello, type Offer } from './client-hello';
import type { Outcome } from './exchange';
import type { Hello } from './server-flight';
import {
  alertName,
  CLASSICAL_GROUPS,
  groupName,
  POST_QUANTUM_GROUPS,
  PROTOCOL_VERSION_ALERT,
  REFUSALS,
  VERSION_NUMBERS,
  versionOf,
} from './tls-numbers';
import type { Told } from './verdict';

/** Whether a version is accepted, and with what. */
export interface VersionTold extends Told {
  readonly version: TlsVersion;
  /** What the server picks where everything is offered, what is best today first. */
  readonly cipherSuite?: string;
  /** The group of the agreement on keys. */
  readonly group?: string;
  /** The size of a finite field without a name (DHE). */
  readonly fieldBits?: number;
}

/** Whether a class of weak suites is accepted under a version. */
export interface SuitesTold extends Told {
  readonly version: TlsVersion;
  readonly suites: WeakClassId;
  /** One that was accepted. */
  readonly cipherSuite?: string;
}

/** All that ClientHellos bring to light. */
export interface Protocols {
  readonly versions: readonly VersionTold[];
  /** For each version before TLS 1.3 that is accepted. */
  readonly weakSuites: readonly SuitesTold[];
  /** Whether a hybrid with ML-KEM is accepted for the agreement on keys. */
  readonly postQuantum: Told & { readonly group?: string };
  /** TLS 1.2 and before: the certificates as they were sent. */
  readonly certificates: readonly Buffer[];
  /** TLS 1.2 and before: whether the server asks clients for a certificate. */
  readonly asksForCertificate: boolean | undefined;
}

/** Sends a ClientHello over a connection of its own. */
export type Ask = (hello: Buffer, wants: 'hello' | 'flight') => Promise<Outcome>;

/** What came of one or more ClientHellos for one question. */
interface Result extends Told {
  readonly hello?: Hello;
  /** The server closed the connection without a word: a refusal, if it answers others. */
  readonly isClosed?: true;
  /** The server refuses the version itself: nothing else that is offered would help. */
  readonly refusesVersion?: true;
  /** TLS 1.3 is accepted only with our shares of keys. */
  readonly neededShares?: true;
}

/** Asks a server which versions, weak suites and groups it accepts. */
export async function askProtocols(serverName: string, ask: Ask): Promise<Protocols> {
  const asked = await Promise.all(TLS_VERSIONS.map((version) => askVersion(version, serverName, ask)));
  const speaksTls = asked.some(({ verdict }) => verdict === 'accepted');
  const results = asked.map((result) => settled(result, speaksTls));
  const versions = results.map((result, index) => versionTold(TLS_VERSIONS[index] ?? 'TLSv1.3', result));
  const old = versions.flatMap((told, index) =>
    told.verdict === 'accepted' && told.version !== 'TLSv1.3'
      ? [{ ...told, hello: results[index]?.hello }]
      : [],
  );
  const [postQuantum, ...weak] = await Promise.all([
    askPostQuantum(results.at(-1), serverName, ask),
    ...old.map(({ version, hello }) => askWeakSuites(version, hello, serverName, ask)),
  ]);
  const flights = results.flatMap(({ hello }) =>
    hello === undefined || hello.certificates.length === 0 ? [] : [hello],
  );
  const newest = flights.at(-1);
  return {
    versions,
    weakSuites: weak.flat(),
    postQuantum,
    certificates: newest?.certificates ?? [],
    asksForCertificate: newest?.asksForCertificate,
  };
}

async function askVersion(version: TlsVersion, serverName: string, ask: Ask): Promise<Result> {
  if (version !== 'TLSv1.3') {
    return askLists(offers(SUITES), { version, serverName }, 'flight', ask);
  }
  const suites = TLS13_SUITES.map(({ code }) => code);
  const groups = [...POST_QUANTUM_GROUPS, ...CLASSICAL_GROUPS];
  const bare = await askOnce({ version, suites, groups, serverName }, 'hello', ask);
  if (bare.verdict !== 'refused' && bare.isClosed !== true) return bare;
  if (bare.refusesVersion === true) return bare;
  // Whoever never asks for another share wants one at once.
  const shared = await askOnce({ version, suites, groups, serverName, shares: ownShares() }, 'hello', ask);
  return shared.verdict === 'accepted' ? { ...shared, neededShares: true } : shared;
}

/** Shares of keys for the two groups that every implementation has (RFC 8446, 9.1); nobody keeps the private parts. */
function ownShares() {
  const x25519 = generateKeyPairSync('x25519').publicKey.export({ format: 'der', type: 'spki' });
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
  return [
    { group: 0x001d, key: x25519.subarray(-32) },
    { group: 0x0017, key: p256.export({ format: 'der', type: 'spki' }).subarray(-65) },
  ];
}

/** Asks with one list after the other, until one is accepted or more lists cannot help. */
async function askLists(
  lists: readonly (readonly number[])[],
  offer: Omit<Offer, 'suites'>,
  wants: 'hello' | 'flight',
  ask: Ask,
): Promise<Result> {
  let last: Result = { verdict: 'cannot tell' };
  for (const suites of lists) {
    last = await askOnce({ ...offer, suites }, wants, ask);
    if (last.verdict !== 'refused' || last.refusesVersion === true) return last;
  }
  return last;
}

async function askOnce(offer: Offer, wants: 'hello' | 'flight', ask: Ask): Promise<Result> {
  const outcome = await ask(clientHello(offer), wants);
  switch (outcome.kind) {
    case 'no-answer':
      return { verdict: 'no answer', detail: outcome.why };
    case 'closed':
      return { verdict: 'cannot tell', detail: 'closes the connection', isClosed: true };
    case 'not-tls':
      return { verdict: 'cannot tell', detail: outcome.what };
    case 'alert': {
      const verdict = REFUSALS.has(outcome.description) ? 'refused' : 'cannot tell';
      const detail = `answers with the alert ${alertName(outcome.description)}`;
      return outcome.description === PROTOCOL_VERSION_ALERT
        ? { verdict, detail, refusesVersion: true }
        : { verdict, detail };
    }
    default:
      return readHello(outcome, offer);
  }
}

function readHello(hello: Hello, { version, suites, groups }: Offer): Result {
  if (hello.version !== VERSION_NUMBERS[version]) {
    const other = versionOf(hello.version);
    if (other === undefined)
      return { verdict: 'cannot tell', detail: 'answers with a version that does not exist' };
    return { verdict: 'refused', detail: `answers with ${other}`, refusesVersion: true };
  }
  if (!suites.includes(hello.suite)) {
    return { verdict: 'cannot tell', detail: 'picks a cipher suite that was not offered' };
  }
  if (version === 'TLSv1.3' && hello.group !== undefined && groups?.includes(hello.group) === false) {
    return { verdict: 'cannot tell', detail: 'picks a group that was not offered' };
  }
  return { verdict: 'accepted', hello };
}

/** A connection that is closed without a word is a refusal, if others are answered in TLS. */
function settled(result: Result, speaksTls: boolean): Result {
  return result.isClosed === true && speaksTls ? { ...result, verdict: 'refused' } : result;
}

function versionTold(version: TlsVersion, { verdict, detail, hello }: Result): VersionTold {
  return {
    version,
    verdict,
    ...(detail === undefined ? {} : { detail }),
    ...(hello === undefined ? {} : { cipherSuite: suiteName(hello.suite) }),
    ...(hello?.group === undefined ? {} : { group: groupName(hello.group) }),
    ...(hello?.fieldBits === undefined ? {} : { fieldBits: hello.fieldBits }),
  };
}

async function askWeakSuites(
  version: TlsVersion,
  hello: Hello | undefined,
  serverName: string,
  ask: Ask,
): Promise<SuitesTold[]> {
  return Promise.all(
    WEAK_CLASSES.map(async ({ id, suites }) => {
      // What the server picks of its own accord needs no question.
      const isPicked = suites.some(({ code }) => code === hello?.suite);
      const result: Result = isPicked
        ? { verdict: 'accepted', ...(hello === undefined ? {} : { hello }) }
        : settled(await askLists(offers(suites), { version, serverName }, 'hello', ask), true);
      const { verdict, detail } = result;
      return {
        version,
        suites: id,
        verdict,
        ...(detail === undefined ? {} : { detail }),
        ...(result.hello === undefined ? {} : { cipherSuite: suiteName(result.hello.suite) }),
      };
    }),
  );
}

async function askPostQuantum(
  tls13: Result | undefined,
  serverName: string,
  ask: Ask,
): Promise<Protocols['postQuantum']> {
  if (tls13?.verdict !== 'accepted') {
    const { verdict = 'cannot tell' } = tls13 ?? {};
    return { verdict, detail: 'needs TLSv1.3' };
  }
  const group = tls13.hello?.group;
  if (group !== undefined && POST_QUANTUM_GROUPS.includes(group)) {
    return { verdict: 'accepted', group: groupName(group) };
  }
  if (tls13.neededShares === true) {
    return { verdict: 'cannot tell', detail: 'names no group but for a share of it' };
  }
  const suites = TLS13_SUITES.map(({ code }) => code);
  const offer: Offer = { version: 'TLSv1.3', suites, groups: POST_QUANTUM_GROUPS, serverName };
  const { verdict, detail, hello } = settled(await askOnce(offer, 'hello', ask), true);
  return {
    verdict,
    ...(detail === undefined ? {} : { detail }),
    ...(hello?.group === undefined ? {} : { group: groupName(hello.group) }),
  };
}
