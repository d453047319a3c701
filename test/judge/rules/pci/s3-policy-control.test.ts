import { judge } from '../../../../lib/judge/judge';
import { S3_EXPOSURE_ROWS } from '../../../../lib/judge/rules/pci/s3-exposure';
import { App, type JsonMap } from '../../../../lib/judge/template';
import { HIDDEN } from './support';

const OWN = '111122223333';
const OTHER = 'arn:aws:iam::444455556666:root';

/** What is said of a policy of one statement in a stack of an account, or of none that is known. */
function says(statement: JsonMap, account: string | undefined = OWN): readonly string[] {
  const json: JsonMap = {
    Parameters: { Hidden: { Type: 'String' } },
    Resources: {
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: 'somewhere',
          PolicyDocument: { Statement: [{ Effect: 'Allow', Resource: '*', ...statement }] },
        },
      },
      Role: { Type: 'AWS::IAM::Role', Properties: {} },
    },
  };
  const source = { name: 'Stack', region: 'eu-west-1', json, ...(account === 'none' ? {} : { account }) };
  const rules = S3_EXPOSURE_ROWS.filter(({ rule }) => rule.id === 'BucketPolicyKeepsControl');
  return judge(new App([source]), { name: 'Pack', rules }).findings.map(
    ({ level, verdict, path, got, detail }) => `${level} ${verdict} ${path}: ${got ?? detail}`,
  );
}

const AT = 'Properties.PolicyDocument.Statement.0';

describe('the policy of a bucket', () => {
  test.each<[string, JsonMap]>([
    ['reading for another account', { Principal: { AWS: OTHER }, Action: ['s3:GetObject', 's3:List*'] }],
    ['everything for its own account', { Principal: { AWS: OWN }, Action: 's3:*' }],
    [
      'everything for a role of the app',
      { Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }, Action: 's3:*' },
    ],
    ['everything for a service', { Principal: { Service: 'delivery.logs.amazonaws.com' }, Action: 's3:*' }],
    ['a Deny for everybody', { Effect: 'Deny', Principal: '*', Action: 's3:PutBucketPolicy' }],
    [
      'all but control',
      {
        Principal: { AWS: OTHER },
        NotAction: ['s3:Put*', 's3:Delete*'],
      },
    ],
  ])('may hand out %s', (_, statement) => {
    expect(says(statement)).toEqual([]);
  });

  test.each<[string, JsonMap, string]>([
    [
      'its control',
      { Principal: { AWS: OTHER }, Action: 's3:PutBucketPolicy' },
      's3:putbucketpolicy for account 444455556666',
    ],
    [
      'a pattern that holds it',
      { Principal: { AWS: [OTHER] }, Action: ['s3:Get*', 's3:Put*'] },
      's3:put* for account 444455556666',
    ],
    ['it to everybody', { Principal: '*', Action: 's3:*' }, 's3:* for everybody'],
    [
      'a bare number',
      { Principal: { AWS: '444455556666' }, Action: 's3:PutObjectAcl' },
      's3:putobjectacl for account 444455556666',
    ],
    [
      'all but reading',
      { Principal: { AWS: OTHER }, NotAction: 's3:Get*' },
      's3:deletebucketpolicy for account 444455556666',
    ],
  ])('may not hand %s to another account', (_, statement, what) => {
    expect(says(statement)).toEqual([`warning violation ${AT}: an Allow of ${what}`]);
  });

  test('cannot be told of an account where that of the stack is not known', () => {
    expect(says({ Principal: { AWS: OTHER }, Action: 's3:*' }, 'none')).toEqual([
      `warning unknown ${AT}: whether 444455556666 is this account is only known at deployment`,
    ]);
  });

  test('knows the account of the stack by its reference', () => {
    const root = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' };
    expect(says({ Principal: { AWS: root }, Action: 's3:*' }, 'none')).toEqual([]);
  });

  test('cannot be told of a principal that is hidden', () => {
    expect(says({ Principal: { AWS: HIDDEN }, Action: 's3:*' })).toEqual([
      `warning unknown ${AT}: parameter Hidden has no default`,
    ]);
    expect(says({ Principal: HIDDEN, Action: 's3:*' })).toEqual([
      `warning unknown ${AT}: parameter Hidden has no default`,
    ]);
  });
});
