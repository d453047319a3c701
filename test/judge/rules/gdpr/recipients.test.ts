import { DEFAULT_GDPR_PARAMETERS } from '../../../../lib/judge/rules/gdpr/parameters';
import { RECIPIENT_ROWS, recipientRows } from '../../../../lib/judge/rules/gdpr/recipients';
import type { JsonMap } from '../../../../lib/judge/template';
import { appOfStacks, found, HIDDEN, metadata, resource, store } from './support';

const OTHER = '444455556666';
const OWN = '111122223333';

/** An app of one stack of an account of ours. */
const own = (resources: JsonMap) =>
  appOfStacks({ account: OWN, resources: resources as Record<string, JsonMap> });

describe('ExternalRecipientIsNamed', () => {
  const RULE = 'ExternalRecipientIsNamed';
  const URL = 'https://key@api.parcels.example:8443/v1?token=secret';
  const named = { recipients: ['Parcels Ltd'] };

  const SENDERS: readonly [string, (address: string | JsonMap, changes?: object) => JsonMap, string][] = [
    [
      'a Firehose stream',
      (Url, changes) => ({
        It: store(
          'AWS::KinesisFirehose::DeliveryStream',
          { HttpEndpointDestinationConfiguration: { EndpointConfiguration: { Url } } },
          changes,
        ),
      }),
      'It.HttpEndpointDestinationConfiguration.EndpointConfiguration.Url',
    ],
    [
      'an API destination',
      (InvocationEndpoint, changes) => ({
        It: {
          Type: 'AWS::Events::ApiDestination',
          Properties: { InvocationEndpoint },
          ...(changes === undefined ? {} : { Metadata: metadata(changes) }),
        },
        Orders: store('AWS::SQS::Queue'),
      }),
      'It.InvocationEndpoint',
    ],
    [
      'a subscription',
      (Endpoint, changes) => ({
        It: resource('AWS::SNS::Subscription', { Protocol: 'https', Endpoint, TopicArn: { Ref: 'Topic' } }),
        Topic: store('AWS::SNS::Topic', {}, changes),
      }),
      'It.Endpoint',
    ],
    [
      'a location of DataSync',
      (AzureBlobContainerUrl, changes) => ({
        It: {
          Type: 'AWS::DataSync::LocationAzureBlob',
          Properties: { AzureBlobContainerUrl },
          ...(changes === undefined ? {} : { Metadata: metadata(changes) }),
        },
        Orders: store('AWS::SQS::Queue'),
      }),
      'It.AzureBlobContainerUrl',
    ],
  ];

  describe.each(SENDERS)('of %s', (_, of, place) => {
    test('passes one that data:recipients names', () => {
      expect(found(RECIPIENT_ROWS, RULE, of(URL, named))).toEqual([]);
    });

    test('fails one that nobody names, and shows its host and nothing else', () => {
      expect(found(RECIPIENT_ROWS, RULE, of(URL))).toEqual([
        `warning violation ${place}: api.parcels.example`,
      ]);
    });

    test('passes one that the register has, with what is below it, and no other', () => {
      const register = (host: string) =>
        recipientRows({
          ...DEFAULT_GDPR_PARAMETERS,
          recipients: [{ name: 'Parcels Ltd', hosts: [host], agreement: 'DPA-3' }],
        });
      expect(found(register('parcels.example'), RULE, of(URL))).toEqual([]);
      expect(found(register('cels.example'), RULE, of(URL))).toHaveLength(1);
    });

    test('cannot tell a hidden host, and lets addresses of the app be', () => {
      expect(found(RECIPIENT_ROWS, RULE, of(HIDDEN))).toEqual([`warning unknown ${place}`]);
      const api = { 'Fn::Sub': 'https://${Orders}.execute-api.eu-central-1.amazonaws.com' };
      expect(found(RECIPIENT_ROWS, RULE, { ...of(api), Orders: store('AWS::SQS::Queue') })).toEqual([]);
      expect(
        found(RECIPIENT_ROWS, RULE, of('https://x.execute-api.eu-central-1.amazonaws.com/prod')),
      ).toEqual([]);
    });

    test('asks nothing of other data', () => {
      expect(found(RECIPIENT_ROWS, RULE, of(URL, { holds: ['internal'] }))).toEqual([]);
    });
  });

  test('asks flows of AppFlow for what is no service of AWS', () => {
    const flow = (ConnectorType: string | JsonMap) => ({
      It: resource('AWS::AppFlow::Flow', { DestinationFlowConfigList: [{ ConnectorType }] }),
      Orders: store('AWS::SQS::Queue'),
    });
    expect(found(RECIPIENT_ROWS, RULE, flow('S3'))).toEqual([]);
    expect(found(RECIPIENT_ROWS, RULE, flow('Salesforce'))).toEqual([
      'warning violation It.DestinationFlowConfigList.0.ConnectorType: salesforce',
    ]);
    expect(found(RECIPIENT_ROWS, RULE, flow(HIDDEN))).toHaveLength(1);
  });

  test('asks nothing of a stack without personal data', () => {
    expect(
      found(RECIPIENT_ROWS, RULE, {
        It: resource('AWS::Events::ApiDestination', { InvocationEndpoint: URL }),
      }),
    ).toEqual([]);
  });
});

