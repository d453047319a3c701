import { ERASURE_ROWS } from '../../../../lib/judge/rules/gdpr/erasure';
import { PSEUDONYM_ROWS } from '../../../../lib/judge/rules/gdpr/pseudonyms';
import type { JsonMap } from '../../../../lib/judge/template';
import { findings, found, HIDDEN, metadata, resource, store } from './support';

const BUCKET = 'AWS::S3::Bucket';
const TABLE = 'AWS::DynamoDB::Table';

describe('ErasureHandlerIsNamed', () => {
  const RULE = 'ErasureHandlerIsNamed';

  test.each<[string, Parameters<typeof store>[2]]>([
    ['names one', { erasureHandler: 'the service desk' }],
    ['is empty within a month', { retentionDays: 30 }],
    ['is kept because the law says so', { lawfulBases: ['legal-obligation'] }],
    ['is about nobody', { holds: ['internal'] }],
  ])('passes a store that %s', (_, changes) => {
    const it = changes?.holds === undefined ? store(BUCKET, {}, changes) : resource(BUCKET);
    expect(found(ERASURE_ROWS, RULE, { It: it })).toEqual([]);
  });

  test('fails one that names none', () => {
    expect(found(ERASURE_ROWS, RULE, { It: store(BUCKET) })).toEqual([
      'warning violation It.Tags: no erasure handler',
    ]);
    const some = store(BUCKET, {}, { lawfulBases: ['legal-obligation', 'contract'] });
    expect(found(ERASURE_ROWS, RULE, { It: some })).toHaveLength(1);
  });
});

describe.each([
  ['ErasureHandlerCanErase', ERASURE_ROWS, 'erasureHandler', 's3:DeleteObject', 's3:GetObject'],
  ['AccessHandlerCanRead', PSEUDONYM_ROWS, 'accessHandler', 's3:GetObject', 's3:PutObject'],
] as const)('%s', (rule, rows, field, needed, other) => {
  const app = (...statements: readonly JsonMap[]) => ({
    It: store(BUCKET, {}, { [field]: 'Handler' }),
    Other: resource(BUCKET),
    Handler: resource('AWS::Lambda::Function', { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
    Role: resource('AWS::IAM::Role', {}),
    Policy: resource('AWS::IAM::Policy', {
      Roles: [{ Ref: 'Role' }],
      PolicyDocument: { Statement: statements },
    }),
  });
  const allow = (Action: JsonMap['x'], Resource: JsonMap['x'], more: JsonMap = {}): JsonMap => ({
    Effect: 'Allow',
    Action,
    Resource,
    ...more,
  });
  const objects = (id: string) => ({ 'Fn::Sub': `\${${id}.Arn}/*` });

  test.each<[string, JsonMap]>([
    ['the action on the store', allow(needed, objects('It'))],
    ['a pattern', allow(['s3:*'], [objects('It')])],
    ['everything', allow('*', '*')],
  ])('passes a handler that is allowed %s', (_, statement) => {
    expect(found(rows, rule, app(statement))).toEqual([]);
  });

  test.each<[string, JsonMap]>([
    ['something else', allow(other, objects('It'))],
    ['the action on another store', allow(needed, objects('Other'))],
    ['nothing, by a Deny', { Effect: 'Deny', Action: needed, Resource: objects('It') }],
  ])('fails a handler that is allowed %s', (_, statement) => {
    expect(found(rows, rule, app(statement))).toEqual([
      'info violation It.Tags: a handler that may not do it',
    ]);
  });

  test.each<[string, JsonMap]>([
    ['a hidden action', { ...app(allow(HIDDEN, '*')) }],
    ['a hidden resource', { ...app(allow(needed, HIDDEN)) }],
    ['a hidden statement', { ...app({ Effect: HIDDEN, Action: needed, Resource: '*' }) }],
    [
      'a policy of AWS',
      {
        ...app(),
        Role: resource('AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/PowerUserAccess'] }),
      },
    ],
    ['no role at all', { ...app(), Handler: resource('AWS::Lambda::Function', { Role: HIDDEN }) }],
    ['a handler that is elsewhere', { It: store(BUCKET, {}, { [field]: 'Shop/Handler' }) }],
  ])('cannot tell of %s', (_, resources) => {
    expect(found(rows, rule, resources)).toEqual(['info unknown It.Tags']);
  });

  test('reads policies that stand in the role', () => {
    const { Policy: _, ...rest } = app();
    const Policies = [{ PolicyDocument: { Statement: [allow(needed, objects('It'))] } }];
    expect(found(rows, rule, { ...rest, Role: resource('AWS::IAM::Role', { Policies }) })).toEqual([]);
  });

  test('asks nothing where nobody is named, or somebody outside', () => {
    expect(found(rows, rule, { It: store(BUCKET) })).toEqual([]);
    expect(found(rows, rule, { It: store(BUCKET, {}, { [field]: 'the service desk' }) })).toEqual([]);
  });
});

test('ErasureHandlerCanErase passes a handler that may destroy the key', () => {
  const app = (Action: string) => ({
    It: store(TABLE, { SSESpecification: { KMSMasterKeyId: { Ref: 'Key' } } }, { erasureHandler: 'Role' }),
    Key: resource('AWS::KMS::Key'),
    Role: resource('AWS::IAM::Role', {
      Policies: [
        {
          PolicyDocument: {
            Statement: { Effect: 'Allow', Action, Resource: { 'Fn::GetAtt': ['Key', 'Arn'] } },
          },
        },
      ],
    }),
  });
  expect(found(ERASURE_ROWS, 'ErasureHandlerCanErase', app('kms:ScheduleKeyDeletion'))).toEqual([]);
  expect(found(ERASURE_ROWS, 'ErasureHandlerCanErase', app('kms:Decrypt'))).toHaveLength(1);
});

