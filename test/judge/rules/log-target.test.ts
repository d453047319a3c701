import { LogKind } from '../../../lib/constructs/log-store';
import { LogLockSupport } from '../../../lib/constructs/log-store/log-kind';
import { judge, TRANSMISSION_PACK } from '../../../lib/judge';
import { collectFacts } from '../../../lib/judge/hops';
import { CONNECTORS } from '../../../lib/judge/hops/connectors';
import { LOG_WRITERS, type LogWriter } from '../../../lib/judge/hops/log-target';
import { LOG_TARGET_PACK_ROWS, LOG_TARGET_RULES } from '../../../lib/judge/rules/log-target';
import { App, type Json, type JsonMap } from '../../../lib/judge/template';
import { appOf, ruleNamed, type TemplateParts, verdictsOf, wordsOf } from '../support';

const BUCKET = 'AWS::S3::Bucket';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const ENCRYPTION = 'LogBucketEncryptionAdmitsDelivery';
const LOCK = 'LogBucketObjectLockAdmitsDelivery';
const POLICY = 'LogBucketPolicyAdmitsDelivery';
const ALGORITHM =
  'Properties.BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm';

const facts = (resources: JsonMap, parts?: TemplateParts) =>
  collectFacts(appOf(resources, parts), CONNECTORS, ['log-target', 'log-destination-name', 'log-content'])
    .all;

const words = (id: string, resources: JsonMap, parts?: TemplateParts) =>
  wordsOf(ruleNamed(LOG_TARGET_RULES, id), facts(resources, parts));

const detail = (id: string, resources: JsonMap) =>
  verdictsOf(ruleNamed(LOG_TARGET_RULES, id), facts(resources)).map((verdict) =>
    verdict.verdict === 'violation' ? verdict.detail : verdict.verdict,
  );

const encryptedBy = (rule: Json): JsonMap => ({
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: rule }] },
});
const KMS = encryptedBy({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] } });
const AWS_MANAGED = encryptedBy({ SSEAlgorithm: 'aws:kms' });
const S3_KEYS = encryptedBy({ SSEAlgorithm: 'AES256' });
const LOCKED: JsonMap = { ObjectLockEnabled: true };
const RETAINING: JsonMap = {
  ...LOCKED,
  ObjectLockConfiguration: {
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } },
  },
};

const bucketFor = (source: JsonMap, bucket: JsonMap = {}): JsonMap => ({
  Logs: { Type: BUCKET, Properties: bucket },
  Key: { Type: 'AWS::KMS::Key' },
  Source: source,
});

const attributes = (...pairs: readonly (readonly [string, Json])[]): Json =>
  pairs.map(([Key, Value]) => ({ Key, Value }));
const loadBalancer = (more: JsonMap = {}, log = 'access_logs'): JsonMap => ({
  Type: LOAD_BALANCER,
  Properties: {
    LoadBalancerAttributes: attributes([`${log}.s3.enabled`, 'true'], [`${log}.s3.bucket`, { Ref: 'Logs' }]),
    ...more,
  },
});
const ARN: Json = { 'Fn::GetAtt': ['Logs', 'Arn'] };

/** One of each source, with what it writes to the bucket `Logs`. */
const SOURCES: readonly (readonly [keyof typeof LOG_WRITERS, JsonMap])[] = [
  ['applicationAccess', loadBalancer()],
  ['applicationAccess', loadBalancer({ Type: 'application' })],
  ['applicationConnection', loadBalancer({}, 'connection_logs')],
  ['applicationHealthCheck', loadBalancer({}, 'health_check_logs')],
  ['networkAccess', loadBalancer({ Type: 'network' })],
  [
    'classicAccess',
    {
      Type: 'AWS::ElasticLoadBalancing::LoadBalancer',
      Properties: { AccessLoggingPolicy: { Enabled: true, S3BucketName: { Ref: 'Logs' } } },
    },
  ],
  [
    'serverAccess',
    { Type: BUCKET, Properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'Logs' } } } },
  ],
  [
    'distributionLegacy',
    {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: { Logging: { Bucket: { 'Fn::GetAtt': ['Logs', 'RegionalDomainName'] } } },
      },
    },
  ],
  [
    'delivered',
    { Type: 'AWS::Logs::DeliveryDestination', Properties: { Name: 'd', DestinationResourceArn: ARN } },
  ],
  [
    'flow',
    {
      Type: 'AWS::EC2::FlowLog',
      Properties: { LogDestinationType: 's3', LogDestination: { 'Fn::Join': ['/', [ARN, 'flows/']] } },
    },
  ],
  ['webAcl', { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { LogDestinationConfigs: [ARN] } }],
  [
    'resolverQuery',
    { Type: 'AWS::Route53Resolver::ResolverQueryLoggingConfig', Properties: { DestinationArn: ARN } },
  ],
  [
    'networkFirewall',
    {
      Type: 'AWS::NetworkFirewall::LoggingConfiguration',
      Properties: {
        LoggingConfiguration: {
          LogDestinationConfigs: [
            { LogType: 'TLS', LogDestinationType: 'S3', LogDestination: { bucketName: { Ref: 'Logs' } } },
          ],
        },
      },
    },
  ],
  ['latticeAccess', { Type: 'AWS::VpcLattice::AccessLogSubscription', Properties: { DestinationArn: ARN } }],
  ['trail', { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'Logs' } } }],
  ['configuration', { Type: 'AWS::Config::DeliveryChannel', Properties: { S3BucketName: { Ref: 'Logs' } } }],
];

