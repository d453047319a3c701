import { collectFacts } from '../../../lib/judge/hops';
import { s3 } from '../../../lib/judge/hops/connectors/s3';
import { S3_PACK_ROWS, S3_RULES } from '../../../lib/judge/rules/s3';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { App } from '../../../lib/judge/template';
import { denialsOf, factsOf, hopsOf, type TemplateParts, verdictsOf, wordsOf } from '../support';

const BUCKET = 'AWS::S3::Bucket';
const POLICY = 'AWS::S3::BucketPolicy';
const ARN: Json = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
const OBJECTS: Json = { 'Fn::Join': ['', [ARN, '/*']] };

const rule = (id: string) => {
  const found = S3_RULES.find((candidate) => candidate.id === id);
  if (found === undefined) throw new TypeError(`no rule ${id}`);
  return found;
};

const judge = (id: string, resources: JsonMap, parts?: TemplateParts) =>
  wordsOf(rule(id), factsOf(s3, resources, parts));

const deny = (parts: JsonMap = {}): JsonMap => ({
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 's3:*',
  Resource: [ARN, OBJECTS],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  ...parts,
});

const policy = (statement: Json = [deny()], bucket: Json = { Ref: 'Bucket' }): JsonMap => ({
  Type: POLICY,
  Properties: { Bucket: bucket, PolicyDocument: { Version: '2012-10-17', Statement: statement } },
});

const withPolicy = (statement?: Json, properties: JsonMap = {}): JsonMap => ({
  Bucket: { Type: BUCKET, Properties: properties },
  Policy: policy(statement),
});

const AT_FIRST = 'violation at Properties.PolicyDocument.Statement.0: a Deny that lets plaintext through';

