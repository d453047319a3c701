import fc from 'fast-check';
import type { Level } from '../../lib/judge/packs/pack';
import type { CheckReport, Counts, FindingView, RuleView, TargetReport } from '../../lib/report';
import { countsAt } from '../../lib/report';

/** A finding as the formats get it. */
export function viewWith(parts: Partial<FindingView> = {}): FindingView {
  return {
    pack: 'TransmissionChecks',
    rule: 'ListenerIsEncrypted',
    level: 'error',
    verdict: 'violation',
    title: 'a listener speaks TLS',
    message: 'a listener speaks TLS: Protocol is HTTP, but must be HTTPS',
    risk: 'whoever is on the path reads what customers send',
    fix: "set 'Protocol' to HTTPS",
    references: { cwe: ['CWE-319'] },
    stack: 'Shop',
    logicalId: 'Listener',
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    constructPath: 'Shop/Listener/Resource',
    property: 'Properties.Protocol',
    got: 'HTTP',
    want: 'HTTPS',
    template: { file: 'cdk.out/Shop.template.json', line: 8, column: 5 },
    source: { file: 'lib/shop.ts', line: 12, column: 5 },
    fingerprint: '0123456789abcdef0123456789abcdef',
    ...parts,
  };
}

/** What the waiver or the file of known findings of a test says. */
export const SUPPRESSED = { reason: 'behind a VPN', id: 'A::A-B', owner: 'web', expires: '2027-01-31' };
export const KNOWN = { owner: 'web', since: '2026-10-01', expires: '2027-03-30' };

/** A report on one app with these findings. */
export function reportWith(
  findings: readonly FindingView[],
  parts: Partial<TargetReport> = {},
  failOn: Level = 'error',
): CheckReport {
  const target: TargetReport = {
    target: 'cdk.out',
    findings,
    counts: countsOf(findings),
    packs: [{ name: 'TransmissionChecks', rules: rulesOf(findings), notRun: [] }],
    resources: { total: 5, judged: 3, irrelevant: 1, notJudged: [] },
    notJudged: [],
    exemptions: [],
    ...parts,
  };
  return reportOnAll([target], failOn);
}

/** A report on several apps. */
export function reportOnAll(targets: readonly TargetReport[], failOn: Level = 'error'): CheckReport {
  const findings = targets.flatMap((target) => target.findings);
  const failed = findings.some(({ verdict }) => verdict === 'failed');
  return {
    tool: { name: 'secure-transmission', version: '0.1.0' },
    failOn,
    exitCode: failed ? 3 : findings.some((finding) => countsAt(finding, failOn)) ? 1 : 0,
    counts: countsOf(findings),
    targets,
  };
}

function countsOf(findings: readonly FindingView[]): Counts {
  const counts = { fatal: 0, error: 0, warning: 0, info: 0, suppressed: 0, known: 0 };
  for (const { level, suppressed, known } of findings) {
    counts[suppressed !== undefined ? 'suppressed' : known !== undefined ? 'known' : level] += 1;
  }
  return counts;
}

/** The rules of the findings, and one that held. */
function rulesOf(findings: readonly FindingView[]): RuleView[] {
  const ids = [...new Set(findings.map(({ rule }) => rule))];
  const { title, risk, fix, references } = viewWith();
  const common = {
    title,
    risk,
    fix,
    references,
    level: 'error',
    resourceTypes: ['*'],
    since: '0.1.0',
  } as const;
  return [
    ...ids.map((id) => ({ ...common, id, compliant: 0, violations: 1, unknown: 0 })),
    { ...common, id: 'BucketDeniesPlaintext', title: 'a bucket', compliant: 2, violations: 0, unknown: 0 },
  ];
}

