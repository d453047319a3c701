import { Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ACCESS_LOG_FIELDS } from '../../../lib/constructs/distribution';
import { rendered, resourcesOf, stackIn, statementsOf } from '../support';
import { configurationOf, define } from './edge';

const REASON = 'The fraud team looks for card testing in the query strings of campaigns.';
const DELIVERY = 'AWS::Logs::Delivery';

const CONDITIONS = {
  StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
  ArnLike: {
    'aws:SourceArn': {
      'Fn::Join': ['', ['arn:aws:logs:us-east-1:', { Ref: 'AWS::AccountId' }, ':delivery-source:*']],
    },
  },
};

describe('the access logs of a distribution', () => {
  test('name the TLS version and cipher suite of each request', () => {
    expect(ACCESS_LOG_FIELDS).toEqual(
      expect.arrayContaining(['ssl-protocol', 'ssl-cipher', 'c-ip', 'cs-method']),
    );
    const stack = stackIn('us-east-1');
    define(stack);
    rendered(stack).hasResourceProperties(DELIVERY, { RecordFields: ACCESS_LOG_FIELDS });
  });

  test('name neither cookies nor query strings nor referrers', () => {
    expect(ACCESS_LOG_FIELDS.filter((field) => /cookie|query|referer/i.test(field))).toEqual([]);
  });

  test('are delivered from the distribution to the bucket, by standard logging (v2) only', () => {
    const stack = stackIn('us-east-1');
    define(stack);
    const [bucket] = Object.keys(resourcesOf(stack, 'AWS::S3::Bucket'));
    const [distribution] = Object.keys(resourcesOf(stack, 'AWS::CloudFront::Distribution'));
    const [source] = Object.keys(resourcesOf(stack, 'AWS::Logs::DeliverySource'));
    const [destination] = Object.keys(resourcesOf(stack, 'AWS::Logs::DeliveryDestination'));
    const [policy = ''] = Object.keys(resourcesOf(stack, 'AWS::S3::BucketPolicy'));
    rendered(stack).hasResourceProperties('AWS::Logs::DeliverySource', {
      LogType: 'ACCESS_LOGS',
      ResourceArn: { 'Fn::Join': ['', Match.arrayWith([':distribution/', { Ref: distribution }])] },
    });
    rendered(stack).hasResourceProperties('AWS::Logs::DeliveryDestination', {
      DeliveryDestinationType: 'S3',
      DestinationResourceArn: { 'Fn::GetAtt': [bucket, 'Arn'] },
      OutputFormat: 'json',
    });
    rendered(stack).hasResource(DELIVERY, {
      DependsOn: [policy],
      Metadata: Match.absent(),
      Properties: {
        DeliverySourceName: { Ref: source },
        DeliveryDestinationArn: { 'Fn::GetAtt': [destination, 'Arn'] },
        S3SuffixPath: '{DistributionId}/{yyyy}/{MM}/{dd}/{HH}',
        S3EnableHiveCompatiblePath: false,
      },
    });
    expect(configurationOf(stack)).not.toHaveProperty('Logging');
  });

  test('have names that CloudWatch Logs takes, whatever the path of the distribution', () => {
    const stack = stackIn('us-east-1');
    define(stack);
    const names = ['AWS::Logs::DeliverySource', 'AWS::Logs::DeliveryDestination'].flatMap((type) =>
      Object.values(resourcesOf(stack, type)).map(({ Properties }) => Properties.Name),
    );
    expect(names).toHaveLength(2);
    for (const name of names) expect(name).toMatch(/^[\w-]{1,60}$/);
  });

  test('go into a bucket that takes them from deliveries of this account, over TLS 1.2 or newer only', () => {
    const stack = stackIn('us-east-1');
    define(stack);
    const statements = statementsOf(stack, 'AWS::S3::BucketPolicy');
    const { StringEquals, ArnLike } = CONDITIONS;
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: {
          'Fn::Join': ['', [expect.anything(), '/AWSLogs/', { Ref: 'AWS::AccountId' }, '/CloudFront/*']],
        },
        Condition: {
          StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...StringEquals },
          ArnLike,
        },
      },
      {
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: ['s3:GetBucketAcl', 's3:ListBucket'],
        Resource: expect.anything(),
        Condition: CONDITIONS,
      },
    ]);
    expect(statements.filter(({ Effect }) => Effect === 'Deny').map(({ Condition }) => Condition)).toEqual([
      { Bool: { 'aws:SecureTransport': 'false' } },
      { NumericLessThan: { 's3:TlsVersion': 1.2 } },
    ]);
  });

  test('may go into a bucket that is encrypted with KMS, whose key then admits the deliveries', () => {
    const stack = stackIn('us-east-1');
    const encryptionKey = new kms.Key(stack, 'Key');
    define(stack, { logBucket: new s3.Bucket(stack, 'Given', { encryptionKey }) });
    rendered(stack).resourceCountIs('AWS::S3::Bucket', 1);
    rendered(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          {
            Effect: 'Allow',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Action: [
              'kms:Decrypt',
              'kms:DescribeKey',
              'kms:Encrypt',
              'kms:GenerateDataKey*',
              'kms:ReEncrypt*',
            ],
            Resource: '*',
            Condition: CONDITIONS,
          },
        ]),
      },
    });
  });

  test('hold query strings only with a reason, which the template carries, and so does the web ACL', () => {
    const stack = stackIn('us-east-1');
    define(stack, { queryStringsInLogsReason: REASON });
    const Metadata = Match.objectLike({ SecureTransmission: { queryStringsInLogs: REASON } });
    rendered(stack).hasResource(DELIVERY, {
      Metadata,
      Properties: { RecordFields: [...ACCESS_LOG_FIELDS, 'cs-uri-query', 'cs(Referer)'] },
    });
    rendered(stack).hasResource('AWS::WAFv2::LoggingConfiguration', { Metadata });
    rendered(stack).hasResource('AWS::WAFv2::WebACL', { Metadata });
  });
});
