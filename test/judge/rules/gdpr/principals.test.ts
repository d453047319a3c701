import { accountOf, isNarrowed, SHARED_TYPES, sharingOf } from '../../../../lib/judge/rules/gdpr/principals';
import { type Json, type JsonMap, Unresolved, World } from '../../../../lib/judge/template';
import { appOf } from '../../support';

const PARTS = {
  Parameters: { Hidden: { Type: 'String' } },
  Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
};
const HIDDEN = { Ref: 'Hidden' };
const join = (...parts: readonly Json[]): JsonMap => ({ 'Fn::Join': ['', parts] });

function viewOf(resources: JsonMap, id = 'It') {
  const app = appOf(resources, PARTS);
  const resource = app.templates[0]?.resources.get(id);
  if (resource === undefined) throw new RangeError(`there is no ${id}`);
  return new World(app).view(resource);
}

/** A value as templates resolve it. */
function resolved(value: Json) {
  const resources = {
    It: { Type: 'AWS::SNS::Topic', Properties: { Value: value } },
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
  };
  return viewOf(resources).at('Value').value();
}

describe('the account of a principal', () => {
  test.each<[string, Json, string | undefined]>([
    ['everybody', '*', 'everybody'],
    ['an account by its number', '444455556666', '444455556666'],
    ['an account by a principal in it', 'arn:aws:iam::444455556666:role/desk', '444455556666'],
    ['a number of another length', '44445555666', undefined],
    ['a number within a word', 'x444455556666', undefined],
    ['a number that goes on', '4444555566667', undefined],
    ['no account at all', 'CanonicalUser', undefined],
    ['its own, by a pseudo parameter', { Ref: 'AWS::AccountId' }, 'own'],
    ['its own, by a role of the app', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'own'],
    [
      'its own, by a pseudo parameter within text',
      join('arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root'),
      'own',
    ],
    ['its own, by a role of the app within text', join({ 'Fn::GetAtt': ['Role', 'Arn'] }, '/session'), 'own'],
    [
      'another, whatever the partition is',
      join('arn:', { Ref: 'AWS::Partition' }, ':iam::444455556666:root'),
      '444455556666',
    ],
    [
      'another, behind something that is hidden',
      join('arn:', HIDDEN, ':iam::444455556666:root'),
      '444455556666',
    ],
    [
      'its own, behind something that is hidden',
      join('arn:', HIDDEN, ':iam::', { Ref: 'AWS::AccountId' }, ':root'),
      'own',
    ],
    [
      'nobody that is known, whatever the partition is',
      join('arn:', { Ref: 'AWS::Partition' }, ':iam::aws:root'),
      undefined,
    ],
    [
      'no account of two halves',
      join('arn:aws:iam::444455', { Ref: 'AWS::Partition' }, '556666:root'),
      undefined,
    ],
  ])('is %s', (_, principal, expected) => {
    const value = resolved(principal);
    expect(value === undefined ? 'absent' : accountOf(value)).toBe(expected);
  });

  test.each<[string, Json]>([
    ['a parameter', HIDDEN],
    ['a parameter within text', join('arn:aws:iam::', HIDDEN, ':root')],
    ['two halves of a number', join('arn:aws:iam::444455', HIDDEN, '556666:root')],
    [
      'a parameter within text after the partition',
      join('arn:', { Ref: 'AWS::Partition' }, ':iam::', HIDDEN, ':root'),
    ],
  ])('is not known where it is %s', (_, principal) => {
    const value = resolved(principal);
    expect(value === undefined ? 'absent' : accountOf(value)).toBeInstanceOf(Unresolved);
  });
});

