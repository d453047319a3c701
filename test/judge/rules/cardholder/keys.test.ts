import { judge } from '../../../../lib/judge/judge';
import { App, type JsonMap } from '../../../../lib/judge/template';
import { allow, HIDDEN, holding, IF, policy, rowNamed, saysOf, saysOfStacks, tags } from './support';

const ROOT = {
  AWS: {
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']],
  },
};
const role = (name: string) => ({ AWS: `arn:aws:iam::111122223333:role/${name}` });
const key = (...statements: readonly JsonMap[]): JsonMap => ({
  It: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy(...statements) } },
});
const ADMIN = ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'];

describe('KeyDutiesAreSeparate', () => {
  const says = (resources: JsonMap) => saysOf('KeyDutiesAreSeparate', resources);

  test.each<[string, readonly JsonMap[]]>([
    ['the account alone, as CDK writes it', [allow('kms:*', '*', { Principal: ROOT })]],
    ['the account by its number', [allow('kms:*', '*', { Principal: { AWS: '111122223333' } })]],
    ['the account by a reference', [allow('kms:*', '*', { Principal: { AWS: { Ref: 'AWS::AccountId' } } })]],
    [
      'one role that administers and one that uses',
      [
        allow(ADMIN, '*', { Principal: role('operators') }),
        allow(['kms:Decrypt', 'kms:GenerateDataKey*'], '*', { Principal: role('shop') }),
      ],
    ],
    [
      'a service of AWS',
      [allow(['kms:Decrypt', 'kms:DisableKey'], '*', { Principal: { Service: 'logs.amazonaws.com' } })],
    ],
    [
      'a role to which the administration is denied',
      [
        allow('kms:Decrypt', '*', { Principal: role('shop') }),
        { Effect: 'Deny', Action: ADMIN, Resource: '*', Principal: role('shop') },
      ],
    ],
  ])('passes a key policy of %s', (_, statements) => {
    expect(says(key(...statements))).toEqual([]);
  });

  test.each<[string, readonly JsonMap[], string]>([
    [
      'in one statement',
      [allow([...ADMIN, 'kms:Decrypt'], '*', { Principal: role('shop') })],
      'Statement.0: kms:PutKeyPolicy and kms:Decrypt for arn:aws:iam::111122223333:role/shop',
    ],
    [
      'in two statements',
      [
        allow('kms:Sign', '*', { Principal: role('shop') }),
        allow('kms:ScheduleKeyDeletion', '*', { Principal: role('shop') }),
      ],
      'Statement.1: kms:ScheduleKeyDeletion and kms:Sign for arn:aws:iam::111122223333:role/shop',
    ],
    [
      'by a wildcard',
      [allow('kms:*', '*', { Principal: role('shop') })],
      'Statement.0: kms:PutKeyPolicy and kms:Decrypt for arn:aws:iam::111122223333:role/shop',
    ],
    [
      'by leaving something out',
      [{ Effect: 'Allow', NotAction: 'kms:Encrypt', Resource: '*', Principal: role('shop') }],
      'Statement.0: kms:PutKeyPolicy and kms:Decrypt for arn:aws:iam::111122223333:role/shop',
    ],
    [
      'for everybody',
      [allow('kms:*', '*', { Principal: '*' })],
      'Statement.0: kms:PutKeyPolicy and kms:Decrypt for *',
    ],
    [
      'for a role of the app',
      [
        allow('KMS:DISABLE*', '*', { Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } } }),
        allow('kms:Decrypt', '*', { Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } } }),
      ],
      'Statement.1: kms:DisableKey and kms:Decrypt for GetAtt Role.Arn',
    ],
  ])('fails a key policy that gives both %s', (_, statements, where) => {
    expect(says({ ...key(...statements), Role: { Type: 'AWS::IAM::Role' } })).toEqual([
      `warning violation It.Properties.KeyPolicy.${where}`,
    ]);
  });

  test('another account is a principal like others', () => {
    const json = {
      Resources: key(allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::999999999999:root' } })),
    };
    const app = new App([{ name: 'Stack', account: '111122223333', region: 'eu-west-1', json }]);
    const { findings } = judge(app, { name: 'Pack', rules: [rowNamed('KeyDutiesAreSeparate')] });
    expect(findings.map(({ got }) => got)).toEqual([
      'kms:PutKeyPolicy and kms:Decrypt for arn:aws:iam::999999999999:root',
    ]);
  });

  test.each<[string, string | JsonMap, string | undefined, number]>([
    ['its own', 'arn:aws:iam::111122223333:root', '111122223333', 0],
    ['its own by number', '111122223333', '111122223333', 0],
    ['another', '999999999999', '111122223333', 1],
    ['any, where its own is not known', 'arn:aws:iam::999999999999:root', undefined, 0],
    ['one that is known at deployment', { 'Fn::Sub': 'arn:aws:iam::${Hidden}:root' }, '111122223333', 0],
    ['a role of one', { 'Fn::Sub': 'arn:aws:iam::${Hidden}:role/shop' }, '111122223333', 1],
  ])('an account may do everything to its keys: %s', (_, AWS, account, faults) => {
    const json = {
      Parameters: { Hidden: { Type: 'String' } },
      Resources: key(allow('kms:*', '*', { Principal: { AWS } })),
    };
    const source = {
      name: 'Stack',
      region: 'eu-west-1',
      json,
      ...(account === undefined ? {} : { account }),
    };
    expect(saysOfStacks('KeyDutiesAreSeparate', [source])).toHaveLength(faults);
  });

  test('a statement without actions gives nothing', () => {
    expect(says(key({ Effect: 'Allow', Resource: '*', Principal: role('shop') }))).toEqual([]);
  });

  test('two statements of one policy are about the same key where some resource of both is', () => {
    const keyOf = (id: string) => `arn:aws:kms:eu-west-1:111122223333:key/${id}`;
    const says2 = (one: string[], other: string[]) =>
      says({
        It: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: {
            PolicyDocument: {
              Statement: [
                { Effect: 'Allow', Action: 'kms:PutKeyPolicy', Resource: one.map(keyOf) },
                { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
                { Effect: 'Allow', Action: HIDDEN, Resource: '*' },
                { Effect: 'Allow', Action: 'kms:Decrypt', Resource: other.map(keyOf) },
              ],
            },
          },
        },
      });
    expect(says2(['a', 'b'], ['c', 'b'])).toHaveLength(1);
    expect(says2(['a'], ['c'])).toEqual([]);
  });

  test('cannot tell hidden statements', () => {
    expect(says({ It: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: HIDDEN } } })).toEqual([
      'warning unknown It.Properties.KeyPolicy',
    ]);
    expect(says(key({ Effect: 'Allow', Action: HIDDEN, Resource: '*', Principal: role('shop') }))).toEqual([
      'warning unknown It.Properties.KeyPolicy.Statement.0',
    ]);
  });

  test('says in which case both are given', () => {
    expect(
      says(
        key(
          allow('kms:Decrypt', '*', { Principal: role('shop') }),
          allow(ADMIN, '*', {
            Principal: {
              AWS: IF('arn:aws:iam::111122223333:role/shop', 'arn:aws:iam::111122223333:role/other'),
            },
          }),
        ),
      ),
    ).toEqual([
      'warning violation It.Properties.KeyPolicy.Statement.1: kms:PutKeyPolicy and kms:Decrypt for arn:aws:iam::111122223333:role/shop (Stack.Stage = production)',
    ]);
  });

  describe('in policies of IAM', () => {
    const held = (...statements: readonly JsonMap[]) =>
      says({ It: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: policy(...statements) } } });
    const ONE = 'arn:aws:kms:eu-west-1:111122223333:key/1';
    const OTHER = 'arn:aws:kms:eu-west-1:111122223333:key/2';

    test('passes one of both, both on different keys, and what other rules tell', () => {
      expect(held(allow('kms:Decrypt', ONE))).toEqual([]);
      expect(held(allow('kms:Decrypt', ONE), allow(ADMIN, OTHER))).toEqual([]);
      expect(held(allow('kms:*', ONE))).toEqual([]);
      expect(held(allow('*', '*'))).toEqual([]);
      expect(held({ Effect: 'Allow', Action: HIDDEN, Resource: ONE })).toEqual([]);
    });

    test('fails both on one key, or on all', () => {
      expect(held(allow('kms:Decrypt', ONE), allow(ADMIN, ONE))).toEqual([
        'warning violation It.Properties.PolicyDocument.Statement.1: kms:PutKeyPolicy and kms:Decrypt for its holder',
      ]);
      expect(held(allow('kms:GenerateMac', ONE), allow('kms:Schedule*', '*'))).toEqual([
        'warning violation It.Properties.PolicyDocument.Statement.1: kms:ScheduleKeyDeletion and kms:GenerateMac for its holder',
      ]);
    });

    test('looks into policies that stand in a role', () => {
      const Policies = [
        { PolicyName: 'p', PolicyDocument: policy(allow(['kms:Decrypt', 'kms:DisableKey'], ONE)) },
      ];
      expect(says({ It: { Type: 'AWS::IAM::Role', Properties: { Policies } } })).toEqual([
        'warning violation It.Properties.Policies.0.PolicyDocument.Statement.0: kms:DisableKey and kms:Decrypt for its holder',
      ]);
    });
  });
});

