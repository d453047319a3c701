import { elbV2 } from '../../../lib/judge/hops/connectors/elbv2';
import { ELBV2_PACK_ROWS, ELBV2_RULES } from '../../../lib/judge/rules/elbv2';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { factsOf, hopsOf, type TemplateParts, verdictsOf, wordsOf } from '../support';

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const RESTRICTED = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
const forward = { Type: 'forward', TargetGroupArn: 'arn:x' };

const rule = (id: string) => {
  const found = ELBV2_RULES.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
};

const judge = (id: string, resources: JsonMap, parts?: TemplateParts) =>
  wordsOf(rule(id), factsOf(elbV2, resources, parts));

const onListener = (id: string, properties: JsonMap, parts?: TemplateParts) =>
  judge(
    id,
    { Listener: { Type: LISTENER, Properties: { DefaultActions: [forward], ...properties } } },
    parts,
  );

const onGroup = (id: string, properties: JsonMap, more: JsonMap = {}) =>
  judge(id, { Group: { Type: GROUP, Properties: properties }, ...more });

const GOOD: JsonMap = {
  Lb: { Type: LOAD_BALANCER, Properties: { Scheme: 'internet-facing' } },
  Cert: { Type: 'AWS::CertificateManager::Certificate' },
  Https: {
    Type: LISTENER,
    Properties: {
      LoadBalancerArn: { Ref: 'Lb' },
      Protocol: 'HTTPS',
      SslPolicy: RESTRICTED,
      Certificates: [{ CertificateArn: { Ref: 'Cert' } }],
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
      ListenerAttributes: [
        {
          Key: 'routing.http.response.strict_transport_security.header_value',
          Value: 'max-age=31536000; includeSubDomains',
        },
      ],
    },
  },
  Http: {
    Type: LISTENER,
    Properties: {
      LoadBalancerArn: { Ref: 'Lb' },
      Protocol: 'HTTP',
      DefaultActions: [
        { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } },
      ],
    },
  },
  Group: { Type: GROUP, Properties: { Protocol: 'HTTPS', HealthCheckProtocol: 'HTTPS' } },
};

test('a good load balancer gets no finding', () => {
  const facts = factsOf(elbV2, GOOD);
  const found = ELBV2_PACK_ROWS.filter(({ rule }) =>
    verdictsOf(rule, facts).some(({ verdict }) => verdict !== 'compliant'),
  );
  expect(found.map(({ rule }) => rule.id)).toEqual([]);
});

test('a listener in clear is one finding, not one for each rung of the ladder', () => {
  const facts = factsOf(elbV2, {
    Listener: { Type: LISTENER, Properties: { Protocol: 'HTTP', DefaultActions: [forward] } },
  });
  const violated = ELBV2_RULES.filter((r) => verdictsOf(r, facts).some((v) => v.verdict === 'violation'));
  expect(violated.map(({ id }) => id)).toEqual(['ListenerIsEncrypted']);
});

test('a listener without SslPolicy is one finding: the rungs above TLS 1.2 are silent', () => {
  const facts = factsOf(elbV2, {
    Listener: { Type: LISTENER, Properties: { Protocol: 'TLS', DefaultActions: [forward] } },
  });
  const violated = ELBV2_RULES.filter((r) => verdictsOf(r, facts).some((v) => v.verdict === 'violation'));
  expect(violated.map(({ id }) => id)).toEqual(['ListenerRequiresTls12']);
});

describe('ListenerIsEncrypted', () => {
  test('fails an HTTP listener that forwards', () => {
    expect(onListener('ListenerIsEncrypted', { Protocol: 'HTTP' })).toEqual([
      'violation at Properties.Protocol: HTTP',
    ]);
  });

  test('fails a redirect that keeps HTTP, since #{protocol} is the default', () => {
    const DefaultActions = [
      { Type: 'redirect', RedirectConfig: { Host: 'example.com', StatusCode: 'HTTP_301' } },
    ];
    expect(onListener('ListenerIsEncrypted', { Protocol: 'HTTP', DefaultActions })).toEqual([
      'violation at Properties.DefaultActions.0.RedirectConfig.Protocol: absent',
    ]);
  });

  test('passes a fixed response to plaintext, which cdk-nag takes for a fault', () => {
    const DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }];
    expect(onListener('ListenerIsEncrypted', { Protocol: 'HTTP', DefaultActions })).toEqual(['compliant']);
  });

  test('cannot tell a protocol that is a parameter without default', () => {
    const parts = { Parameters: { Protocol: { Type: 'String' } } };
    expect(onListener('ListenerIsEncrypted', { Protocol: { Ref: 'Protocol' } }, parts)).toEqual([
      'unknown at Properties.Protocol',
    ]);
  });

  test('sees each side of a condition with what belongs to it', () => {
    const parts = {
      Parameters: { Stage: { Type: 'String' } },
      Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const consistent = {
      Protocol: { 'Fn::If': ['Prod', 'HTTPS', 'HTTP'] },
      DefaultActions: [{ 'Fn::If': ['Prod', forward, { Type: 'fixed-response' }] }],
    };
    expect(onListener('ListenerIsEncrypted', consistent, parts)).toEqual(['compliant', 'compliant']);
    const crossed = {
      Protocol: { 'Fn::If': ['Prod', 'HTTP', 'HTTPS'] },
      DefaultActions: [{ 'Fn::If': ['Prod', forward, { Type: 'fixed-response' }] }],
    };
    expect([...onListener('ListenerIsEncrypted', crossed, parts)].sort()).toEqual([
      'compliant',
      'violation at Properties.Protocol: HTTP',
    ]);
  });
});

