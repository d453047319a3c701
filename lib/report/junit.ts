import { acceptedAs, gravestFirst } from './accepted';
import { visible } from './escape';
import { remarksOn } from './remarks';
import { type CheckReport, countsAt, type PackView, type TargetReport } from './report';
import { placeText } from './text';
import { type FindingView, placesOf, resourceName } from './view';

interface Case {
  readonly name: string;
  readonly classname: string;
  readonly outcome: 'passed' | 'skipped' | 'failure' | 'error';
  readonly message: string;
  readonly text: string;
}

/**
 * A report in JUnit's XML: a suite for each target and pack, in it a case for each finding and for each rule that held.
 * GitLab shows one of several cases with the same name, so none has the name of another.
 *
 * What does not fail the check is *skipped*: JUnit knows no warnings.
 */
export function renderJunit(report: CheckReport): string {
  const suites = report.targets.flatMap((target) =>
    target.packs.map((pack) => suiteOf(target, pack, report)),
  );
  const total = (key: 'tests' | 'failures' | 'errors') => suites.reduce((sum, suite) => sum + suite[key], 0);
  const attributes = {
    name: report.tool.name,
    tests: total('tests'),
    failures: total('failures'),
    errors: total('errors'),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributesText(attributes)}>`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(target: TargetReport, pack: PackView, { failOn }: CheckReport) {
  const findings = gravestFirst(target.findings).filter((finding) => finding.pack === pack.name);
  const found = findings.map((finding) => caseOf(finding, failOn));
  const held = rulesThatHeld(findings, pack);
  const cases = uniquelyNamed(found.length + held.length === 0 ? [nothing(pack)] : [...found, ...held]);
  const count = (outcome: Case['outcome']) => cases.filter((each) => each.outcome === outcome).length;
  const counts = { tests: cases.length, failures: count('failure'), errors: count('error') };
  // Settings are those of this pack alone.
  const properties = remarksOn({ ...target, packs: [pack] }).map(
    ({ name, text }) => `      <property${attributesText({ name, value: text })}/>`,
  );
  const name = `${target.target} ${pack.name}`;
  const lines = [
    `  <testsuite${attributesText({ name, ...counts, skipped: count('skipped') })}>`,
    ...(properties.length === 0 ? [] : ['    <properties>', ...properties, '    </properties>']),
    ...cases.map(caseText),
    '  </testsuite>',
  ];
  return { ...counts, lines };
}

function caseOf(finding: FindingView, failOn: CheckReport['failOn']): Case {
  const { pack, rule, level, verdict, message, property, counterexample, fix, repair } = finding;
  const accepted = acceptedAs(finding);
  const outcome =
    verdict === 'failed' ? 'error' : countsAt(finding, failOn) ? 'failure' : ('skipped' as const);
  const why = accepted === undefined ? level : `${accepted.how} ${level}: ${accepted.why}`;
  const lines = [
    message,
    ...(counterexample === undefined ? [] : [`So: ${counterexample}`]),
    `Fix: ${repair?.about ?? fix}`,
    ...placesOf(finding).map((place) => `At: ${placeText(place)}`),
  ];
  return {
    name: `${resourceName(finding)} ${property}`,
    classname: `${pack}.${rule}`,
    outcome,
    message: accepted === undefined ? `${why}: ${message}` : why,
    text: lines.map((line) => visible(line, 1000)).join('\n'),
  };
}

/** The positive evidence: rules that something concerned, and that found nothing. */
function rulesThatHeld(findings: readonly FindingView[], { name, rules }: PackView): Case[] {
  const found = new Set(findings.map(({ rule }) => rule));
  return rules
    .filter(({ id, compliant }) => compliant > 0 && !found.has(id))
    .map(({ id, title }) => ({
      name: title,
      classname: `${name}.${id}`,
      outcome: 'passed',
      message: '',
      text: '',
    }));
}

/** Jenkins takes a report without cases for one that went wrong. */
function nothing({ name }: PackView): Case {
  const message = 'no rule of the pack concerns what is here';
  return { name: message, classname: name, outcome: 'skipped', message, text: '' };
}

function uniquelyNamed(cases: readonly Case[]): Case[] {
  const taken = new Map<string, number>();
  return cases.map((each) => {
    const key = `${each.classname}\n${visible(each.name)}`;
    const count = (taken.get(key) ?? 0) + 1;
    taken.set(key, count);
    return count === 1 ? each : { ...each, name: `(${count}) ${each.name}` };
  });
}

function caseText({ name, classname, outcome, message, text }: Case): string {
  const opening = `    <testcase${attributesText({ name, classname })}`;
  if (outcome === 'passed') return `${opening}/>`;
  // Older readers allow no attribute here.
  const inner =
    outcome === 'skipped'
      ? `<skipped>${xmlText(`${visible(message, 1500)}\n${text}`)}</skipped>`
      : `<${outcome}${attributesText({ message })}>${xmlText(text)}</${outcome}>`;
  return `${opening}>\n      ${inner}\n    </testcase>`;
}

function attributesText(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xmlText(visible(String(value), 1500))}"`)
    .join('');
}

/** What XML 1.0 forbids is visible before it comes here; of line breaks only those of ours are left. */
function xmlText(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
