import type { Fact, Hop } from '../../../../lib/judge/hops';
import { elbV2 } from '../../../../lib/judge/hops/connectors/elbv2';
import type { JsonMap } from '../../../../lib/judge/template';
import { factsOf, hopsOf, type TemplateParts } from '../../support';

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/abc';

const factsAbout = (resources: JsonMap, parts?: TemplateParts): readonly Fact[] =>
  factsOf(elbV2, resources, parts);

const listener = (properties: JsonMap, more: JsonMap = {}): Hop => {
  const [hop, second] = hopsOf(
    factsAbout({
      Lb: { Type: LOAD_BALANCER, Properties: { Scheme: 'internet-facing' } },
      Listener: { Type: LISTENER, Properties: { LoadBalancerArn: { Ref: 'Lb' }, Port: 443, ...properties } },
      ...more,
    }),
    'elbv2.listener',
  );
  if (hop === undefined || second !== undefined) throw new Error('expected one hop');
  return hop;
};

const group = (properties: JsonMap, more: JsonMap = {}): readonly Hop[] =>
  hopsOf(factsAbout({ Group: { Type: GROUP, Properties: properties }, ...more }), 'elbv2.target');

const forward = { Type: 'forward', TargetGroupArn: { Ref: 'Group' } };
const redirect = (config: JsonMap) => ({ DefaultActions: [{ Type: 'redirect', RedirectConfig: config }] });

describe('a listener', () => {
  test.each([
    ['HTTPS', 'tls', true],
    ['TLS', 'tls', true],
    ['TCP', 'pass-through', false],
    ['UDP', 'pass-through', false],
    ['TCP_UDP', 'pass-through', false],
    ['TCP_QUIC', 'pass-through', false],
    ['QUIC', 'tls', false],
  ] as const)('of protocol %s is %s, and ends here: %s', (protocol, expected, endsHere) => {
    const hop = listener({ Protocol: protocol, DefaultActions: [forward] });
    expect([hop.protocol.value, hop.endsHere]).toEqual([expected, endsHere]);
  });

  test('of protocol QUIC has no version below TLS 1.3 and no TLS policy', () => {
    const hop = listener({ Protocol: 'QUIC', DefaultActions: [forward] });
    expect([hop.floor.value, hop.policyService]).toEqual(['TLSv1.3', undefined]);
  });

  test('of a Gateway Load Balancer is no hop, since it carries packets and not connections', () => {
    const facts = factsAbout({
      Lb: { Type: LOAD_BALANCER, Properties: { Type: 'gateway' } },
      Listener: { Type: LISTENER, Properties: { LoadBalancerArn: { Ref: 'Lb' }, DefaultActions: [forward] } },
    });
    expect(facts).toEqual([]);
  });

  test('without a protocol is unknown unless its load balancer is known to be a gateway', () => {
    expect(listener({ DefaultActions: [forward] }).protocol.unknown).toContain('Gateway Load Balancers');
  });

  test('of a protocol nobody has heard of is unknown', () => {
    expect(listener({ Protocol: 'HTTP3' }).protocol).toMatchObject({
      value: undefined,
      path: 'Properties.Protocol',
    });
  });

  test('comes from the internet unless the load balancer is internal', () => {
    expect(listener({ Protocol: 'TLS' }).from.what).toBe('internet');
    expect(listener({ Protocol: 'TLS', LoadBalancerArn: { Ref: 'Lb2' } }).from.what).toBe('internet');
    const internal = { Lb2: { Type: LOAD_BALANCER, Properties: { Scheme: 'internal' } } };
    expect(listener({ Protocol: 'TLS', LoadBalancerArn: { Ref: 'Lb2' } }, internal).from.what).toBe('vpc');
  });

  test('leads to its load balancer', () => {
    expect(listener({ Protocol: 'TLS' }).to.resource?.logicalId).toBe('Lb');
  });

  test('without SslPolicy has the default of 2016', () => {
    expect(listener({ Protocol: 'HTTPS' }).tlsPolicy).toMatchObject({
      value: 'ELBSecurityPolicy-2016-08',
      given: false,
      got: 'absent',
      path: 'Properties.SslPolicy',
    });
  });
});

