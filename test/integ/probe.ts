import tls from 'node:tls';

/** What an endpoint did with an offer of one version of TLS. */
export type Answer =
  | { readonly outcome: 'accepted'; readonly protocol: string; readonly isAuthentic: boolean }
  /** It answered, and would not speak that version. */
  | { readonly outcome: 'refused'; readonly why: string }
  /** Nobody can say what it would have done. */
  | { readonly outcome: 'unknown'; readonly why: string };

/** A version of TLS that Node can offer. */
export type Version = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** What to try. */
export interface ProbeOptions {
  readonly host: string;
  readonly port: number;
  /** The only version that is offered. */
  readonly version: Version;
  /** The name that is asked for. @default host */
  readonly servername?: string;
  /** Authorities beside those that Node knows. */
  readonly ca?: string;
  /** @default 10,000 milliseconds */
  readonly timeout?: number;
}

/** Alerts of the other side that are about the version or the ciphers: RFC 8446, 6.2. */
const REFUSALS =
  /^ERR_SSL_(TLSV1_ALERT_PROTOCOL_VERSION|(SSL\/TLS|SSLV3|TLS)_ALERT_HANDSHAKE_FAILURE|SSLV3_ALERT_HANDSHAKE_FAILURE|TLSV1_ALERT_INSUFFICIENT_SECURITY|UNSUPPORTED_PROTOCOL)$/;

/** The other side hung up in the middle of the handshake, which is how CloudFront and others say no. */
const HANGS_UP = new Set(['ECONNRESET']);

/**
 * Offers one version of TLS, and nothing else, to an endpoint.
 *
 * An endpoint that cannot be reached has refused nothing: only an answer to the offer counts. What old versions need
 * (OpenSSL 3 offers them at security level 0 only) is allowed for this one connection.
 */
export function probe({
  host,
  port,
  version,
  servername = host,
  ca,
  timeout = 10_000,
}: ProbeOptions): Promise<Answer> {
  const isOld = version === 'TLSv1' || version === 'TLSv1.1';
  return new Promise((resolve) => {
    let isConnected = false;
    const socket = tls.connect({
      host,
      port,
      servername,
      minVersion: version,
      maxVersion: version,
      // The certificate is reported, so that what is wrong with it is not taken for a refusal.
      rejectUnauthorized: false,
      ...(ca === undefined ? {} : { ca }),
      ...(isOld ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
    });
    const end = (answer: Answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => {
      isConnected = true;
    });
    socket.once('secureConnect', () =>
      end({
        outcome: 'accepted',
        protocol: socket.getProtocol() ?? 'unknown',
        isAuthentic: socket.authorized,
      }),
    );
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const { code = error.message } = error;
      const isRefusal = isConnected && (REFUSALS.test(code) || HANGS_UP.has(code));
      end({ outcome: isRefusal ? 'refused' : 'unknown', why: code });
    });
    socket.setTimeout(timeout, () => end({ outcome: 'unknown', why: 'no answer in time' }));
  });
}
