import { App as CdkApp, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cdkRoute53 from 'aws-cdk-lib/aws-route53';
import { CertificateAuthorityAuthorization } from '../../../lib/constructs/dns';
import { judge } from '../../../lib/judge';
import { route53 } from '../../../lib/judge/hops/connectors/route53';
import { ROUTE53_PACK_ROWS, ROUTE53_RULES } from '../../../lib/judge/rules/route53';
import { App, type Json, type JsonMap } from '../../../lib/judge/template';
import { appOf, factsOf, ruleNamed, type TemplateParts, wordsOf } from '../support';

const CAA = 'ZoneNamesCertificateAuthorities';
const SIGNED = 'ZoneIsSigned';
const NOBODY = 'violation at Properties: without a CAA record';

const words = (id: string, resources: JsonMap, parts?: TemplateParts) =>
  wordsOf(ruleNamed(ROUTE53_RULES, id), factsOf(route53, resources, parts));

const zone = (more: JsonMap = {}): JsonMap => ({
  Type: 'AWS::Route53::HostedZone',
  Properties: { Name: 'example.com.', ...more },
});
const record = (more: JsonMap = {}): JsonMap => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: {
    HostedZoneId: { Ref: 'Zone' },
    Name: 'example.com.',
    Type: 'CAA',
    ResourceRecords: ['0 issue "amazon.com"'],
    ...more,
  },
});
const address = (more: JsonMap = {}) => record({ Type: 'A', ResourceRecords: ['192.0.2.1'], ...more });
const HIDDEN: TemplateParts = { Parameters: { Hidden: { Type: 'String' } } };

