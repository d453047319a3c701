import { LEVELS, type Level } from '../judge/packs/pack';
import { jsonText, sarifText, uriOf, visible } from './escape';
import type { Place } from './place';
import type { CheckReport, RuleView, TargetReport } from './report';
import { settingsOf } from './settings';
import { type FindingView, placesOf, resourceName, type Suppression } from './view';

/** What SARIF knows besides *none*. */
const SARIF_LEVELS: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** GitHub's scale: critical above 9, high from 7, medium from 4, low below. */
const SECURITY_SEVERITIES: Readonly<Record<Level, string>> = {
  fatal: '9.5',
  error: '8.0',
  warning: '5.0',
  info: '2.0',
};

/** GitHub takes 20 tags of a rule. */
const MOST_TAGS = 20;

/** A report in SARIF 2.1.0, one run for each app: what code scanning services read. */
export function renderSarif(report: CheckReport): string {
  return jsonText({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: report.targets.map((target) => runOf(target, report)),
  });
}

function runOf(target: TargetReport, { tool, exitCode }: CheckReport) {
  const { findings, packs, resources, counts } = target;
  const rules = rulesOf(target);
  const indexes = new Map(rules.map(({ id }, i) => [id, i]));
  return {
    tool: {
      driver: {
        name: tool.name,
        semanticVersion: tool.version,
        rules: rules.map(ruleDescriptor),
      },
    },
    automationDetails: { id: automationId(target) },
    invocations: [
      {
        executionSuccessful: findings.every(({ verdict }) => verdict !== 'failed'),
        exitCode,
        toolExecutionNotifications: notifications(target),
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: findings.map((finding) => resultOf(finding, indexes.get(finding.rule))),
    properties: {
      target: target.target,
      counts,
      resources: { total: resources.total, judged: resources.judged, irrelevant: resources.irrelevant },
      rules: packs.flatMap((pack) =>
        pack.rules.map(({ id, compliant, violations, unknown }) => ({
          pack: pack.name,
          id,
          compliant,
          violations,
          unknown,
        })),
      ),
    },
  };
}

/** A slash at the end makes the whole of it a category, which is the same in every run. */
function automationId({ target, packs }: TargetReport): string {
  return visible(`secure-transmission/${packs.map(({ name }) => name).join('+')}/${target}/`);
}

/** Every rule that ran, once; with several packs the strictest level. */
function rulesOf({ packs }: TargetReport): RuleView[] {
  const byId = new Map<string, RuleView>();
  for (const rule of packs.flatMap((pack) => pack.rules)) {
    const known = byId.get(rule.id);
    if (known === undefined || LEVELS.indexOf(rule.level) < LEVELS.indexOf(known.level))
      byId.set(rule.id, rule);
  }
  return [...byId.values()];
}

function ruleDescriptor(rule: RuleView) {
  const { id, title, risk, fix, level, resourceTypes, since } = rule;
  return {
    id,
    name: id,
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

function sentence(phrase: string): string {
  const end = /[.!?]$/.test(phrase) ? '' : '.';
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}${end}`;
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

function resultOf(finding: FindingView, ruleIndex: number | undefined) {
  const {
    rule,
    level,
    message,
    fingerprint,
    suppressed,
    pack,
    verdict,
    stack,
    logicalId,
    type,
    property,
    when,
  } = finding;
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: SARIF_LEVELS[level],
    message: { text: sarifText(`${message}. Fix: ${sentence(finding.fix)}`) },
    locations: locationsOf(finding),
    // GitHub compares this one key alone, and takes it for a hash of a line with a counter.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, 'findingIdentity/v1': fingerprint },
    // Where one result of a run has suppressions, all must have some (SARIF 2.1.0, 3.27.23): none is an empty list.
    suppressions: suppressed === undefined ? [] : [suppressionOf(suppressed)],
    properties: {
      pack,
      level,
      verdict,
      stack,
      logicalId,
      resourceType: type,
      property,
      ...(when && { when }),
    },
  };
}

/** SARIF has no words for owner and end: they stand in its property bag (3.35, 3.8), as text. */
function suppressionOf({ reason, isExternal, id: _, ...by }: Suppression) {
  const properties = Object.fromEntries(
    Object.entries(by).map(([key, value]) => [key, visible(value, 4000)]),
  );
  return {
    kind: isExternal ? 'external' : 'inSource',
    status: 'accepted',
    justification: visible(reason, 4000),
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
  };
}

/** The line of code first, since a service annotates the first place only. */
function locationsOf(finding: FindingView) {
  const logicalLocations = [
    {
      name: visible(finding.logicalId),
      fullyQualifiedName: visible(resourceName(finding)),
      kind: 'resource',
    },
  ];
  const places = placesOf(finding);
  if (places.length === 0) return [{ logicalLocations }];
  return places.map((place) => ({ physicalLocation: physicalLocation(place), logicalLocations }));
}

function physicalLocation({ file, line = 1, column }: Place) {
  return {
    artifactLocation: { uri: uriOf(file) },
    region: column === undefined ? { startLine: line } : { startLine: line, startColumn: column },
  };
}

/** What was not judged is said aloud: silence would be taken for a pass. */
function notifications({ resources, notJudged, packs }: TargetReport) {
  return [
    ...resources.notJudged.map(({ type, count, why }) => ({
      level: 'note',
      message: { text: sarifText(`not judged: ${count} of ${type}: ${why}`) },
    })),
    ...notJudged.map(({ template, why }) => ({
      level: 'warning',
      message: { text: sarifText(`not judged: ${template}: ${why}`) },
    })),
    ...settingsOf(packs).map(([name, text]) => ({
      level: name === 'not run' ? 'warning' : 'note',
      message: { text: sarifText(`${name}: ${text}`) },
    })),
  ];
}