describe('a bucket that a service writes logs to', () => {
  test.each(SOURCES)('is known as such: %s', (kind, source) => {
    const targets = facts(bucketFor(source)).filter((fact) => fact.fact === 'log-target');
    expect(targets.map(({ resource }) => resource.logicalId)).toEqual(['Logs']);
    expect(targets.flatMap(({ deliveries }) => deliveries.map(({ which }) => which.value))).toEqual([
      LOG_WRITERS[kind],
    ]);
  });

  test.each(Object.keys(LOG_WRITERS))('has a source of that kind in these tests: %s', (kind) => {
    expect(SOURCES.map(([one]) => one)).toContain(kind);
  });

  test.each<[string, Json]>([
    ['name', 'shop-logs'],
    ['ARN', 'arn:aws:s3:::shop-logs'],
    ['ARN with a prefix', 'arn:aws:s3:::shop-logs/flows/'],
    ['ARN in any partition', { 'Fn::Sub': 'arn:$' + '{AWS::Partition}:s3:::shop-logs/flows' }],
    ['domain name', 'shop-logs.s3.eu-west-1.amazonaws.com'],
  ])('is known by its literal %s', (_, destination) => {
    const flow = { Type: 'AWS::EC2::FlowLog', Properties: { LogDestination: destination } };
    const resources = bucketFor(flow, { ...AWS_MANAGED, BucketName: 'shop-logs' });
    expect(words(ENCRYPTION, resources)).toEqual([`violation at ${ALGORITHM}: aws:kms`]);
  });

  test('is known by a name that is made from the same parts', () => {
    const name = { 'Fn::Sub': 'logs-$' + '{AWS::AccountId}' };
    const arn = { 'Fn::Sub': 'arn:aws:s3:::logs-$' + '{AWS::AccountId}/flows' };
    const flow = { Type: 'AWS::EC2::FlowLog', Properties: { LogDestination: arn } };
    expect(words(ENCRYPTION, bucketFor(flow, { ...AWS_MANAGED, BucketName: name }))).toHaveLength(1);
    const other = { 'Fn::Sub': 'logs-$' + '{AWS::StackName}' };
    expect(words(ENCRYPTION, bucketFor(flow, { ...AWS_MANAGED, BucketName: other }))).toEqual([]);
  });

  test('is itself, where server access logs have no destination', () => {
    const own = {
      Type: BUCKET,
      Properties: { LoggingConfiguration: { LogFilePrefix: 'own/' }, ...AWS_MANAGED },
    };
    expect(words(ENCRYPTION, { Logs: own })).toEqual([`violation at ${ALGORITHM}: aws:kms`]);
  });

  test('is none where the log is off, absent, or goes elsewhere', () => {
    const off = loadBalancer({
      LoadBalancerAttributes: attributes(
        ['access_logs.s3.enabled', 'false'],
        ['access_logs.s3.bucket', { Ref: 'Logs' }],
      ),
    });
    const withoutSwitch = loadBalancer({
      LoadBalancerAttributes: attributes(['access_logs.s3.bucket', { Ref: 'Logs' }]),
    });
    const elsewhere = { Type: 'AWS::EC2::FlowLog', Properties: { LogDestination: 'arn:aws:s3:::other' } };
    const classic = {
      Type: 'AWS::ElasticLoadBalancing::LoadBalancer',
      Properties: { AccessLoggingPolicy: { Enabled: 'false', S3BucketName: { Ref: 'Logs' } } },
    };
    for (const source of [off, withoutSwitch, elsewhere, classic, { Type: LOAD_BALANCER }]) {
      expect(words(ENCRYPTION, bucketFor(source, KMS))).toEqual([]);
    }
  });

  test('is one where an attribute is given twice and the first switch is off', () => {
    const twice = loadBalancer({
      LoadBalancerAttributes: attributes(
        ['access_logs.s3.enabled', 'false'],
        ['access_logs.s3.bucket', 'other'],
        ['access_logs.s3.enabled', 'true'],
        ['access_logs.s3.bucket', { Ref: 'Logs' }],
      ),
    });
    expect(words(ENCRYPTION, bucketFor(twice, KMS))).toEqual([`violation at ${ALGORITHM}: aws:kms`]);
  });

  test('is found across stacks, through an export', () => {
    const data = {
      Resources: { Logs: { Type: BUCKET, Properties: KMS }, Key: { Type: 'AWS::KMS::Key' } },
      Outputs: { Name: { Value: { Ref: 'Logs' }, Export: { Name: 'log-bucket' } } },
    };
    const edge = {
      Resources: {
        Source: loadBalancer({
          LoadBalancerAttributes: attributes(
            ['access_logs.s3.enabled', true],
            ['access_logs.s3.bucket', { 'Fn::ImportValue': 'log-bucket' }],
          ),
        }),
      },
    };
    const app = new App([
      { name: 'Data', region: 'eu-west-1', json: data as unknown as JsonMap },
      { name: 'Edge', region: 'eu-west-1', json: edge as unknown as JsonMap },
    ]);
    const found = collectFacts(app, CONNECTORS, ['log-target']).all;
    expect(wordsOf(ruleNamed(LOG_TARGET_RULES, ENCRYPTION), found)).toEqual([
      `violation at ${ALGORITHM}: aws:kms`,
    ]);
  });
});

