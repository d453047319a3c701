import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SecureContextOptions, Server } from 'node:tls';
import {
  choiceOf,
  daysOf,
  type Environment,
  invalid,
  TARGET_TLS_ENVIRONMENT,
  TARGET_TLS_MIN_VERSIONS,
  TARGET_TLS_SOURCES,
  type TargetTlsMinVersion,
  textOf,
} from './environment';
import { type KeyAndCertificate, selfSignedCertificate } from './self-signed-certificate';

/**
 * The cipher suites of a target: forward-secret and authenticated encryption only. Elastic Load Balancing
 * offers all of them to targets.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const TARGET_CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
].join(':');

/** Often enough for a certificate that is valid for one day. */
const TWICE_A_DAY = 12 * 60 * 60 * 1000;
/** Timers of Node take what is longer for one millisecond. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** What `https.createServer`, `http2.createSecureServer` and `tls.createServer` of Node take. */
export interface TargetTls extends KeyAndCertificate {
  /** The oldest version of TLS that is spoken. */
  readonly minVersion: TargetTlsMinVersion;
  /** The cipher suites, of TLS 1.3 and TLS 1.2. */
  readonly ciphers: string;
  /** Whether the order is that of the server. */
  readonly honorCipherOrder: boolean;
}

/** How a certificate is kept fresh. */
export interface KeepRenewedOptions {
  /**
   * The environment variables.
   *
   * @default process.env
   */
  readonly environment?: Environment;
  /**
   * How often, in milliseconds: from 1 to 2,147,483,647, which are 24 days.
   *
   * @default - twice a day
   */
  readonly every?: number;
  /**
   * What the server was made with besides `targetTls`, such as the authorities (`ca`) and revocation lists (`crl`) of
   * clients that it asks for certificates. Node forgets with a renewal what is not said again.
   *
   * @default - nothing
   */
  readonly tlsOptions?: Omit<SecureContextOptions, keyof TargetTls>;
  /**
   * What is told when a renewal fails. The server then goes on with the certificate that it has.
   *
   * @default - nobody
   */
  readonly onError?: (error: unknown) => void;
}

/**
 * The key, the certificate and the limits of a target, from where its `TargetCertificate` says.
 *
 *     https.createServer({ ...targetTls() }, listener).listen(process.env.PORT)
 *
 * TLS 1.2 is the least, whoever asks. A load balancer that sends to the target encrypts and verifies nothing;
 * see `TargetCertificate`.
 *
 * @param environment the environment variables; `process.env` unless given
 * @throws where a variable is missing or wrong, a file cannot be read, or key and certificate do not belong
 * together
 */
export function targetTls(environment: Environment = process.env): TargetTls {
  const names = TARGET_TLS_ENVIRONMENT;
  const minVersion = choiceOf(environment, names.minVersion, TARGET_TLS_MIN_VERSIONS, 'TLSv1.2');
  return { ...keyAndCertificate(environment), minVersion, ciphers: TARGET_CIPHERS, honorCipherOrder: true };
}

/**
 * Gives a server a new certificate from time to time: one that is made, or what the files hold by then.
 * Connections that are open stay as they are.
 *
 * @returns what stops it
 * @throws where `every` is none that a timer takes, or a server that asks clients for certificates would no longer
 * know of whom
 */
export function keepRenewed(server: Server, options: KeepRenewedOptions = {}): () => void {
  const { environment = process.env, every = TWICE_A_DAY, tlsOptions, onError } = options;
  checkInterval(every);
  checkClients(server, tlsOptions);
  const timer = setInterval(() => {
    try {
      server.setSecureContext({ ...tlsOptions, ...targetTls(environment) });
    } catch (error) {
      onError?.(error);
    }
  }, every);
  // It must not keep a process alive that has nothing else to do.
  timer.unref();
  return () => clearInterval(timer);
}

function checkInterval(every: number): void {
  if (Number.isInteger(every) && every >= 1 && every <= LONGEST_TIMER) return;
  throw invalid(
    'every',
    `must be whole milliseconds, from 1 to ${LONGEST_TIMER} (24 days), got ${every}, leave it out for twice a day`,
  );
}

/** Without `ca`, Node trusts the public authorities, of which anybody gets a certificate. */
function checkClients(server: Server, tlsOptions: KeepRenewedOptions['tlsOptions']): void {
  const asksClients = 'requestCert' in server && server.requestCert === true;
  if (!asksClients || tlsOptions?.ca !== undefined) return;
  throw invalid(
    'tlsOptions.ca',
    'must be set for a server that asks clients for certificates, got nothing, a renewal would have it trust every public authority, name the authorities that it was made with',
  );
}

function keyAndCertificate(environment: Environment): KeyAndCertificate {
  const names = TARGET_TLS_ENVIRONMENT;
  const source = choiceOf(environment, names.source, TARGET_TLS_SOURCES);
  if (source === 'files') return fromFiles(environment);
  if (source === 'process') {
    return selfSignedCertificate({ days: daysOf(environment, names.validityDays), now: new Date() });
  }
  throw invalid(
    names.source,
    "must be files or process for a target that ends TLS, got 'proxy', serve HTTP to the proxy of the task, which ends TLS",
  );
}

function fromFiles(environment: Environment): KeyAndCertificate {
  const { keyFile, certificateFile } = TARGET_TLS_ENVIRONMENT;
  const key = read(environment, keyFile, createPrivateKey);
  const cert = read(environment, certificateFile, (pem) => new X509Certificate(pem));
  if (cert.read.checkPrivateKey(key.read)) return { key: key.pem, cert: cert.pem };
  throw invalid(
    certificateFile,
    `must name the certificate of the key in '${keyFile}', got that of another key, have both written together`,
  );
}

/** Reads a file. What it holds is in no message, since it may be a key. */
function read<T>(environment: Environment, name: string, parse: (pem: string) => T) {
  const file = textOf(environment, name);
  try {
    const pem = readFileSync(file, 'utf8');
    return { pem, read: parse(pem) };
  } catch (error) {
    const known = typeof error === 'object' && error !== null && 'code' in error;
    const code = known ? ` (${String(error.code)})` : '';
    throw invalid(
      name,
      `must name a file that can be read and holds PEM, got ${JSON.stringify(file)}${code}, look at the log of the container that writes it`,
    );
  }
}
