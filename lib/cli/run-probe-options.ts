import { isIP } from 'node:net';
import { TransmissionError } from '../core/errors';
import type { ProbeOptions } from '../live/prober';
import type { Arguments } from './arguments';
import { authoritiesOf } from './authorities';
import type { Io } from './io';
import { secondsOf } from './seconds';

const LONGEST_TIMEOUT = 60;
/** So many connections' time is what one host gets in all: most are asked at the same time. */
const TIMES_PER_HOST = 12;

/** How the command line says that hosts are asked. */
export function probeOptions(args: Arguments, io: Io): Omit<ProbeOptions, 'now'> {
  const seconds = secondsOf(args, 'timeout', LONGEST_TIMEOUT);
  const address = addressOf(args);
  const plaintextPort = portOf(args);
  const authorities = authoritiesOf(args, io);
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

function portOf(args: Arguments): number | undefined {
  const given = args.one('http-port');
  if (given === undefined) return undefined;
  const port = /^\d{1,5}$/.test(given) ? Number(given) : 0;
  if (port >= 1 && port <= 65_535) return port;
  const message = `is ${JSON.stringify(given)}, it must be a port from 1 to 65535, write such as 8080`;
  throw new TransmissionError('InvalidArgument', message, '--http-port');
}

function addressOf(args: Arguments): string | undefined {
  const given = args.one('address');
  if (given === undefined || isIP(given) !== 0) return given;
  const message = `is ${JSON.stringify(given)}, it must be an address of IPv4 or IPv6, write such as 192.0.2.7`;
  throw new TransmissionError('InvalidArgument', message, '--address');
}