describe('the data on which these rules rest', () => {
  /** Read independently: what both tables say of a kind has to be the same. */
  const PAIRS: readonly (readonly [keyof typeof LOG_WRITERS, LogKind])[] = [
    ['applicationAccess', LogKind.ALB_ACCESS],
    ['applicationConnection', LogKind.ALB_CONNECTION],
    ['networkAccess', LogKind.NLB_ACCESS],
    ['serverAccess', LogKind.S3_SERVER_ACCESS],
    ['delivered', LogKind.CLOUDFRONT_STANDARD],
    ['flow', LogKind.VPC_FLOW],
    ['webAcl', LogKind.WAF],
    ['resolverQuery', LogKind.RESOLVER_QUERY],
    ['networkFirewall', LogKind.NETWORK_FIREWALL],
    ['trail', LogKind.CLOUDTRAIL],
    ['configuration', LogKind.CONFIG],
  ];

  test('covers every kind that our constructs know', () => {
    expect(PAIRS.map(([, kind]) => kind)).toEqual(LogKind.values());
  });

  test.each(PAIRS)('agrees with that of our constructs: %s', (writer, kind) => {
    const { principal, keys, lock }: LogWriter = LOG_WRITERS[writer];
    expect(principal).toBe(kind.servicePrincipal);
    expect(keys.includes('customer-key')).toBe(kind.takesCustomerKey);
    // The constructs refuse more than AWS documents: never less.
    if (lock !== 'taken') expect(kind.objectLock).toBe(LogLockSupport.REFUSED);
  });

  test.each(Object.entries<LogWriter>(LOG_WRITERS))('names its sources: %s', (_, { sources, title }) => {
    expect(title).toMatch(/^[a-z]/);
    for (const source of sources) expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });
});