describe('an HTTP listener', () => {
  const outcome = (actions: JsonMap) => listener({ Protocol: 'HTTP', Port: 80, ...actions }).protocol;

  test('that forwards is plaintext, and the protocol is to blame', () => {
    expect(outcome({ DefaultActions: [forward] })).toMatchObject({
      value: 'plaintext',
      path: 'Properties.Protocol',
      got: 'HTTP',
    });
  });

  test('that redirects to HTTPS is a redirect', () => {
    expect(outcome(redirect({ Protocol: 'HTTPS', StatusCode: 'HTTP_301' })).value).toBe('redirect-to-tls');
  });

  test.each([
    ['no protocol', { StatusCode: 'HTTP_301' }, 'absent'],
    ['#{protocol}', { Protocol: '#{protocol}', StatusCode: 'HTTP_301' }, '#{protocol}'],
    ['HTTP', { Protocol: 'HTTP', Port: '8080', StatusCode: 'HTTP_301' }, 'HTTP'],
  ])('that redirects to %s stays plaintext', (_, config, got) => {
    expect(outcome(redirect(config))).toMatchObject({
      value: 'plaintext',
      path: 'Properties.DefaultActions.0.RedirectConfig.Protocol',
      got,
    });
  });

  test('with a fixed response refuses plaintext', () => {
    expect(outcome({ DefaultActions: [{ Type: 'fixed-response' }] })).toMatchObject({
      value: 'refuses-plaintext',
      path: 'Properties.DefaultActions.0.Type',
    });
  });

  test('without actions, or with hidden ones, is unknown', () => {
    expect(outcome({}).unknown).toBeDefined();
    expect(outcome({ DefaultActions: { 'Fn::Transform': { Name: 'X' } } })).toMatchObject({
      value: undefined,
      path: 'Properties.DefaultActions',
    });
  });

  test('keeps the index of the template where Fn::If drops an action', () => {
    const hops = hopsOf(
      factsAbout(
        {
          Listener: {
            Type: LISTENER,
            Properties: {
              Protocol: 'HTTP',
              DefaultActions: [
                { 'Fn::If': ['Open', forward, { Ref: 'AWS::NoValue' }] },
                { Type: 'fixed-response' },
              ],
            },
          },
        },
        {
          Parameters: { Mode: { Type: 'String' } },
          Conditions: { Open: { 'Fn::Equals': [{ Ref: 'Mode' }, 'open'] } },
        },
      ),
      'elbv2.listener',
    );
    const seen = hops.map((hop) => [hop.protocol.value, hop.protocol.path]).sort();
    expect(seen).toEqual([
      ['plaintext', 'Properties.Protocol'],
      ['refuses-plaintext', 'Properties.DefaultActions.1.Type'],
    ]);
  });
});

describe('the clients of an HTTPS listener', () => {
  const clients = (properties: JsonMap) =>
    listener({ Protocol: 'HTTPS', ...properties }).clientAuthentication;

  test.each([
    ['verify', 'mutual-tls'],
    ['passthrough', 'mutual-tls-optional'],
    ['off', 'none'],
  ])('in mode %s are authenticated by %s', (Mode, expected) => {
    expect(clients({ MutualAuthentication: { Mode } }).value).toBe(expected);
  });

  test('are verified by the TLS listener of a network load balancer too', () => {
    expect(clients({ Protocol: 'TLS', MutualAuthentication: { Mode: 'verify' } }).value).toBe('mutual-tls');
  });

  test.each(['authenticate-oidc', 'authenticate-cognito', 'jwt-validation'])(
    'bring a token for %s',
    (Type) => {
      expect(clients({ DefaultActions: [{ Type }, forward] }).value).toBe('token');
    },
  );

  test('are unknown where the mode is', () => {
    expect(clients({ MutualAuthentication: { Mode: { 'Fn::ImportValue': 'x' } } }).unknown).toBeDefined();
  });
});

