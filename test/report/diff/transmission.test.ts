import { judge } from '../../../lib/judge/judge';
import { TRANSMISSION_PACK } from '../../../lib/judge/packs/transmission';
import { App, type JsonMap } from '../../../lib/judge/template';
import { successorsOf } from '../../../lib/report/diff/renames';
import { weakenedTransmission } from '../../../lib/report/diff/transmission';

type Resources = Readonly<Record<string, JsonMap>>;

function weakened(base: Resources, head: Resources, isAccepted = false): readonly string[] {
  const [before, after] = [base, head].map((Resources) => new App([{ name: 'Shop', json: { Resources } }]));
  if (before === undefined || after === undefined) return [];
  const [old, now] = [before, after].map((app) => judge(app, TRANSMISSION_PACK).facts);
  return weakenedTransmission(old ?? [], now ?? [], {
    successors: successorsOf(before, after),
    tlsPolicies: [],
    isAccepted: () => isAccepted,
    folder: '/',
  }).map(
    ({ level, aspect, before: was, after: is, logicalId }) =>
      `${level} ${aspect} of ${logicalId}: ${was} -> ${is}`,
  );
}

const balancer = (scheme: string): JsonMap => ({
  Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  Properties: { Scheme: scheme, Subnets: ['subnet-0a', 'subnet-0b'] },
});

const listener = (properties: JsonMap): JsonMap => ({
  Type: 'AWS::ElasticLoadBalancingV2::Listener',
  Properties: {
    LoadBalancerArn: { Ref: 'Balancer' },
    Port: 443,
    Protocol: 'HTTPS',
    SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: 'any' }],
    ...properties,
  },
});

const shop = (properties: JsonMap = {}, scheme = 'internal'): Resources => ({
  Balancer: balancer(scheme),
  Web: listener(properties),
});

const attribute = (value: string) => ({
  ListenerAttributes: [{ Key: 'routing.http.response.strict_transport_security.header_value', Value: value }],
});

const bucket = (condition: JsonMap | undefined): Resources => ({
  Bucket: { Type: 'AWS::S3::Bucket' },
  ...(condition === undefined
    ? {}
    : {
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'Bucket' },
            PolicyDocument: {
              Statement: [
                {
                  Effect: 'Deny',
                  Principal: '*',
                  Action: 's3:*',
                  Resource: [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, { 'Fn::Sub': `\${Bucket.Arn}/*` }],
                  Condition: condition,
                },
              ],
            },
          },
        },
      }),
});

const database = (properties: JsonMap): Resources => ({
  Db: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: 'postgres', DBInstanceClass: 'db.t4g.small', ...properties },
  },
});

const PLAIN = { Protocol: 'HTTP', Port: 443 };

test.each<[string, Resources, Resources, readonly string[]]>([
  ['a hop turned plaintext', shop(), shop(PLAIN), ['error protocol of Web: TLS -> plaintext']],
  [
    'a TLS floor lowered',
    shop(),
    shop({ SslPolicy: 'ELBSecurityPolicy-TLS13-1-0-2021-06' }),
    [
      'error TLS version of Web: TLSv1.2 or newer -> TLSv1.0 or newer',
      'warning forward secrecy of Web: always -> not always',
      'info key agreement of Web: post-quantum hybrid -> classical',
    ],
  ],
  [
    'clients that need no certificate any more',
    shop({ MutualAuthentication: { Mode: 'verify', TrustStoreArn: 'arn' } }),
    shop(),
    ['warning client authentication of Web: mutual TLS -> none'],
  ],
  [
    'HSTS that is gone',
    shop(attribute('max-age=31536000'), 'internet-facing'),
    shop({}, 'internet-facing'),
    ['warning HSTS of Web: for 365 days -> none'],
  ],
  [
    'HSTS for a shorter time',
    shop(attribute('max-age=31536000'), 'internet-facing'),
    shop(attribute('max-age=86400'), 'internet-facing'),
    ['info HSTS of Web: for 365 days -> for 1 day'],
  ],
  [
    'plaintext that the internet can ask for now',
    shop(PLAIN),
    shop(PLAIN, 'internet-facing'),
    ['error exposure of Web: clients in the VPC -> the internet'],
  ],
  [
    'a bucket that refused plaintext',
    bucket({ Bool: { 'aws:SecureTransport': 'false' } }),
    bucket(undefined),
    ['error protocol of Bucket: TLS -> TLS or plaintext'],
  ],
  [
    'a store that was encrypted',
    database({ StorageEncrypted: true, KmsKeyId: 'arn' }),
    database({ StorageEncrypted: false }),
    ['error encryption at rest of Db: a customer managed key -> none'],
  ],
  [
    'a key of AWS in the place of one of the customer',
    database({ StorageEncrypted: true, KmsKeyId: 'arn' }),
    database({ StorageEncrypted: true }),
    ['warning encryption at rest of Db: a customer managed key -> a key that AWS manages'],
  ],
])('%s is weaker, and the other way round is not', (_, base, head, expected) => {
  expect(weakened(base, head).filter((line) => !line.includes('retention'))).toEqual(expected);
  expect(weakened(head, base)).toEqual([]);
});

test('what an exemption of before covers is a warning at most', () => {
  expect(weakened(shop(), shop(PLAIN), true)).toEqual(['warning protocol of Web: TLS -> plaintext']);
});

test('what is in one of both only is not compared', () => {
  expect(weakened({}, shop(PLAIN))).toEqual([]);
  expect(weakened(shop(), {})).toEqual([]);
});

test('of several listeners each is compared with itself', () => {
  const two = (first: JsonMap, second: JsonMap): Resources => ({
    Balancer: balancer('internal'),
    A: listener(first),
    B: listener({ Port: 8443, ...second }),
  });
  const tls12 = { SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' };
  const tls13 = { SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' };
  expect(weakened(two(tls12, tls13), two(tls12, tls13))).toEqual([]);
  expect(weakened(two(tls12, tls13), two(tls13, tls12))).toEqual([
    'warning TLS version of B: TLSv1.3 or newer -> TLSv1.2 or newer',
  ]);
});
