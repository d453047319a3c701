import { CfnParameter, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LogBucket, type LogBucketProps, LogKind } from '../../../lib/constructs/log-store';
import { findingsOf, nagErrorsOf } from '../judged';
import { rendered, resourcesOf, stackIn, statementsOf } from '../support';

const ACCOUNT = { Ref: 'AWS::AccountId' };
const KINDS = LogKind.values().map((kind) => [kind.name, kind] as const);

function define(kind: LogKind, props: Omit<LogBucketProps, 'kind'> = {}) {
  const stack = stackIn('eu-west-1');
  return { stack, logs: new LogBucket(stack, 'Logs', { kind, ...props }) };
}

const allowedIn = (stack: ReturnType<typeof stackIn>) =>
  statementsOf(stack, 'AWS::S3::BucketPolicy').filter(({ Effect }) => Effect === 'Allow');

describe.each(KINDS)('a bucket for %s', (_, kind) => {
  test('is private, versioned, retained, and refuses keys of clients', () => {
    const { stack } = define(kind);
    rendered(stack).hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            Match.objectLike({
              BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
              ServerSideEncryptionByDefault: { SSEAlgorithm: kind.takesCustomerKey ? 'aws:kms' : 'AES256' },
            }),
          ],
        },
      },
    });
  });

  test('denies plaintext and TLS below 1.2', () => {
    const { stack } = define(kind);
    const denials = statementsOf(stack, 'AWS::S3::BucketPolicy').filter(({ Effect }) => Effect === 'Deny');
    expect(denials.map(({ Condition }) => Condition)).toEqual([
      { Bool: { 'aws:SecureTransport': 'false' } },
      { NumericLessThan: { 's3:TlsVersion': 1.2 } },
    ]);
  });

  test('lets in the service that writes the kind, for this account, and nobody else', () => {
    const { stack } = define(kind);
    const allowed = allowedIn(stack);
    expect(allowed.length).toBeGreaterThan(0);
    for (const statement of allowed) {
      expect(statement).toMatchObject({ Principal: { Service: kind.servicePrincipal } });
      // Where the service does not say for whom it writes, the path does.
      expect(JSON.stringify([statement.Condition, statement.Resource])).toContain('AWS::AccountId');
    }
  });

  test('has a key of its own, rotated and retained, exactly where the service can use one', () => {
    const { stack, logs } = define(kind);
    const keys = Object.values(resourcesOf(stack, 'AWS::KMS::Key'));
    expect(keys).toHaveLength(kind.takesCustomerKey ? 1 : 0);
    expect(logs.encryptionKey !== undefined).toBe(kind.takesCustomerKey);
    for (const key of keys) {
      expect(key).toMatchObject({ DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
      const [, ...services] = key.Properties.KeyPolicy.Statement;
      expect(services.length).toBeGreaterThan(0);
      for (const { Principal, Condition } of services) {
        expect(Principal).toEqual({ Service: kind.servicePrincipal });
        expect(JSON.stringify(Condition)).toContain('AWS::AccountId');
      }
    }
  });

  test('our own pack finds nothing, and cdk-nag that it does not log itself', () => {
    const { stack } = define(kind);
    expect(findingsOf(stack)).toEqual([]);
    // S1: nobody reads logs by way of a log of their own; an AuditTrail brings one.
    expect(nagErrorsOf(stack)).toEqual(['AwsSolutions-S1']);
  });
});

