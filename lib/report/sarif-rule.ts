import { LEVELS, type Level } from '../judge/packs/pack';
import { sarifText } from './escape';
import { sentence } from './phrase';
import type { RuleView, TargetReport } from './report';
import { MOST_TAGS, SARIF_LEVELS } from './sarif-limits';

/** GitHub's scale: critical above 9, high from 7, medium from 4, low below. */
const SECURITY_SEVERITIES: Readonly<Record<Level, string>> = {
  fatal: '9.5',
  error: '8.0',
  warning: '5.0',
  info: '2.0',
};

/** Every rule that ran, once; with several packs the strictest level. */
export function rulesOf({ packs }: TargetReport): RuleView[] {
  const byId = new Map<string, RuleView>();
  for (const rule of packs.flatMap((pack) => pack.rules)) {
    const known = byId.get(rule.id);
    if (known === undefined || LEVELS.indexOf(rule.level) < LEVELS.indexOf(known.level))
      byId.set(rule.id, rule);
  }
  return [...byId.values()];
}

/** What a service shows beside each finding of a rule. */
export function ruleDescriptor(rule: RuleView) {
  const { id, title, risk, fix, level, resourceTypes, since } = rule;
  return {
    id,
    shortDescription: { text: sarifText(title) },
    fullDescription: { text: sarifText(`${sentence(title)} Otherwise: ${sentence(risk)}`) },
    help: {
      text: sarifText(`Risk: ${sentence(risk)} Fix: ${sentence(fix)}`),
      markdown: [
        `**Risk:** ${sentence(risk)}`,
        `**Fix:** ${sentence(fix)}`,
        `**Resource types:** ${resourceTypes.map((type) => (type === '*' ? 'all' : `\`${type}\``)).join(', ')}`,
        ...references(rule),
      ].join('\n\n'),
    },
    defaultConfiguration: { level: SARIF_LEVELS[level] },
    properties: {
      'security-severity': SECURITY_SEVERITIES[level],
      precision: 'very-high',
      tags: tagsOf(rule),
      since,
    },
  };
}

function references({
  references: { pciDss, gdpr, securityHub, cwe, awsConfig, regulations = {} },
}: RuleView): string[] {
  const named = [
    ['PCI DSS 4.0.1', pciDss],
    ['GDPR', gdpr?.map((article) => `Art. ${article}`)],
    ['Security Hub', securityHub],
    ['CWE', cwe],
    ['AWS Config', awsConfig],
    ...Object.entries(regulations),
  ] as const;
  return named.flatMap(([name, ids]) => (ids === undefined ? [] : [`**${name}:** ${ids.join(', ')}`]));
}

function tagsOf({ references: { pciDss = [], gdpr = [], securityHub = [], cwe = [] } }: RuleView): string[] {
  return [
    'security',
    ...cwe.map((id) => `external/cwe/${id.toLowerCase()}`),
    ...pciDss.map((id) => `pci-dss-4.0.1/${id}`),
    ...gdpr.map((id) => `gdpr/${id}`),
    ...securityHub.map((id) => `security-hub/${id}`),
  ].slice(0, MOST_TAGS);
}
