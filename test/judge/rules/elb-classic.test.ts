import { elbClassic } from '../../../lib/judge/hops/connectors/elb-classic';
import { ELB_CLASSIC_PACK_ROWS, ELB_CLASSIC_RULES } from '../../../lib/judge/rules/elb-classic';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { factsOf, type TemplateParts, verdictsOf, wordsOf } from '../support';

const TYPE = 'AWS::ElasticLoadBalancing::LoadBalancer';
const BEST = 'ELBSecurityPolicy-TLS-1-2-2017-01';

const rule = (id: string) => {
  const found = ELB_CLASSIC_RULES.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
};

const facts = (listener: JsonMap, properties: JsonMap = {}, more: JsonMap = {}, parts?: TemplateParts) => {
  const Listeners = [{ LoadBalancerPort: '443', InstancePort: '443', ...listener }];
  return factsOf(
    elbClassic,
    { Lb: { Type: TYPE, Properties: { Listeners, ...properties } }, ...more },
    parts,
  );
};

const judge = (id: string, ...args: Parameters<typeof facts>) => wordsOf(rule(id), facts(...args));

const policies = (Value: unknown) => ({
  Policies: [
    {
      PolicyName: 'Tls',
      PolicyType: 'SSLNegotiationPolicyType',
      Attributes: [{ Name: 'Reference-Security-Policy', Value }],
    },
  ],
});
const tls = (properties: JsonMap = {}): JsonMap => ({
  Protocol: 'HTTPS',
  PolicyNames: ['Tls'],
  ...properties,
});
const withoutDefault = { Parameters: { Value: { Type: 'String' } } };

test('the best Classic Load Balancer gets no error, and one warning that no policy can avoid', () => {
  const good = facts(
    tls({ InstanceProtocol: 'HTTPS', SSLCertificateId: { Ref: 'Cert' } }),
    {
      Policies: [
        ...policies(BEST).Policies,
        { PolicyName: 'Auth', PolicyType: 'BackendServerAuthenticationPolicyType', InstancePorts: ['443'] },
      ],
      HealthCheck: { Target: 'HTTPS:443/' },
    } as JsonMap,
    { Cert: { Type: 'AWS::CertificateManager::Certificate' } },
  );
  const found = ELB_CLASSIC_PACK_ROWS.filter((row) =>
    verdictsOf(row.rule, good).some(({ verdict }) => verdict !== 'compliant'),
  );
  expect(found.map(({ rule, level }) => `${rule.id} ${level}`)).toEqual([
    'ClassicListenerTlsPolicyIsForwardSecret warning',
  ]);
});

test('ClassicListenerIsEncrypted fails an HTTP listener, which cdk-nag passes', () => {
  expect(judge('ClassicListenerIsEncrypted', { Protocol: 'HTTP' })).toEqual([
    'violation at Properties.Listeners.0.Protocol: HTTP',
  ]);
  expect(judge('ClassicListenerIsEncrypted', { Protocol: 'SSL' })).toEqual(['compliant']);
});

test('ClassicListenerIsEncrypted fails a TCP listener in front of SSL instances, since clients speak in clear', () => {
  expect(judge('ClassicListenerIsEncrypted', { Protocol: 'TCP', InstanceProtocol: 'SSL' })).toEqual([
    'violation at Properties.Listeners.0.Protocol: TCP',
  ]);
});

test('ClassicListenerIsEncrypted cannot tell a parameter without default', () => {
  expect(judge('ClassicListenerIsEncrypted', { Protocol: { Ref: 'Value' } }, {}, {}, withoutDefault)).toEqual(
    ['unknown at Properties.Listeners.0.Protocol'],
  );
});

test('ClassicListenerIsEncrypted sees Fn::If in each of its worlds', () => {
  const parts = {
    Parameters: { Stage: { Type: 'String' } },
    Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
  };
  const listener = { Protocol: { 'Fn::If': ['Prod', 'HTTPS', 'HTTP'] } };
  expect([...judge('ClassicListenerIsEncrypted', listener, {}, {}, parts)].sort()).toEqual([
    'compliant',
    'violation at Properties.Listeners.0.Protocol: HTTP',
  ]);
});

test('ClassicListenerIsNotPassedThrough fails a TCP listener, which cdk-nag passes', () => {
  expect(judge('ClassicListenerIsNotPassedThrough', { Protocol: 'TCP' })).toEqual([
    'violation at Properties.Listeners.0.Protocol: TCP',
  ]);
  expect(judge('ClassicListenerIsNotPassedThrough', { Protocol: 'SSL' })).toEqual(['compliant']);
});

test('ClassicListenerTlsPolicyIsClassified fails an unheard-of name and cannot tell a hidden one', () => {
  const id = 'ClassicListenerTlsPolicyIsClassified';
  expect(judge(id, tls(), policies('Bogus') as JsonMap)).toEqual([
    'violation at Properties.Policies.0.Attributes.0.Value: Bogus',
  ]);
  expect(judge(id, tls(), policies({ Ref: 'Value' }) as JsonMap, {}, withoutDefault)).toEqual([
    'unknown at Properties.Policies.0.Attributes.0.Value',
  ]);
  expect(judge(id, tls(), policies(BEST) as JsonMap)).toEqual(['compliant']);
});

