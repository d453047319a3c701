import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AuditTrail, type AuditTrailProps } from '../../../lib/constructs/audit-trail';
import { LogBucket, LogKind } from '../../../lib/constructs/log-store';
import { findingsOf, nagErrorsOf } from '../judged';
import { FLAGS, rendered, resourcesOf, stackIn } from '../support';

const ACCOUNT = { Ref: 'AWS::AccountId' };
const TRAIL_ARN = {
  'Fn::Join': ['', ['arn:aws:cloudtrail:eu-west-1:', ACCOUNT, ':trail/Stack-Trail-FE9DBB82']],
};

function define(props: AuditTrailProps = {}, flags: Record<string, unknown> = FLAGS) {
  const stack = stackIn('eu-west-1', flags);
  return { stack, trail: new AuditTrail(stack, 'Trail', props) };
}

function policyOf(stack: Stack, bucket: string): readonly Record<string, unknown>[] {
  const policies = Object.values(resourcesOf(stack, 'AWS::S3::BucketPolicy'));
  return policies.find(({ Properties }) => Properties.Bucket.Ref === bucket)?.Properties.PolicyDocument
    .Statement;
}

function keyStatements(stack: Stack): readonly Record<string, unknown>[] {
  const [key] = Object.values(resourcesOf(stack, 'AWS::KMS::Key'));
  return key?.Properties.KeyPolicy.Statement;
}

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('AuditTrail %s', (_, flags) => {
  test('records every region and the global services, signs its files and is switched on', () => {
    const { stack } = define({}, flags);
    rendered(stack).hasResourceProperties('AWS::CloudTrail::Trail', {
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
      // CloudFormation forbids both kinds of selectors side by side.
      EventSelectors: Match.absent(),
    });
  });

  test('locks its bucket for a year, keeps every version and lets nothing be public', () => {
    const { stack } = define({}, flags);
    rendered(stack).hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        ObjectLockEnabled: true,
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } },
        },
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 400 })] },
        LoggingConfiguration: { LogFilePrefix: 'Stack/Trail/Bucket/' },
      },
    });
  });

  test('logs who reads the record to a bucket without ACLs', () => {
    const { stack } = define({}, flags);
    rendered(stack).allResourcesProperties('AWS::S3::Bucket', { AccessControl: Match.absent() });
    expect(policyOf(stack, 'TrailAccessLogs14A34ABD')).toContainEqual(
      expect.objectContaining({
        Action: 's3:PutObject',
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      }),
    );
  });
});

