import type { Regulation } from '../../../lib/core/controls';
import type { Level, Pack, PackRule } from '../../../lib/judge/packs/pack';
import { packOf } from '../../../lib/judge/packs/regulation';
import { judgeTogether, strictest } from '../../../lib/judge/packs/together';
import { isTrue, propertyRule } from '../../../lib/judge/rules/property';
import type { RuleReferences } from '../../../lib/judge/rules/rule';
import { appOf } from '../support';

const TYPE = 'AWS::EC2::Volume';
const ruleOf = (id: string, property: string, references: RuleReferences = {}) =>
  propertyRule({
    id,
    title: 't',
    risk: 'r',
    fix: 'f',
    references,
    resourceTypes: [TYPE],
    test: isTrue(property),
  });
const ENCRYPTED = ruleOf('VolumeIsEncrypted', 'Encrypted', { pciDss: ['3.5.1'], gdpr: ['32(1)(a)'] });
const TAGGED = ruleOf('VolumeIsTagged', 'Tagged', { pciDss: ['12.5.2'] });

const row = (rule: typeof ENCRYPTED, level: Level, unknown: Level = level): PackRule => ({
  rule: rule as unknown as PackRule['rule'],
  level,
  unknown,
});
const pack = (name: string, ...rules: readonly PackRule[]): Pack => ({ name, rules });

const says = (properties: Parameters<typeof appOf>[0], ...packs: readonly Pack[]) =>
  judgeTogether(appOf({ It: { Type: TYPE, Properties: properties } }), packs).map(
    ({ pack: name, findings }) => [name, ...findings.map(({ rule, level }) => `${level} ${rule.id}`)],
  );

describe('several packs over one app', () => {
  test('say each fault once, by the first, at the strictest level', () => {
    expect(
      says(
        { Encrypted: false, Tagged: false },
        pack('One', row(ENCRYPTED, 'warning')),
        pack('Two', row(ENCRYPTED, 'error'), row(TAGGED, 'info')),
      ),
    ).toEqual([
      ['One', 'error VolumeIsEncrypted'],
      ['Two', 'info VolumeIsTagged'],
    ]);
  });

  test('take the strictest level of what cannot be told apart from that of a violation', () => {
    expect(
      says(
        { Encrypted: { Ref: 'AWS::NoSuch' } },
        pack('One', row(ENCRYPTED, 'error', 'info')),
        pack('Two', row(ENCRYPTED, 'warning', 'warning')),
      ),
    ).toEqual([['One', 'warning VolumeIsEncrypted'], ['Two']]);
  });

  test('each keep the evidence of what they ran', () => {
    const packs = [pack('One', row(ENCRYPTED, 'error')), pack('Two', row(ENCRYPTED, 'error'))];
    const judgements = judgeTogether(appOf({ It: { Type: TYPE, Properties: { Encrypted: true } } }), packs);
    expect(judgements.map(({ rules }) => rules[0]?.compliant)).toEqual([1, 1]);
  });
});

test('the strictest level is the gravest', () => {
  expect(strictest(['info', 'error', 'warning'])).toBe('error');
  expect(strictest(['info'])).toBe('info');
});

test('a regulation is data: its pack holds the rules that speak for it, each once', () => {
  const law: Regulation = { name: 'Law', reference: 'gdpr', reviewed: '', sources: [], requirements: [] };
  const rows = [row(ENCRYPTED, 'error'), row(TAGGED, 'info'), row(ENCRYPTED, 'info')];
  expect(packOf('LawChecks', law, rows)).toEqual({ name: 'LawChecks', rules: [row(ENCRYPTED, 'error')] });
});

describe('a rule that several packs have', () => {
  const asked: string[] = [];
  const COUNTED = propertyRule({
    ...ENCRYPTED,
    id: 'VolumeIsCounted',
    test: ({ resource }) => {
      asked.push(resource.logicalId);
      return { verdict: 'violation', resource, path: 'Properties', got: 'one', want: 'none' };
    },
  }) as unknown as PackRule['rule'];
  const law = (name: string): Regulation => ({
    name,
    reviewed: '2026-11-22',
    sources: [],
    requirements: [{ id: '1', title: 'one' }],
    rules: { 1: ['VolumeIsCounted'] },
  });
  const packs = ['Law', 'Act'].map((name) =>
    packOf(name, law(name), [{ rule: COUNTED, level: 'error', unknown: 'error' }]),
  );
  beforeEach(() => asked.splice(0));

  test('is asked once of an app, also where requirements are attached to it', () => {
    const judgements = judgeTogether(appOf({ It: { Type: TYPE } }), packs);
    expect(asked).toEqual(['It']);
    expect(
      judgements.map(({ rules }) => rules.find(({ rule }) => rule.id === COUNTED.id)?.violations),
    ).toEqual([1, 1]);
    expect(judgements[0]?.findings[0]?.rule.references.regulations).toEqual({ Law: ['1'], Act: ['1'] });
  });

  test('is asked again of another app, and for another time', () => {
    const app = appOf({ It: { Type: TYPE } });
    judgeTogether(app, packs, { now: new Date('2026-01-01T00:00:00Z') });
    judgeTogether(app, packs, { now: new Date('2027-01-01T00:00:00Z') });
    judgeTogether(appOf({ Other: { Type: TYPE } }), packs);
    expect(asked).toEqual(['It', 'It', 'Other']);
  });
});
