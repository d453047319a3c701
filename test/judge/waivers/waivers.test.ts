import { judge } from '../../../lib/judge/judge';
import type { Pack } from '../../../lib/judge/packs/pack';
import { TRANSMISSION_PACK } from '../../../lib/judge/packs/transmission';
import {
  App,
  type GivenAcknowledgement,
  type JsonMap,
  type TemplateSource,
} from '../../../lib/judge/template';
import { WAIVERS_METADATA } from '../../../lib/judge/waivers';

const NOW = new Date('2026-11-22T12:00:00Z');

const WAIVER = {
  rule: 'ListenerIsEncrypted',
  resource: 'Listener',
  reason: 'A probe of the old data centre speaks HTTP only.',
  owner: 'team-web',
  ticket: 'SHOP-12',
  expires: '2027-01-31',
  compensatingControl: 'The security group lets in one address.',
  approvedBy: 'ciso@example.com',
};

const LISTENER = {
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: { Port: 80, Protocol: 'HTTP', DefaultActions: [{ Type: 'forward', TargetGroupArn: 'any' }] },
};

const template = (name: string, waivers: unknown, ids: readonly string[] = ['Listener']): TemplateSource => ({
  name,
  json: {
    Metadata: { [WAIVERS_METADATA]: waivers },
    Resources: Object.fromEntries(ids.map((id) => [id, LISTENER])),
  } as unknown as JsonMap,
});

const judged = (
  sources: readonly TemplateSource[],
  {
    pack = TRANSMISSION_PACK,
    now = NOW as Date | 'never',
    acknowledgements = [] as GivenAcknowledgement[],
  } = {},
) => judge(new App(sources), pack, { ...(now === 'never' ? {} : { now }), acknowledgements });

const wordsOf = (judgement: ReturnType<typeof judged>) =>
  judgement.findings.map(
    ({ rule, verdict, waiver }) =>
      `${rule.id} ${waiver === undefined ? verdict : `waived by ${waiver.owner}`}`,
  );

test('a waiver in the Metadata of a template covers its resource, by whichever name the rule goes', () => {
  for (const rule of ['ListenerIsEncrypted', 'TransmissionChecks-ListenerIsEncrypted']) {
    expect(wordsOf(judged([template('Web', [{ ...WAIVER, rule }])]))).toEqual([
      'ListenerIsEncrypted waived by team-web',
    ]);
  }
});

test('what it does is counted as evidence of the rules on waivers', () => {
  const runs = judged([template('Web', [WAIVER])]).rules.filter(({ rule }) => rule.reads === 'waiver');
  expect(runs.map(({ rule, compliant, violations }) => [rule.id, compliant, violations])).toEqual([
    ['WaiverIsNarrow', 1, 0],
    ['WaiverIsComplete', 1, 0],
    ['WaiverIsCurrent', 1, 0],
    ['WaiverIsRenewedInTime', 1, 0],
    ['WaiverIsUsed', 1, 0],
  ]);
});

test('it covers its own template only, and cannot reach into another', () => {
  expect(wordsOf(judged([template('Web', [WAIVER]), template('Api', undefined)]))).toEqual([
    'ListenerIsEncrypted violation',
    'ListenerIsEncrypted waived by team-web',
  ]);
  expect(wordsOf(judged([template('Web', [{ ...WAIVER, template: 'Api' }]), template('Api', [])]))).toEqual([
    'ListenerIsEncrypted violation',
    'ListenerIsEncrypted violation',
    'WaiverIsNarrow violation',
  ]);
});

test('without a resource it covers the template', () => {
  const { resource: _, ...whole } = WAIVER;
  expect(wordsOf(judged([template('Web', [whole], ['One', 'Two'])]))).toEqual([
    'ListenerIsEncrypted waived by team-web',
    'ListenerIsEncrypted waived by team-web',
  ]);
});

test('without a clock none holds, and that is told', () => {
  expect(wordsOf(judged([template('Web', [WAIVER])], { now: 'never' }))).toEqual([
    'ListenerIsEncrypted violation',
    'WaiverIsCurrent unknown',
  ]);
});

test('a second waiver for the same is unused, also where the first is over', () => {
  expect(wordsOf(judged([template('Web', [WAIVER, { ...WAIVER, owner: 'team-api' }])]))).toEqual([
    'ListenerIsEncrypted waived by team-web',
    'WaiverIsUsed violation',
  ]);
  const over = { ...WAIVER, owner: 'team-old', expires: '2026-01-31' };
  expect(wordsOf(judged([template('Web', [over, WAIVER])]))).toEqual([
    'ListenerIsEncrypted waived by team-web',
    'WaiverIsCurrent violation',
  ]);
});