describe(ENCRYPTION, () => {
  test.each(SOURCES)('passes keys of Amazon S3, which are also the default: %s', (_, source) => {
    expect(words(ENCRYPTION, bucketFor(source, S3_KEYS))).toContain('compliant');
    expect(words(ENCRYPTION, bucketFor(source))).toEqual(['compliant']);
  });

  test.each(SOURCES)('fails a key of KMS exactly where the service cannot use it: %s', (kind, source) => {
    const takes = (LOG_WRITERS[kind] as LogWriter).keys.includes('customer-key');
    expect(words(ENCRYPTION, bucketFor(source, KMS))).toEqual([
      takes ? 'compliant' : `violation at ${ALGORITHM}: aws:kms`,
    ]);
  });

  test('is one finding for all logs of a bucket, and tells which', () => {
    const resources = {
      ...bucketFor(loadBalancer(), KMS),
      Second: loadBalancer(),
      Third: loadBalancer({}, 'connection_logs'),
      Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'Logs' } } },
    };
    expect(words(ENCRYPTION, resources)).toHaveLength(1);
    expect(detail(ENCRYPTION, resources)).toEqual([
      'it takes access logs of an application load balancer, connection logs of an application load balancer',
    ]);
  });

  test('fails the key that AWS manages for logs that come from another account', () => {
    const resources = bucketFor(loadBalancer({ Type: 'network' }), AWS_MANAGED);
    expect(words(ENCRYPTION, resources)).toEqual([`violation at ${ALGORITHM}: aws:kms`]);
    expect(detail(ENCRYPTION, resources)).toEqual([
      'with the key that AWS manages; it takes access logs of a network load balancer',
    ]);
  });

  const HIDDEN: TemplateParts = { Parameters: { Hidden: { Type: 'String' } } };

  test('cannot tell where a parameter is the algorithm, unless every log takes any', () => {
    const hidden = encryptedBy({ SSEAlgorithm: { Ref: 'Hidden' } });
    expect(words(ENCRYPTION, bucketFor(loadBalancer(), hidden), HIDDEN)).toEqual([`unknown at ${ALGORITHM}`]);
    const trail = { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'Logs' } } };
    expect(words(ENCRYPTION, bucketFor(trail, hidden), HIDDEN)).toEqual(['compliant']);
  });

  test('cannot tell where a parameter is the algorithm, and one of several logs takes not all', () => {
    const hidden = encryptedBy({ SSEAlgorithm: { Ref: 'Hidden' } });
    const trail = { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'Logs' } } };
    const both = { ...bucketFor(trail, hidden), Second: loadBalancer() };
    expect(words(ENCRYPTION, both, HIDDEN)).toEqual([`unknown at ${ALGORITHM}`]);
  });

  test('wants what suits every log that is refused', () => {
    const wanted = (resources: JsonMap, parts?: TemplateParts) =>
      verdictsOf(ruleNamed(LOG_TARGET_RULES, ENCRYPTION), facts(resources, parts)).map((verdict) =>
        verdict.verdict === 'violation' ? verdict.want : verdict.verdict,
      );
    const network = loadBalancer({ Type: 'network' });
    const either = loadBalancer({ Type: { Ref: 'Hidden' } });
    expect(wanted(bucketFor(network, AWS_MANAGED))).toEqual(['AES256, or a key of your own']);
    expect(wanted(bucketFor(loadBalancer(), AWS_MANAGED))).toEqual(['AES256']);
    expect(wanted({ ...bucketFor(network, AWS_MANAGED), Second: loadBalancer() })).toEqual(['AES256']);
    expect(wanted(bucketFor(either, AWS_MANAGED), HIDDEN)).toEqual(['AES256']);
  });

  test('cannot tell where a parameter is the type of the load balancer, and the bucket has a key', () => {
    const source = loadBalancer({ Type: { Ref: 'Hidden' } });
    expect(words(ENCRYPTION, bucketFor(source, KMS), HIDDEN)).toEqual([
      'unknown at Properties.LoadBalancerAttributes.1.Value',
    ]);
    expect(words(ENCRYPTION, bucketFor(source, S3_KEYS), HIDDEN)).toEqual(['compliant']);
  });

  test('looks at each environment by itself', () => {
    const parts: TemplateParts = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const split = encryptedBy({ SSEAlgorithm: { 'Fn::If': ['IsProd', 'aws:kms', 'AES256'] } });
    const onlyInTest = { ...loadBalancer(), Condition: 'IsTest' };
    const conditions = { ...parts.Conditions, IsTest: { 'Fn::Not': [{ Condition: 'IsProd' }] } };
    expect(words(ENCRYPTION, bucketFor(loadBalancer(), split), parts).toSorted()).toEqual([
      'compliant',
      `violation at ${ALGORITHM}: aws:kms`,
    ]);
    // The key is there in production only, and the load balancer is not.
    const apart = words(ENCRYPTION, bucketFor(onlyInTest, split), { ...parts, Conditions: conditions });
    expect(apart).toEqual(['compliant']);
  });

  test('takes AWS::NoValue for absent, and what is of the wrong type for hidden', () => {
    const none = { BucketEncryption: { Ref: 'AWS::NoValue' } };
    expect(words(ENCRYPTION, bucketFor(loadBalancer(), none))).toEqual(['compliant']);
    const odd = encryptedBy({ SSEAlgorithm: { no: 'text' } });
    expect(words(ENCRYPTION, bucketFor(loadBalancer(), odd))).toEqual([`unknown at ${ALGORITHM}`]);
    for (const attributes of [
      'text',
      { Key: 'x' },
      [null],
      [{ Key: ['a'], Value: 3 }],
      { Ref: 'AWS::NoValue' },
    ]) {
      const source = loadBalancer({ LoadBalancerAttributes: attributes as Json });
      expect(words(ENCRYPTION, bucketFor(source, KMS))).toEqual([]);
    }
  });
});

