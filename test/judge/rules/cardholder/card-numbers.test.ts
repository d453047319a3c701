import { keepsData } from '../../../../lib/judge/classification';
import { DISKS } from '../../../../lib/judge/rules/cardholder/card-numbers';
import type { JsonMap } from '../../../../lib/judge/template';
import { allow, HIDDEN, holding, IF, policy, saysOf, tags } from './support';

const CARDS = { 'data:classification': 'cardholder-data' };

describe('CardNumbersAreEncryptedBeforeTheDisk', () => {
  const says = (resources: JsonMap) => saysOf('CardNumbersAreEncryptedBeforeTheDisk', resources);

  test('asks of types that keep data, each of which has to say what', () => {
    expect(DISKS.filter((type) => !keepsData(type))).toEqual([]);
  });

  test.each([
    'field-encryption',
    'file-encryption',
    'keyed-hash',
    'truncation',
    'index-token',
    'truncation+keyed-hash',
  ])('passes card numbers under %s', (protection) => {
    const Tags = tags({ ...CARDS, 'data:protection': protection });
    expect(says({ It: { Type: 'AWS::RDS::DBCluster', Properties: { Tags } } })).toEqual([]);
  });

  test.each([
    'AWS::EC2::Volume',
    'AWS::RDS::DBInstance',
    'AWS::OpenSearchService::Domain',
    'AWS::MSK::Cluster',
  ])('fails %s with the encryption of its disk alone', (Type) => {
    const Properties = {
      Tags: Type === 'AWS::MSK::Cluster' ? CARDS : tags(CARDS),
      Encrypted: true,
      StorageEncrypted: true,
    };
    expect(says({ It: { Type, Properties } })).toEqual([
      'error violation It.Properties.Tags: cardholder-data on a disk',
    ]);
  });

  test('tells it at the Metadata where a type has few tags', () => {
    const It = { Type: 'AWS::OpenSearchService::Domain', Metadata: { SecureTransmissionData: CARDS } };
    expect(says({ It })).toEqual([
      'error violation It.Metadata.SecureTransmissionData: cardholder-data on a disk',
    ]);
  });

  test('asks the cluster, and not its members; no store of items or objects; nothing that holds less', () => {
    const member = {
      Type: 'AWS::RDS::DBInstance',
      Properties: { Tags: tags(CARDS), DBClusterIdentifier: 'shop' },
    };
    expect(says({ It: member })).toEqual([]);
    expect(says({ It: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: tags(CARDS) } } })).toEqual([]);
    expect(
      says({ It: { Type: 'AWS::EC2::Volume', Properties: { Tags: holding('payment-token') } } }),
    ).toEqual([]);
  });

  test('asks a cluster that gives itself a name', () => {
    const Properties = { Tags: tags(CARDS), DBClusterIdentifier: 'shop' };
    expect(says({ It: { Type: 'AWS::RDS::DBCluster', Properties } })).toEqual([
      'error violation It.Properties.Tags: cardholder-data on a disk',
    ]);
  });

  test('asks in the cases in which card numbers are held', () => {
    const Tags = [{ Key: 'data:classification', Value: IF('cardholder-data', 'internal') }];
    expect(says({ It: { Type: 'AWS::EC2::Volume', Properties: { Tags } } })).toEqual([
      'error violation It.Properties.Tags: cardholder-data on a disk (Stack.Stage = production)',
    ]);
  });
});

describe('CardNumberHashIsKeyed', () => {
  const says = (resources: JsonMap) => saysOf('CardNumberHashIsKeyed', resources);
  const Tags = tags({ ...CARDS, 'data:protection': 'keyed-hash' });
  const It = { Type: 'AWS::DynamoDB::Table', Properties: { Tags } };
  const mac = {
    Type: 'AWS::KMS::Key',
    Properties: { KeyUsage: 'GENERATE_VERIFY_MAC', KeySpec: 'HMAC_256', KeyPolicy: policy() },
  };
  const cipher = { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy() } };
  const role = (...statements: readonly JsonMap[]) => ({
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyDocument: policy(...statements), Roles: ['tokenizer'] },
  });
  const withKey = { 'Fn::GetAtt': ['Key', 'Arn'] };

  test.each<[string, JsonMap]>([
    ['a role may use the HMAC key of the app', { Key: mac, Role: role(allow('kms:GenerateMac', withKey)) }],
    [
      'a role may use one elsewhere',
      { Role: role(allow(['kms:GenerateMac', 'kms:VerifyMac'], 'arn:aws:kms:eu-west-1:111122223333:key/1')) },
    ],
    [
      'the policy of the key lets a role in',
      {
        Key: {
          ...mac,
          Properties: {
            ...mac.Properties,
            KeyPolicy: policy(
              allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
              allow('kms:GenerateMac', '*', {
                Principal: { AWS: 'arn:aws:iam::111122223333:role/tokenizer' },
              }),
            ),
          },
        },
      },
    ],
    [
      'a role has it in a policy of its own',
      {
        Key: mac,
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            Policies: [{ PolicyName: 'p', PolicyDocument: policy(allow('kms:Generate*', withKey)) }],
          },
        },
      },
    ],
  ])('passes hashes where %s', (_, others) => {
    expect(says({ It, ...others })).toEqual([]);
  });

  test.each<[string, JsonMap]>([
    ['there is no key', {}],
    ['nobody may use the key', { Key: mac }],
    [
      'the account may, and nobody is named',
      {
        Key: {
          ...mac,
          Properties: {
            ...mac.Properties,
            KeyPolicy: policy(allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } })),
          },
        },
      },
    ],
    [
      'the key of the statement is none for HMACs',
      { Key: cipher, Role: role(allow('kms:GenerateMac', withKey)) },
    ],
    ['it is denied', { Key: mac, Role: role({ ...allow('kms:GenerateMac', withKey), Effect: 'Deny' }) }],
  ])('fails hashes where %s', (_, others) => {
    expect(says({ It, ...others })).toEqual([
      'warning violation It.Properties.Tags: keyed-hash without a key',
    ]);
  });

  test('cannot tell where actions are hidden', () => {
    const hidden = { Effect: 'Allow', Action: HIDDEN, Resource: '*' };
    expect(says({ It, Role: role(hidden) })).toEqual(['warning unknown It.Properties.Tags']);
  });

  test('asks nothing of stores without hashes', () => {
    expect(says({ It: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: tags(CARDS) } } })).toEqual([]);
  });
});

