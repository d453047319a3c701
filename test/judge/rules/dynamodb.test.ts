import { App as CdkApp, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, StreamViewType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EncryptedTable } from '../../../lib/constructs/data-store';
import { collectFacts, type Hop } from '../../../lib/judge/hops';
import { dynamoDb } from '../../../lib/judge/hops/connectors/dynamodb';
import { DYNAMODB_RULES } from '../../../lib/judge/rules/dynamodb';
import { App, type Json, type JsonMap } from '../../../lib/judge/template';
import { denialsOf, factsOf, hopsOf, type TemplateParts, wordsOf } from '../support';

const TABLE = 'AWS::DynamoDB::Table';
const GLOBAL = 'AWS::DynamoDB::GlobalTable';

const judge = (resources: JsonMap, parts?: TemplateParts) =>
  DYNAMODB_RULES.flatMap((rule) => wordsOf(rule, factsOf(dynamoDb, resources, parts)));

const deny = (parts: JsonMap = {}): JsonMap => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 'dynamodb:*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  ...parts,
});

const policy = (statement: Json = deny()): JsonMap => ({ PolicyDocument: { Statement: [statement] } });

const table = (properties: JsonMap, type = TABLE): JsonMap => ({
  Table: { Type: type, Properties: properties },
});

const AT = 'Properties.ResourcePolicy.PolicyDocument.Statement.0';
const WEAK = `violation at ${AT}: a Deny that lets plaintext through`;