describe('BucketDeniesPlaintext', () => {
  const onBucket = (resources: JsonMap, parts?: TemplateParts) =>
    judge('BucketDeniesPlaintext', resources, parts);

  test('passes the statement that CDK writes for enforceSSL', () => {
    expect(onBucket(withPolicy())).toEqual(['compliant']);
  });

  test('fails a bucket without a policy', () => {
    expect(onBucket({ Bucket: { Type: BUCKET } })).toEqual(['violation at Properties: no policy']);
  });

  test('fails a bucket whose policy denies nothing', () => {
    expect(onBucket(withPolicy([deny({ Effect: 'Allow', Condition: {} })]))).toEqual([
      'violation at Properties.PolicyDocument: no Deny of plaintext',
    ]);
  });

  test('fails a Deny that a further condition disables, and tells who gets through', () => {
    const resources = withPolicy([
      deny({
        Condition: { Bool: { 'aws:SecureTransport': 'false' }, StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
      }),
    ]);
    expect(onBucket(resources)).toEqual([AT_FIRST]);
    const [verdict] = verdictsOf(rule('BucketDeniesPlaintext'), factsOf(s3, resources));
    expect(verdict).toMatchObject({
      counterexample:
        's3:GetObject on an object of the bucket over plain HTTP, whose aws:SourceVpc is not vpc-1, is not denied',
    });
  });

  test('passes BoolIfExists', () => {
    const condition = { BoolIfExists: { 'aws:SecureTransport': 'false' } };
    expect(onBucket(withPolicy([deny({ Condition: condition })]))).toEqual(['compliant']);
  });

  test('passes Resource *', () => {
    expect(onBucket(withPolicy([deny({ Resource: '*' })]))).toEqual(['compliant']);
  });

  test('passes a single statement that is no list', () => {
    expect(onBucket(withPolicy(deny()))).toEqual(['compliant']);
  });

  test('fails a Deny of old versions only: requests in clear have no s3:TlsVersion', () => {
    const condition = { NumericLessThan: { 's3:TlsVersion': 1.2 } };
    expect(onBucket(withPolicy([deny({ Condition: condition })]))).toEqual([AT_FIRST]);
  });

  test('fails a Deny with NotPrincipal and does not throw', () => {
    const { Principal: _, ...rest } = deny();
    const statement = { ...rest, NotPrincipal: { AWS: 'arn:aws:iam::111111111111:role/legacy' } };
    expect(onBucket(withPolicy([statement]))).toEqual([AT_FIRST]);
  });

  test('fails a Deny on the bucket alone and on the objects alone', () => {
    expect(onBucket(withPolicy([deny({ Resource: ARN })]))).toEqual([AT_FIRST]);
    expect(onBucket(withPolicy([deny({ Resource: OBJECTS })]))).toEqual([AT_FIRST]);
    expect(onBucket(withPolicy([deny({ Resource: ARN }), deny({ Resource: OBJECTS })]))).toEqual([
      'compliant',
    ]);
  });

  test('fails a Deny on another bucket', () => {
    const resources = {
      ...withPolicy([
        deny({
          Resource: [{ 'Fn::GetAtt': ['Other', 'Arn'] }, { 'Fn::Sub': 'arn:aws:s3:::$' + '{Other}/*' }],
        }),
      ]),
      Other: { Type: BUCKET },
    };
    expect(onBucket(resources)).toContain(AT_FIRST);
  });

  test('counts a bucket that is encrypted at rest with a customer key as open all the same', () => {
    const encryption = {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] },
            },
          },
        ],
      },
    };
    const resources = { Bucket: { Type: BUCKET, Properties: encryption }, Key: { Type: 'AWS::KMS::Key' } };
    expect(onBucket(resources)).toEqual(['violation at Properties: no policy']);
    expect(factsOf(s3, resources)).toContainEqual(
      expect.objectContaining({
        fact: 'store',
        encryption: expect.objectContaining({ value: 'customer-key' }),
      }),
    );
  });

  test('wants the Deny on a bucket that only takes access logs too', () => {
    const resources = {
      Logs: { Type: BUCKET },
      Bucket: {
        Type: BUCKET,
        Properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'Logs' } } },
      },
      Policy: policy(),
    };
    expect(onBucket(resources).toSorted()).toEqual(['compliant', 'violation at Properties: no policy']);
  });

  test.each<[string, Json]>([
    ['by its literal name', ['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*']],
    ['by the partition it is in', { 'Fn::Sub': 'arn:$' + '{AWS::Partition}:s3:::orders*' }],
    [
      'by its reference',
      [{ 'Fn::Sub': 'arn:aws:s3:::$' + '{Bucket}' }, { 'Fn::Sub': '$' + '{Bucket.Arn}/*' }],
    ],
  ])('passes a bucket that the policy names %s', (_, resource) => {
    const resources = {
      Bucket: { Type: BUCKET, Properties: { BucketName: 'orders' } },
      Policy: policy([deny({ Resource: resource })], 'orders'),
    };
    expect(onBucket(resources)).toEqual(['compliant']);
  });

  test('passes a bucket whose name is made from the account', () => {
    const name = { 'Fn::Sub': 'orders-$' + '{AWS::AccountId}' };
    const arn = { 'Fn::Sub': 'arn:aws:s3:::orders-$' + '{AWS::AccountId}' };
    const resources = {
      Bucket: { Type: BUCKET, Properties: { BucketName: name } },
      Policy: policy([deny({ Resource: [arn, { 'Fn::Join': ['/', [arn, '*']] }] })]),
    };
    expect(onBucket(resources)).toEqual(['compliant']);
  });

  test('judges each of several policies of one bucket, since the last one wins', () => {
    const resources = {
      ...withPolicy(),
      Second: policy([deny({ Principal: { AWS: 'arn:aws:iam::1:root' } })]),
    };
    expect(onBucket(resources)).toEqual([AT_FIRST]);
  });

  test('finds the policy in another stack, through an export', () => {
    const bucket = {
      Resources: { Bucket: { Type: BUCKET } },
      Outputs: {
        Name: { Value: { Ref: 'Bucket' }, Export: { Name: 'bucket-name' } },
        Arn: { Value: ARN, Export: { Name: 'bucket-arn' } },
      },
    };
    const arn = { 'Fn::ImportValue': 'bucket-arn' };
    const policies = {
      Resources: {
        Policy: policy([deny({ Resource: [arn, { 'Fn::Join': ['', [arn, '/*']] }] })], {
          'Fn::ImportValue': 'bucket-name',
        }),
      },
    };
    const app = new App([
      { name: 'Data', region: 'eu-west-1', json: bucket as unknown as JsonMap },
      { name: 'Policies', region: 'eu-west-1', json: policies as unknown as JsonMap },
    ]);
    expect(wordsOf(rule('BucketDeniesPlaintext'), collectFacts(app, [s3]).all)).toEqual(['compliant']);
  });

  test('finds the policy in another stack, through Fn::GetStackOutput', () => {
    const output = (name: string) => ({ 'Fn::GetStackOutput': { StackName: 'data', OutputName: name } });
    const bucket = {
      Resources: { Bucket: { Type: BUCKET } },
      Outputs: { Name: { Value: { Ref: 'Bucket' } }, Arn: { Value: ARN } },
    };
    const statement = deny({ Resource: [output('Arn'), { 'Fn::Join': ['', [output('Arn'), '/*']] }] });
    const app = new App([
      { name: 'Data', stackName: 'data', region: 'eu-west-1', json: bucket as unknown as JsonMap },
      {
        name: 'Policies',
        region: 'eu-west-1',
        json: { Resources: { Policy: policy([statement], output('Name')) } },
      },
    ]);
    expect(wordsOf(rule('BucketDeniesPlaintext'), collectFacts(app, [s3]).all)).toEqual(['compliant']);
  });

  test('judges a policy for a bucket that no template makes by itself', () => {
    const good = ['arn:aws:s3:::elsewhere', 'arn:aws:s3:::elsewhere/*'];
    expect(onBucket({ Policy: policy([deny({ Resource: good })], 'elsewhere') })).toEqual(['compliant']);
    expect(onBucket({ Policy: policy([deny({ Resource: good[0] ?? '' })], 'elsewhere') })).toEqual([
      AT_FIRST,
    ]);
  });

  test('judges a policy for a bucket that a custom resource makes by itself', () => {
    const resources = {
      Maker: { Type: 'Custom::Bucket' },
      Policy: policy([deny({ Resource: '*' })], { 'Fn::GetAtt': ['Maker', 'Name'] }),
    };
    expect(onBucket(resources)).toEqual(['compliant']);
  });

  test('cannot tell where a parameter without default decides', () => {
    const parts = { Parameters: { Who: { Type: 'String' } } };
    expect(onBucket(withPolicy([deny({ Principal: { AWS: { Ref: 'Who' } } })]), parts)).toEqual([
      'unknown at Properties.PolicyDocument.Statement.0',
    ]);
  });

  test('cannot tell where a macro writes the document', () => {
    const hidden = {
      Type: POLICY,
      Properties: {
        Bucket: { Ref: 'Bucket' },
        PolicyDocument: { 'Fn::Transform': { Name: 'AWS::Include' } },
      },
    };
    expect(onBucket({ Bucket: { Type: BUCKET }, Policy: hidden })).toEqual([
      'unknown at Properties.PolicyDocument',
    ]);
  });

  test('sees a statement that exists in one environment only', () => {
    const parts = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const statement = [{ 'Fn::If': ['IsProd', deny(), { Ref: 'AWS::NoValue' }] }];
    const facts = factsOf(s3, withPolicy(statement), parts);
    const words = denialsOf(facts).map(({ when, denial }) => `${when}: ${denial.value}`);
    expect(words.toSorted()).toEqual(['Stack.Stage = prod: denied', 'Stack.Stage = test: absent']);
  });

  test('sees a policy that exists in one environment only', () => {
    const parts = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const resources = { Bucket: { Type: BUCKET }, Policy: { ...policy(), Condition: 'IsProd' } };
    expect(onBucket(resources, parts).toSorted()).toEqual([
      'compliant',
      'violation at Properties: no policy',
    ]);
  });
});

