import type { DataDescription } from '../../../core/classification';
import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import { arbitrate } from '../arbiter';
import { placesAt } from '../places';
import { type PropertyTest, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { DEFAULT_GDPR_PARAMETERS, type GdprParameters } from './parameters';
import { personalDataAt } from './personal-data';
import { type FoundRegion, regionAt } from './region-of';
import { personalDataRow } from './row';
import { faultOfPlace } from './transfer';

const RISK =
  'The copy lies under the law of another country, where nothing protects it, and nobody remembers it when the original is erased.';
const REFERENCES = { gdpr: ['44', '45(1)', '46(1)', '30(1)(e)'] } as const;
const BASIS =
  'or say in the tag data:transfer-basis what allows the transfer (transferBases of DataClassification)';

/** Properties that make copies of a store elsewhere. */
const COPIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::Cassandra::Keyspace': ['ReplicationSpecification.RegionList.*'],
  'AWS::Cognito::UserPoolReplica': ['RegionName'],
  'AWS::DSQL::Cluster': ['MultiRegionProperties.Clusters.*', 'MultiRegionProperties.WitnessRegion'],
  'AWS::DynamoDB::GlobalTable': ['Replicas.*.Region'],
  'AWS::EFS::FileSystem': ['ReplicationConfiguration.Destinations.*.Region'],
  'AWS::ElastiCache::GlobalReplicationGroup': [
    'Members.*.ReplicationGroupRegion',
    'RegionalConfigurations.*.ReplicationGroupRegion',
  ],
  'AWS::RDS::DBInstance': ['AutomaticBackupReplicationRegion'],
  'AWS::Redshift::Cluster': ['DestinationRegion'],
  'AWS::SecretsManager::Secret': ['ReplicaRegions.*.Region'],
};

/** The verdict on one copy. */
export function judgeCopy(
  at: Cursor,
  found: FoundRegion,
  description: DataDescription,
  parameters: GdprParameters,
  now: Date | undefined,
): Verdict {
  if (found === undefined) return NOT_APPLICABLE;
  if ('why' in found) return unknown(at, found.why);
  // Where the store itself is, another rule asks.
  if (found.region === at.resource.template.region) return COMPLIANT;
  const fault = faultOfPlace(found.region, description, parameters, now);
  if (fault === undefined) return COMPLIANT;
  if ('why' in fault) return unknown(at, fault.why);
  return violation(at, found.region, fault.want, fault.detail);
}

/** Rules on copies of personal data that stores make of themselves. */
export function copyRows(parameters: GdprParameters): readonly PackRule[] {
  const copied =
    (...more: readonly PropertyTest[]): PropertyTest =>
    (properties, context) => {
      const description = personalDataAt(properties);
      if (description === undefined) return NOT_APPLICABLE;
      const { type } = properties.resource;
      const places = (COPIES[type] ?? []).flatMap((path) => placesAt(properties, path));
      return [
        ...places.map((place) =>
          'why' in place
            ? unknown(place.at, place.why)
            : judgeCopy(place, regionAt(place), description, parameters, context.now),
        ),
        ...more.flatMap((test) => test(properties, context)),
      ];
    };
  return [
    personalDataRow('warning', {
      id: 'TableReplicaRegionIsAllowed',
      title: 'replicas of a table with personal data lie where Chapter V of the GDPR allows it',
      risk: RISK,
      fix: `Name regions within the European Economic Area in Replicas, ${BASIS}. CDK: replicas of TableV2.`,
      references: REFERENCES,
      resourceTypes: ['AWS::DynamoDB::GlobalTable'],
      test: copied(),
    }),
    personalDataRow('warning', {
      id: 'BucketReplicaRegionIsAllowed',
      title: 'replicas of a bucket with personal data lie where Chapter V of the GDPR allows it',
      risk: RISK,
      fix: `Replicate to a bucket in the same region, or in one within the European Economic Area (ReplicationConfiguration.Rules.Destination.Bucket), ${BASIS}. CDK: replicationRules of Bucket, which is off by default.`,
      references: REFERENCES,
      resourceTypes: ['AWS::S3::Bucket'],
      test: replicated(parameters),
    }),
    personalDataRow('warning', {
      id: 'SecretReplicaRegionIsAllowed',
      title: 'replicas of a secret about persons lie where Chapter V of the GDPR allows it',
      risk: RISK,
      fix: `Name regions within the European Economic Area in ReplicaRegions, ${BASIS}. CDK: replicaRegions of Secret.`,
      references: REFERENCES,
      resourceTypes: ['AWS::SecretsManager::Secret'],
      test: copied(),
    }),
    personalDataRow('warning', {
      id: 'DatabaseCopyRegionIsAllowed',
      title:
        'copies of a database, file system or directory of persons lie where Chapter V of the GDPR allows it',
      risk: RISK,
      fix: `Name regions within the European Economic Area for members, replicas and copies of backups (AutomaticBackupReplicationRegion, DestinationRegion, Members, RegionList, Destinations), ${BASIS}. CDK: the L2 constructs make none by themselves; replicationConfiguration of FileSystem does.`,
      references: REFERENCES,
      resourceTypes: [
        'AWS::Cassandra::Keyspace',
        'AWS::Cognito::UserPoolReplica',
        'AWS::DSQL::Cluster',
        'AWS::EFS::FileSystem',
        'AWS::ElastiCache::GlobalReplicationGroup',
        'AWS::RDS::DBInstance',
        'AWS::Redshift::Cluster',
        ...Object.keys(MEMBERS),
      ],
      test: copied(membersAreAllowed(parameters)),
    }),
  ];
}

