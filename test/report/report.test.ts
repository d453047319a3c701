import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { LEVELS, type Level } from '../../lib/judge/packs/pack';
import { checkReport, renderJson, reportOn } from '../../lib/report';
import { FOLDER, findingOf, judgementOf, LISTENER, resourcesOf, WAIVER } from './support';

const schema = JSON.parse(
  readFileSync(path.resolve(__dirname, '../../schemas/check-report.schema.json'), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true }).compile(schema);

function problemsIn(json: string) {
  validate(JSON.parse(json));
  return validate.errors ?? [];
}

describe('the exit code', () => {
  const codeOf = (level: Level, failOn: Level, verdict: 'violation' | 'failed' = 'violation') =>
    checkReport([reportOn('t', [judgementOf([findingOf({ level, verdict })])], FOLDER)], failOn).exitCode;

  test.each(
    LEVELS.flatMap((level, i) => LEVELS.map((failOn, j) => [level, failOn, i <= j ? 1 : 0] as const)),
  )('of a finding at level %s is, with --fail-on %s, %d', (level, failOn, code) => {
    expect(codeOf(level, failOn)).toBe(code);
  });

  test('is 3 where something could not be judged, at any level', () => {
    expect(LEVELS.map((failOn) => codeOf('fatal', failOn, 'failed'))).toEqual([3, 3, 3, 3]);
  });

  test('is 0 where everything is acknowledged', () => {
    const id = 'TransmissionChecks::TransmissionChecks-ListenerIsEncrypted';
    const constructs = {
      pathOf: () => 'Shop/Listener',
      creationTrace: () => [],
      acknowledged: () => new Map([[id, 'known']]),
    };
    const resource = resourcesOf({ Listener: LISTENER }, { constructs })('Listener');
    const report = checkReport([reportOn('t', [judgementOf([findingOf({ resource })])], FOLDER)], 'info');
    expect(report).toMatchObject({ exitCode: 0, counts: { error: 0, suppressed: 1 } });
  });
});

describe('the report in JSON', () => {
  test('fits its published schema', () => {
    const findings = [
      findingOf(),
      findingOf({ verdict: 'unknown', got: undefined, want: undefined, detail: 'it is a parameter' }),
      findingOf({ verdict: 'failed', level: 'fatal', when: 'Stage is test' }),
      findingOf({ waiver: WAIVER }),
      findingOf({
        waiver: { ...WAIVER, carrier: 'file', approvedBy: 'ciso', compensatingControl: 'a control' },
      }),
    ];
    const { id, reason, scope } = WAIVER;
    const judgement = judgementOf(findings, {
      exemptions: [
        WAIVER,
        { id, kind: 'acknowledgement', carrier: 'construct', rule: 'A-B', scope, reason, holds: false },
      ],
      notRun: [{ rule: 'A', reason: 'b', owner: 'c', until: '2027-01-31' }],
      profile: 'pci',
      rulesAsOf: '0.1.0',
      notJudged: [{ template: 'Shop', why: 'a macro' }],
      resources: { total: 1, judged: 0, irrelevant: 0, notJudged: [{ type: 'X::Y', count: 1, why: 'z' }] },
    });
    const report = checkReport([reportOn('cdk.out', [judgement], FOLDER)], 'error');
    expect(problemsIn(renderJson(report))).toEqual([]);
  });

  test('fits it whatever a template holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom(...LEVELS), (text, level) => {
        const resource = resourcesOf({ [text]: { Type: `T${text}` } }, { name: text })(text);
        const finding = findingOf({ resource, level, got: text, want: text, path: text });
        const report = checkReport([reportOn(text, [judgementOf([finding])], FOLDER)], 'error');
        expect(problemsIn(renderJson(report))).toEqual([]);
      }),
    );
  });

  test('is refused by the schema when something is missing or unknown', () => {
    const { counts: _, ...without } = JSON.parse(renderJson(checkReport([], 'error')));
    expect(problemsIn(JSON.stringify(without))).not.toEqual([]);
    expect(problemsIn(JSON.stringify({ ...without, counts: {}, more: 1 }))).not.toEqual([]);
  });

  test('counts what any of several packs judges as judged', () => {
    const resources = (judged: number) => ({ total: 9, judged, irrelevant: 9 - judged, notJudged: [] });
    const judgements = [2, 7, 4].map((judged) => judgementOf([], { resources: resources(judged) }));
    expect(reportOn('t', judgements, FOLDER).resources).toEqual(resources(7));
  });

  test('lists an exemption once, with what it covers in all packs', () => {
    const judgements = [judgementOf([], { exemptions: [WAIVER] }), judgementOf([], { exemptions: [WAIVER] })];
    expect(reportOn('t', judgements, FOLDER).exemptions).toEqual([{ ...WAIVER, findings: 2 }]);
  });

  test('names its schema', () => {
    expect(JSON.parse(renderJson(checkReport([], 'error')))).toMatchObject({ $schema: schema.$id });
  });
});

test('findings are in the order in which somebody repairs them, whatever order they come in', () => {
  const at = resourcesOf({ A: LISTENER, B: LISTENER });
  const findings = [
    findingOf({ resource: at('B'), level: 'info' }),
    findingOf({ resource: at('A'), level: 'warning', ruleId: 'Zed' }),
    findingOf({ resource: at('A'), level: 'warning', ruleId: 'Alpha' }),
    findingOf({ resource: at('B'), level: 'fatal' }),
  ];
  const orderOf = (list: typeof findings) =>
    reportOn('t', [judgementOf(list)], FOLDER).findings.map((f) => `${f.logicalId} ${f.level} ${f.rule}`);
  expect(orderOf(findings)).toEqual([
    'A warning Alpha',
    'A warning Zed',
    'B fatal ListenerIsEncrypted',
    'B info ListenerIsEncrypted',
  ]);
  expect(orderOf([...findings].reverse())).toEqual(orderOf(findings));
});