describe('ClassicListenerRequiresTls12', () => {
  const id = 'ClassicListenerRequiresTls12';

  test('fails a listener without a policy, since ELB then applies TLS 1.0', () => {
    expect(judge(id, { Protocol: 'HTTPS' })).toEqual([
      'violation at Properties.Listeners.0.PolicyNames: absent',
    ]);
  });

  test('passes TLS 1.2 and fails TLS 1.1', () => {
    expect(judge(id, tls(), policies(BEST) as JsonMap)).toEqual(['compliant']);
    expect(judge(id, tls(), policies('ELBSecurityPolicy-TLS-1-1-2017-01') as JsonMap)).toEqual([
      'violation at Properties.Policies.0.Attributes.0.Value: ELBSecurityPolicy-TLS-1-1-2017-01',
    ]);
  });

  test('judges a custom policy by its oldest protocol', () => {
    const custom = (...protocols: string[]) =>
      ({
        Policies: [
          {
            PolicyName: 'Tls',
            PolicyType: 'SSLNegotiationPolicyType',
            Attributes: protocols.map((name) => ({ Name: `Protocol-${name}`, Value: 'true' })),
          },
        ],
      }) as JsonMap;
    expect(judge(id, tls(), custom('TLSv1.2'))).toEqual(['compliant']);
    expect(judge(id, tls(), custom('TLSv1.2', 'SSLv3'))).toEqual([
      'violation at Properties.Policies.0.Attributes.1.Value: Protocol-SSLv3',
    ]);
  });
});

describe('ClassicListenerTlsPolicyIsForwardSecret', () => {
  const id = 'ClassicListenerTlsPolicyIsForwardSecret';
  const custom = (...attributes: readonly (readonly [name: string, value: Json])[]) =>
    ({
      Policies: [
        {
          PolicyName: 'Tls',
          PolicyType: 'SSLNegotiationPolicyType',
          Attributes: [['Protocol-TLSv1.2', 'true'] as const, ...attributes].map(([Name, Value]) => ({
            Name,
            Value,
          })),
        },
      ],
    }) as JsonMap;

  test('fails every policy of AWS', () => {
    expect(judge(id, tls(), policies(BEST) as JsonMap)).toEqual([
      `violation at Properties.Policies.0.Attributes.0.Value: ${BEST}`,
    ]);
  });

  test('passes cipher suites with ephemeral keys, and fails the one without that is on', () => {
    const ephemeral = ['ECDHE-RSA-AES128-GCM-SHA256', 'true'] as const;
    expect(judge(id, tls(), custom(ephemeral, ['Server-Defined-Cipher-Order', 'true']))).toEqual([
      'compliant',
    ]);
    expect(judge(id, tls(), custom(ephemeral, ['AES128-SHA', 'false']))).toEqual(['compliant']);
    expect(judge(id, tls(), custom(ephemeral, ['AES128-SHA', 'true']))).toEqual([
      'violation at Properties.Policies.0.Attributes.2.Value: AES128-SHA',
    ]);
  });

  test('cannot tell where no suite is listed, or one is hidden', () => {
    expect(judge(id, tls(), custom())).toEqual(['unknown at Properties.Policies.0.Attributes']);
    expect(judge(id, tls(), custom(['AES128-SHA', { Ref: 'Value' }]), {}, withoutDefault)).toEqual([
      'unknown at Properties.Policies.0.Attributes.1.Value',
    ]);
  });
});

describe('ClassicListenerCertificateIsManaged', () => {
  const id = 'ClassicListenerCertificateIsManaged';

  test('passes a Ref to a certificate of the template, on which cdk-nag throws', () => {
    const more = { Cert: { Type: 'AWS::CertificateManager::Certificate' } };
    expect(judge(id, tls({ SSLCertificateId: { Ref: 'Cert' } }), {}, more)).toEqual(['compliant']);
  });

  test('fails a server certificate of IAM', () => {
    const arn = 'arn:aws:iam::1:server-certificate/x';
    expect(judge(id, tls({ SSLCertificateId: arn }))).toEqual([
      `violation at Properties.Listeners.0.SSLCertificateId: ${arn}`,
    ]);
  });

  test('cannot tell a parameter without default', () => {
    expect(judge(id, tls({ SSLCertificateId: { Ref: 'Value' } }), {}, {}, withoutDefault)).toEqual([
      'unknown at Properties.Listeners.0.SSLCertificateId',
    ]);
  });
});

test('ClassicBackendIsEncrypted fails an HTTPS listener without InstanceProtocol, which is HTTP then', () => {
  expect(judge('ClassicBackendIsEncrypted', { Protocol: 'HTTPS' })).toEqual([
    'violation at Properties.Listeners.0.InstanceProtocol: absent',
  ]);
  expect(judge('ClassicBackendIsEncrypted', { Protocol: 'HTTPS', InstanceProtocol: 'HTTPS' })).toEqual([
    'compliant',
  ]);
});

test('ClassicBackendIsAuthenticated fails encryption to whoever answers', () => {
  expect(judge('ClassicBackendIsAuthenticated', { Protocol: 'HTTPS', InstanceProtocol: 'HTTPS' })).toEqual([
    'violation at Properties.Policies: absent',
  ]);
  expect(judge('ClassicBackendIsAuthenticated', { Protocol: 'HTTPS' })).toEqual([]);
});

test('ClassicHealthCheckIsEncrypted fails HTTP checks and passes HTTPS ones', () => {
  const check = (Target: string) =>
    judge('ClassicHealthCheckIsEncrypted', tls(), { HealthCheck: { Target } });
  expect(check('HTTP:80/')).toEqual(['violation at Properties.HealthCheck.Target: HTTP:80/']);
  expect(check('HTTPS:443/')).toEqual(['compliant']);
  expect(check('TCP:443')).toEqual([]);
});

test('cannot tell the certificate of a listener that names none', () => {
  expect(judge('ClassicListenerCertificateIsManaged', tls())).toEqual([
    'unknown at Properties.Listeners.0.SSLCertificateId',
  ]);
});