describe('the certificate of a listener', () => {
  const certificate = (arn: unknown, more: JsonMap = {}) =>
    listener({ Protocol: 'HTTPS', Certificates: [{ CertificateArn: arn } as JsonMap] }, more);

  test('is of ACM by its ARN, also where the account is only known at deployment', () => {
    expect(certificate(CERTIFICATE).certificate.value).toBe('acm');
    const arn = { 'Fn::Sub': 'arn:${AWS::Partition}:acm:${AWS::Region}:${AWS::AccountId}:certificate/x' };
    expect(certificate(arn).certificate.value).toBe('acm');
  });

  test('is of this app where it is referred to', () => {
    const hop = certificate({ Ref: 'Cert' }, { Cert: { Type: 'AWS::CertificateManager::Certificate' } });
    expect([hop.certificate.value, hop.certificateResource?.logicalId]).toEqual(['acm', 'Cert']);
  });

  test('is of IAM by its ARN, paths included, and by reference', () => {
    const arn = 'arn:aws:iam::123456789012:server-certificate/cloudfront/site';
    expect(certificate(arn).certificate.value).toBe('iam-server-certificate');
    const more = { Old: { Type: 'AWS::IAM::ServerCertificate' } };
    expect(certificate({ 'Fn::GetAtt': ['Old', 'Arn'] }, more).certificate.value).toBe(
      'iam-server-certificate',
    );
  });

  test('is unknown where a custom resource makes it', () => {
    const more = { Custom: { Type: 'AWS::CloudFormation::CustomResource' } };
    expect(certificate({ 'Fn::GetAtt': ['Custom', 'Arn'] }, more).certificate).toMatchObject({
      unknown: 'it is GetAtt Custom.Arn',
      path: 'Properties.Certificates.0.CertificateArn',
    });
  });

  test('is told for further certificates too', () => {
    const hops = hopsOf(
      factsAbout({
        More: {
          Type: 'AWS::ElasticLoadBalancingV2::ListenerCertificate',
          Properties: {
            ListenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/x/1/2',
            Certificates: [
              { CertificateArn: CERTIFICATE },
              { CertificateArn: 'arn:aws:iam::1:server-certificate/x' },
            ],
          },
        },
      }),
      'elbv2.listener',
    );
    expect(hops.map((hop) => hop.certificate.value)).toEqual(['acm', 'iam-server-certificate']);
  });
});

describe('HSTS of a listener', () => {
  const KEY = 'routing.http.response.strict_transport_security.header_value';
  const hsts = (attributes: unknown, more: JsonMap = {}, rest: JsonMap = {}) =>
    listener({ Protocol: 'HTTPS', ListenerAttributes: attributes as JsonMap, ...rest }, more).hsts;

  test('is read from the attribute', () => {
    const value = 'max-age=31536000; includeSubDomains; preload';
    expect(
      hsts([
        { Key: 'other', Value: 'x' },
        { Key: KEY, Value: value },
      ]),
    ).toMatchObject({
      value: { maxAgeSeconds: 31_536_000, includeSubdomains: true, preload: true },
      path: 'Properties.ListenerAttributes.1.Value',
    });
  });

  test('is none without the attribute', () => {
    expect(hsts([{ Key: 'other', Value: 'x' }])).toMatchObject({
      value: 'none',
      got: 'absent',
      given: false,
    });
  });

  test('is unknown where browsers cannot read it, or a key is hidden', () => {
    expect(hsts([{ Key: KEY, Value: 'yes' }])?.unknown).toBeDefined();
    expect(hsts([{ Key: { 'Fn::ImportValue': 'k' }, Value: 'x' }])?.unknown).toBeDefined();
  });

  test('is not asked of an internal load balancer, nor of a Network Load Balancer', () => {
    const internal = { Lb2: { Type: LOAD_BALANCER, Properties: { Scheme: 'internal' } } };
    expect(hsts([], internal, { LoadBalancerArn: { Ref: 'Lb2' } })).toBeUndefined();
    expect(hsts([], {}, { Protocol: 'TLS' })).toBeUndefined();
  });
});

