import { MOVER_ROWS } from '../../../../lib/judge/rules/gdpr/movers';
import type { JsonMap } from '../../../../lib/judge/template';
import { appOfStacks, found, HIDDEN, resource, store } from './support';

const BUCKET = 'AWS::S3::Bucket';
const KEY = 'AWS::KMS::Key';

describe('AccessPointBucketRegionsAreAllowed', () => {
  const RULE = 'AccessPointBucketRegionsAreAllowed';
  const point = (...buckets: readonly (JsonMap | string)[]) =>
    resource('AWS::S3::MultiRegionAccessPoint', { Regions: buckets.map((Bucket) => ({ Bucket })) });
  const far = (region: string) => ({
    name: 'Far',
    region,
    resources: { Copy: resource(BUCKET, { BucketName: 'far' }) },
  });

  test('passes buckets within the European Economic Area', () => {
    const resources = { It: point({ Ref: 'Data' }, 'far'), Data: store(BUCKET) };
    expect(found(MOVER_ROWS, RULE, appOfStacks({ resources }, far('eu-west-1')))).toEqual([]);
  });

  test('fails a bucket where the data of another may not be', () => {
    const resources = { It: point({ Ref: 'Data' }, 'far'), Data: store(BUCKET) };
    expect(found(MOVER_ROWS, RULE, appOfStacks({ resources }, far('us-east-1')))).toEqual([
      'warning violation It.Regions.1.Bucket: us-east-1',
    ]);
  });

  test('cannot tell of a bucket that is hidden', () => {
    const resources = { It: point({ Ref: 'Data' }, HIDDEN), Data: store(BUCKET) };
    expect(found(MOVER_ROWS, RULE, { ...resources })).toEqual(['warning unknown It.Regions.1.Bucket']);
  });

  test('asks nothing where no bucket holds personal data', () => {
    const resources = { It: point({ Ref: 'Data' }, 'far'), Data: store(BUCKET, {}, { holds: ['public'] }) };
    expect(found(MOVER_ROWS, RULE, appOfStacks({ resources }, far('us-east-1')))).toEqual([]);
  });
});

describe('BackupCopyRegionIsAllowed', () => {
  const RULE = 'BackupCopyRegionIsAllowed';
  const PLACE = 'It.BackupPlan.BackupPlanRule.0.CopyActions.0.DestinationBackupVaultArn';
  const app = (vault: JsonMap | string, selection: JsonMap, it: JsonMap = store('AWS::DynamoDB::Table')) => ({
    It: resource('AWS::Backup::BackupPlan', {
      BackupPlan: { BackupPlanRule: [{ CopyActions: [{ DestinationBackupVaultArn: vault }] }] },
    }),
    Selection: resource('AWS::Backup::BackupSelection', {
      BackupPlanId: { Ref: 'It' },
      BackupSelection: selection,
    }),
    Table: it,
  });
  const ofTable = { Resources: [{ 'Fn::GetAtt': ['Table', 'Arn'] }] };
  const in_ = (region: string) => `arn:aws:backup:${region}:111122223333:backup-vault:copies`;

  test('passes a vault within the European Economic Area', () => {
    expect(found(MOVER_ROWS, RULE, app(in_('eu-west-1'), ofTable))).toEqual([]);
  });

  test.each<[string, JsonMap]>([
    ['by reference', ofTable],
    [
      'by tag',
      {
        ListOfTags: [
          {
            ConditionType: 'STRINGEQUALS',
            ConditionKey: 'data:classification',
            ConditionValue: 'personal-data',
          },
        ],
      },
    ],
    ['as everything', { Resources: ['*'] }],
  ])('fails a vault elsewhere for a store that is taken %s', (_, selection) => {
    expect(found(MOVER_ROWS, RULE, app(in_('us-east-1'), selection))).toEqual([
      `warning violation ${PLACE}: us-east-1`,
    ]);
  });

  test('reads the region of ARNs that are put together', () => {
    const arn = { 'Fn::Sub': 'arn:${AWS::Partition}:backup:us-east-1:${AWS::AccountId}:backup-vault:copies' };
    expect(found(MOVER_ROWS, RULE, app(arn, ofTable))).toEqual([`warning violation ${PLACE}: us-east-1`]);
    const near = {
      'Fn::Sub': 'arn:${AWS::Partition}:backup:${AWS::Region}:${AWS::AccountId}:backup-vault:copies',
    };
    expect(found(MOVER_ROWS, RULE, app(near, ofTable))).toEqual([]);
  });

  test('cannot tell where the vault, or what is taken, is hidden', () => {
    expect(found(MOVER_ROWS, RULE, app(HIDDEN, ofTable))).toEqual([`warning unknown ${PLACE}`]);
    expect(found(MOVER_ROWS, RULE, app(in_('us-east-1'), { Resources: [HIDDEN] }))).toEqual([
      `warning unknown ${PLACE}`,
    ]);
  });

  test('asks nothing of plans that take no personal data', () => {
    const other = store('AWS::DynamoDB::Table', {}, { holds: ['internal'] });
    expect(found(MOVER_ROWS, RULE, app(in_('us-east-1'), ofTable, other))).toEqual([]);
    expect(found(MOVER_ROWS, RULE, app(in_('us-east-1'), { Resources: ['arn:aws:rds:*:*:db:*'] }))).toEqual(
      [],
    );
  });
});

