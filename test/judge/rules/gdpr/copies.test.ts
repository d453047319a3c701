import { COPY_ROWS } from '../../../../lib/judge/rules/gdpr/copies';
import type { JsonMap } from '../../../../lib/judge/template';
import {
  appOfStacks,
  findings,
  found,
  HIDDEN,
  metadata,
  resource,
  type StackOf,
  store,
  tags,
} from './support';

const IF = (yes: string, no: string): JsonMap => ({ 'Fn::If': ['Production', yes, no] });

/** For each type a property that names a region, by its path. */
const NAMED: readonly [
  rule: string,
  type: string,
  path: string,
  of: (region: string | JsonMap) => JsonMap,
][] = [
  [
    'SecretReplicaRegionIsAllowed',
    'AWS::SecretsManager::Secret',
    'ReplicaRegions.0.Region',
    (Region) => ({ ReplicaRegions: [{ Region }] }),
  ],
  [
    'DatabaseCopyRegionIsAllowed',
    'AWS::RDS::DBInstance',
    'AutomaticBackupReplicationRegion',
    (r) => ({ AutomaticBackupReplicationRegion: r }),
  ],
  [
    'DatabaseCopyRegionIsAllowed',
    'AWS::Redshift::Cluster',
    'DestinationRegion',
    (DestinationRegion) => ({ DestinationRegion }),
  ],
  [
    'DatabaseCopyRegionIsAllowed',
    'AWS::ElastiCache::GlobalReplicationGroup',
    'Members.0.ReplicationGroupRegion',
    (r) => ({ Members: [{ ReplicationGroupRegion: r }] }),
  ],
  [
    'DatabaseCopyRegionIsAllowed',
    'AWS::DSQL::Cluster',
    'MultiRegionProperties.WitnessRegion',
    (r) => ({ MultiRegionProperties: { WitnessRegion: r } }),
  ],
  [
    'DatabaseCopyRegionIsAllowed',
    'AWS::Cassandra::Keyspace',
    'ReplicationSpecification.RegionList.0',
    (r) => ({ ReplicationSpecification: { RegionList: [r] } }),
  ],
];

describe.each(NAMED)('%s of %s', (rule, type, path, of) => {
  const says = (region: string | JsonMap) => found(COPY_ROWS, rule, { It: store(type, of(region)) });

  test('passes a region within the European Economic Area', () => {
    expect(says('eu-west-1')).toEqual([]);
    expect(found(COPY_ROWS, rule, { It: store(type) })).toEqual([]);
  });

  test('fails one elsewhere, at its place, and in the case in which it is so', () => {
    expect(says('ap-south-1')).toEqual([`warning violation It.${path}: ap-south-1`]);
    expect(says(IF('ap-south-1', 'eu-west-1'))).toEqual([`warning violation It.${path}: ap-south-1`]);
  });

  test('cannot tell what a parameter decides', () => {
    expect(says(HIDDEN)).toEqual([`warning unknown It.${path}`]);
  });

  test('asks nothing of other data', () => {
    expect(found(COPY_ROWS, rule, { It: store(type, of('ap-south-1'), { holds: ['internal'] }) })).toEqual(
      [],
    );
    expect(found(COPY_ROWS, rule, { It: resource(type, of('ap-south-1')) })).toEqual([]);
  });
});

describe('DatabaseCopyRegionIsAllowed', () => {
  const RULE = 'DatabaseCopyRegionIsAllowed';

  test('reads where an ARN leads', () => {
    const Clusters = ['arn:aws:dsql:ap-south-1:111122223333:cluster/x'];
    const it = store('AWS::DSQL::Cluster', { MultiRegionProperties: { Clusters } });
    expect(found(COPY_ROWS, RULE, { It: it })).toEqual([
      'warning violation It.MultiRegionProperties.Clusters.0: ap-south-1',
    ]);
  });

  test('reads the tags of file systems where they stand', () => {
    const it = resource('AWS::EFS::FileSystem', {
      FileSystemTags: tags(),
      ReplicationConfiguration: { Destinations: [{ Region: 'us-east-1' }] },
    });
    expect(found(COPY_ROWS, RULE, { It: it })).toEqual([
      'warning violation It.ReplicationConfiguration.Destinations.0.Region: us-east-1',
    ]);
  });

  test('follows members of a global cluster that say nothing themselves', () => {
    const main = {
      name: 'Main',
      resources: { Global: store('AWS::RDS::GlobalCluster', { GlobalClusterIdentifier: 'shop' }) },
    };
    const member = (Tags?: JsonMap['x']) => ({
      name: 'Far',
      region: 'ap-south-1',
      resources: {
        Member: resource('AWS::RDS::DBCluster', {
          GlobalClusterIdentifier: 'shop',
          ...(Tags === undefined ? {} : { Tags }),
        }),
      },
    });
    expect(found(COPY_ROWS, RULE, appOfStacks(main, member()))).toEqual([
      'warning violation Member.GlobalClusterIdentifier: in ap-south-1',
    ]);
    // Who says it, is asked as any store is.
    expect(found(COPY_ROWS, RULE, appOfStacks(main, member(tags())))).toEqual([]);
    const unbound = { ...member(), region: null };
    expect(found(COPY_ROWS, RULE, appOfStacks(main, unbound))).toEqual([
      'warning unknown Member.GlobalClusterIdentifier',
    ]);
  });
});

