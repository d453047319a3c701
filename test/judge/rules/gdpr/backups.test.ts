import { BACKUP_ROWS } from '../../../../lib/judge/rules/gdpr/backups';
import type { JsonMap } from '../../../../lib/judge/template';
import { findings, found, HIDDEN, resource, store, tags } from './support';

const RULE = 'BackupOfPersonalDataEnds';
const PLAN = 'AWS::Backup::BackupPlan';
const DAYS = { retentionDays: 7 };
const TABLE = 'AWS::DynamoDB::Table';

const recovery = (RecoveryPeriodInDays?: number | JsonMap, on: boolean | JsonMap = true): JsonMap => ({
  PointInTimeRecoverySpecification: {
    PointInTimeRecoveryEnabled: on,
    ...(RecoveryPeriodInDays === undefined ? {} : { RecoveryPeriodInDays }),
  },
});

describe('BackupOfPersonalDataEnds, at its edges', () => {
  const CLUSTER = 'AWS::RDS::DBCluster';
  const INSTANCE = 'AWS::RDS::DBInstance';

  test.each<[string, JsonMap]>([
    ['the longest recovery, where data is kept as long', store(TABLE, recovery(), { retentionDays: 35 })],
    ['what is done by default, where data is kept as long', store(CLUSTER, {}, { retentionDays: 1 })],
    [
      'an instance, whose cluster has the backups',
      store(INSTANCE, { BackupRetentionPeriod: 35, DBClusterIdentifier: 'orders' }, DAYS),
    ],
    [
      'a store that does not say how long it keeps data',
      store(INSTANCE, { BackupRetentionPeriod: 35 }, { retentionDays: undefined }),
    ],
  ])('passes %s', (_, It) => {
    expect(found(BACKUP_ROWS, RULE, { It })).toEqual([]);
  });
});

