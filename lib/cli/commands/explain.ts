import { TransmissionError } from '../../core/errors';
import type { Pack, PackRule } from '../../judge/packs/pack';
import type { Arguments } from '../arguments';
import type { Command } from '../command';
import type { Io } from '../io';
import { PACK } from '../options';
import { didYouMean } from '../suggest';

/** Tells everything about one rule. */
export const explain: Command = {
  name: 'explain',
  summary: 'tell why a rule is there, how to satisfy it and what it refers to',
  operands: '<rule>',
  arity: { least: 1, most: 1 },
  options: [PACK],
  examples: ['explain ResourceCanBeJudged', 'explain TransmissionChecks-ResourceCanBeJudged'],
  run(args: Arguments, io: Io): number {
    const { packOf } = require('../packs') as typeof import('../packs');
    const { acknowledgementIdOf } = require('../../judge/describe') as typeof import('../../judge/describe');
    const { hanging } = require('../../report/phrase') as typeof import('../../report/phrase');
    const pack = packOf(args);
    const row = find(pack, args.operands[0] ?? '');
    const { isExemptionRule } = require('../../judge/waivers') as typeof import('../../judge/waivers');
    const id = acknowledgementIdOf({ pack: pack.name, rule: row.rule });
    const isFinal = isExemptionRule(row.rule.id);
    const how = isFinal
      ? 'nothing does: it is about what is accepted'
      : `${id}, by Validations.of(construct).acknowledge({ id, reason })`;
    const rows = [...rowsOf(row), ['acknowledge', how]];
    const lines = rows.flatMap(([name = '', text = '']) => hanging(name.padEnd(15), text, 110));
    io.out(`${[row.rule.id, '', ...lines].join('\n')}\n`);
    return 0;
  },
};

/** By its bare id, by the name that findings print, or by the id that acknowledges it. */
function find(pack: Pack, given: string): PackRule {
  const bare = given.replace(/^.*::/, '').replace(`${pack.name}-`, '').toLowerCase();
  const found = pack.rules.find(({ rule }) => rule.id.toLowerCase() === bare);
  if (found !== undefined) return found;
  const meant = didYouMean(
    bare,
    pack.rules.map(({ rule }) => rule.id),
  );
  const remedy = 'see secure-transmission rules';
  throw new TransmissionError('UnknownRule', `is not a rule of ${pack.name}${meant}, ${remedy}`, given);
}

function rowsOf({ rule, level, unknown }: PackRule): (readonly [name: string, text: string])[] {
  const { pciDss, gdpr, securityHub, cwe } = rule.references;
  const references = [
    ['PCI DSS 4.0.1', pciDss],
    ['GDPR', gdpr?.map((article) => `Art. ${article}`)],
    ['Security Hub', securityHub],
    ['CWE', cwe],
  ] as const;
  return [
    ['good state', rule.title],
    ['risk', rule.risk],
    ['fix', rule.fix],
    ['level', unknown === level ? level : `${level}; ${unknown} where the template hides it`],
    ...references.flatMap(([name, ids]) => (ids === undefined ? [] : [[name, ids.join(', ')] as const])),
    ['types', rule.resourceTypes.map((type) => (type === '*' ? 'all' : type)).join(', ')],
    ['since', rule.since],
  ];
}
