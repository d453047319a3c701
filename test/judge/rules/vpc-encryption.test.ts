import { collectFacts } from '../../../lib/judge/hops';
import { CONNECTORS } from '../../../lib/judge/hops/connectors';
import { VPC_ENCRYPTION_RULES } from '../../../lib/judge/rules/vpc-encryption';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { appOf, ruleNamed, type TemplateParts, wordsOf } from '../support';

const FITS = 'LoadBalancerFitsEncryptionControl';
const NOTHING = 'EncryptionControlExcludesNothing';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const HIDDEN: TemplateParts = { Parameters: { Hidden: { Type: 'String' } } };

const words = (id: string, resources: JsonMap, parts?: TemplateParts) =>
  wordsOf(
    ruleNamed(VPC_ENCRYPTION_RULES, id),
    collectFacts(appOf(resources, parts), CONNECTORS, ['encryption-exclusion', 'network-resident']).all,
  );

const control = (Mode: Json, more: JsonMap = {}): JsonMap => ({
  Type: 'AWS::EC2::VPCEncryptionControl',
  Properties: { VpcId: { Ref: 'Vpc' }, Mode, ...more },
});

const network = (mode: Json): JsonMap => ({
  Vpc: { Type: 'AWS::EC2::VPC' },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } },
  Control: control(mode),
});

const balancer = (Type: Json = 'network', more: JsonMap = { Subnets: [{ Ref: 'Subnet' }] }): JsonMap => ({
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type, ...more } },
});

const listener = (Protocol: Json): JsonMap => ({
  Listener: {
    Type: LISTENER,
    Properties: {
      LoadBalancerArn: { Ref: 'Balancer' },
      Protocol,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn:x' }],
    },
  },
});

describe(FITS, () => {
  const REFUSED = ['violation at Properties.Protocol: TLS'];

  test('fails a TLS listener of a network load balancer in a network that enforces encryption', () => {
    expect(words(FITS, { ...network('enforce'), ...balancer(), ...listener('TLS') })).toEqual(REFUSED);
  });

  test('finds the network by subnet mappings, and a control within the network', () => {
    const mapped = balancer('network', { SubnetMappings: [{ SubnetId: { Ref: 'Subnet' } }] });
    expect(words(FITS, { ...network('enforce'), ...mapped, ...listener('TLS') })).toEqual(REFUSED);
    const { Control: _, ...bare } = network('enforce');
    const within = {
      ...bare,
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { VpcEncryptionControl: { Mode: 'enforce' } } },
    };
    expect(words(FITS, { ...within, ...balancer(), ...listener('TLS') })).toEqual(REFUSED);
  });

  test.each(['monitor', { Ref: 'AWS::NoValue' }])('says nothing in a network that is watched: %p', (mode) => {
    expect(words(FITS, { ...network(mode), ...balancer(), ...listener('TLS') })).toEqual([]);
  });

  test('says nothing about what is taken: TCP, HTTPS, no control, another network', () => {
    expect(words(FITS, { ...network('enforce'), ...balancer(), ...listener('TCP') })).toEqual([]);
    const https = { ...network('enforce'), ...balancer('application'), ...listener('HTTPS') };
    expect(words(FITS, https)).toEqual([]);
    const { Control: _, ...open } = network('enforce');
    expect(words(FITS, { ...open, ...balancer(), ...listener('TLS') })).toEqual([]);
    const other = {
      ...network('enforce'),
      Other: { Type: 'AWS::EC2::VPC' },
      Control: control('enforce', { VpcId: { Ref: 'Other' } }),
    };
    expect(words(FITS, { ...other, ...balancer(), ...listener('TLS') })).toEqual([]);
    expect(
      words(FITS, {
        ...network('enforce'),
        ...balancer('network', { Subnets: ['subnet-1'] }),
        ...listener('TLS'),
      }),
    ).toEqual([]);
  });

  test('fails a Gateway Load Balancer', () => {
    expect(words(FITS, { ...network('enforce'), ...balancer('gateway') })).toEqual([
      'violation at Properties.Type: gateway',
    ]);
    expect(words(FITS, { ...network('monitor'), ...balancer('gateway') })).toEqual([]);
  });

  test('cannot tell where the mode is hidden, or one that does not exist', () => {
    const resources = (mode: Json) => ({ ...network(mode), ...balancer(), ...listener('TLS') });
    expect(words(FITS, resources({ Ref: 'Hidden' }), HIDDEN)).toEqual(['unknown at Properties.Protocol']);
    expect(words(FITS, resources('ENFORCE'))).toEqual(['unknown at Properties.Protocol']);
    expect(words(FITS, resources({ odd: 'map' }))).toEqual(['unknown at Properties.Protocol']);
  });

  test('looks at each environment by itself', () => {
    const parts: TemplateParts = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const mode = { 'Fn::If': ['IsProd', 'enforce', 'monitor'] };
    const protocol = { 'Fn::If': ['IsProd', 'TCP', 'TLS'] };
    expect(words(FITS, { ...network(mode), ...balancer(), ...listener('TLS') }, parts)).toEqual(REFUSED);
    expect(words(FITS, { ...network(mode), ...balancer(), ...listener(protocol) }, parts)).toEqual([]);
  });
});

describe(NOTHING, () => {
  test('fails each exclusion of a network that enforces encryption, where it stands', () => {
    const excluded = control('enforce', {
      NatGatewayExclusionInput: 'enable',
      LambdaExclusionInput: 'enable',
    });
    expect(words(NOTHING, { ...network('enforce'), Control: excluded })).toEqual([
      'violation at Properties.NatGatewayExclusionInput: enable',
      'violation at Properties.LambdaExclusionInput: enable',
    ]);
    const within = { Mode: 'enforce', InternetGatewayExclusion: 'enable' };
    expect(
      words(NOTHING, { Vpc: { Type: 'AWS::EC2::VPC', Properties: { VpcEncryptionControl: within } } }),
    ).toEqual(['violation at Properties.VpcEncryptionControl.InternetGatewayExclusion: enable']);
  });

  test('passes one that is disabled, and a network without any; says nothing where nothing is enforced', () => {
    const off = control('enforce', { NatGatewayExclusionInput: 'disable' });
    expect(words(NOTHING, { ...network('enforce'), Control: off })).toEqual(['compliant']);
    expect(words(NOTHING, network('enforce'))).toEqual(['compliant']);
    const watched = control('monitor', { NatGatewayExclusionInput: 'enable' });
    expect(words(NOTHING, { ...network('monitor'), Control: watched })).toEqual([]);
    expect(words(NOTHING, { Vpc: { Type: 'AWS::EC2::VPC' } })).toEqual([]);
  });

  test('cannot tell a hidden exclusion, nor one of a wrong type', () => {
    const hidden = (value: Json) => ({
      ...network('enforce'),
      Control: control('enforce', { LambdaExclusionInput: value }),
    });
    const wanted = ['unknown at Properties.LambdaExclusionInput'];
    expect(words(NOTHING, hidden({ Ref: 'Hidden' }), HIDDEN)).toEqual(wanted);
    expect(words(NOTHING, hidden(true))).toEqual(wanted);
    expect(words(NOTHING, hidden(['enable']))).toEqual(wanted);
  });
});
