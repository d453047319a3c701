import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, EVERY_ROW, judge, loadTarget } from '../../../lib/judge';
import type { Finding } from '../../../lib/judge/judgement';
import { parseTemplate } from '../../../lib/judge/load';
import { applyEdits, type Repair } from '../../../lib/report/repair';
import { REPAIR_ROWS, Repairs } from '../../../lib/report/repairs';
import { TEMPLATE_CASES } from './template-cases';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'repairs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Every rule there is, so that a repair cannot break one that its own pack does not have. */
const ALL = { name: 'All', rules: EVERY_ROW };

function judged(file: string): readonly Finding[] {
  return judge(new App(loadTarget(file)), ALL).findings;
}

const nameOf = ({ rule, resource, path }: Finding) => `${rule.id} ${resource.logicalId} ${path}`;

interface Repaired {
  readonly text: string;
  readonly repair: Repair;
  readonly isSilent: boolean;
  readonly come: readonly string[];
}

/** Writes a template, repairs its first finding of a rule and judges it again. */
function repaired(rule: string, name: string, text: string): Repaired {
  const file = join(folder, name);
  writeFileSync(file, text);
  const before = judged(file);
  const finding = before.find((one) => one.rule.id === rule && one.verdict === 'violation');
  if (finding === undefined)
    throw new TypeError(`it does not break ${rule}, but ${before.map(nameOf).join(', ')}`);
  const repair = new Repairs(folder).of(finding);
  if (repair === undefined) throw new TypeError(`no repair of ${nameOf(finding)}`);
  const changed = applyEdits(text, repair.edits);
  writeFileSync(file, changed);
  const after = judged(file);
  const key = ({ rule: { id }, resource }: Finding) => `${id} ${resource.logicalId}`;
  const known = new Set(before.map(key));
  return {
    text: changed,
    repair,
    isSilent: after.every((one) => nameOf(one) !== nameOf(finding)),
    come: after.filter((one) => !known.has(key(one))).map(nameOf),
  };
}

describe('a repair of a template', () => {
  const forms: readonly (readonly [string, string, (yaml: string) => string])[] = [
    ['YAML', 'template.yaml', (yaml) => yaml],
    ['YAML of Windows', 'template.yaml', (yaml) => `\uFEFF${yaml.replaceAll('\n', '\r\n')}`],
    ['JSON', 'template.json', (yaml) => JSON.stringify(parseTemplate(yaml, 'case').json, undefined, 2)],
    ['JSON on one line', 'template.json', (yaml) => JSON.stringify(parseTemplate(yaml, 'case').json)],
    [
      'JSON with tabs',
      'template.json',
      (yaml) => JSON.stringify(parseTemplate(yaml, 'case').json, undefined, '\t'),
    ],
  ];

  describe.each(forms)('in %s', (_, file, form) => {
    test.each(TEMPLATE_CASES)('silences $rule $name, and nothing else comes', ({ rule, yaml }) => {
      const { isSilent, come, repair } = repaired(rule, file, form(yaml));
      expect(isSilent).toBe(true);
      expect(come).toEqual([]);
      expect(repair.edits.every((edit) => edit.file === file)).toBe(true);
    });
  });

  test('is tried for every rule that has one', () => {
    const tried = new Set(TEMPLATE_CASES.map(({ rule }) => rule));
    expect(REPAIR_ROWS.flatMap(({ rules }) => rules).filter((rule) => !tried.has(rule))).toEqual([]);
    expect(tried.size).toBeGreaterThanOrEqual(20);
  });

  test('stands in the table of the docs, and what stands there is one', () => {
    const docs = readFileSync('docs/repairs.md', 'utf8');
    const rows = docs.split('\n').filter((line) => line.startsWith('| `'));
    const told = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, id]) => id),
    );
    expect([...told].sort()).toEqual(REPAIR_ROWS.flatMap(({ rules }) => rules).sort());
  });

  test.each([
    ['VolumeIsEncrypted', 'what is deployed already is replaced, so carry its data over first'],
    ['LogRetentionEnds', 'older events are then deleted'],
    ['TargetGroupIsEncrypted', 'the group is replaced, and its targets must speak TLS'],
  ])('says what the deployment does besides: %s', (rule, words) => {
    const yaml = TEMPLATE_CASES.find((one) => one.rule === rule)?.yaml ?? '';
    expect(repaired(rule, 'template.yaml', yaml).repair.about.endsWith(`; ${words}`)).toBe(true);
  });

  test('is there once for each rule', () => {
    const rules = REPAIR_ROWS.flatMap((row) => row.rules);
    expect(new Set(rules).size).toBe(rules.length);
    expect(rules.filter((id) => !EVERY_ROW.some(({ rule }) => rule.id === id))).toEqual([]);
  });
});

describe('no repair of a template', () => {
  const bucket = 'Resources:\n  Data:\n    Type: AWS::S3::Bucket\n';
  const found = (text: string, name = 'template.yaml') => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return judged(file).filter(({ rule }) => rule.id === 'BucketDeniesPlaintext');
  };

  test('is offered for what cannot be told', () => {
    const policy =
      '  Policy:\n    Type: AWS::S3::BucketPolicy\n    Properties: {Bucket: !Ref Data, PolicyDocument: !Ref P}\n';
    const [finding] = found(`Parameters: {P: {Type: String}}\n${bucket}${policy}`);
    if (finding === undefined) throw new TypeError('no finding');
    expect(finding.verdict).toBe('unknown');
    expect(new Repairs(folder).of(finding)).toBeUndefined();
  });

  test.each([
    ['that a program wrote', `${bucket}    Metadata: {"aws:cdk:path": Shop/Data/Resource}\n`],
    [
      'whose policy a function makes',
      `${bucket}  P:\n    Type: AWS::S3::BucketPolicy\n    Properties:\n      Bucket: !Ref Data\n      PolicyDocument: {Statement: {Effect: Allow}}\n`,
    ],
    ['with a name that no resource may have', bucket.replace('Data', "'Da ta'")],
    [
      'that a loop writes',
      `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::L:\n    - N\n    - [A]\n    - 'Data\${N}':\n        Type: AWS::S3::Bucket\n`,
    ],
  ])('is offered for one %s', (_, text) => {
    const findings = found(text);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.map((finding) => new Repairs(folder).of(finding))).toEqual(findings.map(() => undefined));
  });

  test('is offered outside of the working folder', () => {
    const [finding] = found(bucket);
    if (finding === undefined) throw new TypeError('no finding');
    expect(new Repairs(folder).of(finding)).toBeDefined();
    expect(new Repairs(mkdtempSync(join(folder, 'inner-'))).of(finding)).toBeUndefined();
  });

  test('is offered where the file has gone, or has become another', () => {
    const [finding] = found(bucket, 'gone.yaml');
    if (finding === undefined) throw new TypeError('no finding');
    writeFileSync(join(folder, 'gone.yaml'), '# nothing\n');
    expect(new Repairs(folder).of(finding)).toBeUndefined();
    rmSync(join(folder, 'gone.yaml'));
    expect(new Repairs(folder).of(finding)).toBeUndefined();
  });
});