test.each<[string, unknown, string]>([
  ['that is no list', WAIVER, 'ListenerIsEncrypted waived by team-web'],
  ['of texts', ['all of them'], 'WaiverIsComplete violation'],
  ['that is a function of CloudFormation', { 'Fn::Transform': {} }, 'WaiverIsComplete violation'],
  [
    'with a text that CloudFormation would fill in',
    [{ ...WAIVER, owner: { Ref: 'Owner' } }],
    'WaiverIsComplete violation',
  ],
])('a section %s is judged as it is', (_, section, word) => {
  expect(wordsOf(judged([template('Web', section)]))).toContain(word);
});

test('the findings about two broken waivers are told apart', () => {
  const broken = (resource: string) => ({ ...WAIVER, resource, owner: undefined });
  const { findings } = judged([template('Web', [broken('One'), broken('Two')], ['One', 'Two'])]);
  const about = findings.filter(({ rule }) => rule.id === 'WaiverIsComplete');
  expect(about.map(({ detail }) => detail).sort()).toEqual([
    expect.stringContaining('One'),
    expect.stringContaining('Two'),
  ]);
});

test('a construct has one waiver, also where several templates carry it', () => {
  const at = (resource: readonly string[]) => ({ ...WAIVER, construct: 'Web/Part', resource });
  const judgement = judged([
    template('Web', [at(['Listener'])]),
    { ...template('Web/Part/Inner', [at([])]), parent: { name: 'Web', logicalId: 'Inner' } },
  ]);
  expect(judgement.exemptions.map(({ findings }) => findings)).toEqual([1]);
  expect(wordsOf(judgement)).toEqual([
    'ListenerIsEncrypted waived by team-web',
    'ListenerIsEncrypted violation',
  ]);
});

describe('packs', () => {
  const other: Pack = { ...TRANSMISSION_PACK, name: 'OtherChecks' };

  test('a bare rule holds in every pack of ours, one with a pack in that pack', () => {
    expect(wordsOf(judged([template('Web', [WAIVER])], { pack: other }))).toEqual([
      'ListenerIsEncrypted waived by team-web',
    ]);
    const named = { ...WAIVER, rule: 'TransmissionChecks-ListenerIsEncrypted', owner: undefined };
    expect(wordsOf(judged([template('Web', [named])], { pack: other }))).toEqual([
      'ListenerIsEncrypted violation',
    ]);
  });

  test('a rule of ours that this pack does not have is for another pack to tell of', () => {
    const [row] = TRANSMISSION_PACK.rules.filter(({ rule }) => rule.id === 'ListenerIsEncrypted');
    const small: Pack = { name: 'Small', rules: row === undefined ? [] : [row] };
    const elsewhere = { ...WAIVER, rule: 'BucketDeniesPlaintext' };
    expect(wordsOf(judged([template('Web', [elsewhere])], { pack: small }))).toEqual([
      'ListenerIsEncrypted violation',
    ]);
  });

  test('a pack that does not have the rules on waivers runs them where there are any', () => {
    const [row] = TRANSMISSION_PACK.rules.filter(({ rule }) => rule.id === 'ListenerIsEncrypted');
    const small: Pack = { name: 'Small', rules: row === undefined ? [] : [row] };
    const over = { ...WAIVER, expires: '2026-11-01' };
    expect(wordsOf(judged([template('Web', [over])], { pack: small }))).toContain(
      'WaiverIsCurrent violation',
    );
    expect(judged([template('Web', undefined)], { pack: small }).rules).toHaveLength(2);
  });

  test('whether a pack that nobody knows finds something cannot be told', () => {
    const { findings } = judged([template('Web', [{ ...WAIVER, rule: 'Unheard-Of', construct: 'Web' }])]);
    expect(findings.map(({ rule, verdict, level }) => [rule.id, verdict, level])).toEqual([
      ['ListenerIsEncrypted', 'violation', 'error'],
      ['WaiverIsUsed', 'unknown', 'info'],
    ]);
  });

  test('a rule of cdk-nag is waived on constructs only', () => {
    const nag = { ...WAIVER, rule: 'AwsSolutions-S1' };
    expect(wordsOf(judged([template('Web', [{ ...nag, construct: 'Web/Bucket' }])]))).toEqual([
      'ListenerIsEncrypted violation',
    ]);
    expect(wordsOf(judged([template('Web', [nag])]))).toContain('WaiverIsUsed violation');
  });
});

