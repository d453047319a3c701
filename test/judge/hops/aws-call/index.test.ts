import { App as CdkApp, custom_resources as cr, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { judge } from '../../../../lib/judge/judge';
import { TRANSMISSION_PACK } from '../../../../lib/judge/packs/transmission';
import { App, type Json, type JsonMap } from '../../../../lib/judge/template';

const findingsIn = (json: JsonMap) =>
  judge(new App([{ name: 'S', json }]), TRANSMISSION_PACK)
    .findings.filter(({ rule }) => rule.id === 'ResourceCanBeJudged')
    .map(({ resource, path, detail, level, when }) => ({
      id: resource.logicalId,
      path,
      detail,
      level,
      when,
    }));

const custom = (properties: JsonMap, type = 'Custom::AWS', more: JsonMap = {}) =>
  findingsIn({
    ...more,
    Resources: {
      Call: { Type: type, Properties: { ServiceToken: 'arn', ...properties } },
      Listener: { Type: 'AWS::SNS::TopicPolicy', Properties: {} },
    },
  });

const call = (service: string, action: string, parameters: Json = {}) =>
  JSON.stringify({ service, action, parameters });

describe('a call of an AWS API at deployment', () => {
  test.each([
    ['ELBv2', 'modifyListener', 'listeners and targets of a load balancer'],
    [
      '@aws-sdk/client-elastic-load-balancing-v2',
      'ModifyListenerCommand',
      'listeners and targets of a load balancer',
    ],
    ['S3', 'putBucketPolicy', 'the policy, encryption or website of a bucket'],
    ['@aws-sdk/client-s3', 'DeleteBucketPolicy', 'the policy, encryption or website of a bucket'],
    ['CloudFront', 'updateDistribution', 'protocols and TLS policies of a distribution'],
    ['APIGateway', 'updateDomainName', 'TLS policy, endpoint or integrations of an API'],
    ['IAM', 'putRolePolicy', 'IAM policies, which may deny plaintext'],
    ['KMS', 'putKeyPolicy', 'a key or its policy'],
    ['EC2', 'authorizeSecurityGroupIngress', 'security groups, routes, endpoints or VPN connections'],
  ])('%s %s is told, with what it changes', (service, action, changes) => {
    const [first, ...others] = custom({ Update: call(service, action) });
    expect(others).toEqual([]);
    expect(first).toEqual({
      id: 'Call',
      path: 'Properties.Update',
      detail: `at deployment it calls ${service} ${action}, which changes ${changes}`,
      level: 'error',
      when: undefined,
    });
  });

  test.each(['getBucketPolicy', 'listBuckets', 'headBucket'])('that reads only is fine: S3 %s', (action) => {
    expect(custom({ Create: call('S3', action) })).toEqual([]);
  });

  test('is read through Fn::Join, and is the outermost of names that its parameters hold', () => {
    const Create = {
      'Fn::Join': [
        '',
        [
          '{"parameters":{"service":"S3","action":"getObject","Arn":"',
          { Ref: 'Listener' },
          '"},"service":"ELBv2","action":"modifyListener"}',
        ],
      ],
    };
    expect(custom({ Create })).toMatchObject([{ detail: expect.stringContaining('ELBv2 modifyListener') }]);
  });

  test('is found behind a condition, and then says when', () => {
    const Create = { 'Fn::If': ['Loose', call('S3', 'deleteBucketPolicy'), { Ref: 'AWS::NoValue' }] };
    const Conditions = { Loose: { 'Fn::Equals': [{ Ref: 'Mode' }, 'loose'] } };
    const Parameters = { Mode: { Type: 'String', Default: 'loose' } };
    expect(custom({ Create }, 'Custom::AWS', { Conditions, Parameters })).toHaveLength(1);
  });

  test.each<[string, Json]>([
    ['no JSON', 'putBucketPolicy'],
    ['without a service', '{"action":"putBucketPolicy"}'],
    ['a parameter that nobody gives', { Ref: 'Unknown' }],
    ['a list', ['x']],
  ])('that is hidden is told: %s', (_, Create) => {
    expect(custom({ Create })).toMatchObject([
      {
        path: 'Properties.Create',
        detail: expect.stringMatching(/^which call it makes at deployment is hidden/),
      },
    ]);
  });

  test('is known by its properties where the custom resource has another type', () => {
    expect(custom({ Create: call('S3', 'putBucketPolicy') }, 'Custom::Mine')).toHaveLength(1);
    expect(custom({ Create: 'yes' }, 'Custom::Mine')).toEqual([]);
  });

  test('that CDK writes is understood, in both of its spellings of services', () => {
    const stack = new Stack(new CdkApp(), 'S');
    const group = new ec2.CfnSecurityGroup(stack, 'Group', { groupDescription: 'any' });
    for (const [id, service, action] of [
      ['Old', 'EC2', 'authorizeSecurityGroupIngress'],
      ['New', '@aws-sdk/client-ec2', 'RevokeSecurityGroupEgressCommand'],
      ['Fine', 'EC2', 'describeSecurityGroups'],
    ] as const) {
      new cr.AwsCustomResource(stack, id, {
        onUpdate: {
          service,
          action,
          parameters: { GroupId: group.ref, Port: 80 },
          physicalResourceId: cr.PhysicalResourceId.of(group.attrGroupId),
        },
        policy: cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
      });
    }
    const found = findingsIn(Template.fromStack(stack).toJSON() as JsonMap);
    expect(found.map(({ id, path }) => `${id.slice(0, 3)} ${path}`).sort()).toEqual([
      'New Properties.Create',
      'New Properties.Update',
      'Old Properties.Create',
      'Old Properties.Update',
    ]);
  });
});
