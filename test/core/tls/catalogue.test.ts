import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SecurityPolicy as RestSecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { SecurityPolicy as HttpSecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { OriginSslPolicy, SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront';
import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { TLSSecurityPolicy as ElasticsearchPolicy } from 'aws-cdk-lib/aws-elasticsearch';
import { TLSSecurityPolicy as OpenSearchPolicy } from 'aws-cdk-lib/aws-opensearchservice';
import {
  ALL_TLS_POLICIES,
  backEndTlsPolicyNameOf,
  defaultTlsPolicyOf,
  isAtLeast,
  lookUpTlsPolicy,
  TLS_POLICY_SERVICES,
  TLS_SERVICES,
  type TlsPolicy,
  type TlsPolicyService,
  tlsPoliciesOf,
} from '../../../lib/core/tls';

function known(service: TlsPolicyService, name: string): TlsPolicy {
  const found = lookUpTlsPolicy(service, name);
  if (!found.known) throw new Error(`${name} is not classified for ${service}`);
  return found.policy;
}

const acceptedBySecurityHub = (service: TlsPolicyService) =>
  tlsPoliciesOf(service)
    .filter((policy) => policy.securityHub)
    .map((policy) => policy.name)
    .sort();

describe('names of the installed aws-cdk-lib', () => {
  test.each([
    ['SslPolicy', 'elbv2', SslPolicy],
    ['SecurityPolicyProtocol', 'cloudfront-viewer', SecurityPolicyProtocol],
    ['OriginSslPolicy', 'cloudfront-origin', OriginSslPolicy],
    ['SecurityPolicy of REST APIs', 'apigateway', RestSecurityPolicy],
    ['SecurityPolicy of HTTP APIs', 'apigatewayv2', HttpSecurityPolicy],
    ['TLSSecurityPolicy of OpenSearch', 'opensearch', OpenSearchPolicy],
    ['TLSSecurityPolicy of Elasticsearch', 'opensearch', ElasticsearchPolicy],
  ] as const)('classifies every member of %s', (_enum, service, members) => {
    const names: string[] = Object.values(members);
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => !lookUpTlsPolicy(service, name).known)).toEqual([]);
  });

  test('classifies every name that the CloudFormation docs of OpenSearch mention', () => {
    const root = dirname(require.resolve('aws-cdk-lib/package.json'));
    const declarations = readFileSync(
      join(root, 'aws-opensearchservice/lib/opensearchservice.generated.d.ts'),
      'utf8',
    );
    const names = new Set(declarations.match(/Policy-Min-TLS-[\w-]+/g));
    expect(names.size).toBe(3);
    expect([...names].filter((name) => !lookUpTlsPolicy('opensearch', name).known)).toEqual([]);
  });

  test('has the seven RFC 9151 names that SslPolicy lacks', () => {
    const members: string[] = Object.values(SslPolicy);
    const missing = tlsPoliciesOf('elbv2').filter((policy) => !members.includes(policy.name));
    expect(missing.filter((policy) => policy.name.includes('-RFC9151-'))).toHaveLength(7);
  });
});

describe('lists of Security Hub', () => {
  test('accepts for ELB.17 exactly the eight policies of the control', () => {
    expect(acceptedBySecurityHub('elbv2')).toEqual([
      'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04',
      'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09',
      'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      'ELBSecurityPolicy-TLS13-1-3-2021-06',
      'ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04',
      'ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09',
      'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09',
    ]);
  });

  test.each([
    ['elb-classic', 'ELB.8', ['ELBSecurityPolicy-TLS-1-2-2017-01']],
    ['cloudfront-viewer', 'CloudFront.15', ['TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025']],
    ['cloudfront-origin', 'CloudFront.10', ['TLSv1', 'TLSv1.1', 'TLSv1.2']],
    [
      'apigateway',
      'APIGateway.11',
      [
        'SecurityPolicy_TLS12_PFS_2025_EDGE',
        'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
        'SecurityPolicy_TLS13_1_3_2025_09',
        'SecurityPolicy_TLS13_1_3_FIPS_2025_09',
        'SecurityPolicy_TLS13_2025_EDGE',
      ],
    ],
    ['opensearch', 'Opensearch.8', ['Policy-Min-TLS-1-2-PFS-2023-10']],
  ] as const)('accepts for %s exactly the list of %s', (service, control, names) => {
    expect(acceptedBySecurityHub(service)).toEqual(names);
    expect(tlsPoliciesOf(service).map((policy) => policy.securityHubControl)).toEqual(
      tlsPoliciesOf(service).map(() => control),
    );
  });

  test('judges nothing where no control reads the name', () => {
    const unjudged = TLS_POLICY_SERVICES.filter((id) => TLS_SERVICES[id].securityHubControl === undefined);
    expect(unjudged).toContain('transfer');
    for (const id of unjudged)
      for (const policy of tlsPoliciesOf(id)) expect(policy.securityHub).toBeUndefined();
  });
});