describe(CAA, () => {
  test('fails a public zone without a record', () => {
    expect(words(CAA, { Zone: zone() })).toEqual([NOBODY]);
    expect(words(CAA, { Zone: zone(), A: address() })).toEqual([NOBODY]);
  });

  test.each<[string, JsonMap]>([
    ['by reference', {}],
    ['without the dot, in other letters', { Name: 'Example.COM' }],
    ['by the name of the zone', { HostedZoneId: { Ref: 'AWS::NoValue' }, HostedZoneName: 'example.com.' }],
    ['among others', { ResourceRecords: ['0 iodef "mailto:a@example.com"', '128 issue "letsencrypt.org"'] }],
    ['that lets nobody', { ResourceRecords: ['0 issue ";"'] }],
    [
      'with a binding to an account that is a reference',
      { ResourceRecords: [{ 'Fn::Sub': '0 issue "ca.example; accounturi=$' + '{AWS::AccountId}"' }] },
    ],
  ])('passes a record %s', (_, more) => {
    expect(words(CAA, { Zone: zone(), Record: record(more) })).toEqual(['compliant']);
  });

  test('passes a record in a group, and a record of a name that is a reference', () => {
    const group = {
      Type: 'AWS::Route53::RecordSetGroup',
      Properties: {
        HostedZoneId: { Ref: 'Zone' },
        RecordSets: [
          { Name: 'www.example.com', Type: 'A' },
          { Name: 'example.com', Type: 'CAA', ResourceRecords: ['0 issue "amazon.com"'] },
        ],
      },
    };
    expect(words(CAA, { Zone: zone(), Group: group })).toEqual(['compliant']);
    const parts: TemplateParts = { Parameters: { Domain: { Type: 'String' } } };
    const named = {
      Zone: zone({ Name: { Ref: 'Domain' } }),
      Record: record({ Name: { 'Fn::Sub': '$' + '{Domain}.' } }),
    };
    expect(words(CAA, named, parts)).toEqual(['compliant']);
  });

  test('fails one that holds for a part of the zone, or for wildcards alone', () => {
    expect(words(CAA, { Zone: zone(), Record: record({ Name: 'shop.example.com' }) })).toEqual([NOBODY]);
    expect(words(CAA, { Zone: zone(), Record: record({ ResourceRecords: ['0 issuewild ";"'] }) })).toEqual([
      'violation at Properties.ResourceRecords: a CAA record without issue',
    ]);
  });

  test('fails one that is for another zone', () => {
    const resources = {
      Zone: zone(),
      Other: zone({ Name: 'example.org' }),
      Record: record({ HostedZoneId: { Ref: 'Other' }, Name: 'example.org' }),
    };
    expect(words(CAA, resources).toSorted()).toEqual(['compliant', NOBODY]);
  });

  test('takes the record of the nearest zone above: authorities climb (RFC 8659)', () => {
    const below = { Zone: zone(), Record: record(), Shop: zone({ Name: 'pay.shop.example.com' }) };
    expect(words(CAA, below)).toEqual(['compliant', 'compliant']);
    const beside = { ...below, Shop: zone({ Name: 'notexample.com' }) };
    expect(words(CAA, beside).toSorted()).toEqual(['compliant', NOBODY]);
    const privately = { Zone: zone({ VPCs: [{ VPCId: 'vpc-1' }] }), Record: record(), Shop: below.Shop };
    expect(words(CAA, privately)).toEqual([NOBODY]);
  });

  test('says nothing about private zones, and cannot tell where a parameter makes one', () => {
    expect(words(CAA, { Zone: zone({ VPCs: [{ VPCId: 'vpc-1', VPCRegion: 'eu-west-1' }] }) })).toEqual([]);
    expect(words(CAA, { Zone: zone({ VPCs: [] }) })).toEqual([NOBODY]);
    expect(words(CAA, { Zone: zone({ VPCs: { Ref: 'Hidden' } }) }, HIDDEN)).toEqual([
      'unknown at Properties.VPCs',
    ]);
  });

  test('cannot tell hidden records, names and types', () => {
    expect(words(CAA, { Zone: zone(), R: record({ ResourceRecords: { Ref: 'Hidden' } }) }, HIDDEN)).toEqual([
      'unknown at Properties.ResourceRecords',
    ]);
    expect(words(CAA, { Zone: zone(), R: record({ ResourceRecords: [{ Ref: 'Hidden' }] }) }, HIDDEN)).toEqual(
      ['unknown at Properties.ResourceRecords.0'],
    );
    expect(words(CAA, { Zone: zone(), R: record({ Name: { Ref: 'Hidden' } }) }, HIDDEN)).toEqual([
      'unknown at Properties.Name',
    ]);
    expect(words(CAA, { Zone: zone(), R: record({ Type: { Ref: 'Hidden' } }) }, HIDDEN)).toEqual([
      'unknown at Properties.Type',
    ]);
    const group = {
      Type: 'AWS::Route53::RecordSetGroup',
      Properties: { HostedZoneId: { Ref: 'Zone' }, RecordSets: { Ref: 'Hidden' } },
    };
    expect(words(CAA, { Zone: zone(), Group: group }, HIDDEN)).toEqual(['unknown at Properties.RecordSets']);
  });

  test('prefers what names somebody to what is hidden', () => {
    const resources = { Zone: zone(), A: record({ ResourceRecords: { Ref: 'Hidden' } }), B: record() };
    expect(words(CAA, resources, HIDDEN)).toEqual(['compliant']);
  });

  test.each<[string, Json]>([
    ['text', 'text'],
    ['a number', 3],
    ['null', null],
    ['a map', { odd: 'map' }],
    ['a list of maps', [{ odd: 'map' }]],
  ])('does not fail on a wrong type: %s', (_, value) => {
    for (const key of ['ResourceRecords', 'Name', 'Type', 'HostedZoneId']) {
      const found = factsOf(route53, {
        Zone: zone(),
        R: record({ [key]: value }),
        G: {
          Type: 'AWS::Route53::RecordSetGroup',
          Properties: { HostedZoneId: { Ref: 'Zone' }, RecordSets: value },
        },
      });
      expect(found.filter(({ fact }) => fact === 'not-judged')).toEqual([]);
      // A record that is for another zone may be fine there.
      const [ofZone] = words(CAA, { Zone: zone(), R: record({ [key]: value }) });
      expect(ofZone).not.toBe('compliant');
    }
  });

  test('looks at each environment by itself', () => {
    const parts: TemplateParts = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const resources = { Zone: zone(), Record: { ...record(), Condition: 'IsProd' } };
    expect(words(CAA, resources, parts).toSorted()).toEqual(['compliant', NOBODY]);
  });

  test('is not confused by a hundred records with conditions of their own', () => {
    const names = [...Array(100).keys()];
    const parts: TemplateParts = {
      Parameters: Object.fromEntries(
        names.map((i) => [`P${i}`, { Type: 'String', AllowedValues: ['a', 'b'] }]),
      ),
      Conditions: Object.fromEntries(names.map((i) => [`C${i}`, { 'Fn::Equals': [{ Ref: `P${i}` }, 'a'] }])),
    };
    const records = Object.fromEntries(names.map((i) => [`R${i}`, { ...address(), Condition: `C${i}` }]));
    const facts = factsOf(route53, { Zone: zone(), ...records, Record: record() }, parts);
    expect(facts.map(({ fact }) => fact)).toEqual(['hosted-zone']);
  });
});

