import type { Arguments } from '../arguments';
import type { Command } from '../command';
import type { Io } from '../io';
import { BASELINE, CONFIG, NOW, PACK, PARAMETERS, PROFILE } from '../options';

/** Writes what an app states in public about the transmission of data. */
export const statement: Command = {
  name: 'statement',
  summary: 'write what the app publishes: transmission.json and security.txt',
  operands: '<target>',
  arity: { least: 1, most: 1 },
  options: [
    { name: 'output', value: 'FOLDER', about: 'where the two files lie (default: trust)' },
    { name: 'check', about: 'write nothing, fail where what lies there is stale' },
    {
      name: 'contact',
      value: 'URI',
      repeatable: true,
      about: 'where holes are reported: mailto:, tel: or https://',
    },
    { name: 'expires', value: 'DATE', about: 'when security.txt expires (default: in 180 days)' },
    { name: 'policy', value: 'URI', repeatable: true, about: 'how reports are handled' },
    { name: 'encryption', value: 'URI', repeatable: true, about: 'where the key for reports lies' },
    { name: 'canonical', value: 'URI', repeatable: true, about: 'where security.txt is served' },
    { name: 'preferred-languages', value: 'TAGS', about: 'languages of reports, such as en,es' },
    { ...NOW, about: 'the time, which is then stated (default: as for check, not stated)' },
    PACK,
    PROFILE,
    PARAMETERS,
    BASELINE,
    CONFIG,
  ],
  examples: [
    'statement cdk.out --contact mailto:security@example.com',
    'statement cdk.out --output trust --expires 2027-06-30',
    'statement cdk.out --check',
  ],
  run(args: Arguments, io: Io): number {
    const { runStatement } = require('../run-statement') as typeof import('../run-statement');
    return runStatement(args, io);
  },
};
