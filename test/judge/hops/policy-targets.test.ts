import { collectFacts } from '../../../lib/judge/hops';
import { CONNECTORS } from '../../../lib/judge/hops/connectors';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { appOf, denialsOf } from '../support';

/** What is denied to whom, where the name of a bucket and the target of its policy are written as given. */
function denials(name: Json, target: Json) {
  const Statement = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const app = appOf(
    {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: name } },
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: target, PolicyDocument: { Statement } },
      },
    },
    { Parameters: { Name: { Type: 'String' }, Other: { Type: 'String' } } },
  );
  return denialsOf(collectFacts(app, CONNECTORS).all).map(
    ({ resource, denial }) => `${resource.logicalId} ${denial.value}`,
  );
}

describe('the policy of a bucket', () => {
  test.each<[string, Json]>([
    ['a parameter', { Ref: 'Name' }],
    ['an expression', { 'Fn::Sub': '${Name}-${AWS::AccountId}' }],
  ])('is known by %s for the name of both, whose value nobody knows', (_, name) => {
    expect(denials(name, name)).toEqual(['Bucket denied']);
  });

  test('is another one where another parameter names it', () => {
    expect(denials({ Ref: 'Name' }, { Ref: 'Other' })).toEqual(['Bucket absent', 'Policy denied']);
  });

  test('is known by a reference, whatever the bucket is called', () => {
    expect(denials({ Ref: 'Name' }, { Ref: 'Bucket' })).toEqual(['Bucket denied']);
  });
});

test.each<[string, string, JsonMap]>([
  [
    'a secret',
    'AWS::SecretsManager::ResourcePolicy',
    {
      SecretId: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf',
      ResourcePolicy: { Statement: denyTo({ AWS: 'arn:aws:iam::111122223333:role/app' }) },
    },
  ],
  [
    'an event bus',
    'AWS::Events::EventBusPolicy',
    { EventBusName: 'orders', StatementId: 'tls', Statement: denyTo({ AWS: '111122223333' }) },
  ],
])('the policy of %s that another stack makes is judged by itself', (_, type, properties) => {
  const app = appOf({ Policy: { Type: type, Properties: properties } });
  const found = denialsOf(collectFacts(app, CONNECTORS).all);
  expect(found.map(({ resource, denial }) => `${resource.logicalId} ${denial.value}`)).toEqual([
    'Policy weakened',
  ]);
});

/** A Deny of plaintext that holds for some only. */
function denyTo(Principal: Json): JsonMap {
  const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
  return { Effect: 'Deny', Principal, Action: '*', Resource: '*', Condition };
}
