import { GDPR, GDPR_CONTROLS, PCI_DSS_4_0_1, type Regulation } from '../../lib/core/controls';
import type { DelegatedConfigRule } from '../../lib/core/controls/aws-config';
import {
  configRuleStandings,
  controlFigures,
  coverageOf,
  type RequirementCoverage,
  type StandingOfConfigRule,
} from '../../lib/judge/controls';
import { sentence, table } from '../pages/markdown';
import { RULES, ruleLink } from '../pages/rule-pages';

/** Where the page stands. */
export const page = 'docs/controls.md';

const CONFIG_RULES = configRuleStandings(RULES);
const STANDINGS = {
  native: 'a rule of ours asks the same of templates',
  table: 'rules of ours ask the same, at level *info*',
  delegated: 'no template decides it: `ConfigConformancePack` has AWS Config look at it',
  listed: 'it asks for nothing that a template should have, for the reason that stands with it',
} as const;

/** What speaks for each requirement of PCI DSS v4.0.1 and provision of the GDPR, or the reason why nothing does. */
export function render(): string {
  return `${[
    "<!-- Written by tools/generate/controls.ts from lib/core/controls and the rules: change those, then run 'npm run docs'. -->",
    '',
    '# Controls',
    '',
    'What speaks for each requirement of PCI DSS v4.0.1 and each provision of the GDPR that infrastructure as code can',
    'enforce or give evidence of: [rules](rules.md) that judge templates, rules of AWS Config for what no template decides,',
    'and what neither can show. Titles are ours; the standard and the law say more.',
    '',
    'It is no assessment, no legal advice, and no assessor: that rules speak for a requirement does not mean that it is met.',
    '',
    ...figures(),
    '',
    ...regulation(PCI_DSS_4_0_1, 'pci'),
    '',
    ...regulation(GDPR, 'gdpr'),
    '',
    ...gdprControls(),
    '',
    ...configRules(),
  ].join('\n')}\n`;
}

function figures(): string[] {
  const { configRules, pciDss, gdpr, rules } = controlFigures(RULES);
  return [
    `\`npm run -s controls\` prints these figures, counted from ${rules.total} rules.`,
    '',
    ...table(
      ['regulation', 'in all', 'with a rule', 'AWS Config alone', 'reason alone'],
      [
        [PCI_DSS_4_0_1.name, ...counts(pciDss)],
        [GDPR.name, ...counts(gdpr)],
      ],
    ),
    '',
    ...table(
      ['Managed rules of AWS Config', 'what it means', 'of the packs of AWS', 'with those that prowler adds'],
      [
        ...(Object.keys(STANDINGS) as (keyof typeof STANDINGS)[]).map((standing) => [
          standing,
          STANDINGS[standing],
          String(configRules.ofAwsPacks[standing]),
          String(configRules.all[standing]),
        ]),
        [
          'in all',
          'each is one of these',
          String(configRules.ofAwsPacks.total),
          String(configRules.all.total),
        ],
      ],
    ),
  ];
}

/** What other tools attach to the GDPR. */
function gdprControls(): string[] {
  return [
    '## What other tools attach to the GDPR',
    '',
    'The controls of prowler and powerpipe, which both took from AWS Audit Manager, and the rules that ask them.',
    '',
    ...table(
      ['control', 'articles', 'rules, or why none asks it'],
      GDPR_CONTROLS.map((control) => [
        `\`${control.control}\``,
        control.articles.join(', '),
        'by' in control
          ? [
              control.by.map((id) => ruleLink(id)).join(', '),
              ...(control.notAsked === undefined ? [] : [`not ${control.notAsked}`]),
            ].join('; ')
          : sentence(control.why),
      ]),
    ),
  ];
}

function counts(of: ReturnType<typeof controlFigures>['pciDss']): string[] {
  return [of.total, of.withRule, of.delegatedOnly, of.withReasonOnly].map(String);
}

