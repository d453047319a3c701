import { CfnParameter, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { TlsCache, type TlsCacheProps } from '../../../lib/constructs/data-store';
import { elastiCache } from '../../../lib/judge/hops/connectors/elasticache';
import { findingsOf, nagErrorsOf } from '../judged';
import { FLAGS, rendered, resourcesOf, stackIn } from '../support';
import { factsIn } from './facts';
import { networkWith } from './network';

const CACHE = 'AWS::ElastiCache::ServerlessCache';
const KEY = 'SessionsKey46625E21';
const NAME = 'stack-sessions';

function define(props: Partial<TlsCacheProps> = {}, flags: Record<string, unknown> = FLAGS) {
  const stack = stackIn('eu-west-1', flags);
  const cache = new TlsCache(stack, 'Sessions', { vpc: networkWith(stack, 'isolated'), ...props });
  return { stack, cache, user: cache.addUser('Shop') };
}

const roleIn = (stack: ReturnType<typeof stackIn>) =>
  new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('TlsCache %s', (_, flags) => {
  test('is serverless, which has no port in clear, in subnets of the network, with a key of its own', () => {
    const { stack } = define({}, flags);
    const [group] = Object.keys(resourcesOf(stack, 'AWS::EC2::SecurityGroup'));
    const [users] = Object.keys(resourcesOf(stack, 'AWS::ElastiCache::UserGroup'));
    expect(Object.values(resourcesOf(stack, CACHE))).toEqual([
      {
        Type: CACHE,
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          ServerlessCacheName: expect.stringMatching(`^${NAME}-`),
          Engine: 'valkey',
          MajorEngineVersion: '8',
          ConnectionType: 'vpc',
          SubnetIds: ['subnet-1', 'subnet-2'],
          SecurityGroupIds: [{ 'Fn::GetAtt': [group, 'GroupId'] }],
          KmsKeyId: { 'Fn::GetAtt': [KEY, 'Arn'] },
          UserGroupId: { Ref: users },
        },
      },
    ]);
    rendered(stack).hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      Properties: { EnableKeyRotation: true, RotationPeriodInDays: 365 },
    });
  });

  test('only users of IAM may log in, none of whom has a password', () => {
    const { stack } = define({}, flags);
    const [[id, user] = ['', undefined]] = Object.entries(resourcesOf(stack, 'AWS::ElastiCache::User'));
    expect(user?.Properties).toEqual({
      Engine: 'valkey',
      UserId: user?.Properties.UserName,
      UserName: expect.stringMatching(/^stack-sessions-shop-[a-z0-9]+$/),
      AuthenticationMode: { Type: 'iam' },
      AccessString: 'on ~* &* +@all -@admin -@dangerous +info',
    });
    expect(user?.DeletionPolicy).toBe('Retain');
    rendered(stack).hasResource('AWS::ElastiCache::UserGroup', {
      DeletionPolicy: 'Retain',
      Properties: { Engine: 'valkey', UserIds: [{ Ref: id }] },
    });
  });
});

