import { CfnParameter, Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AwsSolutionsChecks } from 'cdk-nag';
import { PciDss401Checks } from '../../../lib/checks';
import { EncryptedTable, type EncryptedTableProps } from '../../../lib/constructs/data-store';
import { dynamoDb } from '../../../lib/judge/hops/connectors/dynamodb';
import { findingsOf, nagErrorsOf } from '../judged';
import { FLAGS, rendered, resourcesOf, stackIn } from '../support';
import { factsIn } from './facts';

const TABLE = 'AWS::DynamoDB::Table';
const KEY = 'OrdersKey6C690DD2';
const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
const DENIAL = {
  Sid: 'DenyWithoutTls',
  Effect: 'Deny',
  Principal: '*',
  Action: 'dynamodb:*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

function define(props: Partial<EncryptedTableProps> = {}, flags: Record<string, unknown> = FLAGS) {
  const stack = stackIn('eu-west-1', flags);
  return { stack, table: new EncryptedTable(stack, 'Orders', { partitionKey, ...props }) };
}

const roleIn = (stack: ReturnType<typeof stackIn>) =>
  new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });

function statementsIn(stack: ReturnType<typeof stackIn>): { Action: unknown; Resource: unknown }[] {
  const [policy] = Object.values(resourcesOf(stack, 'AWS::IAM::Policy'));
  return policy?.Properties.PolicyDocument.Statement;
}

