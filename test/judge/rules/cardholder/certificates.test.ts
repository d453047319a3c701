import type { TlsPolicy } from '../../../../lib/core/tls';
import { judge } from '../../../../lib/judge/judge';
import type { JsonMap } from '../../../../lib/judge/template';
import { appOf } from '../../support';
import { HIDDEN, IF, rowNamed, saysOf } from './support';

const NOW = new Date('2026-11-22T12:00:00Z');
const ARN = 'arn:aws:acm:eu-west-1:111122223333:certificate/1';
const ENTRY = {
  owner: 'platform',
  issuer: 'Example CA',
  keyAlgorithm: 'RSA_2048',
  expires: '2027-03-31',
  purpose: 'the shop',
};

const listener = (CertificateArn: JsonMap | string, Metadata: JsonMap = {}, more: JsonMap = {}): JsonMap => ({
  It: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Metadata,
    Properties: {
      Protocol: 'HTTPS',
      Port: 443,
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      Certificates: [{ CertificateArn }],
      LoadBalancerArn: { Ref: 'Lb' },
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
      ...more,
    },
  },
  Lb: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Scheme: 'internet-facing', Type: 'application' },
  },
});
const section = (entry: JsonMap | string) => ({ SecureTransmissionCertificate: entry });

describe('CertificateIsInventoried', () => {
  const says = (resources: JsonMap, now: Date | undefined = NOW) =>
    saysOf('CertificateIsInventoried', resources, now === undefined ? {} : { now });
  const META = 'It.Metadata.SecureTransmissionCertificate';

  test('passes certificates of the app, and others that are described', () => {
    const Certificate = {
      Type: 'AWS::CertificateManager::Certificate',
      Properties: { DomainName: 'shop.example' },
    };
    expect(says({ ...listener({ Ref: 'Certificate' }), Certificate })).toEqual([]);
    expect(says(listener(ARN, section(ENTRY)))).toEqual([]);
    expect(says(listener(HIDDEN, section(ENTRY)))).toEqual([]);
  });

  test('fails one that nobody describes, or describes badly, and one that is over', () => {
    expect(says(listener(ARN))).toEqual([
      `warning violation It.Properties.Certificates.0.CertificateArn: ${ARN}`,
    ]);
    expect(says(listener(ARN, section({ ...ENTRY, owner: '' })))).toEqual([
      `warning violation ${META}: an entry`,
    ]);
    expect(says(listener(ARN, section('mine')))).toEqual([`warning violation ${META}: an entry`]);
    expect(says(listener(ARN, section({ ...ENTRY, expires: '2026-11-21' })))).toEqual([
      `warning violation ${META}: 2026-11-21`,
    ]);
    const today = listener(ARN, section({ ...ENTRY, expires: '2026-11-22' }));
    expect(says(today)).toEqual([]);
    expect(says(today, new Date('2026-11-22T23:59:59.999Z'))).toEqual([]);
    expect(says(today, new Date('2026-11-23T00:00:00Z'))).toHaveLength(1);
  });

  test('cannot tell a parameter, nor the end without a clock', () => {
    expect(says(listener(HIDDEN))).toEqual(['info unknown It.Properties.Certificates.0.CertificateArn']);
    expect(saysOf('CertificateIsInventoried', listener(ARN, section(ENTRY)))).toEqual([
      `info unknown ${META}`,
    ]);
  });

  test('asks nothing where nothing is encrypted, nor of certificates in IAM, which another rule tells', () => {
    expect(says(listener(ARN, {}, { Protocol: 'HTTP', Port: 80 }))).toEqual([]);
    expect(says(listener('arn:aws:iam::111122223333:server-certificate/shop'))).toEqual([]);
  });

  test('says in which case', () => {
    const Certificate = {
      Type: 'AWS::CertificateManager::Certificate',
      Properties: { DomainName: 'shop.example' },
    };
    expect(says({ ...listener(IF({ Ref: 'Certificate' }, ARN)), Certificate })).toEqual([
      `warning violation It.Properties.Certificates.0.CertificateArn: ${ARN} (Stack.Stage = (any other value))`,
    ]);
  });
});