describe('KeyReplicaRegionIsAllowed', () => {
  const RULE = 'KeyReplicaRegionIsAllowed';
  const queue = (changes = {}) =>
    store('AWS::SQS::Queue', { KmsMasterKeyId: { 'Fn::GetAtt': ['It', 'Arn'] } }, changes);
  const main = (MultiRegion: boolean | JsonMap, changes = {}) => ({
    name: 'Main',
    resources: { It: resource(KEY, { MultiRegion }), Queue: queue(changes) },
    Outputs: { Key: { Value: { 'Fn::GetAtt': ['It', 'Arn'] }, Export: { Name: 'Key' } } },
  });
  const replica = (region: string | null) => ({
    name: 'Far',
    region,
    resources: {
      Replica: resource('AWS::KMS::ReplicaKey', {
        PrimaryKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/mrk-1',
      }),
    },
  });
  const beside = (region: string) => ({
    ...main(true),
    region,
    resources: {
      ...main(true).resources,
      Replica: resource('AWS::KMS::ReplicaKey', { PrimaryKeyArn: { 'Fn::GetAtt': ['It', 'Arn'] } }),
    },
  });

  test('passes a key of one region', () => {
    expect(found(MOVER_ROWS, RULE, appOfStacks(main(false)))).toEqual([]);
  });

  test('fails a key that can be replicated by anyone, anywhere', () => {
    expect(found(MOVER_ROWS, RULE, appOfStacks(main(true)))).toEqual([
      'warning violation It.MultiRegion: true',
    ]);
  });

  test('passes it where something allows a transfer', () => {
    expect(
      found(MOVER_ROWS, RULE, appOfStacks(main(true, { transferBases: ['standard-contractual-clauses'] }))),
    ).toEqual([]);
  });

  test('passes a replica in Europe, and fails one elsewhere', () => {
    expect(found(MOVER_ROWS, RULE, appOfStacks(beside('eu-west-1')))).toEqual([]);
    expect(found(MOVER_ROWS, RULE, appOfStacks(beside('us-east-1')))).toEqual([
      'warning violation Replica.PrimaryKeyArn: in us-east-1',
    ]);
  });

  test('cannot tell of which key a replica elsewhere is; in Europe it need not', () => {
    expect(found(MOVER_ROWS, RULE, appOfStacks(main(true), replica('eu-west-1')))).toEqual([]);
    expect(found(MOVER_ROWS, RULE, appOfStacks(main(true), replica('us-east-1')))).toEqual([
      'warning unknown Replica.PrimaryKeyArn',
    ]);
  });

  test('cannot tell what is hidden', () => {
    expect(found(MOVER_ROWS, RULE, appOfStacks(main(HIDDEN)))).toEqual(['warning unknown It.MultiRegion']);
    expect(found(MOVER_ROWS, RULE, appOfStacks(main(true), replica(null)))).toEqual([
      'warning unknown Replica.PrimaryKeyArn',
    ]);
  });

  test('asks nothing of keys of other data', () => {
    expect(found(MOVER_ROWS, RULE, appOfStacks(main(true, { holds: ['internal'] })))).toEqual([]);
  });
});

describe('PeeredNetworkRegionIsAllowed', () => {
  const RULE = 'PeeredNetworkRegionIsAllowed';
  const TYPES = ['AWS::EC2::VPCPeeringConnection', 'AWS::EC2::TransitGatewayPeeringAttachment'];
  const app = (type: string, PeerRegion?: string | JsonMap, changes = {}) => ({
    It: resource(type, PeerRegion === undefined ? {} : { PeerRegion }),
    Data: store(BUCKET, {}, changes),
  });

  test.each(TYPES)('%s passes Europe, fails elsewhere, and cannot tell a parameter', (type) => {
    expect(found(MOVER_ROWS, RULE, app(type))).toEqual([]);
    expect(found(MOVER_ROWS, RULE, app(type, 'eu-west-1'))).toEqual([]);
    expect(found(MOVER_ROWS, RULE, app(type, 'us-east-1'))).toEqual([
      'info violation It.PeerRegion: us-east-1',
    ]);
    expect(found(MOVER_ROWS, RULE, app(type, HIDDEN))).toEqual(['info unknown It.PeerRegion']);
    expect(found(MOVER_ROWS, RULE, app(type, 'us-east-1', { holds: ['internal'] }))).toEqual([]);
  });
});