describe('ListenerRuleForwardsOnlyTls', () => {
  const onRule = (action: JsonMap, protocol: unknown = 'HTTP') =>
    judge('ListenerRuleForwardsOnlyTls', {
      Listener: {
        Type: LISTENER,
        Properties: { Protocol: protocol, DefaultActions: [{ Type: 'fixed-response' }] } as JsonMap,
      },
      Rule: { Type: RULE, Properties: { ListenerArn: { Ref: 'Listener' }, Actions: [action] } },
    });

  test('fails a rule that forwards on an HTTP listener that redirects by default, unseen by other tools', () => {
    expect(onRule(forward)).toEqual(['violation at Properties.Actions.0.Type: forward']);
  });

  test('passes a rule that redirects to HTTPS', () => {
    expect(onRule({ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS' } })).toEqual(['compliant']);
  });

  test('has nothing to say about rules of an HTTPS listener', () => {
    expect(onRule(forward, 'HTTPS')).toEqual([]);
  });

  test('cannot tell where the listener is not at hand', () => {
    const Rule = {
      Type: RULE,
      Properties: { ListenerArn: { 'Fn::ImportValue': 'Listener' }, Actions: [forward] },
    };
    expect(judge('ListenerRuleForwardsOnlyTls', { Rule })).toEqual(['unknown at Properties.ListenerArn']);
  });
});

describe('ListenerTlsPolicyIsClassified', () => {
  const policy = (SslPolicy: unknown, parts?: TemplateParts) =>
    onListener('ListenerTlsPolicyIsClassified', { Protocol: 'HTTPS', SslPolicy } as JsonMap, parts);

  test('passes a name of the catalogue, the default included', () => {
    expect(policy(RESTRICTED)).toEqual(['compliant']);
    expect(onListener('ListenerTlsPolicyIsClassified', { Protocol: 'HTTPS' })).toEqual(['compliant']);
  });

  test('fails a name that nobody has classified, however new it looks', () => {
    expect(policy('ELBSecurityPolicy-TLS13-1-3-2099-01')).toEqual([
      'violation at Properties.SslPolicy: ELBSecurityPolicy-TLS13-1-3-2099-01',
    ]);
  });

  test('cannot tell a parameter without default, and judges the default of one that has it', () => {
    expect(policy({ Ref: 'Policy' }, { Parameters: { Policy: { Type: 'String' } } })).toEqual([
      'unknown at Properties.SslPolicy',
    ]);
    expect(
      policy({ Ref: 'Policy' }, { Parameters: { Policy: { Type: 'String', Default: RESTRICTED } } }),
    ).toEqual(['compliant']);
  });
});

describe('ListenerRequiresTls12', () => {
  const policy = (SslPolicy: string) => onListener('ListenerRequiresTls12', { Protocol: 'HTTPS', SslPolicy });

  test('fails a listener without SslPolicy, since ELB then applies TLS 1.0', () => {
    const facts = factsOf(elbV2, {
      Listener: { Type: LISTENER, Properties: { Protocol: 'HTTPS', DefaultActions: [forward] } },
    });
    expect(verdictsOf(rule('ListenerRequiresTls12'), facts)).toMatchObject([
      {
        verdict: 'violation',
        path: 'Properties.SslPolicy',
        got: 'absent',
        detail: expect.stringContaining('TLSv1.0'),
      },
    ]);
  });

  test.each([
    'ELBSecurityPolicy-2016-08',
    'ELBSecurityPolicy-TLS-1-0-2015-04',
    'ELBSecurityPolicy-TLS-1-1-2017-01',
    'ELBSecurityPolicy-FS-2018-06',
    'ELBSecurityPolicy-TLS13-1-0-2021-06',
    'ELBSecurityPolicy-TLS13-1-1-2021-06',
    'ELBSecurityPolicy-TLS13-1-0-PQ-2025-09',
    'ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04',
    'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09',
  ])('fails %s', (name) => {
    expect(policy(name)).toEqual([`violation at Properties.SslPolicy: ${name}`]);
  });

  test.each([
    'ELBSecurityPolicy-TLS-1-2-2017-01',
    'ELBSecurityPolicy-TLS13-1-2-2021-06',
    'ELBSecurityPolicy-TLS13-1-3-2021-06',
    'ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04',
    RESTRICTED,
  ])('passes %s', (name) => {
    expect(policy(name)).toEqual(['compliant']);
  });

  test('judges TLS listeners of Network Load Balancers as it judges HTTPS', () => {
    expect(onListener('ListenerRequiresTls12', { Protocol: 'TLS' })).toEqual([
      'violation at Properties.SslPolicy: absent',
    ]);
  });

  test('says nothing of TCP and HTTP listeners, which other rules judge', () => {
    expect(onListener('ListenerRequiresTls12', { Protocol: 'TCP' })).toEqual([]);
    expect(onListener('ListenerRequiresTls12', { Protocol: 'HTTP' })).toEqual([]);
  });
});

test('ListenerTlsPolicyIsForwardSecret fails RSA key transport above TLS 1.2 only', () => {
  const policy = (SslPolicy: string) =>
    onListener('ListenerTlsPolicyIsForwardSecret', { Protocol: 'HTTPS', SslPolicy });
  expect(policy('ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06')).toHaveLength(1);
  expect(policy('ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06')[0]).toContain('violation');
  expect(policy('ELBSecurityPolicy-TLS13-1-2-2021-06')).toEqual(['compliant']);
  expect(policy('ELBSecurityPolicy-2016-08')).toEqual([]);
});

test('ListenerTlsPolicyIsOnSecurityHubList fails what the CDK calls recommended, for its CBC suites', () => {
  const policy = (SslPolicy: string) =>
    onListener('ListenerTlsPolicyIsOnSecurityHubList', { Protocol: 'HTTPS', SslPolicy });
  expect(policy('ELBSecurityPolicy-TLS13-1-2-2021-06')[0]).toContain('violation at Properties.SslPolicy');
  expect(policy('ELBSecurityPolicy-TLS13-1-2-PQ-2025-09')[0]).toContain('violation at Properties.SslPolicy');
  expect(policy('ELBSecurityPolicy-TLS13-1-2-Res-2021-06')).toEqual(['compliant']);
  expect(policy('ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06')).toEqual([]);
});

test('ListenerTlsPolicyIsPostQuantum informs about policies without hybrid key agreement', () => {
  const policy = (SslPolicy: string) =>
    onListener('ListenerTlsPolicyIsPostQuantum', { Protocol: 'HTTPS', SslPolicy });
  expect(policy('ELBSecurityPolicy-TLS13-1-3-2021-06')[0]).toContain('violation');
  expect(policy(RESTRICTED)).toEqual(['compliant']);
});

describe('ListenerCertificateIsManaged', () => {
  const certificate = (properties: JsonMap, parts?: TemplateParts) =>
    onListener('ListenerCertificateIsManaged', properties, parts);
  const of = (CertificateArn: string) => ({ Protocol: 'HTTPS', Certificates: [{ CertificateArn }] });

  test('fails a server certificate of IAM, which cdk-nag takes for one of ACM', () => {
    const arn = 'arn:aws:iam::123456789012:server-certificate/site';
    expect(certificate(of(arn))).toEqual([`violation at Properties.Certificates.0.CertificateArn: ${arn}`]);
  });

  test('passes a certificate of ACM', () => {
    expect(certificate(of('arn:aws-cn:acm:cn-north-1:1:certificate/x'))).toEqual(['compliant']);
  });

  test('asks nothing of an HTTP redirect or a TCP listener, which cdk-nag takes for faults', () => {
    const DefaultActions = [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS' } }];
    expect(certificate({ Protocol: 'HTTP', DefaultActions })).toEqual([]);
    expect(certificate({ Protocol: 'TCP' })).toEqual([]);
  });

  test('cannot tell an ARN that is a parameter without default', () => {
    const parts = { Parameters: { Arn: { Type: 'String' } } };
    const properties = { Protocol: 'HTTPS', Certificates: [{ CertificateArn: { Ref: 'Arn' } }] };
    expect(certificate(properties, parts)).toEqual(['unknown at Properties.Certificates.0.CertificateArn']);
  });

  test('fails a further certificate of IAM at its own resource', () => {
    const More = {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerCertificate',
      Properties: {
        ListenerArn: 'arn:x',
        Certificates: [{ CertificateArn: 'arn:aws:iam::1:server-certificate/x' }],
      },
    };
    expect(judge('ListenerCertificateIsManaged', { More })).toEqual([
      'violation at Properties.Certificates.0.CertificateArn: arn:aws:iam::1:server-certificate/x',
    ]);
  });
});

describe('ListenerSendsHsts', () => {
  const hsts = (Value: unknown, parts?: TemplateParts) =>
    onListener(
      'ListenerSendsHsts',
      {
        Protocol: 'HTTPS',
        ListenerAttributes: [
          { Key: 'routing.http.response.strict_transport_security.header_value', Value } as JsonMap,
        ],
      },
      parts,
    );

  test('passes a year and fails a second less', () => {
    expect(hsts('max-age=31536000')).toEqual(['compliant']);
    expect(hsts('max-age=31535999')).toEqual([
      'violation at Properties.ListenerAttributes.0.Value: max-age=31535999',
    ]);
  });

  test('fails a listener without the attribute', () => {
    expect(onListener('ListenerSendsHsts', { Protocol: 'HTTPS' })).toEqual([
      'violation at Properties.ListenerAttributes: absent',
    ]);
  });

  test('cannot tell a parameter without default', () => {
    expect(hsts({ Ref: 'Value' }, { Parameters: { Value: { Type: 'String' } } })).toEqual([
      'unknown at Properties.ListenerAttributes.0.Value',
    ]);
  });
});

test('ListenerIsNotPassedThrough fails TCP, and passes TLS and QUIC', () => {
  const passed = (Protocol: string) => onListener('ListenerIsNotPassedThrough', { Protocol });
  expect(passed('TCP')).toEqual(['violation at Properties.Protocol: TCP']);
  expect(passed('TLS')).toEqual(['compliant']);
  expect(passed('QUIC')).toEqual(['compliant']);
});

describe('TargetGroupIsEncrypted', () => {
  const tls = {
    Listener: {
      Type: LISTENER,
      Properties: {
        Protocol: 'TLS',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
      },
    },
  };

  test('fails HTTP, also where no listener is at hand', () => {
    expect(onGroup('TargetGroupIsEncrypted', { Protocol: 'HTTP' })).toEqual([
      'violation at Properties.Protocol: HTTP',
    ]);
  });

  test('fails TCP behind a TLS listener, which is what a free-standing NetworkTargetGroup of the CDK is', () => {
    expect(onGroup('TargetGroupIsEncrypted', { Protocol: 'TCP' }, tls)).toEqual([
      'violation at Properties.Protocol: TCP',
    ]);
  });

  test('passes HTTPS, and TLS behind a TLS listener', () => {
    expect(onGroup('TargetGroupIsEncrypted', { Protocol: 'HTTPS' })).toEqual(['compliant']);
    expect(onGroup('TargetGroupIsEncrypted', { Protocol: 'TLS' }, tls)).toEqual(['compliant']);
  });

  test('cannot tell TCP without a listener, nor a hidden protocol', () => {
    expect(onGroup('TargetGroupIsEncrypted', { Protocol: 'TCP' })).toEqual([
      'unknown at Properties.Protocol',
    ]);
    expect(onGroup('TargetGroupIsEncrypted', { Protocol: { 'Fn::ImportValue': 'p' } })).toEqual([
      'unknown at Properties.Protocol',
    ]);
  });

  test('passes a group of a Lambda function, which has no protocol', () => {
    expect(onGroup('TargetGroupIsEncrypted', { TargetType: 'lambda' })).toEqual(['compliant']);
  });
});

test('an HTTPS target is silent: no load balancer verifies targets, and no property changes that', () => {
  const facts = factsOf(elbV2, {
    Group: { Type: GROUP, Properties: { Protocol: 'HTTPS', HealthCheckProtocol: 'HTTPS' } },
  });
  const found = ELBV2_PACK_ROWS.filter(({ rule: r }) =>
    verdictsOf(r, facts).some(({ verdict }) => verdict !== 'compliant'),
  );
  expect(found.map(({ rule: r }) => r.id)).toEqual([]);
  expect(hopsOf(facts, 'elbv2.target').map(({ serverAuthenticated }) => serverAuthenticated.value)).toEqual([
    false,
  ]);
});

test('HealthCheckIsEncrypted points at the absent HealthCheckProtocol of an HTTPS group', () => {
  expect(onGroup('HealthCheckIsEncrypted', { Protocol: 'HTTPS' })).toEqual([
    'violation at Properties.HealthCheckProtocol: absent',
  ]);
  expect(onGroup('HealthCheckIsEncrypted', { Protocol: 'HTTPS', HealthCheckProtocol: 'HTTPS' })).toEqual([
    'compliant',
  ]);
});

test('cannot tell the certificate of a listener that lists none', () => {
  const https = { Protocol: 'HTTPS', SslPolicy: RESTRICTED };
  for (const properties of [https, { ...https, Certificates: [] }]) {
    expect(onListener('ListenerCertificateIsManaged', properties)).toEqual([
      'unknown at Properties.Certificates',
    ]);
  }
});

describe('mutual TLS', () => {
  const VERIFIES = 'ListenerVerifiesClientCertificates';
  const REJECTS = 'ListenerRejectsExpiredClientCertificates';
  const HIDDEN: TemplateParts = { Parameters: { Hidden: { Type: 'String' } } };
  const withClients = (id: string, mutual: Json | undefined, parts?: TemplateParts, Protocol = 'HTTPS') =>
    onListener(id, { Protocol, ...(mutual === undefined ? {} : { MutualAuthentication: mutual }) }, parts);

  test('fails certificates that are handed on without being verified', () => {
    expect(withClients(VERIFIES, { Mode: 'passthrough' })).toEqual([
      'violation at Properties.MutualAuthentication.Mode: passthrough',
    ]);
  });

  test.each(['HTTPS', 'TLS'])('passes certificates that are verified, on a listener of %s', (protocol) => {
    expect(withClients(VERIFIES, { Mode: 'verify', TrustStoreArn: 'arn:x' }, {}, protocol)).toEqual([
      'compliant',
    ]);
  });

  test.each([undefined, {}, { Mode: 'off' }, { Ref: 'AWS::NoValue' }])(
    'says nothing where no certificate is asked for: %p',
    (mutual) => {
      expect(withClients(VERIFIES, mutual)).toEqual([]);
      expect(withClients(REJECTS, mutual)).toEqual([]);
    },
  );

  test('cannot tell a hidden mode, nor one that does not exist', () => {
    for (const mode of [{ Ref: 'Hidden' }, 'Verify', { odd: 'map' }]) {
      expect(withClients(VERIFIES, { Mode: mode }, HIDDEN)).toEqual([
        'unknown at Properties.MutualAuthentication.Mode',
      ]);
    }
  });

  test('says nothing about listeners that end no TLS', () => {
    expect(withClients(VERIFIES, { Mode: 'passthrough' }, {}, 'TCP')).toEqual([]);
    expect(withClients(REJECTS, { Mode: 'verify', IgnoreClientCertificateExpiry: true }, {}, 'TCP')).toEqual(
      [],
    );
  });

  test.each([true, 'true'])('fails certificates that count after their end: %p', (ignored) => {
    expect(withClients(REJECTS, { Mode: 'verify', IgnoreClientCertificateExpiry: ignored })).toEqual([
      `violation at Properties.MutualAuthentication.IgnoreClientCertificateExpiry: ${ignored}`,
    ]);
  });

  test('passes the default, which is to reject them', () => {
    expect(withClients(REJECTS, { Mode: 'verify' })).toEqual(['compliant']);
    expect(withClients(REJECTS, { Mode: 'verify', IgnoreClientCertificateExpiry: false })).toEqual([
      'compliant',
    ]);
  });

  test('says nothing where nothing is verified: one fault is one finding', () => {
    expect(withClients(REJECTS, { Mode: 'passthrough', IgnoreClientCertificateExpiry: true })).toEqual([]);
  });

  test('cannot tell what is hidden, or neither true nor false', () => {
    for (const ignored of [{ Ref: 'Hidden' }, 'yes', 1]) {
      const mutual = { Mode: 'verify', IgnoreClientCertificateExpiry: ignored };
      expect(withClients(REJECTS, mutual, HIDDEN)).toEqual([
        'unknown at Properties.MutualAuthentication.IgnoreClientCertificateExpiry',
      ]);
    }
  });

  test('looks at each environment by itself', () => {
    const parts: TemplateParts = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const mutual = {
      Mode: { 'Fn::If': ['IsProd', 'verify', 'off'] },
      IgnoreClientCertificateExpiry: { 'Fn::If': ['IsProd', false, true] },
    };
    expect(withClients(REJECTS, mutual, parts)).toEqual(['compliant']);
  });
});
