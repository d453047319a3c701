import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { ConstructTable } from '../../lib/judge/template';
import { checkReport, renderSarif, reportOn } from '../../lib/report';
import { FOLDER, findingOf, judgementOf, LISTENER, resourcesOf, WAIVER } from './support';

const official = JSON.parse(
  readFileSync(path.resolve(__dirname, '../_fixtures/vectors/sarif-schema-2.1.0.json'), 'utf8'),
);
// The schema is draft 04, but for its `id` it says the same in draft 07; a test below shows that it still refuses.
const { id: _id, $schema: _draft, ...schema } = official;
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(schema);

function problemsIn(text: string) {
  validate(JSON.parse(text));
  return validate.errors ?? [];
}

const ID = 'TransmissionChecks::TransmissionChecks-Accepted';
const CONSTRUCTS: ConstructTable = {
  pathOf: () => 'Shop/Listener/Resource',
  creationTrace: () => ['new Shop (/work/shop/lib/shop.ts:12:5)'],
  acknowledged: () => new Map([[ID, 'behind a VPN']]),
};
const listener = resourcesOf(
  { Listener: LISTENER },
  { constructs: CONSTRUCTS, file: `${FOLDER}/cdk.out/Shop.template.json` },
)('Listener');

function sarifOf(findings = [findingOf({ resource: listener })], parts = {}) {
  const report = checkReport([reportOn('cdk.out', [judgementOf(findings, parts)], FOLDER)], 'error');
  const text = renderSarif(report);
  return { text, run: JSON.parse(text).runs[0] };
}

test('the official schema finds nothing wrong', () => {
  const findings = [
    findingOf({ resource: listener }),
    findingOf({ resource: listener, ruleId: 'Accepted' }),
    findingOf({ level: 'fatal', verdict: 'failed', when: 'Stage is test' }),
    findingOf({ waiver: WAIVER }),
  ];
  const parts = {
    notRun: [{ rule: 'A', reason: 'b', owner: 'c', until: '2027-01-31' }],
    profile: 'pci',
    rulesAsOf: '0.1.0',
    notJudged: [{ template: 'Shop', why: 'a macro' }],
    resources: { total: 1, judged: 0, irrelevant: 0, notJudged: [{ type: 'X::Y', count: 1, why: 'z' }] },
  };
  expect(problemsIn(sarifOf(findings, parts).text)).toEqual([]);
});

test('the official schema finds nothing wrong, whatever a template holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      const resource = resourcesOf({ [text]: LISTENER }, { name: text, file: `${FOLDER}/${text}` })(text);
      const finding = findingOf({ resource, got: text, want: text, path: text, when: text });
      expect(problemsIn(sarifOf([finding]).text)).toEqual([]);
    }),
  );
});

test('the official schema does find what is wrong', () => {
  expect(problemsIn('{"version": "2.1.0", "runs": [{"results": [{"level": "fatal"}]}]}')).not.toEqual([]);
  expect(problemsIn(sarifOf().text.replace('"driver"', '"diver"'))).not.toEqual([]);
});

test.each([
  ['fatal', 'error'],
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'note'],
] as const)('level %s is %s', (level, expected) => {
  expect(sarifOf([findingOf({ level })]).run.results[0].level).toBe(expected);
});

test('a rule comes with help, severity and tags', () => {
  const [rule] = sarifOf().run.tool.driver.rules;
  expect(rule).toMatchObject({
    id: 'ListenerIsEncrypted',
    shortDescription: { text: 'a listener speaks TLS' },
    help: {
      text: "Risk: Whoever is on the path reads what customers send. Fix: Set 'Protocol' to HTTPS.",
      markdown: expect.stringContaining('**PCI DSS 4.0.1:** 4.2.1'),
    },
    properties: {
      'security-severity': '8.0',
      tags: [
        'security',
        'external/cwe/cwe-319',
        'pci-dss-4.0.1/4.2.1',
        'gdpr/32(1)(a)',
        'security-hub/ELB.1',
      ],
    },
  });
});

test('the line of code comes first, the template second', () => {
  const [result] = sarifOf().run.results;
  expect(result.locations).toMatchObject([
    {
      physicalLocation: {
        artifactLocation: { uri: 'lib/shop.ts' },
        region: { startLine: 12, startColumn: 5 },
      },
      logicalLocations: [{ name: 'Listener', fullyQualifiedName: 'Shop/Listener', kind: 'resource' }],
    },
    { physicalLocation: { artifactLocation: { uri: 'cdk.out/Shop.template.json' } } },
  ]);
});

test('a finding has a place also where no file is known', () => {
  expect(sarifOf([findingOf()]).run.results[0].locations).toEqual([
    { logicalLocations: [{ name: 'Listener', fullyQualifiedName: 'Shop/Listener', kind: 'resource' }] },
  ]);
});

test('the fingerprint holds no line', () => {
  const [here] = sarifOf().run.results;
  const { fingerprint } =
    reportOn('x', [judgementOf([findingOf({ resource: listener })])], FOLDER).findings[0] ?? {};
  expect(here.partialFingerprints).toEqual({
    primaryLocationLineHash: `${fingerprint}:1`,
    'findingIdentity/v1': fingerprint,
  });
});

test('what is acknowledged is suppressed, and every other result says that it is not', () => {
  const { results } = sarifOf([
    findingOf({ resource: listener, ruleId: 'Accepted' }),
    findingOf({ resource: listener, ruleId: 'Open' }),
  ]).run;
  expect(results.map((result: { suppressions: unknown }) => result.suppressions)).toEqual([
    [{ kind: 'inSource', status: 'accepted', justification: 'behind a VPN' }],
    [],
  ]);
});

test('what was not judged is said, and a check that could not run was not successful', () => {
  const { run } = sarifOf([findingOf({ level: 'fatal', verdict: 'failed' })], {
    notJudged: [{ template: 'Shop', why: 'a macro' }],
  });
  expect(run.invocations).toEqual([
    {
      executionSuccessful: false,
      exitCode: 3,
      toolExecutionNotifications: [{ level: 'warning', message: { text: 'not judged: Shop: a macro' } }],
    },
  ]);
});

test('runs of one app are one category, in every run', () => {
  expect(sarifOf().run.automationDetails).toEqual({ id: 'secure-transmission/TransmissionChecks/cdk.out/' });
  expect(sarifOf().text).toBe(sarifOf().text);
});

test('a template cannot send reviewers anywhere', () => {
  const finding = findingOf({ got: '[log in](https://evil.example) {0} \u202e' });
  const { text } = sarifOf([finding]).run.results[0].message;
  expect(text).toContain('[log in] (https://evil.example) {{0}} \\u{{202e}}');
});

test('a waiver is told with who answers for it, and nothing in it is hidden', () => {
  const waiver = { ...WAIVER, reason: 'so\u202e it is', owner: 'team\u001bweb' };
  const { text, run } = sarifOf([findingOf({ waiver })]);
  expect(run.results[0].suppressions).toMatchObject([
    { kind: 'inSource', justification: 'so\\u{202e} it is', properties: { owner: 'team\\u{1b}web' } },
  ]);
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
});
