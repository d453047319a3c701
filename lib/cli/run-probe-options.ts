import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import type { ProbeOptions } from '../live/prober';
import { relativeTo } from '../report/place';
import type { Arguments } from './arguments';
import { readGiven } from './given-file';
import type { Io } from './io';

const LONGEST_TIMEOUT = 60;
/** So many connections' time is what one host gets in all: most are asked at the same time. */
const TIMES_PER_HOST = 12;

/** How the command line says that hosts are asked. */
export function probeOptions(args: Arguments, io: Io): Omit<ProbeOptions, 'now'> {
  const seconds = numberOf(args, 'timeout', LONGEST_TIMEOUT, 'a number of seconds');
  const address = addressOf(args);
  const plaintextPort = numberOf(args, 'http-port', 65_535, 'a port');
  const authorities = args.all('ca').flatMap((file) => authoritiesIn(file, io));
  return {
    reach: args.has('allow-private') ? 'any' : 'public',
    ...(address === undefined ? {} : { address }),
    ...(seconds === undefined
      ? {}
      : { milliseconds: seconds * 1000, hostMilliseconds: seconds * 1000 * TIMES_PER_HOST }),
    ...(plaintextPort === undefined ? {} : { plaintextPort }),
    ...(authorities.length === 0 ? {} : { authorities }),
  };
}

function numberOf(args: Arguments, option: string, most: number, what: string): number | undefined {
  const given = args.one(option);
  if (given === undefined) return undefined;
  const value = /^\d{1,5}$/.test(given) ? Number(given) : 0;
  if (value >= 1 && value <= most) return value;
  const message = `is ${JSON.stringify(given)}, it must be ${what} from 1 to ${most}, write such as ${Math.min(most, 30)}`;
  throw new TransmissionError('InvalidArgument', message, `--${option}`);
}

function addressOf(args: Arguments): string | undefined {
  const given = args.one('address');
  if (given === undefined || isIP(given) !== 0) return given;
  const message = `is ${JSON.stringify(given)}, it must be an address of IPv4 or IPv6, write such as 192.0.2.7`;
  throw new TransmissionError('InvalidArgument', message, '--address');
}

/** The certificates of a file, each apart: Node takes the first one of a text only. */
function authoritiesIn(file: string, io: Io): string[] {
  const name = `--ca ${relativeTo(io.cwd, file)}`;
  const text = readGiven(resolve(io.cwd, file), name, 'give a file of certificates in PEM');
  const found = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (found.length > 0 && found.every(isCertificate)) return found;
  const message =
    'holds no certificate that can be read, it must hold certificates in PEM, give that of the authority';
  throw new TransmissionError('InvalidArgument', message, name);
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