/** A store with a policy of one statement, for types that have theirs in different places. */
const POLICIES: readonly [string, (statement: JsonMap, changes?: object) => JsonMap, string][] = [
  [
    'AWS::S3::Bucket',
    (s, c) => ({
      It: store('AWS::S3::Bucket', {}, c),
      Policy: resource('AWS::S3::BucketPolicy', {
        Bucket: { Ref: 'It' },
        PolicyDocument: { Statement: [s] },
      }),
    }),
    'Policy.PolicyDocument.Statement.0',
  ],
  [
    'AWS::SQS::Queue',
    (s, c) => ({
      It: store('AWS::SQS::Queue', {}, c),
      Policy: resource('AWS::SQS::QueuePolicy', {
        Queues: [{ Ref: 'It' }],
        PolicyDocument: { Statement: [s] },
      }),
    }),
    'Policy.PolicyDocument.Statement.0',
  ],
  [
    'AWS::SNS::Topic',
    (s, c) => ({
      It: store('AWS::SNS::Topic', {}, c),
      Policy: resource('AWS::SNS::TopicPolicy', {
        Topics: [{ Ref: 'It' }],
        PolicyDocument: { Statement: [s] },
      }),
    }),
    'Policy.PolicyDocument.Statement.0',
  ],
  [
    'AWS::SecretsManager::Secret',
    (s, c) => ({
      It: store('AWS::SecretsManager::Secret', {}, c),
      Policy: resource('AWS::SecretsManager::ResourcePolicy', {
        SecretId: { Ref: 'It' },
        ResourcePolicy: { Statement: [s] },
      }),
    }),
    'Policy.ResourcePolicy.Statement.0',
  ],
  [
    'AWS::Kinesis::Stream',
    (s, c) => ({
      It: store('AWS::Kinesis::Stream', {}, c),
      Policy: resource('AWS::Kinesis::ResourcePolicy', {
        ResourceArn: { 'Fn::GetAtt': ['It', 'Arn'] },
        ResourcePolicy: { Statement: [s] },
      }),
    }),
    'Policy.ResourcePolicy.Statement.0',
  ],
  [
    'AWS::DynamoDB::Table',
    (s, c) => ({
      It: store('AWS::DynamoDB::Table', { ResourcePolicy: { PolicyDocument: { Statement: [s] } } }, c),
    }),
    'It.ResourcePolicy.PolicyDocument.Statement.0',
  ],
];

const allow = (Principal: JsonMap['x'], more: JsonMap = {}): JsonMap => ({
  Effect: 'Allow',
  Principal,
  Action: '*',
  Resource: '*',
  ...more,
});

