import { judge } from '../../../../lib/judge/judge';
import { IDENTITY_ROWS } from '../../../../lib/judge/rules/pci/identity';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { appOf } from '../../support';
import { proveRows } from './proof';
import { HIDDEN, it as one, says } from './support';

const POLICY = 'AWS::IAM::ManagedPolicy';
const USER = 'AWS::IAM::User';
const GROUP = 'AWS::IAM::Group';

function policy(...statements: readonly Json[]): JsonMap {
  return one(POLICY, { PolicyDocument: { Version: '2012-10-17', Statement: statements } });
}

function allow(Action: Json, Resource: Json, more: JsonMap = {}): JsonMap {
  return { Effect: 'Allow', Action, Resource, ...more };
}

const STATEMENT = 'It.Properties.PolicyDocument.Statement.0';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/abcd';

proveRows(IDENTITY_ROWS, [
  {
    rule: 'PolicyAllowsNoWholeService',
    good: policy(allow(['s3:GetObject', 's3:List*'], '*')),
    bad: policy(allow(['s3:GetObject', 'sqs:*'], 'arn:aws:sqs:eu-west-1:111122223333:orders')),
    finds: `violation ${STATEMENT}: sqs:*`,
    hidden: policy(allow(HIDDEN, '*')),
    at: STATEMENT,
  },
  {
    rule: 'DecryptionIsGrantedPerKey',
    good: policy(allow('kms:Decrypt', KEY)),
    bad: policy(allow(['kms:Decrypt', 'kms:DescribeKey'], '*')),
    finds: `violation ${STATEMENT}: kms:Decrypt with every key`,
    hidden: policy(allow('kms:Decrypt', HIDDEN)),
    at: STATEMENT,
  },
  {
    rule: 'UserHasNoPolicies',
    good: one(USER, { Groups: ['a'] }),
    bad: one(USER, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }),
    finds: 'violation It.Properties.ManagedPolicyArns: 1 given',
    hidden: one(USER, { Policies: HIDDEN }),
    at: 'It.Properties.Policies',
  },
  {
    rule: 'UserIsInGroup',
    good: one(USER, { Groups: ['readers'] }),
    bad: one(USER, {}),
    finds: 'violation It.Properties.Groups: absent',
    hidden: one(USER, { Groups: HIDDEN }),
    at: 'It.Properties.Groups',
  },
  {
    rule: 'GroupHasUsers',
    good: { ...one(GROUP), User: { Type: USER, Properties: { Groups: [{ Ref: 'It' }] } } },
    bad: one(GROUP),
    finds: 'violation It.Properties: no users',
    hidden: one(GROUP, { GroupName: HIDDEN }),
    at: 'It.Properties.GroupName',
  },
]);

describe('PolicyAllowsNoWholeService', () => {
  const id = 'PolicyAllowsNoWholeService';

  test.each<[string, JsonMap, string[]]>([
    ['leaves every action on everything to NobodyIsAdministrator', policy(allow('*', '*')), []],
    [
      'leaves it to that rule where one of several resources is everything',
      policy(allow('*', [KEY, '*'])),
      [],
    ],
    [
      'leaves every action with every key to that rule where one of several resources is every key',
      policy(allow('kms:*', [KEY, '*'])),
      [],
    ],
    ['finds every action on one resource', policy(allow('*', KEY)), [`warning violation ${STATEMENT}: *`]],
    ['leaves every action with every key to DecryptionIsGrantedPerKey', policy(allow('kms:*', '*')), []],
    [
      'finds every action with one key',
      policy(allow('kms:*', KEY)),
      [`warning violation ${STATEMENT}: kms:*`],
    ],
    [
      'finds what allows all but some',
      policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      [`warning violation ${STATEMENT}: every action but some`],
    ],
    ['says nothing of a Deny', policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' }), []],
    [
      'finds an inline policy of a role at its place',
      one('AWS::IAM::Role', {
        Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [allow('s3:*', '*')] } }],
      }),
      ['warning violation It.Properties.Policies.0.PolicyDocument.Statement.0: s3:*'],
    ],
    [
      'cannot tell the inline policies of a role that hides them',
      one('AWS::IAM::Role', { Policies: HIDDEN }),
      ['warning unknown It.Properties.Policies'],
    ],
    [
      'cannot tell a hidden document',
      one(POLICY, { PolicyDocument: HIDDEN }),
      ['warning unknown It.Properties.PolicyDocument'],
    ],
    [
      'cannot tell a hidden effect',
      policy({ Effect: HIDDEN, Action: 's3:*', Resource: '*' }),
      [`warning unknown ${STATEMENT}`],
    ],
  ])('%s', (_title, resources, expected) => {
    expect(says(IDENTITY_ROWS, id, resources)).toEqual(expected);
  });
});