describe('CipherSuitesAreReviewedYearly', () => {
  const policy = {
    service: 'elbv2',
    name: 'Own-TLS13',
    side: 'viewer',
    oldest: 'TLSv1.3',
    newest: 'TLSv1.3',
    forwardSecret: true,
    cbc: false,
    postQuantum: false,
    fips: false,
    cnsa: false,
    securityHub: undefined,
    securityHubControl: undefined,
    partitions: ['aws'],
    isServiceDefault: false,
    source: 'https://docs.example',
    origin: 'configuration',
  } as const;
  const says = (reviewed: string, now: Date | undefined) => {
    const app = appOf(listener(ARN, {}, { SslPolicy: 'Own-TLS13' }));
    const tlsPolicies: readonly TlsPolicy[] = [{ ...policy, reviewed }];
    const options = now === undefined ? { tlsPolicies } : { tlsPolicies, now };
    return judge(
      app,
      { name: 'Pack', rules: [rowNamed('CipherSuitesAreReviewedYearly')] },
      options,
    ).findings.map(({ level, verdict, path, detail }) => `${level} ${verdict} ${path}: ${detail}`);
  };

  test('passes a TLS policy that somebody looked at within a year', () => {
    expect(says('2026-11-22', NOW)).toEqual([]);
    expect(says('2025-11-23', NOW)).toEqual([]);
    expect(says('2025-11-22', new Date('2026-11-22T00:00:00Z'))).toEqual([]);
    expect(says('2025-11-22', new Date('2026-11-22T00:00:00.001Z'))).toHaveLength(1);
  });

  test('fails one that nobody looked at since', () => {
    expect(says('2025-11-21', NOW)).toEqual([
      'warning violation Properties.SslPolicy: Own-TLS13 was reviewed on 2025-11-21',
    ]);
  });

  test('cannot tell without a clock, and asks nothing of names that nobody knows', () => {
    expect(says('2026-11-22', undefined)).toEqual([
      'info unknown Properties.SslPolicy: nobody said what time it is, and it was reviewed on 2026-11-22',
    ]);
    expect(
      saysOf('CipherSuitesAreReviewedYearly', listener(ARN, {}, { SslPolicy: 'Nonsense' }), { now: NOW }),
    ).toEqual([]);
  });
});

describe('CertificateExpiryIsWatched', () => {
  const It = { Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'shop.example' } };
  const says = (others: JsonMap) => saysOf('CertificateExpiryIsWatched', { It, ...others });
  const rule = (EventPattern: JsonMap, more: JsonMap = {}) => ({
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern, Targets: [{ Id: 'a', Arn: 'arn' }], ...more },
    },
  });
  const alarm = (MetricName: string) => ({
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        MetricName,
        Namespace: 'AWS/CertificateManager',
        Dimensions: [{ Name: 'CertificateArn', Value: { Ref: 'It' } }],
      },
    },
  });
  const SOON = { source: ['aws.acm'], 'detail-type': ['ACM Certificate Approaching Expiration'] };

  test.each<[string, JsonMap]>([
    ['an alarm of its own', alarm('DaysToExpiry')],
    ['a rule for all', rule(SOON)],
    ['a rule for this one', rule({ ...SOON, resources: [{ Ref: 'It' }] })],
    [
      'AWS Health',
      rule({ source: ['aws.health'], 'detail-type': ['AWS Health Event'], detail: { service: ['ACM'] } }),
    ],
  ])('passes a certificate that is watched by %s', (_, others) => {
    expect(says(others)).toEqual([]);
  });

  test.each<[string, JsonMap]>([
    ['nothing', {}],
    ['an alarm on something else', alarm('Other')],
    [
      'a rule for another',
      { ...rule({ ...SOON, resources: [{ Ref: 'Other' }] }), Other: { Type: 'AWS::SNS::Topic' } },
    ],
    ['a rule that is off', rule(SOON, { State: 'DISABLED' })],
    [
      'AWS Health of another service',
      rule({ source: ['aws.health'], 'detail-type': ['AWS Health Event'], detail: { service: ['EC2'] } }),
    ],
  ])('fails a certificate that is watched by %s', (_, others) => {
    expect(says(others)).toEqual(['info violation It.Properties: nobody who is told of its end']);
  });

  test('cannot tell a hidden rule', () => {
    expect(says(rule(HIDDEN))).toEqual(['info unknown It.Properties']);
  });
});
