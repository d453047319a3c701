import type { Arguments } from '../arguments';
import type { Command, Option } from '../command';
import type { Io } from '../io';
import { ALLOW_PRIVATE, CA } from '../live-options';
import { BASELINE, COLOR, CONFIG, formatOption, NOW, OUTPUT, PARAMETERS } from '../options';

/** The forms of its report. */
export const PROBE_FORMATS = ['text', 'json'] as const;

/** The levels of what it finds. */
export const PROBE_LEVELS = ['error', 'warning', 'info'] as const;

const FAIL_ON: Option = {
  name: 'fail-on',
  value: 'LEVEL',
  choices: PROBE_LEVELS,
  about: `the lightest level that fails: ${PROBE_LEVELS.join(', ')} (default: error)`,
};

/** Asks servers what they accept, and compares it with what their templates promise. */
export const probe: Command = {
  name: 'probe',
  summary: 'ask servers which TLS they accept, and compare it with what the templates promise',
  operands: '[host[:port]...]',
  arity: { least: 0, most: 100 },
  options: [
    {
      name: 'assembly',
      value: 'TARGET',
      about: 'the app that promises: its cdk.out or template; without hosts, those that it names are asked',
    },
    formatOption(PROBE_FORMATS),
    OUTPUT,
    FAIL_ON,
    {
      name: 'timeout',
      value: 'SECONDS',
      about: 'how long one connection may take, of which there are some 20 to 40 (default: 5)',
    },
    {
      name: 'address',
      value: 'IP',
      about: 'the address to connect to, such as that of a load balancer before DNS leads to it',
    },
    ALLOW_PRIVATE,
    CA,
    {
      name: 'http-port',
      value: 'PORT',
      about: 'where the host is asked in clear (default: 80 for a host at port 443, else nowhere)',
    },
    {
      ...NOW,
      about: 'the time by which certificates are in time (default: SOURCE_DATE_EPOCH, else the clock)',
    },
    PARAMETERS,
    BASELINE,
    CONFIG,
    ...COLOR,
  ],
  examples: [
    'probe shop.example.com',
    'probe --assembly cdk.out --format text --format json --output probe.json',
    'probe shop.example.com --assembly cdk.out --address 192.0.2.7',
    'probe db.internal.example.com:8443 --allow-private --ca private-ca.pem',
  ],
  exitCodes: [
    [0, 'nothing at or above the level of --fail-on, and all is as promised'],
    [1, 'findings at or above the level of --fail-on'],
    [2, 'wrong use, configuration or input: nobody was asked'],
    [3, 'a host could not be reached, or something could not be told, which is never a pass'],
  ],
  run(args: Arguments, io: Io): Promise<number> {
    const { runProbe } = require('../run-probe') as typeof import('../run-probe');
    return runProbe(args, io);
  },
};
