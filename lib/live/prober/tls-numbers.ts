/**
 * Numbers that go over the wire, and their names.
 *
 * @see https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml
 */
import type { TlsVersion } from '../../core/tls';

/** How a version is spelled on the wire. */
export const VERSION_NUMBERS: Readonly<Record<TlsVersion, number>> = {
  SSLv3: 0x0300,
  'TLSv1.0': 0x0301,
  'TLSv1.1': 0x0302,
  'TLSv1.2': 0x0303,
  'TLSv1.3': 0x0304,
};

/** The version with that number, where it is one. */
export function versionOf(number: number): TlsVersion | undefined {
  return (Object.keys(VERSION_NUMBERS) as TlsVersion[]).find((name) => VERSION_NUMBERS[name] === number);
}

/** Types of records. */
export const RECORD = { changeCipherSpec: 20, alert: 21, handshake: 22 } as const;

/** Types of handshake messages that are read here. */
export const HANDSHAKE = {
  clientHello: 1,
  serverHello: 2,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
} as const;

/** Hybrids of ML-KEM and an elliptic curve (draft-ietf-tls-ecdhe-mlkem): what the catalogue calls post-quantum. */
export const POST_QUANTUM_GROUPS: readonly number[] = [0x11ec, 0x11eb, 0x11ed];

/** Groups of finite fields, for DHE in TLS 1.3 (RFC 7919). */
const FFDHE = [0x0100, 0x0101, 0x0102, 0x0103, 0x0104];

/** What clients of today prefer first; then what servers may still insist on. */
export const CLASSICAL_GROUPS: readonly number[] = [
  0x001d,
  0x0017,
  0x0018,
  0x0019,
  0x001e,
  ...FFDHE,
  0x001a,
  0x001b,
  0x001c,
  0x0016,
  0x0015,
  0x0013,
];

const GROUPS: Readonly<Record<number, string>> = {
  19: 'secp192r1',
  21: 'secp224r1',
  22: 'secp256k1',
  23: 'secp256r1',
  24: 'secp384r1',
  25: 'secp521r1',
  26: 'brainpoolP256r1',
  27: 'brainpoolP384r1',
  28: 'brainpoolP512r1',
  29: 'x25519',
  30: 'x448',
  256: 'ffdhe2048',
  257: 'ffdhe3072',
  258: 'ffdhe4096',
  259: 'ffdhe6144',
  260: 'ffdhe8192',
  4587: 'SecP256r1MLKEM768',
  4588: 'X25519MLKEM768',
  4589: 'SecP384r1MLKEM1024',
};

/** The name of a group; its number for one that has none here. */
export function groupName(code: number): string {
  return GROUPS[code] ?? `0x${code.toString(16).padStart(4, '0')}`;
}

/** Algorithms that sign, SHA-1 and all: what a server can do shall not be hidden by what we would like (RFC 8446, 4.2.3). */
export const SIGNATURE_ALGORITHMS: readonly number[] = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501,
  0x0601, 0x0303, 0x0301, 0x0302, 0x0402, 0x0502, 0x0602, 0x0203, 0x0201, 0x0202, 0x0101,
];

const ALERTS: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  22: 'record_overflow',
  40: 'handshake_failure',
  42: 'bad_certificate',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  109: 'missing_extension',
  110: 'unsupported_extension',
  112: 'unrecognized_name',
  116: 'certificate_required',
  120: 'no_application_protocol',
};

/** The name of an alert; its number for one that has none here. */
export function alertName(description: number): string {
  return ALERTS[description] ?? String(description);
}

/** Alerts by which a server says that it does not want what was offered. */
export const REFUSALS: ReadonlySet<number> = new Set([10, 40, 47, 50, 70, 71, 86, 109, 110]);

/** The alert after which nothing else that is offered would help. */
export const PROTOCOL_VERSION_ALERT = 70;
