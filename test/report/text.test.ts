import type { ConstructTable } from '../../lib/judge/template';
import { COLOURED, checkReport, renderText, reportOn } from '../../lib/report';
import { FOLDER, findingOf, judgementOf, LISTENER, resourcesOf, WAIVER } from './support';
import { KNOWN, reportWith, viewWith } from './views';

const ID = 'TransmissionChecks::TransmissionChecks-Accepted';

const CONSTRUCTS: ConstructTable = {
  pathOf: (logicalId) => `Shop/${logicalId}/Resource`,
  creationTrace: () => ['new Shop (/work/shop/lib/shop.ts:12:5)'],
  acknowledged: () => new Map([[ID, 'replaced in spring']]),
};

const at = resourcesOf(
  { Web: LISTENER, Admin: LISTENER },
  { file: `${FOLDER}/cdk.out/Shop.template.json`, constructs: CONSTRUCTS },
);

const FINDINGS = [
  findingOf({ resource: at('Web') }),
  findingOf({ resource: at('Web'), ruleId: 'ListenerIsForwardSecret', level: 'info' }),
  findingOf({ resource: at('Admin') }),
  findingOf({ resource: at('Admin'), ruleId: 'Accepted', level: 'warning' }),
];

const JUDGEMENT = judgementOf(FINDINGS, {
  resources: {
    total: 9,
    judged: 4,
    irrelevant: 2,
    notJudged: [
      { type: 'AWS::AppSync::GraphQLApi', count: 2, why: 'no connector yet' },
      { type: 'Custom::Thing', count: 1, why: 'custom resource' },
    ],
  },
  notJudged: [{ template: 'Shop', why: 'transform Macro may add or change resources at deployment' }],
  notRun: [{ rule: 'QueueDeniesPlaintext', reason: 'until May', owner: 'team-web', until: '2027-05-31' }],
  profile: 'pci',
  rulesAsOf: '0.1.0',
});

function textOf(judgements = [JUDGEMENT], options = {}, failOn: 'fatal' | 'error' | 'info' = 'error') {
  return renderText(checkReport([reportOn('cdk.out', judgements, FOLDER)], failOn), options);
}

test('a report names what is wrong, where, what to do, and what was looked at', () => {
  expect(textOf()).toBe(`Shop
  Shop/Admin  AWS::ElasticLoadBalancingV2::Listener
    error  ListenerIsEncrypted
      a listener speaks TLS: Protocol is HTTP, but must be HTTPS
      fix: set 'Protocol' to HTTPS
      at:  lib/shop.ts:12:5, in cdk.out/Shop.template.json

  Shop/Web  AWS::ElasticLoadBalancingV2::Listener
    error  ListenerIsEncrypted
      a listener speaks TLS: Protocol is HTTP, but must be HTTPS
      fix: as for Shop/Admin
      at:  lib/shop.ts:12:5, in cdk.out/Shop.template.json
    info  ListenerIsForwardSecret
      a listener speaks TLS: Protocol is HTTP, but must be HTTPS
      fix: set 'Protocol' to HTTPS
      at:  lib/shop.ts:12:5, in cdk.out/Shop.template.json

findings    2 errors, 1 info; 1 suppressed
suppressed  warning Accepted on Shop/Admin: replaced in spring
judged      4 of 9 resources by 3 rules of TransmissionChecks: 6 checks held, 3 did not, 0 cannot be told
no need     2 are of no concern here
not judged  AWS::AppSync::GraphQLApi 2 (no connector yet); Custom::Thing 1 (custom resource)
not judged  Shop: transform Macro may add or change resources at deployment
not run     QueueDeniesPlaintext: until May (owner team-web, until 2027-05-31)
profile     pci
rules as of 0.1.0

failed: 2 findings at level error or above
`);
});

test('a report without findings says that it looked', () => {
  expect(textOf([judgementOf([])])).toBe(`findings    none
judged      3 of 5 resources by 0 rules of TransmissionChecks: 0 checks held, 0 did not, 0 cannot be told
no need     1 are of no concern here

passed: nothing at level error or above
`);
});

test('what could not be judged fails at any level', () => {
  const failed = findingOf({ verdict: 'failed', level: 'fatal', detail: 'connector x failed' });
  expect(textOf([judgementOf([failed])], {}, 'fatal')).toContain('failed: 1 check could not run');
});

test('quiet, only what fails the check is printed', () => {
  const text = textOf([JUDGEMENT], { quiet: true });
  expect(text).not.toMatch(/info|findings|judged|failed/);
  expect(text.match(/error {2}/g)).toHaveLength(2);
  expect(textOf([judgementOf([])], { quiet: true })).toBe('');
});

test('several targets have titles', () => {
  const targets = ['a.out', 'b.out'].map((name) => reportOn(name, [judgementOf([])], FOLDER));
  expect(renderText(checkReport(targets, 'error'))).toMatch(/^a\.out\n\nfindings.*\n\nb\.out\n\nfindings/s);
});

test('colour is added to words, not put in their place', () => {
  const coloured = textOf([JUDGEMENT], { style: COLOURED });
  expect(coloured).toContain('\u001b[31merror\u001b[39m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences are what is taken away
  expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(textOf());
});

test('no line is wider than 110, but for a word that is', () => {
  const long = findingOf({ detail: 'very '.repeat(60), got: 'x'.repeat(110) });
  for (const line of textOf([judgementOf([long])]).split('\n')) {
    expect(line.length <= 110 || !line.trim().includes(' ')).toBe(true);
  }
});

test('a template cannot write lines of its own', () => {
  const evil = '\u001b[2J\nfailed: 0\u202e';
  const resource = resourcesOf(
    { [evil]: { Type: `AWS::${evil}`, Metadata: { 'aws:cdk:path': evil } } },
    { name: evil },
  )(evil);
  const finding = findingOf({ resource, got: evil, want: evil, detail: evil, when: evil, path: evil });
  const waiver = { ...WAIVER, reason: evil, owner: evil, ticket: evil, expires: evil, approvedBy: evil };
  const waived = findingOf({ waiver });
  const text = textOf([judgementOf([finding, waived], { notJudged: [{ template: evil, why: evil }] })]);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(text.split('\n').filter((line) => line.startsWith('failed'))).toHaveLength(1);
});

test('a finding is proven, and told the fix of its rule, whether or not somebody looked for a repair', () => {
  const repair = { about: 'set Protocol to TLS', edits: [] };
  const counterexample = 'a browser that connects on port 80 is answered in clear';
  const text = renderText(reportWith([viewWith({ repair, counterexample })]));
  expect(text).toContain(`      so:  ${counterexample}\n      fix: `);
  expect(text).toBe(renderText(reportWith([viewWith({ counterexample })])));
});

test('a known finding is told with who accepted it, and does not fail', () => {
  const text = renderText(reportWith([viewWith({ known: KNOWN })]));
  expect(text).toContain(
    'known       error ListenerIsEncrypted on Shop/Listener: since 2026-10-01 (owner web, until 2027-03-30)',
  );
  expect(text).toContain('passed: nothing at level error or above');
});
