import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { TlsVersion } from '../../core/tls';
import { CLASSICAL_GROUPS, HANDSHAKE, RECORD, SIGNATURE_ALGORITHMS, VERSION_NUMBERS } from './tls-numbers';

/** What a first message offers. */
export interface Offer {
  /** The one version: a server that answers with another one refuses it. */
  readonly version: TlsVersion;
  /** Codes, the one that we like best first. */
  readonly suites: readonly number[];
  /** Groups for the agreement on keys; what every server knows, where it is left out. */
  readonly groups?: readonly number[];
  /**
   * TLS 1.3: our shares of keys. Without any, a server that takes a group asks for one by name (a HelloRetryRequest), so
   * that it tells its group although we could not compute with it.
   */
  readonly shares?: readonly { readonly group: number; readonly key: Buffer }[];
  /** The name that the certificate shall be for; an address is not sent (RFC 6066, 3). */
  readonly serverName: string;
}

const EXTENSION = {
  serverName: 0,
  supportedGroups: 10,
  pointFormats: 11,
  signatureAlgorithms: 13,
  padding: 21,
  extendedMasterSecret: 23,
  supportedVersions: 43,
  keyShare: 51,
  renegotiationInfo: 0xff01,
} as const;

/** "I know of secure renegotiation" (RFC 5746, 3.3), for SSL 3.0, which has no extensions. */
const RENEGOTIATION_SUITE = 0x00ff;

/**
 * A ClientHello as one record (RFC 8446, 4.1.2; RFC 5246, 7.4.1.2; RFC 6101, 5.6.1.2).
 *
 * Nothing in it is secret: it ends with the answer of the server, and no key is ever agreed on.
 */
export function clientHello(offer: Offer): Buffer {
  const number = VERSION_NUMBERS[offer.version];
  const isNew = offer.version === 'TLSv1.3';
  const suites = isNew ? offer.suites : [...offer.suites, RENEGOTIATION_SUITE];
  const before = Buffer.concat([
    uint16(isNew ? VERSION_NUMBERS['TLSv1.2'] : number),
    randomBytes(32),
    // TLS 1.3 behaves like a resumption, for what stands in between (RFC 8446, D.4).
    vector8(isNew ? randomBytes(32) : Buffer.alloc(0)),
    vector16(Buffer.concat(suites.map(uint16))),
    vector8(Buffer.from([0])),
  ]);
  const extensions = offer.version === 'SSLv3' ? [] : extensionsOf(offer);
  const body =
    extensions.length === 0
      ? before
      : Buffer.concat([before, vector16(padded(Buffer.concat(extensions), before.length))]);
  const message = Buffer.concat([Buffer.from([HANDSHAKE.clientHello]), uint24(body.length), body]);
  // Servers of old hang up on a record of a version that they do not know.
  const outer = offer.version === 'SSLv3' ? number : VERSION_NUMBERS['TLSv1.0'];
  return Buffer.concat([Buffer.from([RECORD.handshake]), uint16(outer), vector16(message)]);
}

function extensionsOf({ version, groups = CLASSICAL_GROUPS, shares = [], serverName }: Offer): Buffer[] {
  const extensions: Buffer[] = [];
  if (isIP(serverName) === 0) {
    const entry = Buffer.concat([Buffer.from([0]), vector16(Buffer.from(serverName, 'latin1'))]);
    extensions.push(extension(EXTENSION.serverName, vector16(entry)));
  }
  extensions.push(extension(EXTENSION.supportedGroups, vector16(Buffer.concat(groups.map(uint16)))));
  const algorithms = vector16(Buffer.concat(SIGNATURE_ALGORITHMS.map(uint16)));
  if (version === 'TLSv1.3') {
    const keys = shares.map(({ group, key }) => Buffer.concat([uint16(group), vector16(key)]));
    extensions.push(
      extension(EXTENSION.signatureAlgorithms, algorithms),
      extension(EXTENSION.supportedVersions, vector8(uint16(VERSION_NUMBERS['TLSv1.3']))),
      extension(EXTENSION.keyShare, vector16(Buffer.concat(keys))),
    );
    return extensions;
  }
  extensions.push(extension(EXTENSION.pointFormats, vector8(Buffer.from([0]))));
  if (version === 'TLSv1.2') extensions.push(extension(EXTENSION.signatureAlgorithms, algorithms));
  extensions.push(
    extension(EXTENSION.extendedMasterSecret, Buffer.alloc(0)),
    extension(EXTENSION.renegotiationInfo, vector8(Buffer.alloc(0))),
  );
  return extensions;
}

/** Some load balancers hang on a ClientHello of 256 to 511 bytes: it is filled up (RFC 7685). */
function padded(extensions: Buffer, before: number): Buffer {
  const length = 4 + before + 2 + extensions.length;
  if (length < 256 || length >= 512) return extensions;
  const missing = Math.max(0, 512 - length - 4);
  return Buffer.concat([extensions, extension(EXTENSION.padding, Buffer.alloc(missing))]);
}

function extension(type: number, data: Buffer): Buffer {
  return Buffer.concat([uint16(type), vector16(data)]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

function uint24(value: number): Buffer {
  return Buffer.from([value >> 16, (value >> 8) & 0xff, value & 0xff]);
}

function vector8(data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([data.length]), data]);
}

function vector16(data: Buffer): Buffer {
  return Buffer.concat([uint16(data.length), data]);
}