describe('LogBucket', () => {
  test('locks logs for a year where the kind is known to be written to locked buckets, and only there', () => {
    for (const kind of LogKind.values()) {
      const locked = kind === LogKind.CLOUDTRAIL;
      rendered(define(kind).stack).hasResourceProperties('AWS::S3::Bucket', {
        ObjectLockConfiguration: locked
          ? { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } }
          : Match.absent(),
      });
    }
  });

  const lock = s3.ObjectLockRetention.compliance(Duration.days(365));

  test('takes a lock for a kind of which no source says either way', () => {
    const { stack } = define(LogKind.VPC_FLOW, { objectLock: lock });
    rendered(stack).hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } } },
    });
  });

  test.each([LogKind.ALB_ACCESS, LogKind.ALB_CONNECTION, LogKind.S3_SERVER_ACCESS, LogKind.CONFIG])(
    'refuses a lock for %s, which would not arrive',
    (kind) => {
      expect(() => define(kind, { objectLock: lock })).toThrow(
        `Stack/Logs: 'objectLock' must be absent for ${kind.title}, which are not written to buckets with Object Lock, leave it out: versions are kept all the same`,
      );
    },
  );

  test.each([LogKind.ALB_ACCESS, LogKind.ALB_CONNECTION, LogKind.S3_SERVER_ACCESS])(
    'refuses a key of KMS for %s, which would not arrive',
    (kind) => {
      const stack = stackIn('eu-west-1');
      const encryptionKey = new kms.Key(stack, 'Key');
      expect(() => new LogBucket(stack, 'Logs', { kind, encryptionKey })).toThrow(
        `Stack/Logs: 'encryptionKey' must be absent for ${kind.title}, which are written to buckets with SSE-S3 only, leave it out`,
      );
    },
  );

  test('refuses to keep or lock logs for less than a year, or to lock them for longer than they are kept', () => {
    const days = (count: number) => s3.ObjectLockRetention.governance(Duration.days(count));
    expect(() => define(LogKind.VPC_FLOW, { retention: Duration.days(364) })).toThrow(
      "Stack/Logs: 'retention' must be at least 365 days, which PCI DSS 10.5.1 asks for, got 364",
    );
    expect(() => define(LogKind.VPC_FLOW, { objectLock: days(364) })).toThrow(
      "Stack/Logs: 'objectLock' must last at least 365 days, as long as PCI DSS 10.5.1 asks for, got 364",
    );
    expect(() => define(LogKind.VPC_FLOW, { objectLock: days(401) })).toThrow(
      "Stack/Logs: 'objectLock' must not outlast 'retention', got 401 and 400 days, raise 'retention'",
    );
  });

  test('refuses parts of a day, which S3 does not count', () => {
    const hours = Duration.hours(9001);
    expect(() => define(LogKind.VPC_FLOW, { retention: hours })).toThrow(
      "Stack/Logs: 'retention' must last whole days, got 375 days 1 hour",
    );
  });

  test('locks logs for as long as they are kept, to the day', () => {
    const objectLock = s3.ObjectLockRetention.governance(Duration.days(365));
    const { stack } = define(LogKind.VPC_FLOW, { objectLock, retention: Duration.days(365) });
    rendered(stack).hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 365 } } },
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 365 })] },
    });
  });

  test('names a bucket for AWS WAF as the service wants it, differently in each account and region', () => {
    const { stack } = define(LogKind.WAF);
    const [bucket] = Object.values(resourcesOf(stack, 'AWS::S3::Bucket'));
    const [first, account, last]: readonly string[] = bucket?.Properties.BucketName['Fn::Join']?.[1] ?? [];
    expect([first, account, last]).toEqual([
      expect.stringMatching(/^aws-waf-logs-[a-z0-9]{1,22}-$/),
      ACCOUNT,
      '-eu-west-1',
    ]);
    expect((first ?? '').length + 12 + '-ap-southeast-2'.length).toBeLessThanOrEqual(63);
  });

  test('refuses another beginning of the name for AWS WAF, and takes one that is not known yet', () => {
    expect(() => define(LogKind.WAF, { bucketName: 'my-waf-logs' })).toThrow(
      'Stack/Logs: \'bucketName\' must begin with "aws-waf-logs-" for logs of AWS WAF, got "my-waf-logs", leave it out',
    );
    const stack = stackIn('eu-west-1');
    const bucketName = new CfnParameter(stack, 'Name').valueAsString;
    new LogBucket(stack, 'Logs', { kind: LogKind.WAF, bucketName });
    rendered(stack).hasResourceProperties('AWS::S3::Bucket', { BucketName: { Ref: 'Name' } });
  });

  test('logs of CloudFront come from us-east-1, wherever the bucket lies', () => {
    const { stack } = define(LogKind.CLOUDFRONT_STANDARD);
    expect(allowedIn(stack)[0]).toMatchObject({
      Condition: {
        StringEquals: { 'aws:SourceAccount': ACCOUNT, 's3:x-amz-acl': 'bucket-owner-full-control' },
        ArnLike: {
          'aws:SourceArn': { 'Fn::Join': ['', ['arn:aws:logs:us-east-1:', ACCOUNT, ':delivery-source:*']] },
        },
      },
    });
  });

  test('takes a prefix, and flow logs in either layout of folders', () => {
    const { stack } = define(LogKind.VPC_FLOW, { prefix: 'flows' });
    const [id] = Object.keys(resourcesOf(stack, 'AWS::S3::Bucket'));
    const arn = { 'Fn::GetAtt': [id, 'Arn'] };
    expect(allowedIn(stack)[0]?.Resource).toEqual([
      { 'Fn::Join': ['', [arn, '/flows/AWSLogs/', ACCOUNT, '/*']] },
      { 'Fn::Join': ['', [arn, '/flows/AWSLogs/aws-account-id=', ACCOUNT, '/*']] },
    ]);
  });

  test('lets in what is named alone, where sources are named', () => {
    const trail = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/audit';
    const { stack } = define(LogKind.CLOUDTRAIL, { sourceArns: [trail] });
    for (const { Condition } of allowedIn(stack)) {
      expect(Condition).toMatchObject({ ArnLike: { 'aws:SourceArn': trail } });
    }
  });

  test('takes a key that exists, which encrypts with a bucket key except for CloudTrail', () => {
    for (const kind of [LogKind.NLB_ACCESS, LogKind.CLOUDTRAIL]) {
      const stack = stackIn('eu-west-1');
      const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/logs';
      new LogBucket(stack, 'Logs', {
        kind,
        encryptionKey: kms.Key.fromKeyArn(stack, 'Key', keyArn),
      });
      rendered(stack).resourceCountIs('AWS::KMS::Key', 0);
      rendered(stack).hasResourceProperties('AWS::S3::Bucket', {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            Match.objectLike({
              BucketKeyEnabled: kind !== LogKind.CLOUDTRAIL,
              ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn },
            }),
          ],
        },
      });
    }
  });

  test('logs its own access to another bucket', () => {
    const stack = stackIn('eu-west-1');
    const { bucket } = new LogBucket(stack, 'Access', { kind: LogKind.S3_SERVER_ACCESS });
    new LogBucket(stack, 'Flows', { kind: LogKind.VPC_FLOW, serverAccessLogBucket: bucket });
    rendered(stack).hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: {
        DestinationBucketName: stack.resolve(bucket.bucketName),
        LogFilePrefix: 'Stack/Flows/',
      },
    });
    expect(nagErrorsOf(stack)).toEqual([]);
  });

  test('keeps logs for 400 days, the last 90 at hand', () => {
    const { stack } = define(LogKind.ALB_ACCESS);
    rendered(stack).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'Retention',
            Status: 'Enabled',
            ExpirationInDays: 400,
            NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
            Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 90 }],
          },
        ],
      },
    });
  });

  test('can be made to leave with its stack; its key stays', () => {
    const { stack } = define(LogKind.VPC_FLOW, { removalPolicy: RemovalPolicy.DESTROY });
    rendered(stack).hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    rendered(stack).hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
  });

  test('has logical ids that do not change', () => {
    const { stack } = define(LogKind.VPC_FLOW);
    expect(Object.keys(resourcesOf(stack, 'AWS::S3::Bucket'))).toEqual(['Logs59B087BB']);
    expect(Object.keys(resourcesOf(stack, 'AWS::KMS::Key'))).toEqual(['LogsKeyB5D1D597']);
  });

  test('lets Amazon S3 log reads of it to a bucket that is no LogBucket, below its own path only', () => {
    const stack = stackIn('eu-west-1');
    const serverAccessLogBucket = new s3.Bucket(stack, 'Access');
    new LogBucket(stack, 'Flows', { kind: LogKind.VPC_FLOW, serverAccessLogBucket });
    const policies = Object.values(resourcesOf(stack, 'AWS::S3::BucketPolicy'));
    const access = policies.find(({ Properties }) => JSON.stringify(Properties.Bucket).includes('Access'));
    expect(access?.Properties.PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: {
          'Fn::Join': ['', [stack.resolve(serverAccessLogBucket.bucketArn), '/Stack/Flows/*']],
        },
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      },
    ]);
  });

  test('lets Amazon S3 in once where its reads are logged to a LogBucket', () => {
    const stack = stackIn('eu-west-1');
    const { bucket } = new LogBucket(stack, 'Access', { kind: LogKind.S3_SERVER_ACCESS });
    for (const id of ['One', 'Two']) {
      new LogBucket(stack, id, { kind: LogKind.ALB_ACCESS, serverAccessLogBucket: bucket });
    }
    const policies = Object.values(resourcesOf(stack, 'AWS::S3::BucketPolicy'));
    const access = policies.find(({ Properties }) => JSON.stringify(Properties.Bucket).includes('Access'));
    const statements: { Effect: string }[] = access?.Properties.PolicyDocument.Statement;
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).toHaveLength(1);
  });

  test.each(['/logs', 'logs/', '', 'AWSLogs/network'])('refuses the prefix %j', (prefix) => {
    expect(() => define(LogKind.VPC_FLOW, { prefix })).toThrow(
      `Stack/Logs: 'prefix' must have no slash at either end and no AWSLogs in it, which the service adds, got ${JSON.stringify(prefix)}, leave it out for none`,
    );
  });

  test.each(['ab', 'a'.repeat(64), 'My-Logs', '-logs', 'logs.', 'lo_gs'])(
    'refuses the name %j, also where it is too long',
    (bucketName) => {
      expect(() => define(LogKind.VPC_FLOW, { bucketName })).toThrow(
        `Stack/Logs: 'bucketName' must be 3 to 63 lower-case letters, digits, '.' and '-', the last two not at an end, got ${JSON.stringify(bucketName)} of ${bucketName.length} characters, leave it out to have one made`,
      );
    },
  );

  test('refuses sources that are everybody or nobody', () => {
    expect(() => define(LogKind.CLOUDTRAIL, { sourceArns: [] })).toThrow(
      "Stack/Logs: 'sourceArns' must name whom the service may write for, got nothing, leave it out for those of this account",
    );
    expect(() => define(LogKind.CLOUDTRAIL, { sourceArns: ['*'] })).toThrow('got "*", leave it out');
  });

  test('refuses sources where the service does not say for whom it writes', () => {
    const sourceArns = ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/*'];
    expect(() => define(LogKind.ALB_ACCESS, { sourceArns })).toThrow(
      "Stack/Logs: 'sourceArns' must be absent for access logs of application load balancers, since the service does not say for what it writes and would be refused, leave it out: the account in the path is the limit",
    );
  });
});

describe('a LogBucket that exists already', () => {
  const bucketArn = 'arn:aws:s3:::flow-logs-of-the-company';

  test('is known by its ARN, kind, region and key', () => {
    const stack = stackIn('eu-west-1');
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/logs');
    const logs = LogBucket.fromLogBucketAttributes(stack, 'Logs', {
      kind: LogKind.VPC_FLOW,
      bucketArn,
      region: 'eu-central-1',
      encryptionKey,
    });
    expect(logs.kind).toBe(LogKind.VPC_FLOW);
    expect([logs.bucket.bucketArn, logs.bucket.bucketName]).toEqual([bucketArn, 'flow-logs-of-the-company']);
    expect(logs.bucket.env.region).toBe('eu-central-1');
    expect([logs.encryptionKey, logs.bucket.encryptionKey]).toEqual([encryptionKey, encryptionKey]);
    expect(rendered(stack).toJSON().Resources).toBeUndefined();
  });

  test('lies in the region of the stack unless it says otherwise', () => {
    const stack = stackIn('eu-west-1');
    const logs = LogBucket.fromLogBucketAttributes(stack, 'Logs', { kind: LogKind.ALB_ACCESS, bucketArn });
    expect(logs.bucket.env.region).toBe('eu-west-1');
  });

  test('may be known at deployment only', () => {
    const stack = stackIn('eu-west-1');
    const parameter = new CfnParameter(stack, 'Arn').valueAsString;
    const { bucket } = LogBucket.fromLogBucketAttributes(stack, 'Logs', {
      kind: LogKind.S3_SERVER_ACCESS,
      bucketArn: parameter,
    });
    new LogBucket(stack, 'Flows', { kind: LogKind.VPC_FLOW, serverAccessLogBucket: bucket });
    rendered(stack).hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: {
        DestinationBucketName: {
          'Fn::Select': [
            0,
            { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', { Ref: 'Arn' }] }] }] },
          ],
        },
      },
    });
    rendered(stack).resourceCountIs('AWS::S3::BucketPolicy', 1);
  });
});