/** Strings as an attacker of any of the formats would choose them. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n::error file=x::no',
        '%0A::stop-commands::x',
        '::add-mask::a',
        '##[group]x',
        '##[add-path]/tmp',
        '\r\n',
        ' :: ',
        ',line=1',
      ),
      fc.constantFrom(
        '| a |',
        '``',
        '`',
        '```suggestion\nx\n```',
        '<script>alert(1)</script>',
        '<img src=x onerror=y>',
        '</details>',
        '<!--',
        '[a](https://evil.example)',
        '![a](https://evil.example/x.png)',
        '[a]: https://evil.example',
        'https://evil.example/?q=1',
        'www.evil.example',
        'someone@evil.example',
        '@octocat',
        '@org/team',
        '#1',
        'GH-12',
        'octo/repo#3',
        'a5c3785ed8d6a35868bc169f07e40e889087fd2e',
        ':tada:',
        '$x$',
        '**b**',
        '~~s~~',
        '_i_',
        '\n\n# h',
        '\n- [ ] todo',
        '[^1]',
        '&lt;b&gt;',
        '\\',
        '{0}',
      ),
      fc.constantFrom(
        '\u001b[31m',
        '\u202e',
        '\u2066',
        '\u200b',
        '\u0000',
        '\ufffe',
        '\ud800',
        '\u0085',
        '\u2028',
      ),
      fc.constantFrom(']]>', '&', '<?xml?>', '"', "'", '=cmd|x!A1', '+1', '\t'),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom(' ', 'word', 'Properties.Protocol', '{ protocol: "HTTPS" }'),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''));

/** A finding all of whose strings are hostile, but for those that only this package writes. */
export const hostileView: fc.Arbitrary<FindingView> = fc
  .record({
    text: fc.array(hostileText, { minLength: 18, maxLength: 18 }),
    level: fc.constantFrom<Level>('fatal', 'error', 'warning', 'info'),
    verdict: fc.constantFrom('violation', 'unknown', 'failed'),
    accepted: fc.constantFrom('no', 'suppressed', 'known'),
    hasSource: fc.boolean(),
    hasRepair: fc.boolean(),
  })
  .map(({ text, level, verdict, accepted, hasSource, hasRepair }) => {
    const next = () => text.pop() ?? '';
    return viewWith({
      level,
      verdict: verdict as FindingView['verdict'],
      message: next(),
      stack: next(),
      logicalId: next(),
      type: next(),
      constructPath: next(),
      property: next(),
      got: next(),
      want: next(),
      detail: next(),
      when: next(),
      counterexample: next(),
      template: { file: next(), line: 3, column: 2 },
      ...(hasSource ? { source: { file: next(), line: 1, column: 1 } } : {}),
      ...(accepted === 'suppressed'
        ? { suppressed: { reason: next(), id: next(), owner: next(), ticket: next(), expires: next() } }
        : {}),
      ...(accepted === 'known'
        ? { known: { owner: next(), since: '2026-10-01', expires: '2027-03-30' } }
        : {}),
      ...(hasRepair
        ? {
            repair: {
              about: next(),
              edits: [
                { file: next(), start: { line: 1, column: 1 }, end: { line: 1, column: 2 }, text: next() },
              ],
            },
          }
        : {}),
    });
  });

/** A report on hostile findings, whose app and settings are hostile as well. */
export const hostileReport: fc.Arbitrary<CheckReport> = fc
  .tuple(fc.array(hostileView, { maxLength: 4 }), fc.array(hostileText, { minLength: 7, maxLength: 7 }))
  .map(
    ([findings, [target = '', template = '', why = '', type = '', reason = '', owner = '', profile = '']]) =>
      reportWith(findings, {
        target,
        notJudged: [{ template, why }],
        resources: { total: 1, judged: 0, irrelevant: 0, notJudged: [{ type, count: 1, why }] },
        packs: [
          {
            name: 'TransmissionChecks',
            rules: rulesOf(findings),
            notRun: [{ rule: 'A', reason, owner, until: '2027-05-31' }],
            profile,
          },
        ],
      }),
  );
