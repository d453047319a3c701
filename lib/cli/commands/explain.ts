import { TransmissionError } from '../../core/errors';
import { didYouMean } from '../../core/suggest';
import type { Pack, PackRule } from '../../judge/packs/pack';
import type { Arguments } from '../arguments';
import type { Command } from '../command';
import type { Io } from '../io';
import { CONFIG, PACK, PROFILE } from '../options';

/** Tells everything about one rule. */
export const explain: Command = {
  name: 'explain',
  summary: 'tell why a rule is there, how to satisfy it and what it refers to',
  operands: '<rule>',
  arity: { least: 1, most: 1 },
  options: [{ ...PACK, about: `${(PACK.choices ?? []).join(', ')} (default: all)` }, PROFILE, CONFIG],
  examples: ['explain ResourceCanBeJudged', 'explain PciDss401Checks-KeyRotatesWithinAYear'],
  run(args: Arguments, io: Io): number {
    const { everyPack, packsOf } = require('../packs') as typeof import('../packs');
    const { configurationOf } = require('../configuration') as typeof import('../configuration');
    const { configurationFile } = require('../configuration-file') as typeof import('../configuration-file');
    const { acknowledgementIdOf } = require('../../judge/describe') as typeof import('../../judge/describe');
    const { hanging } = require('../../report/phrase') as typeof import('../../report/phrase');
    const { isExemptionRule } = require('../../judge/waivers') as typeof import('../../judge/waivers');
    const { settings } = configurationOf({ args, file: configurationFile(args, io) }, io);
    const isLimited = args.has('pack') || settings.profile !== undefined;
    const packs = isLimited ? packsOf(args, settings) : everyPack(settings);
    const { pack, row, others } = find(packs, args.operands[0] ?? '');
    const id = acknowledgementIdOf({ pack: pack.name, rule: row.rule });
    const how = isExemptionRule(row.rule.id)
      ? 'nothing does: it is about what is accepted'
      : `${id}, by Validations.of(construct).acknowledge({ id, reason })`;
    const names = [pack, ...others].map(({ name }) => name);
    const rows = [...rowsOf(row), ['packs', names.join(', ')], ['acknowledge', how]];
    const lines = rows.flatMap(([name = '', text = '']) => hanging(name.padEnd(15), text, 110));
    io.out(`${[row.rule.id, '', ...lines].join('\n')}\n`);
    return 0;
  },
};

interface Found {
  readonly pack: Pack;
  readonly row: PackRule;
  /** The other packs that have it. */
  readonly others: readonly Pack[];
}

/** By its bare id, by the name that findings print, or by the id that acknowledges it. */
function find(packs: readonly Pack[], given: string): Found {
  const name = given.replace(/^.*::/, '');
  const named = packs.filter((each) => name.startsWith(`${each.name}-`));
  const asked = named.length > 0 ? named : packs;
  const [prefix = ''] = named.map((each) => `${each.name}-`);
  const bare = name.slice(prefix.length).toLowerCase();
  const having = (each: Pack) => each.rules.find(({ rule }) => rule.id.toLowerCase() === bare);
  const [pack, row] = asked.flatMap((each) => [[each, having(each)] as const]).find(([, has]) => has) ?? [];
  if (pack !== undefined && row !== undefined) {
    return { pack, row, others: packs.filter((each) => each !== pack && having(each) !== undefined) };
  }
  const off = asked.flatMap(({ notRun = [] }) => notRun).find(({ rule }) => rule.toLowerCase() === bare);
  if (off !== undefined) {
    const message = `is switched off by ${off.owner} until ${off.until}, explain it without --config`;
    throw new TransmissionError('UnknownRule', message, given);
  }
  const ids = asked.flatMap(({ rules }) => rules.map(({ rule }) => rule.id));
  const of = asked.map((each) => each.name).join(', ');
  const remedy = 'see secure-transmission rules';
  throw new TransmissionError(
    'UnknownRule',
    `is not a rule of ${of}${didYouMean(bare, ids)}, ${remedy}`,
    given,
  );
}

function rowsOf({ rule, level, unknown }: PackRule): (readonly [name: string, text: string])[] {
  const { pciDss, gdpr, securityHub, cwe, awsConfig } = rule.references;
  const references = [
    ['PCI DSS 4.0.1', pciDss],
    ['GDPR', gdpr?.map((article) => `Art. ${article}`)],
    ['Security Hub', securityHub],
    ['CWE', cwe],
    ['AWS Config', awsConfig],
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