describe('DecryptionIsGrantedPerKey', () => {
  const id = 'DecryptionIsGrantedPerKey';
  const everyKey = { 'Fn::Sub': 'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*' };

  test.each<[string, JsonMap, string[]]>([
    [
      'finds every key of an account, whatever the partition',
      policy(allow('kms:*', everyKey)),
      [`warning violation ${STATEMENT}: kms:* with every key`],
    ],
    [
      'finds re-encryption',
      policy(allow('kms:ReEncrypt*', '*')),
      [`warning violation ${STATEMENT}: kms:ReEncrypt* with every key`],
    ],
    [
      'finds every key beside one that is named',
      policy(allow('kms:Decrypt', [KEY, '*'])),
      [`warning violation ${STATEMENT}: kms:Decrypt with every key`],
    ],
    ['lets a policy encrypt with every key', policy(allow('kms:Encrypt', '*')), []],
    [
      'lets a condition pick the keys',
      policy(
        allow('kms:Decrypt', '*', { Condition: { StringLike: { 'kms:ResourceAliases': 'alias/shop-*' } } }),
      ),
      [],
    ],
    [
      'lets one of several conditions pick the keys',
      policy(
        allow('kms:Decrypt', '*', {
          Condition: {
            Bool: { 'aws:SecureTransport': 'true' },
            StringLike: { 'aws:PrincipalTag/team': 'shop', 'kms:ResourceAliases': 'alias/shop-*' },
          },
        }),
      ),
      [],
    ],
    [
      'does not take another condition for one that picks keys',
      policy(
        allow('kms:Decrypt', '*', {
          Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
        }),
      ),
      [`warning violation ${STATEMENT}: kms:Decrypt with every key`],
    ],
    ['leaves every action on everything to NobodyIsAdministrator', policy(allow('*', '*')), []],
    [
      'cannot tell a hidden action on everything',
      policy(allow(HIDDEN, '*')),
      [`warning unknown ${STATEMENT}`],
    ],
    ['says nothing of a hidden action with one key', policy(allow(HIDDEN, KEY)), []],
    [
      'lets a policy decrypt with a key of the app',
      { ...policy(allow('kms:Decrypt', { 'Fn::GetAtt': ['Key', 'Arn'] })), Key: { Type: 'AWS::KMS::Key' } },
      [],
    ],
  ])('%s', (_title, resources, expected) => {
    expect(says(IDENTITY_ROWS, id, resources)).toEqual(expected);
  });
});

describe('a statement without actions', () => {
  test('allows no whole service', () => {
    expect(
      says(IDENTITY_ROWS, 'PolicyAllowsNoWholeService', policy({ Effect: 'Allow', Resource: '*' })),
    ).toEqual([]);
  });
});