function regulation(of: Regulation, prefix: string): string[] {
  const coverage = coverageOf(of, RULES, CONFIG_RULES);
  // Rules of AWS Config are mapped to PCI DSS alone.
  const isMapped = of === PCI_DSS_4_0_1;
  return [
    `## ${of.name}`,
    '',
    `Compared with its sources on ${of.reviewed}: ${of.sources.map((source) => `<${source}>`).join(', ')}.`,
    '',
    ...table(
      [
        'id',
        'what it asks for, in our words',
        'rules',
        ...(isMapped ? ['AWS Config'] : []),
        'what a template cannot show',
      ],
      coverage.map((each) => [
        `[${each.id}](#${anchorOf(prefix, each.id)})`,
        each.title,
        String(each.rules.length),
        ...(isMapped ? [String(each.delegated.length)] : []),
        beyond(each),
      ]),
    ),
    '',
    ...coverage.flatMap((each) => section(each, prefix, isMapped)),
  ];
}

function section(each: RequirementCoverage, prefix: string, isMapped: boolean): string[] {
  const { id, title, rules, delegated } = each;
  const links = rules.map(({ rule, level }) => `${ruleLink(rule.id)} (${level})`);
  const config = delegated.length === 0 ? 'nothing is left to it' : delegated.map(configRuleLink).join(', ');
  return [
    `<a id="${anchorOf(prefix, id)}"></a>`,
    '',
    `**${id}** ${title}`,
    '',
    `- **Rules**: ${links.length === 0 ? 'none' : links.join(', ')}.`,
    ...(isMapped ? [`- **AWS Config**: ${config}.`] : []),
    `- **Beyond a template**: ${sentence(beyond(each))}`,
    '',
  ];
}

function beyond({ remainder, by, id }: RequirementCoverage): string {
  if (remainder !== undefined) return remainder;
  if (by === 'nothing') throw new RangeError(`nothing speaks for ${id}, and nobody says why`);
  return by === 'rules'
    ? 'nothing that we know of: rules judge what templates say of it'
    : 'what it asks for: AWS Config looks at what is deployed';
}

function configRules(): string[] {
  return [
    '## Managed rules of AWS Config',
    '',
    'The union of the conformance packs of AWS for PCI DSS v4.0 and v3.2.1, which AWS says to use together, and what',
    'prowler adds. Requirements are those of v4.0 that prowler, or powerpipe, maps them to; v4.0.1 left the ids as they were.',
    '',
    ...table(
      ['rule', 'where', 'standing', 'by, or why not', 'requirements'],
      CONFIG_RULES.map((each) => [
        `<a id="${configAnchor(each)}"></a>\`${each.configRule}\``,
        each.sources.join(', '),
        each.standing,
        reasonOf(each),
        each.requirements.length === 0 ? 'none is mapped' : each.requirements.join(', '),
      ]),
    ),
  ];
}

function reasonOf({ rules, notNative, configRule }: StandingOfConfigRule): string {
  if (rules.length > 0) return rules.map(({ rule }) => ruleLink(rule.id)).join(', ');
  if (notNative === undefined) throw new RangeError(`nobody has decided what becomes of ${configRule}`);
  return notNative.kind === 'listed' ? notNative.why : `${notNative.why} (${askedHow(notNative)})`;
}

function askedHow({
  trigger,
  recorded,
  isOfAccount,
  onlyIn,
  parameters,
  needs,
}: DelegatedConfigRule): string {
  const values = parameters.map(({ name, value }) =>
    value === undefined ? `\`${name}\`` : `\`${name}\` ${value}`,
  );
  return [
    trigger === 'change' ? `at changes of ${recorded.join(', ')}` : 'once a day',
    ...(isOfAccount ? ['about the account'] : []),
    ...(onlyIn === undefined
      ? []
      : [`in ${onlyIn.length === 1 ? onlyIn.join() : `${onlyIn.length} regions`} only`]),
    ...(values.length === 0
      ? []
      : [`${needs === undefined ? 'parameters' : `needs ${needs} of`} ${values.join(', ')}`]),
  ].join('; ');
}

function configRuleLink(rule: StandingOfConfigRule): string {
  return `[\`${rule.configRule}\`](#${configAnchor(rule)})`;
}

function configAnchor({ configRule }: StandingOfConfigRule): string {
  return `config-${configRule.toLowerCase().replaceAll('_', '-')}`;
}

function anchorOf(prefix: string, id: string): string {
  return `${prefix}-${id
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')}`;
}