describe('a listener rule', () => {
  const rules = (on: JsonMap, action: JsonMap = forward) =>
    hopsOf(
      factsAbout({
        Listener: { Type: LISTENER, Properties: { DefaultActions: [{ Type: 'fixed-response' }], ...on } },
        Rule: { Type: RULE, Properties: { ListenerArn: { Ref: 'Listener' }, Actions: [action] } },
      }),
      'elbv2.listener',
    ).filter((hop) => hop.resource.logicalId === 'Rule');

  test('that forwards from an HTTP listener is plaintext, although the default action refuses', () => {
    expect(rules({ Protocol: 'HTTP' })[0]?.protocol).toMatchObject({
      value: 'plaintext',
      path: 'Properties.Actions.0.Type',
      got: 'forward',
    });
  });

  test('is told from its listener by its priority', () => {
    const Properties = { ListenerArn: 'arn:x', Priority: 7, Actions: [forward] };
    const facts = factsAbout({ Rule: { Type: RULE, Properties } });
    expect(hopsOf(facts, 'elbv2.listener').map(({ label }) => label)).toEqual(['rule 7']);
  });

  test('of an HTTPS listener adds nothing', () => {
    expect(rules({ Protocol: 'HTTPS' })).toEqual([]);
  });

  test('whose listener is not at hand is unknown where it forwards, and fine where it redirects to HTTPS', () => {
    const alone = (action: JsonMap) =>
      hopsOf(
        factsAbout({ Rule: { Type: RULE, Properties: { ListenerArn: 'arn:x', Actions: [action] } } }),
        'elbv2.listener',
      )[0]?.protocol;
    expect(alone(forward)).toMatchObject({ value: undefined, path: 'Properties.ListenerArn' });
    expect(alone({ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS' } })?.value).toBe('redirect-to-tls');
  });

  test('whose listener has a hidden protocol is unknown', () => {
    const [hop] = rules({ Protocol: { Ref: 'Protocol' } });
    expect(hop?.protocol.unknown).toContain('the protocol of its listener is not known');
  });
});

describe('a target group', () => {
  const listenerOf = (protocol: string, more: JsonMap = {}): JsonMap => ({
    Lb: { Type: LOAD_BALANCER },
    Listener: {
      Type: LISTENER,
      Properties: { LoadBalancerArn: { Ref: 'Lb' }, Protocol: protocol, DefaultActions: [forward], ...more },
    },
  });

  test.each([
    ['HTTP', 'plaintext'],
    ['HTTPS', 'tls'],
    ['TLS', 'tls'],
  ])('of protocol %s is %s, with a listener or without', (Protocol, expected) => {
    expect(group({ Protocol })[0]?.protocol.value).toBe(expected);
  });

  test('of protocol TCP behind a TLS listener is plaintext, since TLS has ended there', () => {
    expect(group({ Protocol: 'TCP' }, listenerOf('TLS'))[0]?.protocol).toMatchObject({
      value: 'plaintext',
      path: 'Properties.Protocol',
      got: 'TCP',
    });
  });

  test('of protocol TCP behind a TCP listener is passed through', () => {
    expect(group({ Protocol: 'TCP' }, listenerOf('TCP'))[0]?.protocol.value).toBe('pass-through');
  });

  test('of protocol TCP without a listener is unknown', () => {
    expect(group({ Protocol: 'TCP' })[0]?.protocol.unknown).toContain('no listener at hand');
  });

  test('is found behind weighted forwards and listener rules', () => {
    const weighted = {
      Type: 'forward',
      ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'Group' } }] },
    };
    const more = listenerOf('TLS', { DefaultActions: [weighted] });
    expect(group({ Protocol: 'TCP' }, more)[0]?.protocol.value).toBe('plaintext');
    const ruled = {
      ...listenerOf('HTTPS', { DefaultActions: [{ Type: 'fixed-response' }] }),
      Rule: { Type: RULE, Properties: { ListenerArn: { Ref: 'Listener' }, Actions: [forward] } },
    };
    expect(group({ Protocol: 'HTTPS' }, ruled)[0]?.from.resource?.logicalId).toBe('Lb');
  });

  test('is encrypted to targets whose certificates nobody verifies', () => {
    expect(group({ Protocol: 'HTTPS' })[0]?.serverAuthenticated).toMatchObject({
      value: false,
      given: false,
    });
  });

  test.each([
    ['ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', 'ELBSecurityPolicy-TLS13-1-0-2021-06'],
    ['ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04', 'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04'],
    ['ELBSecurityPolicy-TLS-1-2-2017-01', 'ELBSecurityPolicy-2016-08'],
  ])('behind a listener with %s has %s, which no property selects', (SslPolicy, expected) => {
    const [hop] = group({ Protocol: 'HTTPS' }, listenerOf('HTTPS', { SslPolicy }));
    expect([hop?.policyService, hop?.tlsPolicy.value]).toEqual(['elbv2-backend', expected]);
  });

  test('does not guess its TLS policy behind a listener whose own is hidden', () => {
    const [hop] = group({ Protocol: 'HTTPS' }, listenerOf('HTTPS', { SslPolicy: { Ref: 'Policy' } }));
    expect(hop?.tlsPolicy).toMatchObject({ value: undefined });
    expect(hop?.tlsPolicy.unknown).toBeDefined();
  });

  test('of a Lambda function is AWS calling AWS, and has no health check', () => {
    const facts = factsAbout({
      Fn: { Type: 'AWS::Lambda::Function' },
      Group: {
        Type: GROUP,
        Properties: { TargetType: 'lambda', Targets: [{ Id: { 'Fn::GetAtt': ['Fn', 'Arn'] } }] },
      },
    });
    expect(facts).toHaveLength(1);
    expect(facts[0]).toMatchObject({
      protocol: { value: 'tls' },
      serverAuthenticated: { value: true },
      to: { resource: { logicalId: 'Fn' } },
    });
  });

  test('of a Gateway Load Balancer is no hop', () => {
    expect(factsAbout({ Group: { Type: GROUP, Properties: { Protocol: 'GENEVE' } } })).toEqual([]);
  });

  test('without a protocol is unknown', () => {
    expect(group({ Port: 80 })[0]?.protocol.unknown).toContain('Lambda');
  });
});

