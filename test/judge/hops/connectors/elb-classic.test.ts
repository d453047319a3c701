import type { Hop, HopKind } from '../../../../lib/judge/hops';
import { elbClassic } from '../../../../lib/judge/hops/connectors/elb-classic';
import type { JsonMap } from '../../../../lib/judge/template';
import { factsOf, hopsOf } from '../../support';

const TYPE = 'AWS::ElasticLoadBalancing::LoadBalancer';

const hops = (kind: HopKind, properties: JsonMap, more: JsonMap = {}): readonly Hop[] =>
  hopsOf(factsOf(elbClassic, { Lb: { Type: TYPE, Properties: properties }, ...more }), kind);

const one = (kind: HopKind, listener: JsonMap, properties: JsonMap = {}, more: JsonMap = {}): Hop => {
  const Listeners = [{ LoadBalancerPort: '443', InstancePort: '8443', ...listener }];
  const [hop, second] = hops(kind, { Listeners, ...properties }, more);
  if (hop === undefined || second !== undefined) throw new Error('expected one hop');
  return hop;
};

const front = (listener: JsonMap, properties?: JsonMap, more?: JsonMap) =>
  one('elb-classic.listener', listener, properties, more);
const back = (listener: JsonMap, properties?: JsonMap) => one('elb-classic.backend', listener, properties);

describe('the front of a listener', () => {
  test.each([
    ['HTTP', 'plaintext'],
    ['http', 'plaintext'],
    ['HTTPS', 'tls'],
    ['SSL', 'tls'],
    ['TCP', 'pass-through'],
  ])('of protocol %s is %s', (Protocol, expected) => {
    expect(front({ Protocol }).protocol).toMatchObject({
      value: expected,
      path: 'Properties.Listeners.0.Protocol',
      got: Protocol,
    });
  });

  test('of protocol TCP is plaintext where the load balancer itself opens TLS to the instances', () => {
    expect(front({ Protocol: 'TCP', InstanceProtocol: 'SSL' }).protocol.value).toBe('plaintext');
  });

  test('comes from the network where the scheme is internal, else from the internet', () => {
    expect(front({ Protocol: 'SSL' }).from.what).toBe('internet');
    expect(front({ Protocol: 'SSL' }, { Scheme: 'internal' }).from.what).toBe('vpc');
  });

  test('is unknown where the listeners are hidden', () => {
    const found = hops('elb-classic.listener', { Listeners: { 'Fn::Transform': { Name: 'X' } } });
    expect(found.map(({ protocol }) => [protocol.value, protocol.path])).toEqual([
      [undefined, 'Properties.Listeners'],
    ]);
  });

  test('knows the certificate by reference, by ARN of ACM and by ARN of IAM', () => {
    const of = (SSLCertificateId: unknown, more?: JsonMap) =>
      front({ Protocol: 'SSL', SSLCertificateId } as JsonMap, {}, more).certificate.value;
    expect(of({ Ref: 'Cert' }, { Cert: { Type: 'AWS::CertificateManager::Certificate' } })).toBe('acm');
    expect(of('arn:aws:acm:eu-west-1:1:certificate/x')).toBe('acm');
    expect(of('arn:aws:iam::1:server-certificate/x')).toBe('iam-server-certificate');
  });
});