describe('AuditTrail', () => {
  test('encrypts its bucket and log group with one key of the account, and refuses keys of clients', () => {
    const { stack } = define();
    const key = { 'Fn::GetAtt': ['TrailKey31F874A3', 'Arn'] };
    rendered(stack).resourceCountIs('AWS::KMS::Key', 1);
    rendered(stack).hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { EnableKeyRotation: true, RotationPeriodInDays: 365 },
    });
    rendered(stack).hasResourceProperties('AWS::CloudTrail::Trail', { KMSKeyId: key });
    rendered(stack).hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
            BucketKeyEnabled: false,
            ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
          },
        ],
      },
    });
    rendered(stack).hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { KmsKeyId: key, RetentionInDays: 400 },
    });
  });

  test('its key lets in this trail for its own files, and log groups of this account', () => {
    const { stack } = define();
    const [, encrypt, describeKey, logGroups, ...others] = keyStatements(stack);
    const cloudTrail = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Resource: '*' };
    expect(encrypt).toEqual({
      ...cloudTrail,
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Condition: {
        ArnLike: {
          'aws:SourceArn': TRAIL_ARN,
          'kms:EncryptionContext:aws:cloudtrail:arn': [TRAIL_ARN],
        },
      },
    });
    expect(describeKey).toEqual({
      ...cloudTrail,
      Action: 'kms:DescribeKey',
      Condition: { ArnLike: { 'aws:SourceArn': TRAIL_ARN } },
    });
    expect(logGroups).toMatchObject({
      Principal: { Service: { 'Fn::Join': ['', ['logs.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } },
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': {
            'Fn::Join': ['', ['arn:aws:logs:eu-west-1:', ACCOUNT, ':log-group:*']],
          },
        },
      },
    });
    expect(others).toEqual([]);
  });

  test('its bucket denies plaintext and TLS below 1.2, and lets in this trail and nobody else', () => {
    const { stack } = define();
    const arn = { 'Fn::GetAtt': ['TrailBucket7F7024F7', 'Arn'] };
    const everything = {
      Action: 's3:*',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Resource: [arn, { 'Fn::Join': ['', [arn, '/*']] }],
    };
    const cloudTrail = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
    expect(policyOf(stack, 'TrailBucket7F7024F7')).toEqual([
      { ...everything, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { ...everything, Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } },
      {
        ...cloudTrail,
        Action: 's3:PutObject',
        Resource: { 'Fn::Join': ['', [arn, '/AWSLogs/', ACCOUNT, '/*']] },
        Condition: {
          ArnLike: { 'aws:SourceArn': TRAIL_ARN },
          StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
        },
      },
      {
        ...cloudTrail,
        Action: 's3:GetBucketAcl',
        Resource: arn,
        Condition: { ArnLike: { 'aws:SourceArn': TRAIL_ARN } },
      },
    ]);
  });

  test('is made after the policies that it needs', () => {
    const { stack } = define();
    rendered(stack).hasResource('AWS::CloudTrail::Trail', {
      DependsOn: ['TrailBucketPolicyA9210232', 'TrailRoleDefaultPolicy41F79D6A', 'TrailRoleF29311B1'],
    });
  });

  test('its role may write to its log group and do nothing else', () => {
    const { stack } = define();
    rendered(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Effect: 'Allow',
            Resource: { 'Fn::GetAtt': ['TrailLogGroup4CBE3AF5', 'Arn'] },
          },
        ],
      },
    });
  });

  test('what forces a replacement is pinned: logical ids, and names', () => {
    const { stack } = define();
    const ids = (type: string) => Object.keys(resourcesOf(stack, type));
    expect({
      trail: ids('AWS::CloudTrail::Trail'),
      key: ids('AWS::KMS::Key'),
      buckets: ids('AWS::S3::Bucket').sort(),
      logGroup: ids('AWS::Logs::LogGroup'),
    }).toEqual({
      trail: ['Trail022F0CF2'],
      key: ['TrailKey31F874A3'],
      buckets: ['TrailAccessLogs14A34ABD', 'TrailBucket7F7024F7'],
      logGroup: ['TrailLogGroup4CBE3AF5'],
    });
    rendered(stack).hasResourceProperties('AWS::CloudTrail::Trail', { TrailName: 'Stack-Trail-FE9DBB82' });
    rendered(stack).allResourcesProperties('AWS::S3::Bucket', { BucketName: Match.absent() });
    rendered(stack).allResourcesProperties('AWS::Logs::LogGroup', {
      LogGroupName: Match.absent(),
      LogGroupClass: Match.absent(),
    });
  });

  test('our own pack and cdk-nag find nothing', () => {
    const { stack } = define();
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
  });

  test('takes a compliance lock, a longer retention, and a shorter log group', () => {
    const { stack } = define({
      retention: Duration.days(800),
      objectLock: s3.ObjectLockRetention.compliance(Duration.days(730)),
      logGroupRetention: logs.RetentionDays.ONE_YEAR,
    });
    rendered(stack).hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 730 } } },
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 800 })] },
    });
    rendered(stack).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  test('takes a key and a bucket for access logs that exist, and makes none', () => {
    const stack = stackIn('eu-west-1');
    const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/audit';
    new AuditTrail(stack, 'Trail', {
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', keyArn),
      serverAccessLogBucket: s3.Bucket.fromBucketName(stack, 'Logs', 'access-logs'),
    });
    rendered(stack).resourceCountIs('AWS::KMS::Key', 0);
    rendered(stack).resourceCountIs('AWS::S3::Bucket', 1);
    rendered(stack).hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: { DestinationBucketName: 'access-logs' },
    });
    rendered(stack).hasResourceProperties('AWS::CloudTrail::Trail', { KMSKeyId: keyArn });
  });

  test('takes a name, which the policies use', () => {
    const { stack } = define({ trailName: 'audit.main_trail-1' });
    rendered(stack).hasResourceProperties('AWS::CloudTrail::Trail', { TrailName: 'audit.main_trail-1' });
    expect(JSON.stringify(policyOf(stack, 'TrailBucket7F7024F7'))).toContain(':trail/audit.main_trail-1"');
  });

  test('takes a name that is not known yet', () => {
    const stack = stackIn('eu-west-1');
    const name = new CfnParameter(stack, 'Name').valueAsString;
    new AuditTrail(stack, 'Trail', { trailName: name });
    rendered(stack).hasResourceProperties('AWS::CloudTrail::Trail', { TrailName: { Ref: 'Name' } });
  });

  test.each(['ab', 'a'.repeat(129), '-audit', 'audit-', 'my-_trail', 'a trail', '192.168.5.4'])(
    'refuses the name %j',
    (trailName) => {
      expect(() => define({ trailName })).toThrow(
        `Stack/Trail: 'trailName' must have 3 to 128 letters, digits and single '.', '_' or '-' between them, and be no IP address, got "${trailName.slice(0, 80)}"`,
      );
    },
  );

  test('makes a name that fits, however long its path is', () => {
    const stack = stackIn('eu-west-1');
    const deep = new Construct(new Construct(stack, 'a'.repeat(200)), 'b'.repeat(200));
    for (const id of ['One', 'Two']) new AuditTrail(deep, id);
    const names = Object.values(resourcesOf(stack, 'AWS::CloudTrail::Trail')).map(
      ({ Properties }) => Properties.TrailName,
    );
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9-]{3,128}$/);
  });

  test('that exists already may be known at deployment only', () => {
    const stack = stackIn('eu-west-1');
    const trail = AuditTrail.fromAuditTrailAttributes(stack, 'Trail', {
      trailArn: new CfnParameter(stack, 'Arn').valueAsString,
      bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'audit-bucket'),
    });
    expect(JSON.stringify(stack.resolve(trail.metricTrailChanges().namespace))).toContain('{"Ref":"Arn"}');
    expect(() => trail.metricIncomingEvents()).toThrow(
      "Stack/Trail: 'logGroup' must be among the attributes of an imported trail to measure what arrives there",
    );
  });

  test('refuses a bucket for access logs into which Amazon S3 would not write', () => {
    const stack = stackIn('eu-west-1');
    const { bucket } = new LogBucket(stack, 'Flows', { kind: LogKind.VPC_FLOW });
    expect(() => new AuditTrail(stack, 'Trail', { serverAccessLogBucket: bucket })).toThrow(
      "Stack/Trail/Bucket: 'serverAccessLogBucket' must be for server access logs of Amazon S3, got a LogBucket for flow logs of networks, make one of kind S3_SERVER_ACCESS",
    );
  });

  test('refuses to lock, keep or have at hand for less than a year', () => {
    const lock = s3.ObjectLockRetention.governance(Duration.days(364));
    expect(() => define({ objectLock: lock })).toThrow(
      "Stack/Trail/Bucket: 'objectLock' must last at least 365 days, as long as PCI DSS 10.5.1 asks for, got 364",
    );
    expect(() => define({ retention: Duration.days(364) })).toThrow(
      "Stack/Trail/Bucket: 'retention' must be at least 365 days, which PCI DSS 10.5.1 asks for, got 364",
    );
    expect(() => define({ logGroupRetention: logs.RetentionDays.SIX_MONTHS })).toThrow(
      "Stack/Trail: 'logGroupRetention' must be at least 365 days, which PCI DSS 10.5.1 asks for, got 180",
    );
  });
});