describe(LOCK, () => {
  const serverAccess = SOURCES.find(([kind]) => kind === 'serverAccess')?.[1] ?? {};
  const config = SOURCES.find(([kind]) => kind === 'configuration')?.[1] ?? {};

  test('fails Object Lock for server access logs, with a retention and without', () => {
    expect(words(LOCK, bucketFor(serverAccess, LOCKED))).toEqual([
      'violation at Properties.ObjectLockEnabled: Object Lock',
    ]);
    expect(words(LOCK, bucketFor(serverAccess, RETAINING))).toEqual([
      'violation at Properties.ObjectLockConfiguration.Rule.DefaultRetention: a default retention',
    ]);
  });

  test('fails a default retention for AWS Config, and passes Object Lock without one', () => {
    expect(words(LOCK, bucketFor(config, LOCKED))).toEqual(['compliant']);
    expect(words(LOCK, bucketFor(config, RETAINING))).toEqual([
      'violation at Properties.ObjectLockConfiguration.Rule.DefaultRetention: a default retention',
    ]);
  });

  test.each(SOURCES)('fails a default retention exactly where it is refused: %s', (kind, source) => {
    const { lock }: LogWriter = LOG_WRITERS[kind];
    const verdicts = words(LOCK, bucketFor(source, RETAINING));
    expect(verdicts.map((text) => text.split(' ')[0])).toEqual([
      lock === 'taken' ? 'compliant' : 'violation',
    ]);
  });

  test('passes no Object Lock, and a retention that is not in force without it', () => {
    expect(words(LOCK, bucketFor(serverAccess))).toEqual(['compliant']);
    const off = { ...RETAINING, ObjectLockEnabled: false, ObjectLockConfiguration: { Rule: {} } };
    expect(words(LOCK, bucketFor(serverAccess, off))).toEqual(['compliant']);
  });

  test('cannot tell where a parameter decides', () => {
    const parts: TemplateParts = { Parameters: { Hidden: { Type: 'String' } } };
    const hidden = { ObjectLockEnabled: { Ref: 'Hidden' } };
    expect(words(LOCK, bucketFor(serverAccess, hidden), parts)).toEqual([
      'unknown at Properties.ObjectLockEnabled',
    ]);
    expect(words(LOCK, bucketFor(loadBalancer(), hidden), parts)).toEqual(['compliant']);
    const both = { ...bucketFor(serverAccess, hidden), Second: loadBalancer() };
    expect(words(LOCK, both, parts)).toEqual(['unknown at Properties.ObjectLockEnabled']);
  });
});