describe('the negotiation policy of a listener', () => {
  const policy = (Attributes: unknown, extra: JsonMap = {}): JsonMap =>
    ({
      Policies: [
        { PolicyName: 'Sticky', PolicyType: 'LBCookieStickinessPolicyType', Attributes: [] },
        { PolicyName: 'Tls', PolicyType: 'SSLNegotiationPolicyType', Attributes, ...extra },
      ],
    }) as JsonMap;
  const named = { Protocol: 'HTTPS', PolicyNames: ['Sticky', 'Tls'] };
  const reference = [{ Name: 'Reference-Security-Policy', Value: 'ELBSecurityPolicy-TLS-1-2-2017-01' }];

  test('is the default of 2016 where none is attached, even if one is declared', () => {
    const expected = { value: 'ELBSecurityPolicy-2016-08', given: false, got: 'absent' };
    expect(front({ Protocol: 'HTTPS' }).tlsPolicy).toMatchObject(expected);
    expect(front({ Protocol: 'HTTPS', PolicyNames: ['Sticky'] }, policy(reference)).tlsPolicy).toMatchObject(
      expected,
    );
  });

  test('is the predefined one that it refers to', () => {
    expect(front(named, policy(reference)).tlsPolicy).toMatchObject({
      value: 'ELBSecurityPolicy-TLS-1-2-2017-01',
      path: 'Properties.Policies.1.Attributes.0.Value',
    });
  });

  test('is attached by port as well as by name', () => {
    const byPort = policy(reference, { LoadBalancerPorts: ['443'] });
    expect(front({ Protocol: 'HTTPS' }, byPort).tlsPolicy.value).toBe('ELBSecurityPolicy-TLS-1-2-2017-01');
    const elsewhere = policy(reference, { LoadBalancerPorts: ['8443'] });
    expect(front({ Protocol: 'HTTPS' }, elsewhere).tlsPolicy.value).toBe('ELBSecurityPolicy-2016-08');
  });

  test('may be a predefined one by its own name', () => {
    const hop = front({ Protocol: 'SSL', PolicyNames: ['ELBSecurityPolicy-TLS-1-1-2017-01'] });
    expect(hop.tlsPolicy).toMatchObject({
      value: 'ELBSecurityPolicy-TLS-1-1-2017-01',
      path: 'Properties.Listeners.0.PolicyNames.0',
    });
  });

  test('of protocols one by one has the oldest that is on, and no name', () => {
    const attributes = [
      { Name: 'Protocol-TLSv1', Value: 'false' },
      { Name: 'Protocol-TLSv1.2', Value: true },
      { Name: 'Protocol-TLSv1.1', Value: 'true' },
      { Name: 'ECDHE-RSA-AES128-GCM-SHA256', Value: 'true' },
    ];
    const hop = front(named, policy(attributes));
    expect([hop.policyService, hop.floor.value, hop.floor.path]).toEqual([
      undefined,
      'TLSv1.1',
      'Properties.Policies.1.Attributes.2.Value',
    ]);
  });

  test('is unknown where a protocol, the reference or the names are hidden', () => {
    const hidden = { Ref: 'Value' };
    expect(front(named, policy([{ Name: 'Protocol-TLSv1', Value: hidden }])).floor.unknown).toBeDefined();
    expect(
      front(named, policy([{ Name: 'Reference-Security-Policy', Value: hidden }])).tlsPolicy.unknown,
    ).toBeDefined();
    const names = { Protocol: 'HTTPS', PolicyNames: [hidden] };
    expect(front(names, policy(reference)).tlsPolicy.unknown).toBeDefined();
  });

  test('is unknown where it names neither a predefined policy nor a protocol', () => {
    expect(
      front(named, policy([{ Name: 'Server-Defined-Cipher-Order', Value: 'true' }])).floor.unknown,
    ).toContain('neither');
  });
});

describe('the back of a listener', () => {
  test.each([
    ['HTTPS', undefined, 'plaintext'],
    ['HTTPS', 'HTTP', 'plaintext'],
    ['HTTPS', 'HTTPS', 'tls'],
    ['SSL', undefined, 'plaintext'],
    ['SSL', 'TCP', 'plaintext'],
    ['SSL', 'SSL', 'tls'],
    ['TCP', undefined, 'pass-through'],
    ['TCP', 'SSL', 'tls'],
    ['HTTP', 'HTTPS', 'tls'],
  ])('behind %s with InstanceProtocol %s is %s', (Protocol, InstanceProtocol, expected) => {
    const listener = InstanceProtocol === undefined ? { Protocol } : { Protocol, InstanceProtocol };
    expect(back(listener).protocol).toMatchObject({
      value: expected,
      given: InstanceProtocol !== undefined,
      path: 'Properties.Listeners.0.InstanceProtocol',
    });
  });

  test('is verified only with a policy for the port of the instances', () => {
    const tls = { Protocol: 'HTTPS', InstanceProtocol: 'HTTPS' };
    const policies = (port: string) => ({
      Policies: [
        { PolicyName: 'A', PolicyType: 'BackendServerAuthenticationPolicyType', InstancePorts: [port] },
      ],
    });
    expect(back(tls).serverAuthenticated.value).toBe(false);
    expect(back(tls, policies('9443')).serverAuthenticated.value).toBe(false);
    expect(back(tls, policies('8443')).serverAuthenticated.value).toBe(true);
  });
});

describe('a health check', () => {
  const check = (Target: unknown) =>
    hops('elb-classic.health-check', { Listeners: [], HealthCheck: { Target } as JsonMap }).map(
      ({ protocol }) => protocol.value,
    );

  test('is in clear over HTTP, also where the port is only known at deployment', () => {
    expect(check('HTTP:80/health')).toEqual(['plaintext']);
    expect(check({ 'Fn::Sub': 'HTTP:${AWS::AccountId}/' })).toEqual(['plaintext']);
  });

  test('is encrypted over HTTPS', () => {
    expect(check('HTTPS:443/health')).toEqual(['tls']);
  });

  test('sends nothing over TCP and SSL, nor by default', () => {
    expect(check('TCP:80')).toEqual([]);
    expect(check('SSL:443')).toEqual([]);
    expect(hops('elb-classic.health-check', { Listeners: [] })).toEqual([]);
  });

  test('is unknown where it is hidden', () => {
    expect(check({ 'Fn::ImportValue': 'target' })).toEqual([undefined]);
  });
});
