import type { Reach } from './address-guard';
import { lookAtCertificate } from './certificate';
import { chainEndOf } from './chain';
import { exchange } from './exchange';
import { findingsOf, unknownOf } from './findings';
import { type Handshake, shakeHands, type Trust } from './handshake';
import {
  askPage,
  askSecurityTxt,
  plaintextTold,
  readHsts,
  SECURITY_HEADERS,
  WANTS_CERTIFICATE,
} from './http';
import type { HostPromise } from './promise';
import { askProtocols, type Protocols } from './protocols';
import type { CertificateReport, HostReport, WebReport } from './report';
import { type Resolver, resolveHost, systemResolver } from './resolve';
import { type ProbeTarget, targetName } from './target';
import { Turns } from './turns';

/** A host to look at, and what it was promised to do. */
export interface ProbeRequest extends ProbeTarget {
  readonly promised?: HostPromise;
}

/** How hosts are looked at. */
export interface ProbeOptions extends Trust {
  /** By which certificates are in time or not. */
  readonly now: Date;
  /** @default public */
  readonly reach?: Reach;
  /** Connects to this address instead of those of the name. */
  readonly address?: string;
  /**
   * For one connection.
   *
   * @default 5000
   */
  readonly milliseconds?: number;
  /**
   * For all that one host is asked.
   *
   * @default 60000
   */
  readonly hostMilliseconds?: number;
  /** @default 6 */
  readonly connectionsPerHost?: number;
  /** @default 4 */
  readonly hostsAtOnce?: number;
  /**
   * Where the host is asked in clear.
   *
   * @default 80 for a host at port 443, else none
   */
  readonly plaintextPort?: number;
  /** @default that of the system */
  readonly resolver?: Resolver;
}

/** For a name; a host that is given more time for its connections needs no more for this. */
const LONGEST_LOOKUP = 10_000;

/** Looks at hosts, some at a time; the reports stand in the order of the requests. */
export function probeHosts(requests: readonly ProbeRequest[], options: ProbeOptions): Promise<HostReport[]> {
  const turns = new Turns(options.hostsAtOnce ?? 4);
  return Promise.all(requests.map((request) => turns.take(() => probeHost(request, options))));
}

/** Looks at one host; whatever it does, a report comes of it in time. */
export async function probeHost(request: ProbeRequest, options: ProbeOptions): Promise<HostReport> {
  const { host, port, promised } = request;
  const { reach = 'public', milliseconds = 5000, resolver = systemResolver } = options;
  const known = { target: targetName(request), host, port, ...(promised === undefined ? {} : { promised }) };
  const lookup = Math.min(milliseconds, LONGEST_LOOKUP);
  const resolved = await resolveHost(host, options.address, reach, resolver, lookup);
  if ('why' in resolved) {
    return { ...known, otherAddresses: [], findings: [], unknown: [`was not asked: ${resolved.why}`] };
  }
  const found = { ...known, address: resolved.address, otherAddresses: resolved.others };
  let seen: Seen;
  try {
    seen = await look(request, resolved.address, options);
  } catch {
    // A mistake of ours that one server brings to light must not take away what was told of others.
    return { ...found, findings: [], unknown: ['was not told to the end: what it answers made us fail'] };
  }
  const report = { ...found, ...seen };
  return { ...report, findings: findingsOf(report), unknown: unknownOf(report) };
}

type Seen = Omit<
  HostReport,
  'target' | 'host' | 'port' | 'address' | 'otherAddresses' | 'promised' | 'findings' | 'unknown'
>;

async function look({ host, port }: ProbeRequest, address: string, options: ProbeOptions): Promise<Seen> {
  const { milliseconds = 5000, hostMilliseconds = 60_000, now } = options;
  const end = performance.now() + hostMilliseconds;
  const left = () => Math.min(milliseconds, end - performance.now());
  const turns = new Turns(options.connectionsPerHost ?? 6);
  const endpoint = { address, port };
  const page = { endpoint, host, trust: options };
  const plaintextPort = options.plaintextPort ?? (port === 443 ? 80 : undefined);

  const [protocols, handshake, plaintext] = await Promise.all([
    askProtocols(host, (hello, wants) => turns.take(() => exchange(endpoint, hello, wants, left()))),
    turns.take(() => shakeHands(endpoint, host, options, left())),
    plaintextPort === undefined
      ? undefined
      : turns.take(async () => {
          const inClear = { ...page, endpoint: { address, port: plaintextPort }, path: '/', isTls: false };
          return plaintextTold(
            plaintextPort,
            await askPage({ ...inClear, mostBytes: 0, milliseconds: left() }),
          );
        }),
  ]);
  const web = handshake.done ? await askWeb(page, left, now) : undefined;
  const { certificates, asksForCertificate, ...told } = protocols;
  const certificate = certificateOf(host, certificates, handshake, options);
  return {
    protocols: told,
    forwardSecrecy: forwardSecrecyOf(told),
    clientCertificates: clientCertificatesOf(asksForCertificate, web),
    ...(certificate === undefined ? {} : { certificate }),
    ...(plaintext === undefined ? {} : { plaintext }),
    ...(web === undefined ? {} : { web }),
  };
}

/** What a handshake verified, else what went over the wire in clear. */
function certificateOf(
  host: string,
  sent: readonly Buffer[],
  handshake: Handshake,
  { now, authorities = [] }: ProbeOptions,
): CertificateReport | undefined {
  if (!handshake.done) return lookAtCertificate(sent, host, chainEndOf(sent, authorities), now);
  const told = lookAtCertificate(handshake.chain, host, handshake.chainEnd, now);
  const { staple } = handshake;
  return told && (staple === undefined ? told : { ...told, staple });
}

function clientCertificatesOf(
  asked: boolean | undefined,
  web: WebReport | undefined,
): HostReport['clientCertificates'] {
  if (asked === true || web?.detail === WANTS_CERTIFICATE) return 'asked for';
  return asked === undefined ? 'cannot tell' : 'not asked for';
}

function forwardSecrecyOf({
  versions,
  weakSuites,
}: Pick<Protocols, 'versions' | 'weakSuites'>): HostReport['forwardSecrecy'] {
  const told = weakSuites.filter(({ suites }) => suites === 'no-forward-secrecy');
  if (told.some(({ verdict }) => verdict === 'accepted')) return 'not-always';
  const isKnown = [...versions, ...told].every(
    ({ verdict }) => verdict === 'accepted' || verdict === 'refused',
  );
  return isKnown && versions.some(({ verdict }) => verdict === 'accepted') ? 'always' : 'cannot tell';
}

type Page = Pick<Parameters<typeof askPage>[0], 'endpoint' | 'host' | 'trust'>;

async function askWeb(page: Page, left: () => number, now: Date): Promise<WebReport> {
  const root = await askPage({ ...page, path: '/', isTls: true, mostBytes: 0, milliseconds: left() });
  if (!root.answered) return { detail: root.why };
  const securityTxt = await askSecurityTxt({ ...page, milliseconds: left() }, now);
  return {
    status: root.status,
    hsts: readHsts(root.headers['strict-transport-security']),
    headers: {
      sent: SECURITY_HEADERS.filter((name) => root.headers[name] !== undefined),
      missing: SECURITY_HEADERS.filter((name) => root.headers[name] === undefined),
    },
    securityTxt,
  };
}