describe('BucketRequiresTls12', () => {
  const below = (version: Json) => deny({ Condition: { NumericLessThan: { 's3:TlsVersion': version } } });

  test('passes a statement for s3:TlsVersion beside the one for plaintext', () => {
    expect(judge('BucketRequiresTls12', withPolicy([deny(), below(1.2)]))).toEqual(['compliant']);
  });

  test('finds a policy without it, and one with less', () => {
    const want = 'violation at Properties.PolicyDocument: ';
    expect(judge('BucketRequiresTls12', withPolicy())).toEqual([`${want}no minimum version`]);
    expect(judge('BucketRequiresTls12', withPolicy([deny(), below(1.1)]))).toEqual([`${want}TLSv1.1`]);
  });

  test('cannot tell where a parameter is the version', () => {
    const parts = { Parameters: { Version: { Type: 'Number' } } };
    expect(judge('BucketRequiresTls12', withPolicy([deny(), below({ Ref: 'Version' })]), parts)).toEqual([
      'unknown at Properties.PolicyDocument',
    ]);
  });

  test('says nothing where plaintext is not denied: one fault is one finding', () => {
    expect(judge('BucketRequiresTls12', withPolicy([below(1.2)]))).toEqual([]);
  });
});

describe('WebsiteEndpointIsNotUsed', () => {
  const website = (configuration: Json, statement: Json = []) =>
    judge('WebsiteEndpointIsNotUsed', withPolicy(statement, { WebsiteConfiguration: configuration }));

  test('fails a website endpoint, since it speaks HTTP only', () => {
    expect(website({ IndexDocument: 'index.html' })).toEqual([
      'violation at Properties.WebsiteConfiguration: a website endpoint',
    ]);
  });

  test('passes one that the policy of the bucket refuses', () => {
    expect(website({ IndexDocument: 'index.html' }, [deny()])).toEqual(['compliant']);
  });

  test('passes a redirect of everything to https', () => {
    expect(website({ RedirectAllRequestsTo: { HostName: 'example.com', Protocol: 'https' } })).toEqual([
      'compliant',
    ]);
  });

  test('fails a redirect that keeps the protocol', () => {
    expect(website({ RedirectAllRequestsTo: { HostName: 'example.com' } })).toEqual([
      'violation at Properties.WebsiteConfiguration: a redirect that keeps HTTP',
    ]);
  });

  test('cannot tell where a parameter is the protocol', () => {
    const resources = withPolicy([], {
      WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: 'x', Protocol: { Ref: 'How' } } },
    });
    expect(judge('WebsiteEndpointIsNotUsed', resources, { Parameters: { How: { Type: 'String' } } })).toEqual(
      ['unknown at Properties.WebsiteConfiguration.RedirectAllRequestsTo.Protocol'],
    );
  });

  test('says nothing about a bucket without one', () => {
    expect(judge('WebsiteEndpointIsNotUsed', withPolicy())).toEqual([]);
  });
});