describe('the metrics of an AuditTrail', () => {
  test('count calls that change a trail, and calls over TLS 1.0 and 1.1', () => {
    const { stack, trail } = define();
    const filters = Object.values(resourcesOf(stack, 'AWS::Logs::MetricFilter')).map(
      ({ Properties }) => Properties,
    );
    expect(filters.map(({ FilterPattern }) => FilterPattern)).toEqual([
      expect.stringMatching(
        /^\{ \(\$\.eventSource = "cloudtrail\.amazonaws\.com"\) && .*"StopLogging".* \}$/,
      ),
      '{ ($.tlsDetails.tlsVersion = "TLSv1") || ($.tlsDetails.tlsVersion = "TLSv1.1") }',
    ]);
    const measured = [trail.metricTrailChanges(), trail.metricCallsBelowTls12()];
    for (const [index, metric] of measured.entries()) {
      const [transformation] = filters[index]?.MetricTransformations ?? [];
      expect(transformation).toMatchObject({
        MetricValue: '1',
        DefaultValue: 0,
        MetricName: metric.metricName,
      });
      expect(stack.resolve(metric.namespace)).toBe(transformation.MetricNamespace);
    }
  });

  test('tell when nothing arrives any more', () => {
    const { stack, trail } = define();
    const metric = trail.metricIncomingEvents();
    expect(stack.resolve(metric.dimensions)).toEqual({ LogGroupName: { Ref: 'TrailLogGroup4CBE3AF5' } });
    expect([metric.namespace, metric.metricName, metric.statistic]).toEqual([
      'AWS/Logs',
      'IncomingLogEvents',
      'Sum',
    ]);
  });
});

