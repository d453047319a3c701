import { collectFacts } from '../../../lib/judge/hops';
import { CONNECTORS } from '../../../lib/judge/hops/connectors';
import type { Json } from '../../../lib/judge/template';
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