describe('HashingIsGrantedPerKey', () => {
  const says = (statement: JsonMap) =>
    saysOf('HashingIsGrantedPerKey', {
      It: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: policy(statement) } },
    });

  test('passes named keys, conditions, other actions, and what other rules tell', () => {
    expect(says(allow('kms:GenerateMac', { 'Fn::GetAtt': ['Key', 'Arn'] }))).toEqual([]);
    expect(
      says(allow('kms:GenerateMac', '*', { Condition: { StringEquals: { 'aws:ResourceTag/x': 'y' } } })),
    ).toEqual([]);
    expect(says(allow('kms:DescribeKey'))).toEqual([]);
    expect(says(allow('kms:*'))).toEqual([]);
    expect(says(allow('*'))).toEqual([]);
  });

  test.each([
    ['kms:GenerateMac', '*'],
    ['kms:VerifyM?c', 'arn:aws:kms:*:*:key/*'],
    ['kms:Generate*', '*'],
  ])('fails %s on %s', (action, resource) => {
    expect(says(allow(action, resource))).toEqual([
      `warning violation It.Properties.PolicyDocument.Statement.0: ${action} with every key`,
    ]);
  });
});

describe('CardNumberIsNoTableKey', () => {
  const says = (name: JsonMap | string, more: Readonly<Record<string, string>> = {}) =>
    saysOf('CardNumberIsNoTableKey', {
      It: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          Tags: tags({ ...CARDS, ...more }),
          AttributeDefinitions: [{ AttributeName: name, AttributeType: 'S' }],
          KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
        },
      },
    });

  test.each(['pan', 'PAN', 'cardNumber', 'card_number', 'card-no', 'primaryAccountNumber', 'creditCard'])(
    'fails %s',
    (name) => {
      expect(says(name)).toEqual([
        `warning violation It.Properties.AttributeDefinitions.0.AttributeName: ${name}`,
      ]);
    },
  );

  test.each(['token', 'panHash', 'card_number_hash', 'pk', 'company', '__proto__', '<script>'])(
    'passes %s',
    (name) => {
      expect(says(name)).toEqual([]);
    },
  );

  test('cannot tell a hidden name, and takes the word of who says that it is a hash', () => {
    expect(says(HIDDEN)).toEqual(['warning unknown It.Properties.AttributeDefinitions.0.AttributeName']);
    expect(says('pan', { 'data:protection': 'keyed-hash' })).toEqual([]);
  });
});

describe('AccountDataStaysOutOfChats', () => {
  const says = (what: string, chat: JsonMap) =>
    saysOf('AccountDataStaysOutOfChats', {
      It: { Type: 'AWS::SNS::Topic', Properties: { Tags: holding(what) } },
      Chat: chat,
    });
  const slack = (...SnsTopicArns: readonly JsonMap[]) => ({
    Type: 'AWS::Chatbot::SlackChannelConfiguration',
    Properties: { SnsTopicArns: [...SnsTopicArns] },
  });
  const teams = {
    Type: 'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
    Properties: { SnsTopicArns: [{ Ref: 'It' }] },
  };

  test('fails topics of card numbers in chats', () => {
    const found = ['error violation Chat.Properties.SnsTopicArns.0: It'];
    expect(says('cardholder-data', slack({ Ref: 'It' }))).toEqual(found);
    expect(says('sensitive-authentication-data', teams)).toEqual(found);
  });

  test('passes other topics and other chats', () => {
    expect(says('internal', slack({ Ref: 'It' }))).toEqual([]);
    expect(says('cardholder-data', slack())).toEqual([]);
  });

  test('cannot tell which topic a parameter names', () => {
    expect(says('cardholder-data', slack(HIDDEN))).toEqual([
      'warning unknown Chat.Properties.SnsTopicArns.0',
    ]);
    expect(says('cardholder-data', { ...slack(), Properties: { SnsTopicArns: HIDDEN } })).toEqual([
      'warning unknown Chat.Properties.SnsTopicArns',
    ]);
  });
});