describe('a zone that is made elsewhere', () => {
  const elsewhere = { HostedZoneId: 'Z123' };

  test('cannot be told from its records, once for all of them', () => {
    const resources = { A: address(elsewhere), B: address({ ...elsewhere, Name: 'www.example.com' }) };
    expect(words(CAA, resources)).toEqual(['unknown at Properties.HostedZoneId']);
    expect(words(SIGNED, resources)).toEqual([]);
  });

  test('is fine where a record here names somebody', () => {
    const resources = { A: address({ ...elsewhere, Name: 'www.example.com' }), R: record(elsewhere) };
    expect(words(CAA, resources)).toEqual(['compliant']);
  });

  test('is another where the name is another', () => {
    const byName = (HostedZoneName: string) =>
      address({ HostedZoneId: { Ref: 'AWS::NoValue' }, HostedZoneName });
    expect(words(CAA, { A: byName('a.com.'), B: byName('b.com.'), C: byName('a.com.') })).toEqual([
      'unknown at Properties.HostedZoneName',
      'unknown at Properties.HostedZoneName',
    ]);
  });
});

describe(SIGNED, () => {
  const signing: JsonMap = { Type: 'AWS::Route53::DNSSEC', Properties: { HostedZoneId: { Ref: 'Zone' } } };
  const key = (Status: Json): JsonMap => ({
    Type: 'AWS::Route53::KeySigningKey',
    Properties: { HostedZoneId: { Ref: 'Zone' }, Status },
  });

  test('passes a zone with signing and an active key', () => {
    expect(words(SIGNED, { Zone: zone(), Signing: signing, Key: key('ACTIVE') })).toEqual(['compliant']);
  });

  test('fails one without either, or with a key that is not active', () => {
    expect(words(SIGNED, { Zone: zone() })).toEqual(['violation at Properties: not signed']);
    expect(words(SIGNED, { Zone: zone(), Key: key('ACTIVE') })).toEqual([
      'violation at Properties: not signed',
    ]);
    expect(words(SIGNED, { Zone: zone(), Signing: signing })).toEqual([
      'violation at Properties: signed with no key of this app',
    ]);
    expect(words(SIGNED, { Zone: zone(), Signing: signing, Key: key('INACTIVE') })).toEqual([
      'violation at Properties.Status: INACTIVE',
    ]);
  });

  test('cannot tell a hidden status', () => {
    expect(words(SIGNED, { Zone: zone(), Signing: signing, Key: key({ Ref: 'Hidden' }) }, HIDDEN)).toEqual([
      'unknown at Properties.Status',
    ]);
  });
});

test('what constructs make is found as they made it, and what they lack is no error', () => {
  const stack = new Stack(new CdkApp(), 'Stack', { env: { region: 'eu-west-1' } });
  const signed = new cdkRoute53.PublicHostedZone(stack, 'Signed', { zoneName: 'example.com' });
  new CertificateAuthorityAuthorization(stack, 'Authorities', { zone: signed });
  new cdkRoute53.PublicHostedZone(stack, 'Open', { zoneName: 'example.org', caaAmazon: true });
  new cdkRoute53.PublicHostedZone(stack, 'Bare', { zoneName: 'example.net' });
  const json = Template.fromStack(stack).toJSON() as JsonMap;
  const app = new App([{ name: 'Stack', region: 'eu-west-1', json }]);
  const { findings } = judge(app, { name: 'Zones', rules: ROUTE53_PACK_ROWS });
  const named = findings.filter(({ rule }) => rule.id === CAA);
  expect(named.map(({ level, resource }) => `${level} ${resource.logicalId}`)).toEqual([
    expect.stringMatching(/^warning Bare/),
  ]);
});

test('zones are judged only by packs that ask', () => {
  const app = appOf({ Zone: zone() });
  expect(judge(app, { name: 'Other', rules: [] }).facts).toEqual([]);
});
