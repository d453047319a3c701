import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, holding, IF, saysOf, tags } from './support';

const Trail = {
  Type: 'AWS::CloudTrail::Trail',
  Properties: { IsLogging: true, S3BucketName: { Ref: 'It' } },
};
const bucket = (rules: JsonMap[] | JsonMap, more: JsonMap = {}): JsonMap => ({
  It: { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules: rules }, ...more } },
});
const RULES = 'It.Properties.LifecycleConfiguration.Rules';

describe('AuditLogStaysOnline', () => {
  const says = (resources: JsonMap, trail: JsonMap = { Trail }) =>
    saysOf('AuditLogStaysOnline', { ...resources, ...trail });
  const move = (StorageClass: string | JsonMap, TransitionInDays: number | JsonMap, Status = 'Enabled') => ({
    Status,
    Transitions: [{ StorageClass, TransitionInDays }],
  });

  test.each<[string, JsonMap[]]>([
    ['no rule', []],
    ['an archive after three months', [move('GLACIER', 90), move('DEEP_ARCHIVE', 180)]],
    ['an archive that answers at once', [move('GLACIER_IR', 0), move('STANDARD_IA', 30)]],
    ['a rule that is off', [move('GLACIER', 1, 'Disabled')]],
  ])('passes %s', (_, rules) => {
    expect(says(bucket(rules))).toEqual([]);
  });

  test.each<[string, JsonMap, string]>([
    ['an archive after a month', move('GLACIER', 30), '0.Transitions.0.TransitionInDays: 30'],
    ['a deep archive at once', move('DEEP_ARCHIVE', 0), '0.Transitions.0.TransitionInDays: 0'],
    [
      'the old spelling',
      { Status: 'Enabled', Transition: { StorageClass: 'GLACIER', TransitionInDays: 7 } },
      '0.Transition.TransitionInDays: 7',
    ],
    [
      'a date',
      { Status: 'Enabled', Transitions: [{ StorageClass: 'GLACIER', TransitionDate: '2026-01-01' }] },
      '0.Transitions.0.TransitionInDays: absent',
    ],
  ])('fails %s', (_, rule, where) => {
    expect(says(bucket([rule]))).toEqual([`warning violation ${RULES}.${where}`]);
  });

  test('fails tiers that are offline', () => {
    const tiering = {
      IntelligentTieringConfigurations: [
        {
          Id: 'a',
          Tierings: [
            { AccessTier: 'ARCHIVE_ACCESS', Days: 89 },
            { AccessTier: 'DEEP_ARCHIVE_ACCESS', Days: 180 },
          ],
        },
      ],
    };
    expect(says(bucket([], tiering))).toEqual([
      'warning violation It.Properties.IntelligentTieringConfigurations.0.Tierings.0.Days: 89',
    ]);
  });

  test('cannot tell what is hidden, says in which case, and asks nothing of buckets without logs', () => {
    expect(says(bucket(HIDDEN))).toEqual([`warning unknown ${RULES}`]);
    expect(says(bucket([move('GLACIER', HIDDEN)]))).toEqual([
      `warning unknown ${RULES}.0.Transitions.0.TransitionInDays`,
    ]);
    expect(says(bucket([move(HIDDEN, 1)]))).toEqual([
      `warning unknown ${RULES}.0.Transitions.0.StorageClass`,
    ]);
    expect(says(bucket([move('GLACIER', IF(30, 120) as unknown as JsonMap)]))).toEqual([
      `warning violation ${RULES}.0.Transitions.0.TransitionInDays: 30 (Stack.Stage = production)`,
    ]);
    expect(says(bucket([move('GLACIER', 1)]), {})).toEqual([]);
  });
});

describe('AuditLogIsKeptAYear', () => {
  const says = (resources: JsonMap, trail: JsonMap = { Trail }) =>
    saysOf('AuditLogIsKeptAYear', { ...resources, ...trail });
  const end = (ExpirationInDays: number | JsonMap, Status = 'Enabled') => ({ Status, ExpirationInDays });

  test('passes a year and more, no end, and a rule that is off', () => {
    for (const rules of [[end(365)], [end(400)], [], [end(7, 'Disabled')]])
      expect(says(bucket(rules))).toEqual([]);
  });

  test('fails less', () => {
    expect(says(bucket([end(400), end(90)]))).toEqual([`warning violation ${RULES}.1.ExpirationInDays: 90`]);
  });

  test('lets a log of an application with personal data end with the data, and no trail', () => {
    const Tags = tags({
      'data:classification': 'personal-data',
      'data:categories': 'addresses',
      'data:subjects': 'customers',
      'data:purposes': 'defence against abuse',
      'data:lawful-basis': 'legitimate-interests',
      'data:retention-days': '30',
      'data:owner': 'web',
    });
    const Access = {
      Type: 'AWS::S3::Bucket',
      Properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'It' } } },
    };
    expect(says(bucket([end(30)], { Tags }), { Access })).toEqual([]);
    expect(says(bucket([end(30)], { Tags }))).toHaveLength(1);
  });

  test('cannot tell what is hidden, and asks nothing of buckets without logs', () => {
    expect(says(bucket([end(HIDDEN)]))).toEqual([`warning unknown ${RULES}.0.ExpirationInDays`]);
    expect(says(bucket([end(1)]), {})).toEqual([]);
  });
});

