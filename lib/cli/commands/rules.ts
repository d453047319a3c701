import type { Arguments } from '../arguments';
import type { Command } from '../command';
import type { Io } from '../io';
import { PACK } from '../options';

/** Lists the rules of a pack. */
export const rules: Command = {
  name: 'rules',
  summary: 'list the rules of a pack with their levels',
  operands: '',
  arity: { least: 0, most: 0 },
  options: [PACK],
  examples: ['rules'],
  run(args: Arguments, io: Io): number {
    const { packOf } = require('../packs') as typeof import('../packs');
    const rows = packOf(args)
      .rules.map(({ rule, level }) => [rule.id, level, rule.title] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const width = Math.max(...rows.map(([id]) => id.length));
    for (const [id, level, title] of rows) io.out(`${id.padEnd(width)}  ${level.padEnd(7)}  ${title}\n`);
    return 0;
  },
};