describe('acknowledgements', () => {
  const given = (id: string, parts: Partial<GivenAcknowledgement> = {}): GivenAcknowledgement => ({
    at: 'Web',
    on: 'construct',
    template: 'Web',
    id,
    reason: 'why not',
    ...parts,
  });
  const told = (...acknowledgements: GivenAcknowledgement[]) =>
    judged([template('Web', undefined)], { acknowledgements })
      .findings.filter(({ rule }) => rule.reads === 'acknowledgement')
      .map(({ rule, got, detail }) => `${rule.id}: ${got}${detail === undefined ? '' : `, ${detail}`}`);

  test.each<[string, Partial<GivenAcknowledgement>, string[]]>([
    ['TransmissionChecks::TransmissionChecks-ListenerIsEncrypted', {}, []],
    ['AwsSolutions::AwsSolutions-S1', {}, []],
    ['Annotation::@aws-cdk/aws-ec2:any', {}, []],
    ['Annotation::@aws-cdk/aws-ec2:any', { on: 'app', at: '' }, []],
    ['Annotation::SomebodyElse-1', {}, []],
    [
      'Annotation::TransmissionChecks-ListenerIsEncrypted',
      {},
      ['AcknowledgementIsQualified: "TransmissionChecks-ListenerIsEncrypted", it has no effect'],
    ],
    [
      'annotation::HIPAA.Security-S3BucketSSLRequestsOnly',
      {},
      [
        'AcknowledgementIsQualified: "HIPAA.Security-S3BucketSSLRequestsOnly", it erases the finding without a trace',
      ],
    ],
    [
      'AwsSolutions::AwsSolutions-S1',
      { on: 'app', at: '', byHook: true },
      [
        'AcknowledgementIsNarrow: "AwsSolutions::AwsSolutions-S1" for the whole app, an App init hook made it, before the app',
      ],
    ],
    [
      'Annotation::SomebodyElse-1',
      { on: 'stage', at: 'Prod' },
      ['AcknowledgementIsNarrow: "SomebodyElse-1" for a whole Stage'],
    ],
  ])('%s, given %j', (id, parts, findings) => {
    expect(told(given(id, parts))).toEqual(findings);
  });

  test('all that concern packs are listed, each with a stable id', () => {
    const { exemptions } = judged([template('Web', undefined)], {
      acknowledgements: [
        given('AwsSolutions::AwsSolutions-S1'),
        given('Annotation::TransmissionChecks-ListenerIsEncrypted'),
        given('Annotation::@aws-cdk/aws-ec2:any'),
      ],
    });
    expect(exemptions.map(({ kind, rule, holds }) => [kind, rule, holds])).toEqual([
      ['acknowledgement', 'AwsSolutions::AwsSolutions-S1', true],
      ['acknowledgement', 'TransmissionChecks-ListenerIsEncrypted', false],
    ]);
    expect(new Set(exemptions.map(({ id }) => id)).size).toBe(2);
  });
});

describe('a waiver of a resource of SAM', () => {
  const api = (domain: string) => ({
    Type: 'AWS::Serverless::Api',
    Properties: {
      StageName: 'prod',
      Domain: { DomainName: domain, CertificateArn: 'c', SecurityPolicy: 'TLS_1_0' },
    },
  });
  const found = (resources: object, resource: unknown) => {
    const json = {
      Transform: 'AWS::Serverless-2016-10-31',
      Metadata: { [WAIVERS_METADATA]: [{ ...WAIVER, rule: 'ApiDomainRequiresTls12', resource }] },
      Resources: resources,
    } as unknown as JsonMap;
    return judged([{ name: 'App', json }])
      .findings.filter(({ rule }) => /^ApiDomainRequiresTls12$|^Waiver/.test(rule.id))
      .map(({ rule, resource: { logicalId }, waiver }) => [rule.id, logicalId, waiver?.owner]);
  };

  test('covers what SAM makes of it, and nothing else', () => {
    expect(found({ Shop: api('a.example.com'), Other: api('b.example.com') }, 'Shop')).toEqual([
      ['ApiDomainRequiresTls12', 'ApiGatewayDomainName6c21496336', 'team-web'],
      ['ApiDomainRequiresTls12', 'ApiGatewayDomainNamef96a6ec2fb', undefined],
    ]);
  });

  test('does not cover what SAM makes of several, unless it names all of them, or that itself', () => {
    const shared = { Shop: api('a.example.com'), Other: api('a.example.com') };
    const domain = 'ApiGatewayDomainName6c21496336';
    expect(found(shared, 'Shop').map(([rule, , owner]) => [rule, owner])).toEqual([
      ['ApiDomainRequiresTls12', undefined],
      ['WaiverIsUsed', undefined],
    ]);
    expect(found(shared, ['Shop', 'Other'])).toEqual([['ApiDomainRequiresTls12', domain, 'team-web']]);
    expect(found(shared, domain)).toEqual([['ApiDomainRequiresTls12', domain, 'team-web']]);
  });
});