describe('an auditor', () => {
  const actionsOf = (stack: Stack) => {
    const policies = Object.entries(resourcesOf(stack, 'AWS::IAM::Policy'));
    const [, policy] = policies.find(([id]) => id.startsWith('Auditor')) ?? [];
    const statements: { Action: string | string[] }[] = policy?.Properties.PolicyDocument.Statement;
    return statements.flatMap(({ Action }) => Action).sort();
  };

  test('may read, decrypt and verify the record, and change nothing', () => {
    const { stack, trail } = define();
    trail
      .grantRead(new iam.Role(stack, 'Auditor', { assumedBy: new iam.AccountRootPrincipal() }))
      .assertSuccess();
    const actions = actionsOf(stack);
    expect(actions).toEqual(
      expect.arrayContaining([
        's3:GetObject*',
        's3:List*',
        'kms:Decrypt',
        'logs:FilterLogEvents',
        'cloudtrail:ListPublicKeys',
        'cloudtrail:DescribeTrails',
      ]),
    );
    expect(actions.filter((action) => !/:(Get|List|Describe|Decrypt|Filter)/.test(action))).toEqual([]);
  });

  test('of a trail that exists may read what is known of it', () => {
    const stack = stackIn('eu-west-1');
    const trail = AuditTrail.fromAuditTrailAttributes(stack, 'Trail', {
      trailArn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/audit',
      bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'audit-bucket'),
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/audit'),
    });
    trail.grantRead(new iam.Role(stack, 'Auditor', { assumedBy: new iam.AccountRootPrincipal() }));
    expect(actionsOf(stack)).toEqual(expect.arrayContaining(['kms:Decrypt', 's3:GetObject*']));
    expect(trail.metricTrailChanges().namespace).toBe('AuditTrail/audit');
    expect(() => trail.metricIncomingEvents()).toThrow(
      "Stack/Trail: 'logGroup' must be among the attributes of an imported trail to measure what arrives there",
    );
  });
});

test('two trails of one stack do not get into each other’s way', () => {
  const stack = new Stack();
  new AuditTrail(stack, 'One');
  new AuditTrail(stack, 'Two');
  const names = Object.values(resourcesOf(stack, 'AWS::CloudTrail::Trail')).map(
    ({ Properties }) => Properties.TrailName,
  );
  expect(new Set(names).size).toBe(2);
});
