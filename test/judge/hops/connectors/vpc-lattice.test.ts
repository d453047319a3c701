import { vpcLattice } from '../../../../lib/judge/hops/connectors/vpc-lattice';
import type { JsonMap } from '../../../../lib/judge/template';
import { factsOf, hopsOf } from '../../support';

const FORWARD = { Forward: { TargetGroups: [{ TargetGroupIdentifier: 'tg-1' }] } };
const REFUSE = { FixedResponse: { StatusCode: 404 } };

const listener = (properties: JsonMap, more: JsonMap = {}): JsonMap => ({
  Listener: {
    Type: 'AWS::VpcLattice::Listener',
    Properties: { ServiceIdentifier: { Ref: 'Service' }, DefaultAction: FORWARD, ...properties },
  },
  Service: { Type: 'AWS::VpcLattice::Service', Properties: {} },
  ...more,
});

const listenerHop = (resources: JsonMap) => hopsOf(factsOf(vpcLattice, resources), 'vpc-lattice.listener')[0];

describe('a listener', () => {
  test('ends TLS 1.2 and above on HTTPS, with a certificate of Lattice', () => {
    expect(listenerHop(listener({ Protocol: 'HTTPS' }))).toMatchObject({
      protocol: { value: 'tls', path: 'Properties.Protocol' },
      floor: { value: 'TLSv1.2' },
      serverAuthenticated: { value: true },
      certificate: { value: 'service-owned' },
      endsHere: true,
    });
  });

  test('has the certificate of ACM that its service names', () => {
    const service = {
      Type: 'AWS::VpcLattice::Service',
      Properties: { CertificateArn: 'arn:aws:acm:::certificate/1' },
    };
    expect(listenerHop(listener({ Protocol: 'HTTPS' }, { Service: service }))?.certificate.value).toBe('acm');
  });

  test('serves in clear on HTTP', () => {
    expect(listenerHop(listener({ Protocol: 'HTTP' }))?.protocol.value).toBe('plaintext');
  });

  test('refuses plaintext where it answers everything itself', () => {
    const hop = listenerHop(listener({ Protocol: 'HTTP', DefaultAction: REFUSE }));
    expect(hop?.protocol.value).toBe('refuses-plaintext');
  });

  test('serves in clear where a rule of it forwards', () => {
    const rule = (action: JsonMap) => ({
      Type: 'AWS::VpcLattice::Rule',
      Properties: { ListenerIdentifier: { Ref: 'Listener' }, Action: action },
    });
    const with_ = (action: JsonMap) =>
      listenerHop(listener({ Protocol: 'HTTP', DefaultAction: REFUSE }, { Rule: rule(action) }))?.protocol
        .value;
    expect(with_(FORWARD)).toBe('plaintext');
    expect(with_(REFUSE)).toBe('refuses-plaintext');
  });

  test('passes TLS through with TLS_PASSTHROUGH, and ends nothing', () => {
    expect(listenerHop(listener({ Protocol: 'TLS_PASSTHROUGH' }))).toMatchObject({
      protocol: { value: 'pass-through' },
      endsHere: false,
    });
  });
});

describe('who calls a service', () => {
  const service = (type?: string) => ({
    Type: 'AWS::VpcLattice::Service',
    Properties: type === undefined ? {} : { AuthType: type },
  });
  const network = (type?: string) => ({
    Network: {
      Type: 'AWS::VpcLattice::ServiceNetwork',
      Properties: type === undefined ? {} : { AuthType: type },
    },
    Association: {
      Type: 'AWS::VpcLattice::ServiceNetworkServiceAssociation',
      Properties: { ServiceIdentifier: { Ref: 'Service' }, ServiceNetworkIdentifier: { Ref: 'Network' } },
    },
  });
  const clients = (more: JsonMap) => listenerHop(listener({ Protocol: 'HTTPS' }, more))?.clientAuthentication;

  test('is asked by the service', () => {
    expect(clients({ Service: service('AWS_IAM') })).toMatchObject({
      value: 'iam',
      path: 'Properties.AuthType',
    });
  });

  test('is not asked by default', () => {
    expect(clients({ Service: service() })).toMatchObject({ value: 'none', given: false });
  });

  test('is asked by the network that the service leaves it to', () => {
    expect(clients({ Service: service('NONE'), ...network('AWS_IAM') })?.value).toBe('iam');
  });

  test('is not asked where the network leaves it open too', () => {
    expect(clients({ Service: service('NONE'), ...network() })?.value).toBe('none');
  });

  test('cannot be told where the network is made elsewhere', () => {
    const { Association } = network();
    const elsewhere = { ...Association.Properties, ServiceNetworkIdentifier: 'sn-1' };
    const more = { Association: { ...Association, Properties: elsewhere } };
    expect(clients({ Service: service('NONE'), ...more })?.unknown).toMatch(/not made by a template/);
  });
});

describe('a target group', () => {
  const target = (properties: JsonMap) =>
    hopsOf(
      factsOf(vpcLattice, { Targets: { Type: 'AWS::VpcLattice::TargetGroup', Properties: properties } }),
      'vpc-lattice.target',
    )[0];

  test('is encrypted with HTTPS, and not authenticated, since Lattice verifies no certificate', () => {
    expect(target({ Type: 'IP', Config: { Protocol: 'HTTPS' } })).toMatchObject({
      protocol: { value: 'tls', path: 'Properties.Config.Protocol' },
      floor: { value: 'TLSv1.2' },
      serverAuthenticated: { value: false },
    });
  });

  test('of functions is called over TLS', () => {
    expect(target({ Type: 'LAMBDA' })).toMatchObject({
      protocol: { value: 'tls' },
      serverAuthenticated: { value: true },
    });
  });

  test.each([
    [{ Type: 'IP', Config: { Protocol: 'HTTP' } }, 'plaintext'],
    [{ Type: 'IP', Config: { Protocol: 'TCP' } }, 'pass-through'],
    [{ Type: 'IP', Config: {} }, undefined],
  ])('%j is %s', (properties, expected) => {
    expect(target(properties)?.protocol.value).toBe(expected);
  });
});