const encrypted = (Tags: JsonMap[]): JsonMap => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    Tags,
    SSESpecification: { SSEEnabled: true, KMSMasterKeyId: { 'Fn::GetAtt': ['It', 'Arn'] } },
  },
});

describe('AccountDataKeyIsDedicated', () => {
  const says = (resources: JsonMap) =>
    saysOf('AccountDataKeyIsDedicated', { It: { Type: 'AWS::KMS::Key' }, ...resources });
  const Cards = encrypted(holding('cardholder-data'));

  test('passes a key of account data alone, one of nothing, and one of the environment', () => {
    expect(says({ Cards })).toEqual([]);
    expect(says({ Cards, More: encrypted(holding('sensitive-authentication-data')) })).toEqual([]);
    expect(says({ Orders: encrypted(holding('personal-data')) })).toEqual([]);
    expect(
      says({ Cards, Log: encrypted(tags({ 'data:classification': 'internal', 'pci:scope': 'cde' })) }),
    ).toEqual([]);
  });

  test('fails a key that others use too', () => {
    expect(says({ Cards, Orders: encrypted(holding('internal')) })).toEqual([
      'warning violation It.Properties: used for Orders too',
    ]);
  });

  test('leaves what says nothing to the rule that asks for it', () => {
    expect(says({ Cards, Orders: encrypted([]) })).toEqual([]);
  });

  test('says in which case', () => {
    const Orders = { Condition: 'Production', ...encrypted(holding('internal')) };
    expect(says({ Cards, Orders })).toEqual([
      'warning violation It.Properties: used for Orders too (Stack.Stage = production)',
    ]);
  });
});

describe('AccountDataKeyWaitsBeforeDeletion', () => {
  const says = (properties: JsonMap, what = 'cardholder-data') =>
    saysOf('AccountDataKeyWaitsBeforeDeletion', {
      It: { Type: 'AWS::KMS::Key', Properties: properties },
      Table: encrypted(holding(what)),
    });

  test('passes 30 days, the default, and keys of other data', () => {
    expect(says({})).toEqual([]);
    expect(says({ PendingWindowInDays: 30 })).toEqual([]);
    expect(says({ PendingWindowInDays: 7 }, 'personal-data')).toEqual([]);
  });

  test('fails a week, and cannot tell a parameter', () => {
    expect(says({ PendingWindowInDays: 7 })).toEqual(['info violation It.Properties.PendingWindowInDays: 7']);
    expect(says({ PendingWindowInDays: HIDDEN })).toEqual(['info unknown It.Properties.PendingWindowInDays']);
  });
});