describe('a group that has a name', () => {
  const says2 = (user: JsonMap) =>
    says(
      IDENTITY_ROWS,
      'GroupHasUsers',
      { ...one(GROUP, { GroupName: 'admins' }), User: { Type: USER, ...user } },
      { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
    );

  test('has the users that name it, and exist', () => {
    expect(says2({ Properties: { Groups: ['admins'] } })).toEqual([]);
    expect(says2({ Properties: { Groups: ['others'] } })).toHaveLength(1);
    expect(says2({ Properties: { Groups: ['admins'] }, Condition: 'Never' })).toHaveLength(1);
  });
});

describe('users and groups', () => {
  const addition = (properties: JsonMap): JsonMap => ({
    Addition: { Type: 'AWS::IAM::UserToGroupAddition', Properties: properties },
  });

  test.each<[string, string, JsonMap, string[]]>([
    [
      'a policy must not be attached to a user',
      'UserHasNoPolicies',
      one('AWS::IAM::Policy', { Users: [{ Ref: 'User' }] }),
      ['info violation It.Properties.Users: 1 given'],
    ],
    ['a policy of a role is fine', 'UserHasNoPolicies', one('AWS::IAM::Policy', { Roles: ['r'] }), []],
    [
      'a policy of the type for users is one',
      'UserHasNoPolicies',
      one('AWS::IAM::UserPolicy', { UserName: 'u' }),
      ['info violation It.Properties.UserName: a policy of a user'],
    ],
    [
      'a user may be added to a group elsewhere',
      'UserIsInGroup',
      { ...one(USER), ...addition({ GroupName: 'g', Users: [{ Ref: 'It' }] }) },
      [],
    ],
    [
      'a user may be added by its name',
      'UserIsInGroup',
      { ...one(USER, { UserName: 'ann' }), ...addition({ GroupName: 'g', Users: ['ann'] }) },
      [],
    ],
    [
      'an addition that hides one of those whom it adds may add this one',
      'UserIsInGroup',
      { ...one(USER), ...addition({ GroupName: 'g', Users: ['ann', HIDDEN] }) },
      ['info unknown It.Properties.Groups'],
    ],
    [
      'an addition of others leaves it out',
      'UserIsInGroup',
      { ...one(USER), ...addition({ GroupName: 'g', Users: ['ann'] }) },
      ['info violation It.Properties.Groups: absent'],
    ],
    [
      'an addition that hides whom it adds may add this one',
      'UserIsInGroup',
      { ...one(USER), ...addition({ GroupName: 'g', Users: [HIDDEN] }) },
      ['info unknown It.Properties.Groups'],
    ],
    [
      'an empty list is no group',
      'UserIsInGroup',
      one(USER, { Groups: [] }),
      ['info violation It.Properties.Groups: empty'],
    ],
    [
      'one of several additions may add it, by its name',
      'UserIsInGroup',
      {
        ...one(USER, { UserName: 'ann' }),
        ...addition({ GroupName: 'g', Users: ['ann'] }),
        Another: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: 'h', Users: ['bob'] } },
      },
      [],
    ],
    [
      'a group may be called by its name',
      'GroupHasUsers',
      { ...one(GROUP, { GroupName: 'g' }), ...addition({ GroupName: 'g', Users: ['ann'] }) },
      [],
    ],
    [
      'an addition that hides its group may mean this one',
      'GroupHasUsers',
      { ...one(GROUP), ...addition({ GroupName: HIDDEN, Users: ['ann'] }) },
      ['info unknown It.Properties'],
    ],
  ])('%s', (_title, id, resources, expected) => {
    expect(says(IDENTITY_ROWS, id, resources)).toEqual(expected);
  });
});

test('a user without policies is counted as one that was looked at, and passes', () => {
  const row = IDENTITY_ROWS.find(({ rule }) => rule.id === 'UserHasNoPolicies');
  const { rules } = judge(appOf(one(USER)), { name: 'Pack', rules: row === undefined ? [] : [row] });
  expect(rules.find(({ rule }) => rule.id === 'UserHasNoPolicies')?.compliant).toBe(1);
});
