import type { Arguments } from '../arguments';
import type { Command } from '../command';
import type { Io } from '../io';
import { COLOR, NOW, OUTPUT, PARAMETERS } from '../options';

const FORMATS = ['table', 'json', 'csv'] as const;
const LEVELS = ['error', 'warning', 'info'] as const;

/** Tells how it stands with the certificates that AWS Certificate Manager keeps. */
export const certificates: Command = {
  name: 'certificates',
  summary: 'tell of every certificate in ACM whether it lasts, renews and is strong',
  operands: 'audit',
  arity: { least: 1, most: 1 },
  options: [
    {
      name: 'region',
      value: 'REGION',
      repeatable: true,
      about: 'where to look; those of CloudFront lie in us-east-1 (default: AWS_REGION)',
    },
    {
      name: 'profile',
      value: 'NAME',
      about: "a profile of the AWS configuration (default: the SDK's chain of credentials)",
    },
    {
      name: 'assembly',
      value: 'TARGET',
      about: 'a cdk.out or template, whose hosts their certificates must name',
    },
    PARAMETERS,
    {
      name: 'format',
      value: 'FORMAT',
      choices: FORMATS,
      repeatable: true,
      about: `${FORMATS.join(', ')}, the inventory of PCI DSS 4.2.1.1 (default: table)`,
    },
    OUTPUT,
    {
      name: 'fail-on',
      value: 'LEVEL',
      choices: LEVELS,
      about: `the lightest level that fails: ${LEVELS.join(', ')} (default: error)`,
    },
    { name: 'time-limit', value: 'SECONDS', about: 'how long it may take in all (default: 600)' },
    NOW,
    ...COLOR,
  ],
  examples: [
    'certificates audit --region eu-west-1 --region us-east-1 --profile production',
    'certificates audit --region eu-west-1 --assembly cdk.out --fail-on warning',
    'certificates audit --region eu-west-1 --format csv --output certificates.csv',
  ],
  exitCodes: [
    [0, 'nothing at or above the level of --fail-on'],
    [1, 'findings at or above the level of --fail-on'],
    [2, 'wrong use, configuration or input: nothing was looked at'],
    [3, 'a region or a certificate could not be read; what was found elsewhere is printed'],
  ],
  run(args: Arguments, io: Io): Promise<number> {
    const { runCertificates } = require('../run-certificates') as typeof import('../run-certificates');
    return runCertificates(args, io);
  },
};
