import { byCodeUnit } from '../../core/order';
import type { Arguments } from '../arguments';
import type { Command } from '../command';
import type { Io } from '../io';
import { CONFIG, PACK, PROFILE } from '../options';

/** Lists the rules of packs. */
export const rules: Command = {
  name: 'rules',
  summary: 'list the rules of packs with their levels',
  operands: '',
  arity: { least: 0, most: 0 },
  options: [PACK, PROFILE, CONFIG],
  examples: ['rules', 'rules --pack pci-dss-401 --pack gdpr', 'rules --profile public-site'],
  run(args: Arguments, io: Io): number {
    const { packsOf } = require('../packs') as typeof import('../packs');
    const { configurationOf } = require('../configuration') as typeof import('../configuration');
    const { configurationFile } = require('../configuration-file') as typeof import('../configuration-file');
    const packs = packsOf(args, configurationOf({ args, file: configurationFile(args, io) }, io).settings);
    const rows = new Map<string, readonly [level: string, title: string]>();
    // A rule has one level in all packs under one set of settings; a test holds them to it.
    for (const { rule, level } of packs.flatMap((pack) => pack.rules)) rows.set(rule.id, [level, rule.title]);
    for (const { rule, until } of packs.flatMap(({ notRun = [] }) => notRun)) {
      if (!rows.has(rule)) rows.set(rule, ['not run', `switched off until ${until}`]);
    }
    const width = Math.max(...[...rows.keys()].map((id) => id.length));
    for (const [id, [level, title]] of [...rows].sort(([a], [b]) => byCodeUnit(a, b))) {
      io.out(`${id.padEnd(width)}  ${level.padEnd(7)}  ${title}\n`);
    }
    return 0;
  },
};