describe('a health check', () => {
  const checks = (properties: JsonMap) =>
    hopsOf(factsAbout({ Group: { Type: GROUP, Properties: properties } }), 'elbv2.health-check').map(
      ({ protocol }) => protocol,
    );

  test('of an HTTPS group goes over HTTP unless it says otherwise', () => {
    expect(checks({ Protocol: 'HTTPS' })).toMatchObject([{ value: 'plaintext', given: false }]);
    expect(checks({ Protocol: 'HTTPS', HealthCheckProtocol: 'HTTPS' })).toMatchObject([{ value: 'tls' }]);
  });

  test('over TCP sends nothing, as does the default of a Network Load Balancer', () => {
    expect(checks({ Protocol: 'TLS' })).toEqual([]);
    expect(checks({ Protocol: 'TLS', HealthCheckProtocol: 'TCP' })).toEqual([]);
  });

  test('of a load balancer behind a load balancer goes over HTTP by default', () => {
    expect(checks({ Protocol: 'TCP', TargetType: 'alb' })).toMatchObject([{ value: 'plaintext' }]);
  });

  test('is unknown where its default hangs on a hidden protocol', () => {
    expect(checks({ Protocol: { 'Fn::ImportValue': 'p' } })[0]?.unknown).toBeDefined();
  });
});