describe('the facts about a bucket', () => {
  test('say that clients may choose plaintext where no Deny refuses it', () => {
    expect(hopsOf(factsOf(s3, { Bucket: { Type: BUCKET } }), 's3.bucket')[0]).toMatchObject({
      protocol: { value: 'tls-or-plaintext' },
      floor: { value: 'TLSv1.2' },
    });
    expect(hopsOf(factsOf(s3, withPolicy()), 's3.bucket')[0]).toMatchObject({ protocol: { value: 'tls' } });
  });

  test('tell the key and the expiry of what it holds', () => {
    const facts = factsOf(s3, {
      Bucket: {
        Type: BUCKET,
        Properties: {
          LifecycleConfiguration: {
            Rules: [
              { Status: 'Enabled', ExpirationInDays: 7, Prefix: 'tmp/' },
              { Status: 'Disabled', ExpirationInDays: 8 },
              { Status: 'Enabled', ExpirationInDays: 90 },
            ],
          },
        },
      },
    });
    expect(facts).toContainEqual(
      expect.objectContaining({
        fact: 'store',
        encryption: expect.objectContaining({ value: 'service-key', given: false }),
        retentionDays: expect.objectContaining({ value: 90 }),
      }),
    );
  });
});

test('a bucket as CDK makes it with enforceSSL has no error', () => {
  const facts = factsOf(s3, withPolicy());
  const errors = S3_PACK_ROWS.filter(({ level }) => level === 'error').flatMap((row) =>
    wordsOf(row.rule, facts),
  );
  expect(errors).toEqual(['compliant']);
});