const TABLE_AND_INDEXES = [
  { 'Fn::GetAtt': ['Orders2A43276C', 'Arn'] },
  { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Orders2A43276C', 'Arn'] }, '/index/*']] },
];

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('EncryptedTable %s', (_, flags) => {
  test('denies every request without TLS, whoever asks and for whatever', () => {
    const { stack } = define({}, flags);
    const [table] = Object.values(resourcesOf(stack, TABLE));
    expect(table?.Properties.ResourcePolicy.PolicyDocument.Statement).toEqual([DENIAL]);
  });

  test('encrypts with a key of its own, can be restored, and outlives the stack', () => {
    const { stack } = define({}, flags);
    rendered(stack).hasResource(TABLE, {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        SSESpecification: {
          SSEEnabled: true,
          SSEType: 'KMS',
          KMSMasterKeyId: { 'Fn::GetAtt': [KEY, 'Arn'] },
        },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        DeletionProtectionEnabled: true,
        BillingMode: 'PAY_PER_REQUEST',
      },
    });
    rendered(stack).hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { EnableKeyRotation: true, RotationPeriodInDays: 365 },
    });
  });
});

describe('EncryptedTable', () => {
  test('our own pack and cdk-nag find nothing', () => {
    const { stack } = define({ stream: dynamodb.StreamViewType.KEYS_ONLY, timeToLiveAttribute: 'expiresAt' });
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
  });

  test('both packs judge it: what is changed underneath is found', () => {
    const restoredIn = (stack: ReturnType<typeof stackIn>) =>
      new PciDss401Checks()
        .validateScope(stack)
        .violations.filter(({ ruleName }) => ruleName === 'PciDss401Checks-TableCanBeRestored')
        .flatMap(({ violatingResources }) => violatingResources.flatMap(({ locations }) => locations));
    const nagOf = (stack: ReturnType<typeof stackIn>) =>
      new AwsSolutionsChecks().validateScope(stack).violations.map(({ ruleName }) => ruleName);
    const { stack } = define();
    expect(restoredIn(stack)).toEqual([]);
    expect(nagOf(stack)).toEqual([]);

    const changed = define();
    const resource = changed.table.table.node.defaultChild as dynamodb.CfnTable;
    resource.pointInTimeRecoverySpecification = { pointInTimeRecoveryEnabled: false };
    expect(restoredIn(changed.stack)).toEqual([
      'Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
    ]);
    expect(nagOf(changed.stack)).toEqual(['AwsSolutions-DDB3']);
  });

  test('the judge sees a store that a key of the account encrypts, and that can be restored', () => {
    const { stack } = define();
    expect(factsIn(stack, dynamoDb)).toEqual([
      expect.objectContaining({
        fact: 'plaintext-denial',
        denial: expect.objectContaining({ value: 'denied' }),
      }),
      expect.objectContaining({ fact: 'hop', protocol: expect.objectContaining({ value: 'tls' }) }),
      expect.objectContaining({
        fact: 'store',
        encryption: expect.objectContaining({ value: 'customer-key' }),
        key: expect.objectContaining({ logicalId: KEY }),
        pointInTimeRecovery: expect.objectContaining({ value: true }),
      }),
    ]);
  });

  test('logical ids of what holds state do not change', () => {
    const { stack } = define();
    expect(Object.keys(resourcesOf(stack, 'AWS::KMS::Key'))).toEqual([KEY]);
    expect(Object.keys(resourcesOf(stack, TABLE))).toEqual(['Orders2A43276C']);
  });

  test('the stream of changes denies plaintext by a policy of its own', () => {
    const { stack } = define({ stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES });
    const [table] = Object.values(resourcesOf(stack, TABLE));
    expect(table?.Properties.StreamSpecification).toEqual({
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      ResourcePolicy: { PolicyDocument: { Version: '2012-10-17', Statement: [DENIAL] } },
    });
  });

  test('has no stream and deletes nothing of its own accord', () => {
    const { stack } = define();
    const [table] = Object.values(resourcesOf(stack, TABLE));
    expect(table?.Properties).not.toHaveProperty('StreamSpecification');
    expect(table?.Properties).not.toHaveProperty('TimeToLiveSpecification');
  });

  test('takes keys, a name, a time to live, limits, a recovery period, a key and a removal policy', () => {
    const stack = stackIn('eu-west-1');
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/orders';
    new EncryptedTable(stack, 'Orders', {
      partitionKey,
      sortKey: { name: 'at', type: dynamodb.AttributeType.NUMBER },
      tableName: 'orders',
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', arn),
      timeToLiveAttribute: 'expiresAt',
      recoveryPeriod: Duration.days(7),
      maxReadRequestUnits: 100,
      maxWriteRequestUnits: 50,
      deletionProtection: false,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    rendered(stack).resourceCountIs('AWS::KMS::Key', 0);
    rendered(stack).hasResource(TABLE, {
      DeletionPolicy: 'Delete',
      Properties: {
        TableName: 'orders',
        KeySchema: [
          { AttributeName: 'id', KeyType: 'HASH' },
          { AttributeName: 'at', KeyType: 'RANGE' },
        ],
        SSESpecification: { KMSMasterKeyId: arn },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        PointInTimeRecoverySpecification: { RecoveryPeriodInDays: 7 },
        OnDemandThroughput: { MaxReadRequestUnits: 100, MaxWriteRequestUnits: 50 },
        DeletionProtectionEnabled: false,
      },
    });
  });

  test('takes indexes, also after grants', () => {
    const { stack, table } = define({ sortKey: { name: 'at', type: dynamodb.AttributeType.NUMBER } });
    table.grantReadData(roleIn(stack));
    table.addGlobalSecondaryIndex({
      indexName: 'customer',
      partitionKey: { name: 'customer', type: dynamodb.AttributeType.STRING },
    });
    table.addLocalSecondaryIndex({
      indexName: 'state',
      sortKey: { name: 'state', type: dynamodb.AttributeType.STRING },
    });
    rendered(stack).hasResourceProperties(TABLE, {
      GlobalSecondaryIndexes: [{ IndexName: 'customer' }],
      LocalSecondaryIndexes: [{ IndexName: 'state' }],
    });
    expect(statementsIn(stack)[1]?.Resource).toEqual(TABLE_AND_INDEXES);
  });

  test('refuses a recovery period that is not known yet, which the CDK cannot take', () => {
    const days = new CfnParameter(stackIn('eu-west-1'), 'Days', { type: 'Number' }).valueAsNumber;
    expect(() => define({ recoveryPeriod: Duration.days(days) })).toThrow(
      "Stack/Orders: 'recoveryPeriod' must be known at synthesis, got an unresolved value, give a literal",
    );
  });

  test.each([
    [Duration.hours(12), '12 hours'],
    [Duration.days(36), '36 days'],
  ])('refuses a recovery period of %s', (recoveryPeriod, got) => {
    expect(() => define({ recoveryPeriod })).toThrow(
      `Stack/Orders: 'recoveryPeriod' must be whole days, from 1 to 35, got ${got}`,
    );
  });

  test('refuses an empty time to live, which would switch it off', () => {
    expect(() => define({ timeToLiveAttribute: '' })).toThrow(
      "Stack/Orders: 'timeToLiveAttribute' must be the name of an attribute, got '', leave it out",
    );
  });

  test('refuses a key that AWS manages', () => {
    const stack = stackIn('eu-west-1');
    const encryptionKey = kms.Alias.fromAliasName(stack, 'Alias', 'alias/aws/dynamodb');
    expect(() => new EncryptedTable(stack, 'Orders', { partitionKey, encryptionKey })).toThrow(
      "Stack/Orders: 'encryptionKey' must be a key of the account, whose policy says who may use it, got alias/aws/dynamodb, name another or leave it out",
    );
  });
});

describe('grants', () => {
  const KEY_ARN = { 'Fn::GetAtt': [KEY, 'Arn'] };

  test('a reader may decrypt, and not write', () => {
    const { stack, table } = define();
    table.grantReadData(roleIn(stack)).assertSuccess();
    expect(statementsIn(stack)).toEqual([
      expect.objectContaining({ Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: KEY_ARN }),
      expect.objectContaining({
        Action: [
          'dynamodb:BatchGetItem',
          'dynamodb:ConditionCheckItem',
          'dynamodb:DescribeTable',
          'dynamodb:GetItem',
          'dynamodb:GetRecords',
          'dynamodb:GetShardIterator',
          'dynamodb:Query',
          'dynamodb:Scan',
        ],
      }),
    ]);
  });

  test('a writer may use the key, and not read items', () => {
    const { stack, table } = define();
    table.grantWriteData(roleIn(stack)).assertSuccess();
    expect(statementsIn(stack).map(({ Action }) => Action)).toEqual([
      [
        'dynamodb:BatchWriteItem',
        'dynamodb:DeleteItem',
        'dynamodb:DescribeTable',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ],
      ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    ]);
  });

  test('both at once are one grant', () => {
    const { stack, table } = define();
    table.grantReadWriteData(roleIn(stack)).assertSuccess();
    const actions = statementsIn(stack).flatMap(({ Action }) => Action);
    expect(actions).toEqual(expect.arrayContaining(['dynamodb:Query', 'dynamodb:PutItem', 'kms:Encrypt']));
    expect(actions).not.toContain('dynamodb:DeleteTable');
  });

  test('another account is let in by the policy, beside the denial', () => {
    const { stack, table } = define();
    table.grantReadData(new iam.AccountPrincipal('111122223333'));
    const [{ Properties } = { Properties: {} }] = Object.values(resourcesOf(stack, TABLE));
    expect(Properties.ResourcePolicy.PolicyDocument.Statement).toEqual([
      DENIAL,
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      }),
    ]);
  });

  test('a reader of the stream may decrypt', () => {
    const { stack, table } = define({ stream: dynamodb.StreamViewType.KEYS_ONLY });
    table.grantStreamRead(roleIn(stack)).assertSuccess();
    const actions = statementsIn(stack).flatMap(({ Action }) => Action);
    expect(actions).toEqual(expect.arrayContaining(['dynamodb:GetRecords', 'kms:Decrypt']));
  });

  test('nobody reads a stream that is not there', () => {
    const { stack, table } = define();
    expect(() => table.grantStreamRead(roleIn(stack))).toThrow(
      "Stack/Orders: 'stream' must be set, or 'tableStreamArn' be among the attributes of an imported table, to let anybody read it",
    );
  });
});

describe('an imported table', () => {
  const ARN = 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders';

  test('grants with its key and indexes, and measures by its name', () => {
    const stack = stackIn('eu-west-1');
    const encryptionKey = kms.Key.fromKeyArn(
      stack,
      'Key',
      'arn:aws:kms:eu-central-1:111122223333:key/orders',
    );
    const table = EncryptedTable.fromEncryptedTableAttributes(stack, 'Orders', {
      tableArn: ARN,
      tableStreamArn: `${ARN}/stream/1`,
      encryptionKey,
    });
    table.grantReadData(roleIn(stack)).assertSuccess();
    table.grantStreamRead(roleIn2(stack)).assertSuccess();
    expect(table).toMatchObject({ tableArn: ARN, tableName: 'orders', env: { region: 'eu-central-1' } });
    expect(statementsIn(stack).map(({ Resource }) => Resource)).toEqual(
      expect.arrayContaining([encryptionKey.keyArn, [ARN, `${ARN}/index/*`]]),
    );
    expect(table.metricReadThrottleEvents().dimensions).toEqual({ TableName: 'orders' });
  });

  const roleIn2 = (stack: ReturnType<typeof stackIn>) =>
    new iam.Role(stack, 'Other', { assumedBy: new iam.AccountRootPrincipal() });
});

test.each([
  ['ReadThrottleEvents', 'metricReadThrottleEvents'],
  ['WriteThrottleEvents', 'metricWriteThrottleEvents'],
  ['TimeToLiveDeletedItemCount', 'metricTimeToLiveDeletedItemCount'],
] as const)('%s is a metric of the table', (metricName, method) => {
  const { stack, table } = define();
  const metric = table[method]({ period: Duration.minutes(1) });
  expect(metric).toMatchObject({ namespace: 'AWS/DynamoDB', metricName, statistic: 'Sum' });
  expect(metric.period.toSeconds()).toBe(60);
  expect(stack.resolve(metric.dimensions)).toEqual({ TableName: { Ref: 'Orders2A43276C' } });
  expect(Token.isUnresolved(table.tableName)).toBe(true);
});
