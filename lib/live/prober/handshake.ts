import { constants } from 'node:crypto';
import { connect as connectTcp, isIP } from 'node:net';
import {
  type ConnectionOptions,
  connect,
  createSecureContext,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import { type ChainEnd, endsInRoot } from './certificate';
import { isAuthority } from './chain';
import type { Endpoint } from './exchange';
import { type StapleStatus, stapleStatus } from './ocsp-staple';

/** What a whole handshake brings to light. */
export type Handshake =
  | {
      readonly done: true;
      /** In DER, the server's own first, the root last where it is known. */
      readonly chain: readonly Buffer[];
      readonly chainEnd: ChainEnd;
      /** What the server says of its revocation; `undefined`: it staples nothing. */
      readonly staple: StapleStatus | undefined;
    }
  | { readonly done: false; readonly why: string };

/** How connections are verified. */
export interface Trust {
  /** Authorities that are trusted beside those of Node, in PEM. */
  readonly authorities?: readonly string[];
}

/** What both `node:tls` and `node:https` take. */
type LookingOptions = Pick<
  ConnectionOptions,
  'servername' | 'secureContext' | 'rejectUnauthorized' | 'checkServerIdentity' | 'ALPNProtocols'
>;

const NONE: readonly string[] = [];

/** To read all roots takes longer than a handshake: it is done once for the same authorities. */
const contexts = new WeakMap<readonly string[], SecureContext>();

/**
 * The options under which a server is looked at: whatever it offers is taken, since the report must tell it. Nothing that
 * is secret is ever sent over such a connection.
 */
export function lookingOptions(host: string, { authorities = NONE }: Trust): LookingOptions {
  const secureContext = contexts.get(authorities) ?? contextWith(authorities);
  contexts.set(authorities, secureContext);
  return {
    ...(isIP(host) === 0 ? { servername: host } : {}),
    secureContext,
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    ALPNProtocols: ['http/1.1'],
  };
}

function contextWith(authorities: readonly string[]): SecureContext {
  return createSecureContext({
    // Left out, they are those of Node and of NODE_EXTRA_CA_CERTS.
    ...(authorities.length === 0 ? {} : { ca: [...rootCertificates, ...authorities] }),
    minVersion: 'TLSv1',
    ciphers: 'ALL:@SECLEVEL=0',
    // Servers that know nothing of secure renegotiation are looked at as well.
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
  });
}

const MOST_CERTIFICATES = 20;

/** Makes a handshake as clients do, and reads the chain and the staple from it. */
export function shakeHands(
  { address, port }: Endpoint,
  host: string,
  trust: Trust,
  milliseconds: number,
): Promise<Handshake> {
  if (milliseconds <= 0) return Promise.resolve({ done: false, why: 'was not asked, the time is up' });
  return new Promise((done) => {
    let staple: Buffer | undefined;
    const tcp = connectTcp({ host: address, port });
    const options = { ...lookingOptions(host, trust), socket: tcp, requestOCSP: true };
    const socket = connect(options);
    const settle = (handshake: Handshake) => {
      clearTimeout(timer);
      socket.destroy();
      tcp.destroy();
      done(handshake);
    };
    const timer = setTimeout(() => settle({ done: false, why: 'is silent' }), milliseconds);
    socket.on('OCSPResponse', (response: Buffer) => {
      if (response?.length > 0) staple = response;
    });
    socket.once('secureConnect', () => settle(read(socket, staple, trust)));
    socket.on('error', (error: NodeJS.ErrnoException) => settle({ done: false, why: whyNot(error) }));
    socket.once('close', () => settle({ done: false, why: 'closes the connection' }));
    tcp.on('error', (error: NodeJS.ErrnoException) => settle({ done: false, why: whyNot(error) }));
  });
}

function read(socket: TLSSocket, staple: Buffer | undefined, trust: Trust): Handshake {
  const chain: Buffer[] = [];
  let certificate = socket.getPeerCertificate(true);
  while (certificate?.raw !== undefined && chain.length < MOST_CERTIFICATES) {
    chain.push(certificate.raw);
    const { issuerCertificate: next } = certificate;
    if (next === undefined || next === certificate || chain.some((der) => der.equals(next.raw))) break;
    certificate = next;
  }
  return {
    done: true,
    chain,
    chainEnd: socket.authorized ? 'trusted' : endOf(socket.authorizationError, chain, trust),
    staple: staple === undefined ? undefined : stapleStatus(staple),
  };
}

/** The codes of OpenSSL (`man verify`). */
const CHAIN_ENDS: Readonly<Record<string, ChainEnd>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted-root',
  UNABLE_TO_GET_ISSUER_CERT: 'incomplete',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'incomplete',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'incomplete',
};

/** Mistakes in a certificate beside which the chain may be whole: they hide what is wrong with its end. */
const BESIDE_THE_CHAIN = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];

function endOf(error: unknown, chain: readonly Buffer[], { authorities = [] }: Trust): ChainEnd {
  const code = codeOf(error);
  if (BESIDE_THE_CHAIN.includes(code)) {
    const last = chain.at(-1);
    if (last === undefined || !endsInRoot(chain)) return 'incomplete';
    if (isAuthority(last, authorities)) return 'trusted';
    return chain.length === 1 ? 'self-signed' : 'untrusted-root';
  }
  return CHAIN_ENDS[code] ?? 'cannot tell';
}

function codeOf(error: unknown): string {
  if (typeof error === 'string') return error;
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/** OpenSSL's reason without its places in the source, or the code of the system. */
function whyNot({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ECONNRESET') return 'closes the connection';
  if (code === 'ECONNREFUSED') return 'refuses connections on this port';
  const [, reason] = /:SSL routines:[^:]*:([^:]+):/.exec(message) ?? [];
  return `ends the handshake (${reason ?? code ?? 'unknown reason'})`;
}