describe('known answers', () => {
  // Suites from the AWS docs and the policy snapshots of aws/s2n-tls, read by hand.
  test.each([
    ['elbv2', 'ELBSecurityPolicy-TLS13-1-0-2021-06', 'TLSv1.0', false, true],
    ['elbv2', 'ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09', 'TLSv1.0', false, true],
    ['elbv2', 'ELBSecurityPolicy-TLS13-1-1-2021-06', 'TLSv1.1', false, true],
    ['elbv2', 'ELBSecurityPolicy-TLS13-1-2-2021-06', 'TLSv1.2', true, true],
    ['elbv2', 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06', 'TLSv1.2', true, false],
    ['elbv2', 'ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04', 'TLSv1.2', true, true],
    ['elbv2', 'ELBSecurityPolicy-TLS13-1-2-Ext1-PQ-2025-09', 'TLSv1.2', false, true],
    ['elbv2', 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07', 'TLSv1.2', false, true],
    ['elbv2', 'ELBSecurityPolicy-FS-1-2-Res-2020-10', 'TLSv1.2', true, false],
    ['elbv2', 'ELBSecurityPolicy-FS-2018-06', 'TLSv1.0', true, true],
    ['elb-classic', 'ELBSecurityPolicy-2014-01', 'SSLv3', false, true],
    ['elb-classic', 'ELBSecurityPolicy-2014-10', 'TLSv1.0', false, true],
    ['cloudfront-viewer', 'TLSv1.1_2016', 'TLSv1.1', false, true],
    ['cloudfront-viewer', 'TLSv1.2_2018', 'TLSv1.2', false, true],
    ['cloudfront-viewer', 'TLSv1.2_2019', 'TLSv1.2', true, true],
    ['cloudfront-viewer', 'TLSv1.2_2021', 'TLSv1.2', true, false],
    ['cloudfront-origin', 'TLSv1.2', 'TLSv1.2', false, true],
    ['apigateway', 'TLS_1_2', 'TLSv1.2', false, true],
    ['apigateway', 'SecurityPolicy_TLS13_1_2_PQ_2025_09', 'TLSv1.2', false, true],
    ['apigateway', 'SecurityPolicy_TLS12_2018_EDGE', 'TLSv1.2', true, true],
    ['iot', 'IoTSecurityPolicy_TLS13_1_2_2022_10', 'TLSv1.2', false, true],
    ['iot', 'IoTSecurityPolicy_TLS12_1_0_2015_01', 'TLSv1.2', false, true],
    ['transfer', 'TransferSecurityPolicy-2018-11', 'TLSv1.2', false, true],
    ['transfer', 'TransferSecurityPolicy-2024-01', 'TLSv1.2', true, true],
  ] as const)('%s %s: from %s, forward-secret %s, CBC %s', (service, name, oldest, forwardSecret, cbc) => {
    expect(known(service, name)).toMatchObject({ oldest, forwardSecret, cbc });
  });

  test('knows that SslPolicy.RECOMMENDED accepts TLS 1.0 and SslPolicy.RECOMMENDED_TLS fails ELB.17', () => {
    expect(known('elbv2', SslPolicy.RECOMMENDED).oldest).toBe('TLSv1.0');
    expect(known('elbv2', SslPolicy.RECOMMENDED_TLS).securityHub).toBe(false);
  });

  test('calls the strict RFC 9151 policies CNSA, and not those for a transition', () => {
    const cnsa = tlsPoliciesOf('elbv2').filter((policy) => policy.cnsa);
    expect(cnsa.map((policy) => policy.name)).toEqual([
      'ELBSecurityPolicy-TLS13-1-3-RFC9151-FIPS-2023-07',
      'ELBSecurityPolicy-TLS13-1-2-RFC9151-FIPS-2023-07',
      'ELBSecurityPolicy-TLS13-1-2-Ext0-RFC9151-FIPS-2023-07',
    ]);
  });

  test('keeps the post-quantum key exchange of Transfer Family apart from TLS', () => {
    const policy = known('transfer', 'TransferSecurityPolicy-2025-03');
    expect(policy).toMatchObject({ postQuantum: false, ssh: { postQuantum: true, sha1: false } });
    expect(known('transfer-connector', 'TransferSFTPConnectorSecurityPolicy-2023-07').ssh?.sha1).toBe(true);
  });
});

describe('names against properties', () => {
  const elbv2 = tlsPoliciesOf('elbv2');

  test('takes the floor of a TLS13 load balancer policy from the digits after it', () => {
    const versioned = elbv2.flatMap((policy) => {
      const digits = /-TLS13-1-(\d)-/.exec(policy.name)?.[1];
      return digits === undefined ? [] : [{ policy, floor: `TLSv1.${digits}` }];
    });
    expect(versioned.length).toBeGreaterThan(30);
    for (const { policy, floor } of versioned)
      expect([policy.name, policy.oldest]).toEqual([policy.name, floor]);
  });

  test.each([
    ['postQuantum', /-PQ-/],
    ['fips', /-FIPS-/],
  ] as const)('has %s for the load balancer policies that say so, and no other', (property, word) => {
    const having = elbv2.filter((policy) => policy[property]).map((policy) => policy.name);
    expect(having).toEqual(elbv2.map((policy) => policy.name).filter((name) => word.test(name)));
  });

  test('claims nothing that TLS cannot do', () => {
    for (const policy of ALL_TLS_POLICIES) {
      if (policy.oldest === 'TLSv1.3') expect(policy).toMatchObject({ forwardSecret: true, cbc: false });
      if (policy.postQuantum) expect([policy.name, policy.newest]).toEqual([policy.name, 'TLSv1.3']);
      if (policy.oldest !== 'SSH-2.0' && policy.newest !== 'SSH-2.0')
        expect([policy.name, isAtLeast(policy.newest, policy.oldest)]).toEqual([policy.name, true]);
      if (!isAtLeast(policy.oldest, 'TLSv1.2'))
        expect([policy.name, policy.cbc]).toEqual([policy.name, true]);
    }
  });
});

describe('look-up', () => {
  test.each([
    ['elbv2', 'ELBSecurityPolicy-TLS13-1-2-CNSA2-INTEROP2-FIPS-PQ-2026-07'],
    ['elbv2', 'elbsecuritypolicy-tls13-1-3-2021-06'],
    ['elbv2', 'ELBSecurityPolicy-TLS13-1-3-2021-06 '],
    ['elbv2', ''],
    ['elb-classic', 'ELBSecurityPolicy-TLS13-1-3-2021-06'],
    ['cloudfront-viewer', 'TLSv1.2'],
    ['apigateway', '__proto__'],
  ] as const)('does not know %s %j', (service, name) => {
    expect(lookUpTlsPolicy(service, name)).toEqual({ known: false, service, name });
  });

  test('keeps the same name of two services apart', () => {
    expect(known('cloudfront-viewer', 'SSLv3').newest).toBe('TLSv1.3');
    expect(known('cloudfront-origin', 'SSLv3').newest).toBe('SSLv3');
  });

  test('finds a policy that was added, and lets the catalogue go first', () => {
    const weak = known('elbv2', 'ELBSecurityPolicy-2016-08');
    const added: TlsPolicy = { ...weak, name: 'ELBSecurityPolicy-New', origin: 'configuration' };
    const disguised: TlsPolicy = { ...weak, oldest: 'TLSv1.3', origin: 'configuration' };
    expect(lookUpTlsPolicy('elbv2', added.name, [added])).toEqual({ known: true, policy: added });
    expect(lookUpTlsPolicy('elb-classic', added.name, [added]).known).toBe(false);
    expect(lookUpTlsPolicy('elbv2', weak.name, [disguised])).toEqual({ known: true, policy: weak });
  });
});

describe('defaults', () => {
  test.each([
    ['elbv2', 'ELBSecurityPolicy-2016-08', 'TLSv1.0'],
    ['elbv2-backend', 'ELBSecurityPolicy-2016-08', 'TLSv1.0'],
    ['elb-classic', 'ELBSecurityPolicy-2016-08', 'TLSv1.0'],
    ['cloudfront-viewer', 'TLSv1', 'TLSv1.0'],
    ['cloudfront-origin', 'SSLv3', 'SSLv3'],
    ['apigateway', 'TLS_1_0', 'TLSv1.0'],
    ['apigatewayv2', 'TLS_1_2', 'TLSv1.2'],
    ['opensearch', 'Policy-Min-TLS-1-0-2019-07', 'TLSv1.0'],
    ['transfer', 'TransferSecurityPolicy-2018-11', 'TLSv1.2'],
    ['transfer-connector', 'TransferSFTPConnectorSecurityPolicy-2024-03', 'SSH-2.0'],
    ['iot', 'IoTSecurityPolicy_TLS13_1_2_2022_10', 'TLSv1.2'],
    ['lightsail', 'TLS-2016-08', 'TLSv1.0'],
  ] as const)('of %s is %s, from %s', (service, name, oldest) => {
    expect(defaultTlsPolicyOf(service)).toMatchObject({ name, oldest });
  });

  test('of cognito is not claimed, as AWS does not say', () => {
    expect(defaultTlsPolicyOf('cognito')).toBeUndefined();
  });

  test('differs for private APIs and in GovCloud, where the service says so', () => {
    expect(defaultTlsPolicyOf('apigateway', 'private-api')?.name).toBe('TLS_1_2');
    expect(defaultTlsPolicyOf('iot', 'aws-us-gov')?.name).toBe('IoTSecurityPolicy_TLS13_1_2_2022_01');
    expect(defaultTlsPolicyOf('elbv2', 'aws-us-gov')?.name).toBe('ELBSecurityPolicy-2016-08');
  });

  test.each([
    [undefined, 'ELBSecurityPolicy-2016-08'],
    ['ELBSecurityPolicy-2016-08', 'ELBSecurityPolicy-2016-08'],
    ['ELBSecurityPolicy-FS-1-2-Res-2020-10', 'ELBSecurityPolicy-2016-08'],
    ['ELBSecurityPolicy-TLS13-1-3-PQ-2025-09', 'ELBSecurityPolicy-TLS13-1-0-2021-06'],
    ['ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04', 'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04'],
    [
      'ELBSecurityPolicy-TLS13-1-3-RFC9151-FIPS-2023-07',
      'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07',
    ],
  ])('towards targets behind a listener with %s is %s', (listener, expected) => {
    const name = backEndTlsPolicyNameOf(listener === undefined ? undefined : known('elbv2', listener));
    expect(name).toBe(expected);
    expect(known('elbv2-backend', name).side).toBe('back-end');
  });
});

describe('the catalogue itself', () => {
  test('covers every service, and each name once', () => {
    for (const service of TLS_POLICY_SERVICES) expect(tlsPoliciesOf(service).length).toBeGreaterThan(0);
    const keys = ALL_TLS_POLICIES.map(({ service, name }) => `${service} ${name}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBe(TLS_POLICY_SERVICES.flatMap(tlsPoliciesOf).length);
  });

  test('has at most one default per service and case', () => {
    for (const service of TLS_POLICY_SERVICES) {
      const policies = tlsPoliciesOf(service);
      expect(policies.filter((policy) => policy.isServiceDefault).length).toBeLessThan(2);
      const cases = policies.flatMap((policy) => policy.defaultFor ?? []);
      expect(new Set(cases).size).toBe(cases.length);
    }
  });

  test('says of every policy where it was read, and when', () => {
    for (const policy of ALL_TLS_POLICIES) {
      expect(policy.source.length).toBeGreaterThan(10);
      expect(policy.reviewed).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(policy.partitions.length).toBeGreaterThan(0);
      expect(policy.origin).toBe('catalogue');
      expect(policy.side).toBe(TLS_SERVICES[policy.service].side);
    }
  });
});