describe(POLICY, () => {
  const OBJECTS: Json = { 'Fn::Sub': '$' + '{Logs.Arn}/*' };
  const deny = (more: JsonMap = {}): JsonMap => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: OBJECTS,
    ...more,
  });
  const withStatement = (statement: Json, source: JsonMap = loadBalancer()): JsonMap => ({
    ...bucketFor(source),
    Policy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: { Ref: 'Logs' }, PolicyDocument: { Statement: statement } },
    },
  });
  const REFUSED = 'violation at Properties.PolicyDocument.Statement.0: a Deny of what the service writes';

  test.each<[string, JsonMap]>([
    ['every writer', {}],
    ['whoever comes through no endpoint', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }],
    ['whoever is in no organisation', { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }],
    ['requests that ask for no key', { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } }],
    ['requests that come by TLS', { Bool: { 'aws:SecureTransport': 'true' } }],
    ['requests without an endpoint', { Null: { 'aws:sourceVpc': 'true' } }],
    ['services of AWS', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }],
    ['services but one', { StringNotLike: { 'aws:PrincipalServiceName': 'config.*' } }],
  ])('fails a Deny of %s', (_, condition) => {
    expect(words(POLICY, withStatement([deny({ Condition: condition })]))).toEqual([REFUSED]);
  });

  test('tells of the logs that one statement refuses, and not of those that another does', () => {
    const trail = { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'Logs' } } };
    const ofOthers = deny({ Condition: { StringNotLike: { 'aws:PrincipalServiceName': 'cloudtrail.*' } } });
    const resources = { ...withStatement([ofOthers, deny()]), Trail: trail };
    expect(detail(POLICY, resources)).toEqual(['it takes access logs of an application load balancer']);
  });

  test.each<[string, JsonMap]>([
    ['plaintext', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    ['old versions of TLS', { Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }],
    [
      'strangers, services excepted',
      {
        Condition: {
          StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' },
          Bool: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
    ],
    [
      'requests with some key',
      { Condition: { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } } },
    ],
    // Nobody says whether the header is sent at all.
    ['requests without a header', { Condition: { Null: { 's3:x-amz-server-side-encryption': 'true' } } }],
    ['what nobody knows of', { Condition: { StringNotEquals: { 'aws:Whatever': 'x' } } }],
    ['deletion', { Action: ['s3:DeleteObject', 's3:PutBucketPolicy'] }],
    ['all but writing', { Action: undefined as unknown as Json, NotAction: 's3:Put*' }],
    ['another folder', { Resource: { 'Fn::Sub': '$' + '{Logs.Arn}/private/*' } }],
    ['the bucket alone', { Resource: { 'Fn::GetAtt': ['Logs', 'Arn'] } }],
    ['another principal', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
    ['another service', { Principal: { Service: 'config.amazonaws.com' } }],
    ['nobody: it allows', { Effect: 'Allow' }],
  ])('passes a Deny of %s', (_, more) => {
    const { Action: action, ...rest } = deny(more);
    const statement = action === undefined ? rest : { ...rest, Action: action };
    expect(words(POLICY, withStatement([statement as Json]))).toEqual(['compliant']);
  });

  test('fails one that spares other actions, and one for the service by name', () => {
    expect(words(POLICY, withStatement(deny({ Action: ['s3:Get*', 's3:Put*'] })))).toHaveLength(1);
    const { Action: _, ...rest } = deny({ NotAction: 's3:GetObject', Resource: '*' });
    expect(words(POLICY, withStatement([rest]))).toEqual([REFUSED]);
    const service = { Service: ['logdelivery.elasticloadbalancing.amazonaws.com'] };
    expect(words(POLICY, withStatement([deny({ Principal: service })]))).toEqual([REFUSED]);
  });

  test('does not ask for the header of services that may send one', () => {
    const condition = { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } };
    const trail = { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'Logs' } } };
    expect(words(POLICY, withStatement([deny({ Condition: condition })], trail))).toEqual(['compliant']);
  });

  test('passes what it cannot read: the rule on plaintext says so', () => {
    const parts: TemplateParts = { Parameters: { Hidden: { Type: 'String' } } };
    for (const statement of [
      { Ref: 'Hidden' },
      [deny({ Principal: { Ref: 'Hidden' } })],
      [deny({ Condition: { StringNotEquals: { 'aws:SecureTransport': { Ref: 'Hidden' } } } })],
      ['no statement'],
      [null],
    ]) {
      expect(words(POLICY, withStatement(statement as Json), parts)).toEqual(['compliant']);
    }
  });
});

