import { S3_EXPOSURE_ROWS } from '../../../../lib/judge/rules/pci/s3-exposure';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const BUCKET = 'AWS::S3::Bucket';
const ALL_ON: JsonMap = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const ALL_OFF: JsonMap = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

/** A bucket with a policy of one statement. */
const withPolicy = (block: JsonMap | undefined, statement: JsonMap): JsonMap => ({
  It: { Type: BUCKET, Properties: block === undefined ? {} : { PublicAccessBlockConfiguration: block } },
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: { Ref: 'It' }, PolicyDocument: { Statement: [statement] } },
  },
});
const allow = (more: JsonMap = {}): JsonMap => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: '*',
  ...more,
});
const FOUND = 'error violation Policy.Properties.PolicyDocument.Statement.0: an Allow for everybody';
const STATEMENT = 'Policy.Properties.PolicyDocument.Statement.0';

describe('BucketIsNotPublic', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes a bucket of which nothing is said: S3 blocks', one(BUCKET), []],
    ['passes a public statement that S3 refuses by default', withPolicy(undefined, allow()), []],
    ['passes a public statement that is blocked', withPolicy(ALL_ON, allow()), []],
    [
      'passes a public statement that is without effect',
      withPolicy({ RestrictPublicBuckets: true }, allow()),
      [],
    ],
    ['fails a public statement where nothing blocks', withPolicy(ALL_OFF, allow()), [FOUND]],
    ['fails where the block leaves policies out', withPolicy({ BlockPublicAcls: true }, allow()), [FOUND]],
    ['fails a map of everybody', withPolicy(ALL_OFF, allow({ Principal: { AWS: ['*'] } })), [FOUND]],
    [
      'fails everybody but some',
      withPolicy(ALL_OFF, {
        Effect: 'Allow',
        NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 's3:GetObject',
        Resource: '*',
      }),
      [`${FOUND} but some`],
    ],
    [
      'passes a narrow condition',
      withPolicy(ALL_OFF, allow({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } })),
      [],
    ],
    [
      'fails a condition that narrows nothing',
      withPolicy(ALL_OFF, allow({ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } })),
      [FOUND],
    ],
    ...['StringEqualsIfExists', 'ForAllValues:StringEquals'].map((operator): [string, JsonMap, string[]] => [
      `fails ${operator}, which whoever brings no such key meets too`,
      withPolicy(ALL_OFF, allow({ Condition: { [operator]: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } })),
      [FOUND],
    ]),
    [
      'passes a condition on one of several keys of callers',
      withPolicy(
        ALL_OFF,
        allow({ Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } } }),
      ),
      [],
    ],
    [
      'fails a condition that takes some out only',
      withPolicy(ALL_OFF, allow({ Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } })),
      [FOUND],
    ],
    [
      'fails a condition about something else',
      withPolicy(ALL_OFF, allow({ Condition: { StringEquals: { 'aws:Referer': 'https://example.com' } } })),
      [FOUND],
    ],
    ['passes a Deny', withPolicy(ALL_OFF, allow({ Effect: 'Deny' })), []],
    [
      'passes a statement for an account',
      withPolicy(ALL_OFF, allow({ Principal: { AWS: '111122223333' } })),
      [],
    ],
    [
      'cannot tell a hidden principal',
      withPolicy(ALL_OFF, allow({ Principal: HIDDEN })),
      [`error unknown ${STATEMENT}`],
    ],
    [
      'cannot tell a hidden condition',
      withPolicy(ALL_OFF, allow({ Condition: HIDDEN })),
      [`error unknown ${STATEMENT}`],
    ],
    [
      'cannot tell a hidden block around a public statement',
      withPolicy({ ...ALL_OFF, RestrictPublicBuckets: HIDDEN }, allow()),
      ['error unknown It.Properties.PublicAccessBlockConfiguration.RestrictPublicBuckets'],
    ],
    [
      'fails a public list',
      one(BUCKET, { AccessControl: 'PublicRead', PublicAccessBlockConfiguration: ALL_OFF }),
      ['error violation It.Properties.AccessControl: PublicRead'],
    ],
    [
      'passes a public list that is ignored',
      one(BUCKET, {
        AccessControl: 'PublicRead',
        PublicAccessBlockConfiguration: { IgnorePublicAcls: true },
      }),
      [],
    ],
    [
      'cannot tell a hidden list',
      one(BUCKET, { AccessControl: HIDDEN, PublicAccessBlockConfiguration: ALL_OFF }),
      ['error unknown It.Properties.AccessControl'],
    ],
    [
      'finds a list and a statement, which are two faults',
      {
        ...withPolicy(ALL_OFF, allow()),
        It: {
          Type: BUCKET,
          Properties: { AccessControl: 'PublicReadWrite', PublicAccessBlockConfiguration: ALL_OFF },
        },
      },
      ['error violation It.Properties.AccessControl: PublicReadWrite', FOUND],
    ],
  ])('%s', (_, resources, expected) => {
    expect(says(S3_EXPOSURE_ROWS, 'BucketIsNotPublic', resources)).toEqual(expected);
  });
});

describe.each([
  ['BucketBlocksPublicAccess', BUCKET],
  ['AccessPointBlocksPublicAccess', 'AWS::S3::AccessPoint'],
  ['AccessPointBlocksPublicAccess', 'AWS::S3::MultiRegionAccessPoint'],
])('%s of %s', (id, type) => {
  const block = (settings: JsonMap) => one(type, { PublicAccessBlockConfiguration: settings });
  const at = 'It.Properties.PublicAccessBlockConfiguration';

  test.each<[string, JsonMap, readonly string[]]>([
    ['passes what is left out: S3 blocks', one(type), []],
    ['passes all four', block(ALL_ON), []],
    [
      'fails one that is off',
      block({ ...ALL_ON, BlockPublicPolicy: false }),
      [`${at}.BlockPublicPolicy: false`],
    ],
    [
      'fails a block that leaves some out, once',
      block({ BlockPublicAcls: true, IgnorePublicAcls: true }),
      [`${at}.BlockPublicPolicy: absent`],
    ],
  ])('%s', (_, resources, expected) => {
    expect(says(S3_EXPOSURE_ROWS, id, resources)).toEqual(
      expected.map((line) => `warning violation ${line}`),
    );
  });

  test('cannot tell a hidden setting, nor a hidden block', () => {
    expect(says(S3_EXPOSURE_ROWS, id, block({ ...ALL_ON, BlockPublicAcls: HIDDEN }))).toEqual([
      `warning unknown ${at}.BlockPublicAcls`,
    ]);
    expect(says(S3_EXPOSURE_ROWS, id, block(HIDDEN))).toEqual([`warning unknown ${at}`]);
  });
});

describe('BucketIsOpenedByPoliciesOnly', () => {
  const owned = (ObjectOwnership: string | JsonMap) =>
    one(BUCKET, { OwnershipControls: { Rules: [{ ObjectOwnership }] } });
  const at = 'It.Properties.OwnershipControls.Rules.0.ObjectOwnership';

  test.each<[string, JsonMap, readonly string[]]>([
    ['passes what is left out: new buckets have no lists', one(BUCKET), []],
    ['passes the owner alone', owned('BucketOwnerEnforced'), []],
    ['fails where lists are on', owned('ObjectWriter'), [`info violation ${at}: ObjectWriter`]],
    ['cannot tell a parameter', owned(HIDDEN), [`info unknown ${at}`]],
  ])('%s', (_, resources, expected) => {
    expect(says(S3_EXPOSURE_ROWS, 'BucketIsOpenedByPoliciesOnly', resources)).toEqual(expected);
  });
});