function replicated(parameters: GdprParameters): PropertyTest {
  return (properties, { now }) => {
    const description = personalDataAt(properties);
    if (description === undefined) return NOT_APPLICABLE;
    const rules = properties.at('ReplicationConfiguration', 'Rules');
    const list = rules.list();
    if (list.state === 'unresolved') return unknown(rules, list.why);
    const { because } = arbitrate('replication', { holds: description });
    return (list.state === 'given' ? list.value : []).map((rule) => {
      const status = rule.at('Status').string();
      if (status.state === 'given' && status.value === 'Disabled') return NOT_APPLICABLE;
      const at = rule.at('Destination', 'Bucket');
      const verdict = judgeCopy(at, regionAt(at), description, parameters, now);
      if (verdict.verdict !== 'violation') return verdict;
      return { ...verdict, detail: `${verdict.detail ?? 'the region is not allowed'}; ${because}` };
    });
  };
}

/** Clusters that belong to a global one say so; which those are, only the app knows. */
const MEMBERS: Readonly<Record<string, string>> = {
  'AWS::DocDB::GlobalCluster': 'AWS::DocDB::DBCluster',
  'AWS::Neptune::GlobalCluster': 'AWS::Neptune::DBCluster',
  'AWS::RDS::GlobalCluster': 'AWS::RDS::DBCluster',
};

function membersAreAllowed(parameters: GdprParameters): PropertyTest {
  return (properties, { now }) => {
    const { resource, world } = properties;
    const description = personalDataAt(properties);
    const type = MEMBERS[resource.type];
    if (description === undefined || type === undefined) return NOT_APPLICABLE;
    const name = properties.at('GlobalClusterIdentifier').string();
    return world.app.resourcesOfType(type).flatMap((cluster): readonly Verdict[] => {
      if (!world.exists(cluster)) return [];
      const view = world.view(cluster);
      const at = view.at('GlobalClusterIdentifier');
      const given = at.string();
      const isMember =
        at.reference() === resource ||
        (given.state === 'given' && name.state === 'given' && given.value === name.value);
      // A member that says itself what it holds is asked as any other store.
      if (!isMember || personalDataAt(view) !== undefined) return [];
      const { region } = cluster.template;
      if (region === undefined)
        return [unknown(at, `the stack ${cluster.template.name} is bound to no region`)];
      if (region === resource.template.region) return [COMPLIANT];
      const fault = faultOfPlace(region, description, parameters, now);
      if (fault === undefined) return [COMPLIANT];
      return [
        'why' in fault ? unknown(at, fault.why) : violation(at, `in ${region}`, fault.want, fault.detail),
      ];
    });
  };
}

/** Rules on copies that stores make of themselves, with their levels. */
export const COPY_ROWS = copyRows(DEFAULT_GDPR_PARAMETERS);