describe('WafLogDestinationNameIsTaken', () => {
  const logging = (destination: Json, more: JsonMap = {}): JsonMap => ({
    Logging: {
      Type: 'AWS::WAFv2::LoggingConfiguration',
      Properties: { LogDestinationConfigs: [destination] },
    },
    ...more,
  });
  const named = (destination: Json, more?: JsonMap, parts?: TemplateParts) =>
    words('WafLogDestinationNameIsTaken', logging(destination, more), parts);
  const group = (name?: Json): JsonMap => ({
    Group: { Type: 'AWS::Logs::LogGroup', Properties: name === undefined ? {} : { LogGroupName: name } },
  });
  const GROUP_ARN: Json = { 'Fn::GetAtt': ['Group', 'Arn'] };
  const ITEM = 'Properties.LogDestinationConfigs.0';

  test.each<[string, Json, JsonMap]>([
    ['a log group', GROUP_ARN, group('aws-waf-logs-shop')],
    [
      'a log group by its name',
      { 'Fn::Sub': 'arn:aws:logs:eu-west-1:1:log-group:$' + '{Group}' },
      group('aws-waf-logs-a'),
    ],
    [
      'a name that goes on with what is not known',
      GROUP_ARN,
      group({ 'Fn::Sub': 'aws-waf-logs-$' + '{AWS::StackName}' }),
    ],
    [
      'a bucket',
      { 'Fn::GetAtt': ['B', 'Arn'] },
      { B: { Type: BUCKET, Properties: { BucketName: 'aws-waf-logs-b' } } },
    ],
    [
      'a stream',
      { 'Fn::GetAtt': ['S', 'Arn'] },
      {
        S: {
          Type: 'AWS::KinesisFirehose::DeliveryStream',
          Properties: { DeliveryStreamName: 'aws-waf-logs-s' },
        },
      },
    ],
    ['an ARN of a group', 'arn:aws:logs:eu-west-1:111122223333:log-group:aws-waf-logs-x', {}],
    ['an ARN of a bucket', 'arn:aws:s3:::aws-waf-logs-x/prefix', {}],
    ['an ARN of a stream', 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/aws-waf-logs-x', {}],
    [
      'an ARN with parts that are not known',
      {
        'Fn::Sub':
          'arn:$' +
          '{AWS::Partition}:logs:$' +
          '{AWS::Region}:$' +
          '{AWS::AccountId}:log-group:aws-waf-logs-x',
      },
      {},
    ],
  ])('passes %s', (_, destination, more) => {
    expect(named(destination, more)).toEqual(['compliant']);
  });

  test('fails other names, where they stand', () => {
    expect(named(GROUP_ARN, group('waf-logs'))).toEqual(['violation at Properties.LogGroupName: waf-logs']);
    expect(named(GROUP_ARN, group({ 'Fn::Sub': 'waf-$' + '{AWS::StackName}' }))).toHaveLength(1);
    const arn = 'arn:aws:s3:::logs-of-aws-waf-logs-x';
    expect(named(arn)).toEqual([`violation at ${ITEM}: ${arn}`]);
  });

  test('fails a name that CloudFormation makes up', () => {
    expect(named(GROUP_ARN, group())).toEqual(['violation at Properties.LogGroupName: absent']);
    expect(named(GROUP_ARN, group({ Ref: 'AWS::NoValue' }))).toEqual([
      'violation at Properties.LogGroupName: absent',
    ]);
  });

  test('cannot tell a hidden name, nor what is no ARN', () => {
    const parts: TemplateParts = { Parameters: { Hidden: { Type: 'String' } } };
    expect(named(GROUP_ARN, group({ Ref: 'Hidden' }), parts)).toEqual(['unknown at Properties.LogGroupName']);
    const open = { 'Fn::Sub': 'aws-waf-$' + '{Hidden}' };
    expect(named(GROUP_ARN, group(open), parts)).toEqual(['unknown at Properties.LogGroupName']);
    expect(named({ Ref: 'Hidden' }, {}, parts)).toEqual([`unknown at ${ITEM}`]);
    expect(named('aws-waf-logs-x')).toEqual([`unknown at ${ITEM}`]);
    expect(named({ odd: 'map' })).toEqual([`unknown at ${ITEM}`]);
    expect(named({ 'Fn::GetAtt': ['Maker', 'Arn'] }, { Maker: { Type: 'Custom::Maker' } })).toEqual([
      `unknown at ${ITEM}`,
    ]);
  });
});

describe('LogOmitsQueryStrings', () => {
  const held = (Type: string, Properties: JsonMap, more: JsonMap = {}, parts?: TemplateParts) =>
    words('LogOmitsQueryStrings', { It: { Type, Properties }, ...more }, parts);
  const DELIVERY = 'AWS::Logs::Delivery';
  const WAF = 'AWS::WAFv2::LoggingConfiguration';
  const HIDDEN: TemplateParts = { Parameters: { Hidden: { Type: 'String' } } };
  const source = (arn: Json): JsonMap => ({
    Source: { Type: 'AWS::Logs::DeliverySource', Properties: { LogType: 'ACCESS_LOGS', ResourceArn: arn } },
    Site: { Type: 'AWS::CloudFront::Distribution' },
  });

  test('passes a list of fields without them, and fails one with them', () => {
    expect(held(DELIVERY, { RecordFields: ['date', 'cs-uri-stem'] })).toEqual(['compliant']);
    for (const field of ['cs-uri-query', 'cs(Referer)', 'cs(Cookie)']) {
      expect(held(DELIVERY, { RecordFields: ['date', field] })).toEqual([
        `violation at Properties.RecordFields.1: ${field}`,
      ]);
    }
  });

  test('fails the default of CloudFront, which is every field', () => {
    const named = { DeliverySourceName: { Ref: 'Source' } };
    const wanted = ['violation at Properties.RecordFields: absent'];
    expect(held(DELIVERY, named, source({ Ref: 'Site' }))).toEqual(wanted);
    const arn = { 'Fn::Sub': 'arn:aws:cloudfront::$' + '{AWS::AccountId}:distribution/E1' };
    expect(held(DELIVERY, named, source(arn))).toEqual(wanted);
  });

  test('says nothing about the default of other services', () => {
    const named = { DeliverySourceName: { Ref: 'Source' } };
    expect(held(DELIVERY, named, source('arn:aws:bedrock:eu-west-1:1:knowledge-base/K'))).toEqual([]);
    expect(held(DELIVERY, { DeliverySourceName: 'elsewhere' })).toEqual([]);
  });

  test('cannot tell hidden fields', () => {
    expect(held(DELIVERY, { RecordFields: { Ref: 'Hidden' } }, {}, HIDDEN)).toEqual([
      'unknown at Properties.RecordFields',
    ]);
    expect(held(DELIVERY, { RecordFields: [{ Ref: 'Hidden' }] }, {}, HIDDEN)).toEqual([
      'unknown at Properties.RecordFields.0',
    ]);
  });

  test('wants AWS WAF to redact them', () => {
    expect(held(WAF, { RedactedFields: [{ QueryString: {} }] })).toEqual(['compliant']);
    expect(held(WAF, {})).toEqual(['violation at Properties.RedactedFields: absent']);
    expect(held(WAF, { RedactedFields: [{ SingleHeader: { Name: 'cookie' } }] })).toEqual([
      'violation at Properties.RedactedFields: without QueryString',
    ]);
    expect(held(WAF, { RedactedFields: { Ref: 'Hidden' } }, {}, HIDDEN)).toEqual([
      'unknown at Properties.RedactedFields',
    ]);
  });
});

test('rules on logs find no error: nothing travels in clear', () => {
  expect(
    LOG_TARGET_PACK_ROWS.filter(({ level, unknown }) => level === 'error' || unknown === 'error'),
  ).toEqual([]);
});

test('one fault is one finding, whatever the number of worlds', () => {
  const parts: TemplateParts & { region: string } = {
    region: 'eu-west-1',
    Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
    Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
  };
  const second = { ...loadBalancer({}, 'connection_logs'), Condition: 'IsProd' };
  const app = appOf({ ...bucketFor(loadBalancer(), KMS), Second: second }, parts);
  const pack = { name: 'Logs', rules: LOG_TARGET_PACK_ROWS };
  const { findings } = judge(app, pack);
  expect(findings.map(({ rule, when }) => [rule.id, when])).toEqual([[ENCRYPTION, undefined]]);
});

describe('a bucket with a hundred sources, each under a condition of its own', () => {
  const names = [...Array(100).keys()];
  const parts = {
    Parameters: Object.fromEntries(
      names.map((i) => [`P${i}`, { Type: 'String', AllowedValues: ['a', 'b'] }]),
    ),
    Conditions: Object.fromEntries(names.map((i) => [`C${i}`, { 'Fn::Equals': [{ Ref: `P${i}` }, 'a'] }])),
  };
  const sources = Object.fromEntries(
    names.map((i) => [`Source${i}`, { ...loadBalancer(), Condition: `C${i}` }]),
  );
  const app = (bucket: JsonMap) =>
    appOf({ Logs: { Type: BUCKET, Properties: bucket }, Key: { Type: 'AWS::KMS::Key' }, ...sources }, parts);

  test('is judged as any other by rules on buckets', () => {
    const { findings } = judge(app(KMS), TRANSMISSION_PACK);
    const ids = findings.filter(({ resource }) => resource.logicalId === 'Logs').map(({ rule }) => rule.id);
    expect(ids).toContain('BucketDeniesPlaintext');
    expect(ids).toContain(ENCRYPTION);
    expect(ids).not.toContain('ResourceCanBeJudged');
  });

  test('is not taken for one that all of them can write to', () => {
    const { findings } = judge(app({ BucketName: 'x' }), { name: 'Logs', rules: LOG_TARGET_PACK_ROWS });
    // Of encryption and lock alike: some of the logs that it may be written to take not everything.
    const unknown = findings.filter(({ verdict }) => verdict === 'unknown').map(({ rule }) => rule.id);
    expect(unknown).toEqual(expect.arrayContaining([ENCRYPTION, LOCK]));
  });
});

test('worlds of logs do not limit findings that have nothing to do with them', () => {
  const parts = {
    Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
    Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
  };
  const app = appOf(bucketFor({ ...loadBalancer(), Condition: 'IsProd' }, KMS), parts);
  const { findings } = judge(app, TRANSMISSION_PACK);
  const whens = findings.map(({ rule, when }) => [rule.id, when]);
  expect(whens).toContainEqual(['BucketDeniesPlaintext', undefined]);
  expect(whens).toContainEqual([ENCRYPTION, undefined]);
});