describe('a condition', () => {
  const narrows = (condition: Json) => isNarrowed(resolved(condition));

  test.each<[Json, boolean]>([
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, true],
    [{ StringEqualsIgnoreCase: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, true],
    [{ StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } }, true],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:*' } }, true],
    [{ ArnEquals: { 'AWS:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:t' } }, true],
    [{ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, true],
    [{ Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } }, true],
    [{ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } }, true],
    [{ StringEquals: { 's3:x-amz-acl': 'private', 'aws:SourceAccount': '111122223333' } }, true],
    [{ Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, true],
    [HIDDEN, true],
    [{ StringEquals: { 'aws:SourceAccount': HIDDEN } }, true],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, false],
    [{ StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, false],
    [{ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, false],
    [{ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, false],
    [{ StringLike: { 'aws:PrincipalOrgID': '*' } }, false],
    [{ StringLike: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5', '*'] } }, false],
    [{ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, false],
    [{ IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '::/0'] } }, false],
    [{ StringEquals: { 'aws:PrincipalTag/team': 'shop' } }, false],
    [{ StringEquals: 'text' }, false],
    [{}, false],
    ['text', false],
  ])('%j narrows: %s', (condition, expected) => {
    expect(narrows(condition)).toBe(expected);
  });

  test('that is absent does not', () => {
    expect(isNarrowed(undefined)).toBe(false);
  });
});

describe('what a store shares', () => {
  const TOPIC = 'AWS::SNS::Topic';
  const POLICY = 'AWS::SNS::TopicPolicy';
  const allow = (more: JsonMap = {}): JsonMap => ({
    Effect: 'Allow',
    Principal: { AWS: '444455556666' },
    Action: 'sns:Publish',
    Resource: '*',
    ...more,
  });
  const policy = (Topics: Json, statement: Json, more: JsonMap = {}): JsonMap => ({
    Type: POLICY,
    Properties: { Topics, PolicyDocument: { Statement: [statement] } },
    ...more,
  });
  const shares = (Policy: JsonMap) =>
    sharingOf(
      viewOf({
        It: { Type: TOPIC, Properties: {} },
        Other: { Type: TOPIC, Properties: {} },
        Policy,
      }),
    ).map((one) => ('why' in one ? 'hidden' : one.principals.map(String).join()));

  test('are the principals that an Allow names', () => {
    expect(shares(policy([{ Ref: 'It' }], allow()))).toEqual(['444455556666']);
    expect(shares(policy([{ Ref: 'It' }], allow({ Principal: '*' })))).toEqual(['*']);
    const { Principal: NotPrincipal, ...others } = allow();
    expect(shares(policy([{ Ref: 'It' }], { ...others, NotPrincipal }))).toEqual(['*']);
    expect(shares(policy([{ Ref: 'It' }], others))).toEqual([]);
    expect(
      shares(policy([{ Ref: 'It' }], allow({ Principal: { AWS: ['444455556666', '777788889999'] } }))),
    ).toEqual(['444455556666,777788889999']);
  });

  test.each<[string, JsonMap]>([
    ['denies', allow({ Effect: 'Deny' })],
    ['is for a service', allow({ Principal: { Service: 'events.amazonaws.com' } })],
  ])('is nothing where the policy %s', (_, statement) => {
    expect(shares(policy([{ Ref: 'It' }], statement))).toEqual([]);
  });

  test('is nothing where the policy is about another, or is not there', () => {
    expect(shares(policy([{ Ref: 'Other' }], allow()))).toEqual([]);
    expect(shares(policy([{ Ref: 'It' }], allow(), { Condition: 'Never' }))).toEqual([]);
  });

  test('is not known where the policy hides it', () => {
    expect(shares(policy([{ Ref: 'It' }], HIDDEN))).toEqual(['hidden']);
    expect(shares(policy([{ Ref: 'It' }], allow({ Effect: HIDDEN })))).toEqual(['hidden']);
    const Properties = { Topics: [{ Ref: 'It' }], PolicyDocument: HIDDEN };
    expect(shares({ Type: POLICY, Properties })).toEqual(['hidden']);
  });

  test('is read of nine types', () => {
    expect(SHARED_TYPES).toHaveLength(9);
  });
});