describe('TlsCache', () => {
  test('our own pack and cdk-nag find nothing; the latter does not know serverless caches', () => {
    const { stack, user, cache } = define();
    user.grantConnect(roleIn(stack));
    cache.connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/24'));
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
  });

  test('the judge sees TLS, logins, and a key of the account', () => {
    const { stack } = define();
    expect(factsIn(stack, elastiCache)).toEqual([
      expect.objectContaining({
        fact: 'hop',
        kind: 'elasticache.cluster',
        from: { what: 'vpc', name: 'clients in the VPC' },
        protocol: expect.objectContaining({ value: 'tls' }),
        floor: expect.objectContaining({ value: 'TLSv1.2' }),
        clientAuthentication: expect.objectContaining({ value: 'iam' }),
      }),
      expect.objectContaining({
        fact: 'store',
        encryption: expect.objectContaining({ value: 'customer-key' }),
        key: expect.objectContaining({ logicalId: KEY }),
      }),
    ]);
  });

  test('takes another name, without which it could not be replaced', () => {
    const { stack, cache } = define({ cacheName: 'sessions-2' });
    expect(cache.cacheName).toBe('sessions-2');
    rendered(stack).hasResourceProperties(CACHE, { ServerlessCacheName: 'sessions-2' });
    rendered(stack).hasResourceProperties('AWS::ElastiCache::UserGroup', { UserGroupId: 'sessions-2' });
  });

  test('takes a name that is known at deployment only', () => {
    const stack = stackIn('eu-west-1');
    const cacheName = new CfnParameter(stack, 'Name').valueAsString;
    new TlsCache(stack, 'Sessions', { vpc: networkWith(stack, 'isolated'), cacheName }).addUser('Shop');
    rendered(stack).hasResourceProperties(CACHE, { ServerlessCacheName: { Ref: 'Name' } });
  });

  test.each(['Sessions', '1st', 'a--b', 'a-', '', 'a'.repeat(41)])('refuses the name %j', (cacheName) => {
    expect(() => define({ cacheName })).toThrow(
      `Stack/Sessions: 'cacheName' must have at most 40 lower-case letters, digits and single '-' between them, the first a letter, got ${JSON.stringify(cacheName)}, leave it out to have one made`,
    );
  });

  test('logical ids of what holds state do not change', () => {
    const { stack } = define();
    expect(Object.keys(resourcesOf(stack, 'AWS::KMS::Key'))).toEqual([KEY]);
    expect(Object.keys(resourcesOf(stack, CACHE))).toEqual(['Sessions8896A56D']);
  });

  test('nobody may connect until connections says so, then on both ports', () => {
    const { stack, cache } = define();
    cache.connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/24'));
    expect(Object.values(resourcesOf(stack, 'AWS::EC2::SecurityGroup'))).toEqual([
      expect.objectContaining({
        DeletionPolicy: 'Retain',
        Properties: expect.objectContaining({
          SecurityGroupEgress: [expect.objectContaining({ CidrIp: '255.255.255.255/32' })],
          SecurityGroupIngress: [
            expect.objectContaining({ CidrIp: '10.0.0.0/24', FromPort: 6379, ToPort: 6380 }),
          ],
        }),
      }),
    ]);
    const closed = define();
    const [group] = Object.values(resourcesOf(closed.stack, 'AWS::EC2::SecurityGroup'));
    expect(group?.Properties).not.toHaveProperty('SecurityGroupIngress');
  });

  test('a user logs in to this cache as this user', () => {
    const { stack, user } = define();
    user.grantConnect(roleIn(stack)).assertSuccess();
    const [policy] = Object.values(resourcesOf(stack, 'AWS::IAM::Policy'));
    expect(policy?.Properties.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'elasticache:Connect',
        Resource: [
          { 'Fn::GetAtt': ['Sessions8896A56D', 'ARN'] },
          {
            'Fn::Join': [
              '',
              ['arn:aws:elasticache:eu-west-1:', { Ref: 'AWS::AccountId' }, `:user:${user.userName}`],
            ],
          },
        ],
      },
    ]);
  });

  test('takes a size, snapshots, a key, a removal policy, and users who may do less', () => {
    const stack = stackIn('eu-west-1');
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/sessions';
    const cache = new TlsCache(stack, 'Sessions', {
      vpc: networkWith(stack, 'private'),
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', arn),
      maxDataStorage: 10,
      snapshotRetention: Duration.days(3),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    cache.addUser('Reader', { userName: 'reader', accessString: 'on ~session:* -@all +@read' });
    rendered(stack).resourceCountIs('AWS::KMS::Key', 0);
    rendered(stack).hasResource(CACHE, {
      DeletionPolicy: 'Delete',
      Properties: {
        KmsKeyId: arn,
        CacheUsageLimits: { DataStorage: { Maximum: 10, Unit: 'GB' } },
        SnapshotRetentionLimit: 3,
      },
    });
    rendered(stack).hasResourceProperties('AWS::ElastiCache::User', {
      UserId: 'reader',
      UserName: 'reader',
      AccessString: 'on ~session:* -@all +@read',
    });
  });

  test('takes snapshots whose time is not known yet', () => {
    const stack = stackIn('eu-west-1');
    const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    const vpc = networkWith(stack, 'isolated');
    new TlsCache(stack, 'Sessions', { vpc, snapshotRetention: Duration.days(days) }).addUser('Shop');
    rendered(stack).hasResourceProperties(CACHE, { SnapshotRetentionLimit: { Ref: 'Days' } });
  });

  test('has its endpoints', () => {
    const { stack, cache } = define();
    expect(stack.resolve([cache.endpointAddress, cache.readerEndpointAddress])).toEqual([
      { 'Fn::GetAtt': ['Sessions8896A56D', 'Endpoint.Address'] },
      { 'Fn::GetAtt': ['Sessions8896A56D', 'ReaderEndpoint.Address'] },
    ]);
  });

  test.each([
    ['AuthenticationFailures', 'metricAuthenticationFailures'],
    ['ThrottledCmds', 'metricThrottledCmds'],
  ] as const)('%s is a metric of the cache', (metricName, method) => {
    const { cache } = define();
    expect(cache[method]()).toMatchObject({
      namespace: 'AWS/ElastiCache',
      metricName,
      statistic: 'Sum',
      dimensions: { clusterId: cache.cacheName },
    });
  });

  test('one that exists already can be connected to and measured', () => {
    const stack = stackIn('eu-west-1');
    const cacheArn = 'arn:aws:elasticache:eu-central-1:111122223333:serverlesscache:sessions';
    const cache = TlsCache.fromTlsCacheAttributes(stack, 'Sessions', {
      cacheArn,
      cacheName: 'sessions',
      securityGroupId: 'sg-1',
    });
    cache.connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/24'));
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: 'sg-1',
      FromPort: 6379,
      ToPort: 6380,
    });
    expect(cache).toMatchObject({ cacheArn, env: { region: 'eu-central-1' } });
    expect(cache.metricThrottledCmds().dimensions).toEqual({ clusterId: 'sessions' });
  });
});