describe('BackupOfPersonalDataEnds', () => {
  test.each<[string, JsonMap, JsonMap, string]>([
    [
      'AWS::RDS::DBInstance',
      { BackupRetentionPeriod: 7 },
      { BackupRetentionPeriod: 8 },
      'BackupRetentionPeriod: 8',
    ],
    ['AWS::RDS::DBCluster', {}, { BackupRetentionPeriod: 35 }, 'BackupRetentionPeriod: 35'],
    ['AWS::DocDB::DBCluster', {}, { BackupRetentionPeriod: 35 }, 'BackupRetentionPeriod: 35'],
    ['AWS::Neptune::DBCluster', {}, { BackupRetentionPeriod: 35 }, 'BackupRetentionPeriod: 35'],
    ['AWS::ElastiCache::ReplicationGroup', {}, { SnapshotRetentionLimit: 35 }, 'SnapshotRetentionLimit: 35'],
    ['AWS::MemoryDB::Cluster', {}, { SnapshotRetentionLimit: 35 }, 'SnapshotRetentionLimit: 35'],
    [
      'AWS::Redshift::Cluster',
      {},
      { AutomatedSnapshotRetentionPeriod: 35 },
      'AutomatedSnapshotRetentionPeriod: 35',
    ],
    [TABLE, recovery(7), recovery(8), 'PointInTimeRecoverySpecification.RecoveryPeriodInDays: 8'],
    [
      TABLE,
      recovery(undefined, false),
      recovery(),
      'PointInTimeRecoverySpecification.RecoveryPeriodInDays: absent',
    ],
  ])('%s passes %j and fails %j', (type, right, wrong, place) => {
    const typed = (properties: JsonMap) => ({ It: typedStore(type, properties) });
    expect(found(BACKUP_ROWS, RULE, typed(right))).toEqual([]);
    expect(found(BACKUP_ROWS, RULE, typed(wrong))).toEqual([`warning violation It.${place}`]);
  });

  test('passes the 35 days of a table whose data is kept longer', () => {
    expect(found(BACKUP_ROWS, RULE, { It: store(TABLE, recovery()) })).toEqual([]);
  });

  test('says why the one requirement is bounded by the other', () => {
    const [finding] = findings(BACKUP_ROWS, RULE, { It: typedStore(TABLE, recovery()) });
    expect([finding?.want, finding?.detail]).toEqual([
      '7 days or less',
      'what is erased is in backups until they end, so that they may be kept no longer than the data itself',
    ]);
  });

  test('forbids recovery of keys whose destruction erases', () => {
    const it = store(TABLE, recovery(1), { categories: ['erasure-keys'] });
    expect(found(BACKUP_ROWS, RULE, { It: it })).toEqual([
      'warning violation It.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled: true',
    ]);
  });

  test('looks at each replica of a table of several regions', () => {
    const it = resource('AWS::DynamoDB::GlobalTable', {
      Replicas: [
        { Region: 'eu-central-1', Tags: tags(DAYS), ...recovery(7) },
        { Region: 'eu-west-1', Tags: tags(DAYS), ...recovery() },
      ],
    });
    expect(found(BACKUP_ROWS, RULE, { It: it })).toEqual([
      'warning violation It.Replicas.1.PointInTimeRecoverySpecification.RecoveryPeriodInDays: absent',
    ]);
  });

  test('cannot tell what is hidden', () => {
    expect(found(BACKUP_ROWS, RULE, { It: typedStore(TABLE, recovery(HIDDEN)) })).toEqual([
      'warning unknown It.PointInTimeRecoverySpecification.RecoveryPeriodInDays',
    ]);
    expect(found(BACKUP_ROWS, RULE, { It: typedStore(TABLE, recovery(7, HIDDEN)) })).toEqual([
      'warning unknown It.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
    ]);
  });

  test('asks nothing of members of a cluster, and of other data', () => {
    const member = { BackupRetentionPeriod: 35, DBClusterIdentifier: 'shop' };
    expect(found(BACKUP_ROWS, RULE, { It: typedStore('AWS::RDS::DBInstance', member) })).toEqual([]);
    expect(
      found(BACKUP_ROWS, RULE, { It: resource('AWS::RDS::DBInstance', { BackupRetentionPeriod: 35 }) }),
    ).toEqual([]);
  });

  test('says nothing of a store that must have no backup at all: another rule does', () => {
    const It = store(
      'AWS::RDS::DBInstance',
      { BackupRetentionPeriod: 35 },
      {
        ...DAYS,
        holds: ['personal-data', 'sensitive-authentication-data'],
      },
    );
    expect(found(BACKUP_ROWS, RULE, { It })).toEqual([]);
  });

  describe('of a plan', () => {
    const PLACE = 'It.BackupPlan.BackupPlanRule.0.Lifecycle.DeleteAfterDays';
    const app = (
      Lifecycle: JsonMap,
      selection: JsonMap = { Resources: [{ 'Fn::GetAtt': ['Table', 'Arn'] }] },
    ) => ({
      It: resource(PLAN, { BackupPlan: { BackupPlanRule: [{ Lifecycle }] } }),
      Selection: resource('AWS::Backup::BackupSelection', {
        BackupPlanId: { Ref: 'It' },
        BackupSelection: selection,
      }),
      Table: typedStore(TABLE, {}),
      Long: store('AWS::DynamoDB::GlobalTable'),
    });

    test('passes an end in time, and fails a later one and none', () => {
      expect(found(BACKUP_ROWS, RULE, app({ DeleteAfterDays: 7 }))).toEqual([]);
      expect(found(BACKUP_ROWS, RULE, app({ DeleteAfterDays: 35 }))).toEqual([
        `warning violation ${PLACE}: 35`,
      ]);
      expect(found(BACKUP_ROWS, RULE, app({}))).toEqual([`warning violation ${PLACE}: absent`]);
    });

    test('cannot tell a hidden end, or a late one of a plan that may take other things', () => {
      expect(found(BACKUP_ROWS, RULE, app({ DeleteAfterDays: HIDDEN }))).toEqual([
        `warning unknown ${PLACE}`,
      ]);
      expect(found(BACKUP_ROWS, RULE, app({ DeleteAfterDays: 35 }, { Resources: [HIDDEN] }))).toEqual([
        `warning unknown ${PLACE}`,
      ]);
      expect(found(BACKUP_ROWS, RULE, app({ DeleteAfterDays: 7 }, { Resources: [HIDDEN] }))).toEqual([]);
    });

    test('asks nothing of a plan without personal data', () => {
      expect(found(BACKUP_ROWS, RULE, app({}, { Resources: ['arn:aws:ec2:*:*:volume/*'] }))).toEqual([]);
      const { It } = app({});
      expect(found(BACKUP_ROWS, RULE, { It, Table: typedStore(TABLE, {}) })).toEqual([]);
    });
  });
});

describe('RestoreOfPersonalDataIsTested', () => {
  const TESTED = 'RestoreOfPersonalDataIsTested';
  const app = (...more: readonly JsonMap[]) => ({
    It: resource(PLAN, { BackupPlan: { BackupPlanRule: [] } }),
    Selection: resource('AWS::Backup::BackupSelection', {
      BackupPlanId: { Ref: 'It' },
      BackupSelection: { Resources: ['*'] },
    }),
    Table: store(TABLE),
    ...Object.fromEntries(more.map((one, i) => [`More${i}`, one])),
  });

  test('passes where a restore is tried, and fails where none is', () => {
    expect(found(BACKUP_ROWS, TESTED, app(resource('AWS::Backup::RestoreTestingSelection')))).toEqual([]);
    expect(found(BACKUP_ROWS, TESTED, app())).toEqual(['info violation It.BackupPlan: never restored']);
  });

  test('fails where the trial does not exist', () => {
    const trial = resource('AWS::Backup::RestoreTestingSelection');
    expect(found(BACKUP_ROWS, TESTED, app({ ...trial, Condition: 'Production' }))).toHaveLength(1);
  });

  test('asks nothing of a plan that takes no personal data', () => {
    const { It, Table } = app();
    expect(found(BACKUP_ROWS, TESTED, { It, Table })).toEqual([]);
  });
});

/** Data that is kept for a week, where the type has its tags. */
function typedStore(type: string, properties: JsonMap): JsonMap {
  return store(type, properties, DAYS);
}