describe('TableDeniesPlaintext', () => {
  test('passes a Deny for everyone, every action and every resource of the table', () => {
    expect(judge(table({ ResourcePolicy: policy() }))).toEqual(['compliant']);
  });

  test('fails a table without a policy, encrypted at rest or not', () => {
    expect(judge(table({ SSESpecification: { SSEEnabled: true } }))).toEqual([
      'violation at Properties.ResourcePolicy: no policy',
    ]);
  });

  test('fails a policy that only allows', () => {
    const allow = { Effect: 'Allow', Principal: '*', Action: 'dynamodb:GetItem', Resource: '*' };
    expect(judge(table({ ResourcePolicy: policy(allow) }))).toEqual([
      'violation at Properties.ResourcePolicy.PolicyDocument: no Deny of plaintext',
    ]);
  });

  test.each([
    ['one principal', { Principal: { AWS: 'arn:aws:iam::111111111111:root' } }],
    ['writing alone', { Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem'] }],
    [
      'requests from outside a network too',
      {
        Condition: {
          Bool: { 'aws:SecureTransport': 'false' },
          StringNotEquals: { 'aws:SourceVpc': 'vpc-1' },
        },
      },
    ],
  ])('fails a Deny of %s', (_what, parts) => {
    expect(judge(table({ ResourcePolicy: policy(deny(parts)) }))).toEqual([WEAK]);
  });

  test('fails a Deny on the table alone, since its indexes are read by the same policy', () => {
    const name = 'arn:aws:dynamodb:eu-west-1:111111111111:table/orders';
    const of = (resource: Json) => {
      const json = {
        Resources: table({ TableName: 'orders', ResourcePolicy: policy(deny({ Resource: resource })) }),
      };
      const app = new App([{ name: 'Stack', region: 'eu-west-1', account: '111111111111', json }]);
      return denialsOf(collectFacts(app, [dynamoDb]).all);
    };
    expect(of(name)).toMatchObject([
      {
        denial: { value: 'weakened' },
        counterexample: { words: 'dynamodb:Query on an index of the table over plain HTTP' },
      },
    ]);
    expect(of([name, `${name}/index/*`])).toMatchObject([{ denial: { value: 'denied' } }]);
  });

  test('fails a Deny on another table', () => {
    const other = 'arn:aws:dynamodb:eu-west-1:111111111111:table/others';
    expect(judge(table({ TableName: 'orders', ResourcePolicy: policy(deny({ Resource: other })) }))).toEqual([
      WEAK,
    ]);
  });

  test('asks the stream for a policy of its own', () => {
    const stream = (own: JsonMap) =>
      judge(
        table({
          ResourcePolicy: policy(),
          StreamSpecification: { StreamViewType: 'NEW_IMAGE', ...own },
        }),
      );
    expect(stream({})).toEqual([
      'compliant',
      'violation at Properties.StreamSpecification.ResourcePolicy: no policy',
    ]);
    expect(stream({ ResourcePolicy: policy() })).toEqual(['compliant', 'compliant']);
    expect(stream({ ResourcePolicy: policy(deny({ Action: 'dynamodb:GetShardIterator' })) })).toEqual([
      'compliant',
      `violation at Properties.StreamSpecification.${AT.slice('Properties.'.length)}: a Deny that lets plaintext through`,
    ]);
  });

  test('cannot tell where a parameter without default is the policy', () => {
    const parts = { Parameters: { Policy: { Type: 'String' } } };
    expect(judge(table({ ResourcePolicy: { PolicyDocument: { Ref: 'Policy' } } }), parts)).toEqual([
      'unknown at Properties.ResourcePolicy.PolicyDocument',
    ]);
  });

  test('judges a policy in each world of the condition that decides it', () => {
    const parts = {
      Parameters: { Stage: { Type: 'String' } },
      Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const either = { 'Fn::If': ['Prod', policy(), { Ref: 'AWS::NoValue' }] };
    expect(judge(table({ ResourcePolicy: either }), parts).toSorted()).toEqual([
      'compliant',
      'violation at Properties.ResourcePolicy: no policy',
    ]);
  });
});

describe('TableDeniesPlaintext of a global table', () => {
  const replica = (region: Json, properties: JsonMap = {}): JsonMap => ({ Region: region, ...properties });

  test('asks for a policy in every region', () => {
    const replicas = [
      replica('eu-west-1', { ResourcePolicy: policy() }),
      replica('eu-central-1'),
      replica('eu-north-1', { ResourcePolicy: policy(deny({ Principal: { AWS: '111111111111' } })) }),
    ];
    expect(judge(table({ Replicas: replicas }, GLOBAL))).toEqual([
      'compliant',
      'violation at Properties.Replicas.1.ResourcePolicy: no policy',
      `violation at Properties.Replicas.2.${AT.slice('Properties.'.length)}: a Deny that lets plaintext through`,
    ]);
  });

  test('takes the ARN of the region that the replica is in', () => {
    const of = (region: string) =>
      judge(
        table(
          {
            TableName: 'orders',
            Replicas: [
              replica('eu-central-1', {
                ResourcePolicy: policy(
                  deny({
                    Resource: {
                      'Fn::Sub': `arn:aws:dynamodb:${region}:$${'{AWS::AccountId}'}:table/orders*`,
                    },
                  }),
                ),
              }),
            ],
          },
          GLOBAL,
        ),
      );
    expect(of('eu-central-1')).toEqual(['compliant']);
    expect(of('eu-west-1')).not.toEqual(['compliant']);
  });

  test('asks for a policy of the stream in every region, where the table has streams', () => {
    const replicas = [
      replica('eu-west-1', {
        ResourcePolicy: policy(),
        ReplicaStreamSpecification: { ResourcePolicy: policy() },
      }),
      replica('eu-central-1', { ResourcePolicy: policy() }),
    ];
    const stream = { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } };
    expect(judge(table({ Replicas: replicas }, GLOBAL))).toEqual(['compliant', 'compliant']);
    expect(judge(table({ Replicas: replicas, ...stream }, GLOBAL))).toEqual([
      'compliant',
      'compliant',
      'compliant',
      'violation at Properties.Replicas.1.ReplicaStreamSpecification.ResourcePolicy: no policy',
    ]);
  });

  test('cannot tell where the replicas are hidden', () => {
    const parts = { Parameters: { All: { Type: 'CommaDelimitedList' } } };
    expect(judge(table({ Replicas: { Ref: 'All' } }, GLOBAL), parts)).toEqual([
      'unknown at Properties.Replicas',
    ]);
  });
});

describe('the hop to a table', () => {
  const shown = (facts: readonly Hop[]) =>
    facts.map(({ label, region, protocol, floor }) => [label, region, protocol.value, floor.value]);

  test('is TLS 1.2 at least where plaintext is refused, and either where it is not', () => {
    expect(shown(hopsOf(factsOf(dynamoDb, table({ ResourcePolicy: policy() })), 'dynamodb.table'))).toEqual([
      [undefined, 'eu-west-1', 'tls', 'TLSv1.2'],
    ]);
    expect(shown(hopsOf(factsOf(dynamoDb, table({})), 'dynamodb.table'))).toEqual([
      [undefined, 'eu-west-1', 'tls-or-plaintext', 'TLSv1.2'],
    ]);
  });

  test('is one for each region of a global table, and one for each stream', () => {
    const facts = factsOf(
      dynamoDb,
      table(
        {
          Replicas: [
            { Region: 'eu-central-1' },
            { Region: { Ref: 'AWS::Region' }, ResourcePolicy: policy() },
          ],
          StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
        },
        GLOBAL,
      ),
    );
    expect(shown(hopsOf(facts, 'dynamodb.table'))).toEqual([
      ['eu-central-1', 'eu-central-1', 'tls-or-plaintext', 'TLSv1.2'],
      ['eu-west-1', 'eu-west-1', 'tls', 'TLSv1.2'],
    ]);
    expect(hopsOf(facts, 'dynamodb.stream').map(({ label }) => label)).toEqual([
      'stream in eu-central-1',
      'stream in eu-west-1',
    ]);
  });
});

describe('what CDK makes', () => {
  const resourcesOf = (build: (stack: Stack) => void) => {
    const stack = new Stack(new CdkApp(), 'Stack', { env: { region: 'eu-west-1', account: '111111111111' } });
    build(stack);
    return Template.fromStack(stack).toJSON().Resources as JsonMap;
  };
  const partitionKey = { name: 'id', type: AttributeType.STRING };

  test('fails for a table and a global table by default', () => {
    const words = (build: (stack: Stack) => void) => judge(resourcesOf(build));
    expect(words((stack) => new Table(stack, 'Table', { partitionKey }))).toEqual([
      'violation at Properties.ResourcePolicy: no policy',
    ]);
    expect(words((stack) => new TableV2(stack, 'Table', { partitionKey }))).toEqual([
      'violation at Properties.Replicas.0.ResourcePolicy: no policy',
    ]);
  });

  test('passes for the table of this package, with its stream', () => {
    expect(
      judge(
        resourcesOf((stack) => {
          new EncryptedTable(stack, 'Table', { partitionKey, stream: StreamViewType.NEW_IMAGE });
        }),
      ),
    ).toEqual(['compliant', 'compliant']);
  });
});