describe.each(POLICIES)('ForeignAccountIsNamed of %s', (_type, of, place) => {
  const RULE = 'ForeignAccountIsNamed';
  const arn = `arn:aws:iam::${OTHER}:root`;

  test.each<[string, JsonMap]>([
    ['the account itself', allow({ AWS: `arn:aws:iam::${OWN}:role/x` })],
    [
      'the account itself, as CDK writes it',
      allow({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }),
    ],
    ['services', allow({ Service: 'logging.s3.amazonaws.com' })],
    ['load balancing of AWS', allow({ AWS: 'arn:aws:iam::054676820928:root' })],
    ['nobody', { ...allow({ AWS: arn }), Effect: 'Deny' }],
  ])('passes a policy for %s', (_, statement) => {
    expect(found(RECIPIENT_ROWS, RULE, own(of(statement)))).toEqual([]);
  });

  test('fails another account, unless data:recipients or the register names it', () => {
    expect(found(RECIPIENT_ROWS, RULE, own(of(allow({ AWS: arn }))))).toEqual([
      `warning violation ${place}: an Allow for account ${OTHER}`,
    ]);
    expect(found(RECIPIENT_ROWS, RULE, own(of(allow({ AWS: OTHER }))))).toHaveLength(1);
    expect(
      found(RECIPIENT_ROWS, RULE, own(of(allow({ AWS: arn }), { recipients: [`Parcels Ltd ${OTHER}`] }))),
    ).toEqual([]);
    const rows = recipientRows({
      ...DEFAULT_GDPR_PARAMETERS,
      recipients: [{ name: 'Parcels Ltd', accounts: [OTHER], agreement: 'DPA-3' }],
    });
    expect(found(rows, RULE, own(of(allow({ AWS: arn }))))).toEqual([]);
  });

  test('cannot tell of an account where the stack has none, and of hidden principals and statements', () => {
    expect(found(RECIPIENT_ROWS, RULE, of(allow({ AWS: arn })))).toEqual([`warning unknown ${place}`]);
    expect(found(RECIPIENT_ROWS, RULE, own(of(allow({ AWS: HIDDEN }))))).toEqual([
      `warning unknown ${place}`,
    ]);
    expect(found(RECIPIENT_ROWS, RULE, own(of(allow({ AWS: arn }, { Effect: HIDDEN }))))).toEqual([
      `warning unknown ${place}`,
    ]);
  });

  test('asks nothing of other data', () => {
    expect(found(RECIPIENT_ROWS, RULE, own(of(allow({ AWS: arn }), { holds: ['public'] })))).toEqual([]);
  });
});

test('ForeignAccountIsNamed asks replicas of a bucket too', () => {
  const it = store('AWS::S3::Bucket', {
    ReplicationConfiguration: { Rules: [{ Destination: { Account: OTHER } }] },
  });
  expect(found(RECIPIENT_ROWS, 'ForeignAccountIsNamed', own({ It: it }))).toEqual([
    `warning violation It.ReplicationConfiguration.Rules.0.Destination.Account: an Allow for account ${OTHER}`,
  ]);
});

describe.each(POLICIES.filter(([type]) => type !== 'AWS::S3::Bucket'))(
  'PersonalDataIsNotPublic of %s',
  (_type, of, place) => {
    const RULE = 'PersonalDataIsNotPublic';

    test('fails everybody, however it is written', () => {
      for (const everybody of ['*', { AWS: '*' }, { AWS: ['*'] }]) {
        expect(found(RECIPIENT_ROWS, RULE, own(of(allow(everybody))))).toEqual([
          `error violation ${place}: an Allow for everybody`,
        ]);
      }
    });

    test('passes principals, a condition that one knows, and a Deny', () => {
      expect(found(RECIPIENT_ROWS, RULE, own(of(allow({ AWS: OWN }))))).toEqual([]);
      const Condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };
      expect(found(RECIPIENT_ROWS, RULE, own(of(allow('*', { Condition }))))).toEqual([]);
      expect(found(RECIPIENT_ROWS, RULE, own(of({ ...allow('*'), Effect: 'Deny' })))).toEqual([]);
    });

    test('takes no condition that everybody meets for one', () => {
      const Condition = { Bool: { 'aws:SecureTransport': 'true' } };
      expect(found(RECIPIENT_ROWS, RULE, own(of(allow('*', { Condition }))))).toHaveLength(1);
    });

    test('asks nothing of what is public, and leaves hidden statements to another rule', () => {
      expect(found(RECIPIENT_ROWS, RULE, own(of(allow('*'), { holds: ['public'] })))).toEqual([]);
      expect(found(RECIPIENT_ROWS, RULE, own(of(allow('*', { Effect: HIDDEN }))))).toEqual([]);
    });
  },
);