describe('AuditLogGroupResistsDeletion', () => {
  const says = (properties: JsonMap, trail = true) =>
    saysOf('AuditLogGroupResistsDeletion', {
      It: { Type: 'AWS::Logs::LogGroup', Properties: properties },
      ...(trail
        ? {
            Trail: {
              Type: 'AWS::CloudTrail::Trail',
              Properties: { CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['It', 'Arn'] } },
            },
          }
        : {}),
    });

  test('passes a group that is protected, and groups that no trail writes to', () => {
    expect(says({ DeletionProtectionEnabled: true })).toEqual([]);
    expect(says({}, false)).toEqual([]);
  });

  test('fails others, and cannot tell a parameter', () => {
    expect(says({})).toEqual(['info violation It.Properties.DeletionProtectionEnabled: absent']);
    expect(says({ DeletionProtectionEnabled: HIDDEN })).toEqual([
      'info unknown It.Properties.DeletionProtectionEnabled',
    ]);
  });
});

describe('AccountDataAccessIsRecorded', () => {
  const says = (trail: JsonMap | undefined, what = 'cardholder-data') =>
    saysOf('AccountDataAccessIsRecorded', {
      It: { Type: 'AWS::DynamoDB::Table', Properties: { Tags: holding(what) } },
      Other: { Type: 'AWS::DynamoDB::Table' },
      ...(trail === undefined ? {} : { Trail: { Type: 'AWS::CloudTrail::Trail', Properties: trail } }),
    });
  const advanced = (...fields: readonly JsonMap[]) => ({
    AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }, ...fields] }],
  });
  const TABLES = { Field: 'resources.type', Equals: ['AWS::DynamoDB::Table'] };
  const basic = (more: JsonMap) => ({
    EventSelectors: [{ DataResources: [{ Type: 'AWS::DynamoDB::Table', ...more }] }],
  });

  test.each<[string, JsonMap]>([
    ['every table', advanced(TABLES)],
    ['this table', advanced(TABLES, { Field: 'resources.ARN', Equals: [{ 'Fn::GetAtt': ['It', 'Arn'] }] })],
    ['every table, in the old way', basic({ Values: ['arn:aws:dynamodb'] })],
    ['this table, in the old way', basic({ Values: [{ 'Fn::GetAtt': ['It', 'Arn'] }] })],
  ])('passes a trail that records %s', (_, trail) => {
    expect(says(trail)).toEqual([]);
  });

  test.each<[string, JsonMap]>([
    ['nothing', {}],
    ['objects', advanced({ Field: 'resources.type', Equals: ['AWS::S3::Object'] })],
    ['writes alone', advanced(TABLES, { Field: 'readOnly', Equals: ['false'] })],
    [
      'another table',
      advanced(TABLES, { Field: 'resources.ARN', Equals: [{ 'Fn::GetAtt': ['Other', 'Arn'] }] }),
    ],
    ['another table, in the old way', basic({ Values: [{ 'Fn::GetAtt': ['Other', 'Arn'] }] })],
    [
      'writes alone, in the old way',
      {
        EventSelectors: [
          {
            ReadWriteType: 'WriteOnly',
            DataResources: [{ Type: 'AWS::DynamoDB::Table', Values: ['arn:aws:dynamodb'] }],
          },
        ],
      },
    ],
  ])('fails a trail that records %s', (_, trail) => {
    expect(says(trail)).toEqual(['warning violation It.Properties: no event selector of a trail']);
  });

  test('cannot tell without a trail, nor what is hidden, and asks nothing of other tables', () => {
    expect(says(undefined)).toEqual(['warning unknown It.Properties']);
    expect(says({ AdvancedEventSelectors: HIDDEN })).toEqual(['warning unknown It.Properties']);
    expect(says({}, 'internal')).toEqual([]);
  });
});