describe('TlsCache refuses', () => {
  const message = (text: string) => `Stack/Sessions: ${text}`;

  test('to be without users', () => {
    const stack = stackIn('eu-west-1');
    new TlsCache(stack, 'Sessions', { vpc: networkWith(stack, 'isolated') });
    expect(() => rendered(stack)).toThrow("'addUser' must be called at least once, else nobody may log in");
  });

  test('public subnets', () => {
    const stack = stackIn('eu-west-1');
    const vpc = networkWith(stack, 'public');
    const vpcSubnets = { subnetType: ec2.SubnetType.PUBLIC };
    expect(() => new TlsCache(stack, 'Sessions', { vpc, vpcSubnets })).toThrow(
      message("'vpcSubnets' must not be public"),
    );
  });

  test('a key that AWS manages', () => {
    const stack = stackIn('eu-west-1');
    const encryptionKey = kms.Alias.fromAliasName(stack, 'Alias', 'alias/aws/elasticache');
    const vpc = networkWith(stack, 'isolated');
    expect(() => new TlsCache(stack, 'Sessions', { vpc, encryptionKey })).toThrow(
      message("'encryptionKey' must be a key of the account"),
    );
  });

  test.each([0, 1.5, 5001])('%d GB', (maxDataStorage) => {
    expect(() => define({ maxDataStorage })).toThrow(
      message(`'maxDataStorage' must be whole GB, from 1 to 5000, got ${maxDataStorage}`),
    );
  });

  test.each([
    [Duration.hours(12), '12 hours'],
    [Duration.days(36), '36 days'],
  ])('snapshots for %s', (snapshotRetention, got) => {
    expect(() => define({ snapshotRetention })).toThrow(
      message(
        `'snapshotRetention' must be whole days, from 1 to 35, got ${got}, leave it out for no snapshots`,
      ),
    );
  });

  test.each(['Shop', '1shop', 'default', 's'.repeat(41)])('the user %s', (userName) => {
    const { cache } = define();
    expect(() => cache.addUser('Other', { userName })).toThrow(
      "Stack/Sessions/Other: 'userName' must have at most 40 lower-case letters, digits and single '-' between them, the first a letter, " +
        `and not be 'default', got ${JSON.stringify(userName)}, leave it out to have one made`,
    );
  });

  test.each(['on nopass ~* +@all', 'on >hunter2 ~* +@all', 'on #abc ~* +@all', 'on resetpass +@all'])(
    'a word about passwords in %j, and keeps it to itself',
    (accessString) => {
      const { cache } = define();
      const attempt = () => cache.addUser('Other', { accessString });
      expect(attempt).toThrow(
        "Stack/Sessions/Other: 'accessString' must not speak of passwords, since IAM stands for them, got a word for one, leave it out",
      );
      expect(attempt).not.toThrow('hunter2');
    },
  );

  test('a user who may not log in', () => {
    const { cache } = define();
    expect(() => cache.addUser('Other', { accessString: '~* +@all' })).toThrow(
      "Stack/Sessions/Other: 'accessString' must begin with 'on', got \"~*\", else the user may not log in",
    );
  });
});
