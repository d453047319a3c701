import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { TransmissionError } from '../../core/errors';
import { quoted } from '../../core/quoted';

/** A host to look at. */
export interface ProbeTarget {
  /** A name in its ASCII form, or an address. */
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 443;

/** Names as certificates hold them (RFC 1123): what an unresolved value or a pattern would be is none. */
const NAME =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** `host`, `host:port`, an IPv4 address, or `[address]:port` for IPv6. */
export function parseTarget(given: string): ProbeTarget {
  const [, bracketed, bare, portText] = /^(?:\[([^\]]*)\]|([^:[\]/]*))(?::([^:]*))?$/.exec(given) ?? [];
  const port = portText === undefined ? DEFAULT_PORT : portOf(portText);
  const host = isIP(given) === 6 ? given : (bracketed ?? nameOf(bare ?? ''));
  const isHost = bracketed === undefined ? isIP(host) !== 0 || NAME.test(host) : isIP(host) === 6;
  if (!isHost || port === undefined) throw notATarget(given);
  // 0x7f.1 and 2130706433 are addresses to a resolver, and a name that ends in a number is none to anybody.
  if (isIP(host) === 0 && /(^|\.)(\d+|0x[0-9a-f]*)$/.test(host)) throw notATarget(given);
  return { host: host.toLowerCase(), port: isIP(given) === 6 ? DEFAULT_PORT : port };
}

/** The target as people write it. */
export function targetName({ host, port }: ProbeTarget): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

function nameOf(text: string): string {
  return domainToASCII(text.replace(/\.$/, '')).toLowerCase();
}

function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function notATarget(given: string): TransmissionError {
  const allowed = 'it must be a host name or an address, with a port from 1 to 65535 perhaps';
  return new TransmissionError(
    'InvalidArgument',
    `is no host, ${allowed}, write such as shop.example.com, shop.example.com:8443 or [2001:db8::1]:443`,
    quoted(given),
  );
}