describe('TableReplicaRegionIsAllowed', () => {
  const table = (...regions: readonly (string | JsonMap)[]) => ({
    It: resource('AWS::DynamoDB::GlobalTable', {
      Replicas: regions.map((Region) => ({ Region, Tags: tags() })),
    }),
  });

  test('passes replicas within the European Economic Area, and its own region', () => {
    expect(found(COPY_ROWS, 'TableReplicaRegionIsAllowed', table('eu-central-1', 'eu-west-1'))).toEqual([]);
  });

  test('fails a replica elsewhere', () => {
    expect(found(COPY_ROWS, 'TableReplicaRegionIsAllowed', table('eu-central-1', 'us-east-1'))).toEqual([
      'warning violation It.Replicas.1.Region: us-east-1',
    ]);
  });

  test('cannot tell a hidden region', () => {
    expect(found(COPY_ROWS, 'TableReplicaRegionIsAllowed', table('eu-central-1', HIDDEN))).toEqual([
      'warning unknown It.Replicas.1.Region',
    ]);
  });
});

describe('BucketReplicaRegionIsAllowed', () => {
  const RULE = 'BucketReplicaRegionIsAllowed';
  const BUCKET = 'AWS::S3::Bucket';
  const to = (Bucket: JsonMap | string, Status = 'Enabled') =>
    store(BUCKET, { ReplicationConfiguration: { Rules: [{ Status, Destination: { Bucket } }] } });
  const far = (region: string | null) => ({
    name: 'Far',
    region,
    resources: { Copy: resource(BUCKET, { BucketName: 'far-copies' }) },
  });
  const says = (it: JsonMap, ...others: readonly StackOf[]) =>
    found(COPY_ROWS, RULE, appOfStacks({ resources: { It: it, Near: resource(BUCKET) } }, ...others));
  const PLACE = 'It.ReplicationConfiguration.Rules.0.Destination.Bucket';

  test('passes a copy in the same region, and one in Europe by its name', () => {
    expect(says(to({ 'Fn::GetAtt': ['Near', 'Arn'] }))).toEqual([]);
    expect(says(to('arn:aws:s3:::far-copies'), far('eu-west-1'))).toEqual([]);
  });

  test('fails a copy elsewhere, and says who gives way to whom', () => {
    expect(says(to('arn:aws:s3:::far-copies'), far('us-east-1'))).toEqual([
      `warning violation ${PLACE}: us-east-1`,
    ]);
    const app = appOfStacks({ resources: { It: to('arn:aws:s3:::far-copies') } }, far('us-east-1'));
    expect(findings(COPY_ROWS, RULE, app)[0]?.detail).toMatch(
      /a copy of personal data lies in the same region/,
    );
  });

  test.each<[string, JsonMap | string]>([
    ['made by no template at hand', 'arn:aws:s3:::somewhere'],
    ['named by a parameter', HIDDEN],
    ['that is no bucket at all', { 'Fn::Join': [':', ['arn:aws:s3', '', '', HIDDEN]] }],
  ])('cannot tell of a bucket %s', (_, bucket) => {
    expect(says(to(bucket))).toEqual([`warning unknown ${PLACE}`]);
  });

  test('cannot tell of a bucket whose stack is bound to no region', () => {
    expect(says(to('arn:aws:s3:::far-copies'), far(null))).toEqual([`warning unknown ${PLACE}`]);
  });

  test('asks nothing of a rule that is off', () => {
    expect(says(to('arn:aws:s3:::far-copies', 'Disabled'), far('us-east-1'))).toEqual([]);
  });

  test('cannot tell hidden rules', () => {
    const it = store(BUCKET, { ReplicationConfiguration: { Rules: HIDDEN } });
    expect(says(it)).toEqual(['warning unknown It.ReplicationConfiguration.Rules']);
  });
});

test('a type without tags says it in its Metadata', () => {
  const it = {
    Type: 'AWS::ElastiCache::GlobalReplicationGroup',
    Metadata: metadata(),
    Properties: { Members: [{ ReplicationGroupRegion: 'us-east-1' }] },
  };
  expect(found(COPY_ROWS, 'DatabaseCopyRegionIsAllowed', { It: it })).toEqual([
    'warning violation It.Members.0.ReplicationGroupRegion: us-east-1',
  ]);
});
