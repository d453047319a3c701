import { sqs } from '../../../lib/judge/hops/connectors/sqs';
import { SQS_RULES } from '../../../lib/judge/rules/sqs';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { denialsOf, factsOf, type TemplateParts, wordsOf } from '../support';

const QUEUE = 'AWS::SQS::Queue';
const ARN: Json = { 'Fn::GetAtt': ['Queue', 'Arn'] };

const judge = (resources: JsonMap, parts?: TemplateParts) =>
  SQS_RULES.flatMap((rule) => wordsOf(rule, factsOf(sqs, resources, parts)));

const deny = (parts: JsonMap = {}): JsonMap => ({
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'sqs:*',
  Resource: ARN,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  ...parts,
});

const policy = (statement: Json = deny(), queues: Json = [{ Ref: 'Queue' }]): JsonMap => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: { Queues: queues, PolicyDocument: { Statement: [statement] } },
});

const withPolicy = (statement?: Json, properties: JsonMap = {}): JsonMap => ({
  Queue: { Type: QUEUE, Properties: properties },
  Policy: policy(statement),
});

const WEAK = 'violation at Properties.PolicyDocument.Statement.0: a Deny that lets plaintext through';

describe('QueueDeniesPlaintext', () => {
  test('passes the statement that CDK writes for enforceSSL', () => {
    expect(judge(withPolicy())).toEqual(['compliant']);
  });

  test('fails a queue without a policy, encrypted at rest or not', () => {
    expect(judge({ Queue: { Type: QUEUE, Properties: { KmsMasterKeyId: 'alias/mine' } } })).toEqual([
      'violation at Properties: no policy',
    ]);
  });

  test('fails a Deny on another queue', () => {
    const resources = {
      ...withPolicy(deny({ Resource: { 'Fn::GetAtt': ['Other', 'Arn'] } })),
      Other: { Type: QUEUE },
    };
    expect(judge(resources).toSorted()).toEqual([WEAK, 'violation at Properties: no policy'].toSorted());
  });

  test('fails a Deny on the URL of the queue, which is no ARN', () => {
    expect(judge(withPolicy(deny({ Resource: { Ref: 'Queue' } })))).toEqual([WEAK]);
  });

  test('fails a Deny of sending alone: messages are received too', () => {
    const facts = factsOf(sqs, withPolicy(deny({ Action: 'sqs:SendMessage' })));
    expect(denialsOf(facts)[0]?.counterexample?.words).toBe(
      'sqs:ReceiveMessage on the queue over plain HTTP',
    );
  });

  test('passes a queue with a literal name, region and account in the ARN', () => {
    const resources = {
      Queue: { Type: QUEUE, Properties: { QueueName: 'orders' } },
      Policy: policy(
        deny({ Resource: { 'Fn::Sub': 'arn:aws:sqs:eu-west-1:$' + '{AWS::AccountId}:orders' } }),
        ['https://sqs.eu-west-1.amazonaws.com/111111111111/orders'],
      ),
    };
    expect(judge(resources)).toEqual(['compliant']);
  });

  test('fails a Deny on the queue of that name in another region', () => {
    const arn = { 'Fn::Sub': 'arn:aws:sqs:us-east-1:$' + '{AWS::AccountId}:orders' };
    expect(judge(withPolicy(deny({ Resource: arn }), { QueueName: 'orders' }))).toEqual([WEAK]);
  });

  test('cannot tell whether an account number is the one of the stack', () => {
    const arn = 'arn:aws:sqs:eu-west-1:111111111111:orders';
    expect(judge(withPolicy(deny({ Resource: arn }), { QueueName: 'orders' }))).toEqual([
      'unknown at Properties.PolicyDocument.Statement.0',
    ]);
  });

  test('sees one policy for two queues and judges each by its own ARN', () => {
    const resources = {
      Queue: { Type: QUEUE },
      Dead: { Type: QUEUE },
      Policy: policy(deny(), [{ Ref: 'Queue' }, { Ref: 'Dead' }]),
    };
    expect(judge(resources)).toEqual(['compliant', WEAK]);
  });

  test('takes an inline policy', () => {
    const inline = {
      Type: 'AWS::SQS::QueueInlinePolicy',
      Properties: { Queue: { Ref: 'Queue' }, PolicyDocument: { Statement: deny() } },
    };
    expect(judge({ Queue: { Type: QUEUE }, Policy: inline })).toEqual(['compliant']);
  });

  test('judges a policy for a queue that no template makes by itself', () => {
    const url = 'https://sqs.eu-west-1.amazonaws.com/111111111111/elsewhere';
    const good = deny({ Resource: 'arn:aws:sqs:eu-west-1:111111111111:elsewhere' });
    expect(judge({ Policy: policy(good, [url]) })).toEqual(['compliant']);
    expect(
      judge({ Policy: policy(deny({ Resource: 'arn:aws:sqs:eu-west-1:111111111111:x' }), [url]) }),
    ).toEqual([WEAK]);
  });

  test('cannot tell where a parameter without default is the condition', () => {
    const condition = { Bool: { 'aws:SecureTransport': { Ref: 'Flag' } } };
    expect(
      judge(withPolicy(deny({ Condition: condition })), { Parameters: { Flag: { Type: 'String' } } }),
    ).toEqual(['unknown at Properties.PolicyDocument.Statement.0']);
  });
});

describe('the store that a queue is', () => {
  const storeOf = (properties: JsonMap) =>
    factsOf(sqs, { Queue: { Type: QUEUE, Properties: properties } }).find((fact) => fact.fact === 'store');

  test('keeps four days and encrypts by itself when nothing is said', () => {
    expect(storeOf({})).toMatchObject({
      encryption: { value: 'service-key', given: false },
      retentionDays: { value: 4 },
    });
  });

  test('is not encrypted where that is switched off and no key is named', () => {
    expect(storeOf({ SqsManagedSseEnabled: false })).toMatchObject({ encryption: { value: 'none' } });
    expect(storeOf({ SqsManagedSseEnabled: false, KmsMasterKeyId: 'alias/aws/sqs' })).toMatchObject({
      encryption: { value: 'aws-managed-key' },
    });
  });

  test('keeps as long as it says', () => {
    expect(storeOf({ MessageRetentionPeriod: 86400 })).toMatchObject({ retentionDays: { value: 1 } });
  });
});
