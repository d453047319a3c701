import { FUNCTION_ROWS } from '../../../../lib/judge/rules/pci/compute-function';
import type { JsonMap } from '../../../../lib/judge/template';
import { proveRows } from './proof';
import { HIDDEN, it as one, says } from './support';

const FUNCTION = 'AWS::Lambda::Function';
const NOW = new Date('2026-12-01T00:00:00Z');

const permission = (properties: JsonMap): JsonMap =>
  one('AWS::Lambda::Permission', { FunctionName: 'f', Action: 'lambda:InvokeFunction', ...properties });
const BUCKET: JsonMap = { Principal: 's3.amazonaws.com', SourceArn: 'arn:aws:s3:::bucket' };

proveRows(
  FUNCTION_ROWS,
  [
    {
      rule: 'FunctionIsNotPublic',
      good: permission({ Principal: '111122223333' }),
      bad: permission({ Principal: '*' }),
      finds: 'violation It.Properties.Principal: *',
      hidden: permission({ Principal: HIDDEN }),
      at: 'It.Properties.Principal',
    },
    {
      rule: 'BucketOfOneAccountInvokesFunction',
      good: permission({ ...BUCKET, SourceAccount: { Ref: 'AWS::AccountId' } }),
      bad: permission(BUCKET),
      finds: 'violation It.Properties.SourceAccount: absent',
      hidden: permission({ ...BUCKET, Principal: HIDDEN }),
      at: 'It.Properties.Principal',
    },
    {
      rule: 'FunctionRuntimeIsMaintained',
      good: one(FUNCTION, { Runtime: 'nodejs24.x' }),
      bad: one(FUNCTION, { Runtime: 'nodejs20.x' }),
      finds: 'violation It.Properties.Runtime: nodejs20.x',
      hidden: one(FUNCTION, { Runtime: HIDDEN }),
      at: 'It.Properties.Runtime',
    },
  ],
  NOW,
);

describe('a permission', () => {
  test.each<[string, JsonMap, string[]]>([
    [
      'for everybody of one organisation is not public',
      { Principal: '*', PrincipalOrgID: 'o-abcdefghij' },
      [],
    ],
    ['for everybody by one source is not public', { Principal: '*', SourceArn: 'arn:aws:s3:::bucket' }, []],
    ['of a public URL is found at the URL', { Principal: '*', FunctionUrlAuthType: 'NONE' }, []],
    ['that comes with a URL is found at the URL', { Principal: '*', InvokedViaFunctionUrl: true }, []],
    [
      'for every account that signs is public',
      { Principal: '*', FunctionUrlAuthType: 'AWS_IAM' },
      ['error violation It.Properties.Principal: *'],
    ],
    ['for the own account is not public', { Principal: { Ref: 'AWS::AccountId' } }, []],
    [
      'for an ARN with hidden parts is for somebody',
      { Principal: { 'Fn::Sub': 'arn:aws:iam::${Hidden}:root' } },
      [],
    ],
  ])('%s', (_title, properties, expected) => {
    expect(says(FUNCTION_ROWS, 'FunctionIsNotPublic', permission(properties))).toEqual(expected);
  });

  test('for another service needs no account', () => {
    const resources = permission({ Principal: 'events.amazonaws.com' });
    expect(says(FUNCTION_ROWS, 'BucketOfOneAccountInvokesFunction', resources)).toEqual([]);
  });
});

test('a function that is a container image has no runtime', () => {
  const image = one(FUNCTION, { PackageType: 'Image' });
  expect(says(FUNCTION_ROWS, 'FunctionRuntimeIsMaintained', image, { now: NOW })).toEqual([]);
});