describe('LockedPersonalDataCanBeErased', () => {
  const RULE = 'LockedPersonalDataCanBeErased';
  const locked = (retention: JsonMap, more: JsonMap = {}) =>
    store(BUCKET, { ObjectLockConfiguration: { Rule: { DefaultRetention: retention } }, ...more });
  const PLACE = 'It.ObjectLockConfiguration.Rule.DefaultRetention';

  test.each<[string, JsonMap]>([
    ['GOVERNANCE mode', locked({ Mode: 'GOVERNANCE', Years: 10 })],
    ['a lock that ends with the data', locked({ Mode: 'COMPLIANCE', Days: 90 })],
    ['no lock', store(BUCKET)],
    [
      'no personal data',
      resource(BUCKET, {
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 7 } } },
      }),
    ],
  ])('passes %s', (_, it) => {
    expect(found(ERASURE_ROWS, RULE, { It: it })).toEqual([]);
  });

  test('fails COMPLIANCE mode beyond the time that the data is needed, and says why', () => {
    const app = { It: locked({ Mode: 'COMPLIANCE', Days: 91 }) };
    expect(found(ERASURE_ROWS, RULE, app)).toEqual([
      `warning violation ${PLACE}.Days: 91 days in COMPLIANCE mode`,
    ]);
    expect(findings(ERASURE_ROWS, RULE, app)[0]?.detail).toMatch(
      /GOVERNANCE mode leaves a way, and so does a key/,
    );
    expect(found(ERASURE_ROWS, RULE, { It: locked({ Mode: 'COMPLIANCE', Years: 1 }) })).toEqual([
      `warning violation ${PLACE}.Years: 1 years in COMPLIANCE mode`,
    ]);
  });

  test('passes any lock where destroying the key erases the bucket and nothing else', () => {
    const BucketEncryption = {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
      ],
    };
    const app = {
      It: locked({ Mode: 'COMPLIANCE', Years: 7 }, { BucketEncryption }),
      Key: resource('AWS::KMS::Key'),
    };
    expect(found(ERASURE_ROWS, RULE, app)).toEqual([]);
    const shared = { ...app, Other: resource('AWS::SQS::Queue', { KmsMasterKeyId: { Ref: 'Key' } }) };
    expect(found(ERASURE_ROWS, RULE, shared)).toHaveLength(1);
  });

  test('cannot tell a hidden mode or length', () => {
    expect(found(ERASURE_ROWS, RULE, { It: locked({ Mode: HIDDEN, Years: 7 }) })).toEqual([
      `warning unknown ${PLACE}.Mode`,
    ]);
    expect(found(ERASURE_ROWS, RULE, { It: locked({ Mode: 'COMPLIANCE', Days: HIDDEN }) })).toEqual([
      `warning unknown ${PLACE}.Days`,
    ]);
  });

  test('looks at vaults, whose lock is one of compliance where it cannot be changed any more', () => {
    const untagged = (LockConfiguration: JsonMap) => ({
      It: {
        Type: 'AWS::Backup::BackupVault',
        Metadata: metadata({ retentionDays: 30 }),
        Properties: { LockConfiguration },
      },
    });
    expect(found(ERASURE_ROWS, RULE, untagged({ MinRetentionDays: 31 }))).toEqual([]);
    expect(found(ERASURE_ROWS, RULE, untagged({ MinRetentionDays: 30, ChangeableForDays: 3 }))).toEqual([]);
    expect(found(ERASURE_ROWS, RULE, untagged({ MinRetentionDays: 31, ChangeableForDays: 3 }))).toEqual([
      'warning violation It.LockConfiguration.MinRetentionDays: 31 days in COMPLIANCE mode',
    ]);
  });
});

describe('PseudonymsAreReadApart', () => {
  const RULE = 'PseudonymsAreReadApart';
  const app = (Action: JsonMap['x'], Resource: JsonMap['x']) => ({
    Pseudonyms: store(TABLE, {}, { holds: ['pseudonymised-personal-data'] }),
    Names: store(BUCKET),
    It: resource('AWS::IAM::Role', {
      Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] } }],
    }),
  });
  const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

  test('passes a role that reads one of them', () => {
    expect(found(PSEUDONYM_ROWS, RULE, app(['dynamodb:Query', 's3:GetObject'], arn('Names')))).toEqual([]);
    expect(
      found(
        PSEUDONYM_ROWS,
        RULE,
        app(['s3:PutObject', 'dynamodb:GetItem'], [arn('Pseudonyms'), arn('Names')]),
      ),
    ).toEqual([]);
  });

  test('fails a role that reads both', () => {
    expect(
      found(PSEUDONYM_ROWS, RULE, app(['dynamodb:Query', 's3:GetObject'], [arn('Names'), arn('Pseudonyms')])),
    ).toEqual(['info violation It: a role that reads Pseudonyms and Names']);
  });

  test('cannot tell whether a hidden resource is the other', () => {
    expect(
      found(PSEUDONYM_ROWS, RULE, app(['dynamodb:Query', 's3:GetObject'], [arn('Names'), HIDDEN])),
    ).toEqual(['info unknown It']);
  });

  test('asks nothing of roles without policies, and of apps without pseudonyms', () => {
    const { Pseudonyms: _, ...without } = app('*', '*');
    expect(found(PSEUDONYM_ROWS, RULE, without)).toEqual([]);
    expect(found(PSEUDONYM_ROWS, RULE, { ...app('*', '*'), It: resource('AWS::IAM::Role') })).toEqual([]);
  });
});
