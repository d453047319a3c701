import type { PackRule } from '../../packs/pack';
import type { Cursor, Resource, World } from '../../template';
import { placesAt } from '../places';
import { type PropertyTest, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { selectedStores } from './backup-selection';
import { judgeCopy } from './copies';
import { storesByKey } from './keys-of-stores';
import { DEFAULT_GDPR_PARAMETERS, type GdprParameters } from './parameters';
import { type PersonalStore, personalAmong, personalStoresOf } from './personal-data';
import { regionAt } from './region-of';
import { personalDataRow } from './row';
import { faultOfPlace } from './transfer';

const REFERENCES = { gdpr: ['44', '45(1)', '46(1)', '30(1)(e)'] } as const;
const BASIS =
  'or say in the tag data:transfer-basis of the stores what allows the transfer (transferBases of DataClassification)';

/** Rules on what carries personal data to other regions without being a store of it. */
export function moverRows(parameters: GdprParameters): readonly PackRule[] {
  /** Of several stores the first that may not go there tells. */
  const judgeFor = (stores: readonly PersonalStore[], at: Cursor, now: Date | undefined): Verdict => {
    const verdicts = stores.map(({ description }) =>
      judgeCopy(at, regionAt(at), description, parameters, now),
    );
    return (
      verdicts.find(({ verdict }) => verdict === 'violation') ??
      verdicts.find(({ verdict }) => verdict === 'unknown') ??
      verdicts[0] ??
      NOT_APPLICABLE
    );
  };
  return [
    personalDataRow('warning', {
      id: 'AccessPointBucketRegionsAreAllowed',
      title:
        'the buckets behind a multi-region access point lie where the GDPR allows the data of each of them',
      risk: 'A request goes to the nearest bucket, and what it writes about a person lies in another country from then on.',
      fix: `Name buckets within the European Economic Area in Regions, ${BASIS}. CDK: the access point has L1 only (CfnMultiRegionAccessPoint.regions).`,
      references: REFERENCES,
      resourceTypes: ['AWS::S3::MultiRegionAccessPoint'],
      test: (properties, { now }) => {
        const places = placesAt(properties, 'Regions.*.Bucket');
        const known = places.flatMap((place) => ('why' in place ? [] : [place]));
        const stores = personalAmong(
          known.flatMap((place) => place.reference() ?? []),
          properties.world,
        );
        if (stores.length === 0) return NOT_APPLICABLE;
        return places.map((place) =>
          'why' in place ? unknown(place.at, place.why) : judgeFor(stores, place, now),
        );
      },
    }),
    personalDataRow('warning', {
      id: 'BackupCopyRegionIsAllowed',
      title: 'copies of backups of personal data lie where Chapter V of the GDPR allows it',
      risk: 'The copy lies under the law of another country, where nothing protects it, and nobody remembers it when the original is erased.',
      fix: `Name vaults within the European Economic Area in BackupPlan.BackupPlanRule.CopyActions.DestinationBackupVaultArn, ${BASIS}. CDK: copyActions of BackupPlanRule, which is empty by default.`,
      references: REFERENCES,
      resourceTypes: ['AWS::Backup::BackupPlan'],
      test: (properties, { now }) => {
        const places = placesAt(
          properties,
          'BackupPlan.BackupPlanRule.*.CopyActions.*.DestinationBackupVaultArn',
        );
        if (places.length === 0) return NOT_APPLICABLE;
        const { sure, unsure } = selectedStores(properties);
        return places.map((place) => {
          if ('why' in place) return unknown(place.at, place.why);
          const verdict = judgeFor(sure, place, now);
          if (verdict.verdict === 'violation') return verdict;
          const maybe = judgeFor(unsure, place, now);
          return maybe.verdict === 'violation'
            ? unknown(place, 'which stores the plan takes is not known, and some of them hold personal data')
            : verdict;
        });
      },
    }),
    personalDataRow('warning', {
      id: 'KeyReplicaRegionIsAllowed',
      title: 'keys of personal data are copied only to where Chapter V of the GDPR allows the data',
      risk: 'Who has a replica of the key decrypts copies of the data in another country; and destroying the key erases nothing while a replica is left.',
      fix: `Set MultiRegion to false, or make replicas within the European Economic Area only, ${BASIS}. CDK: multiRegion of Key, which is off by default.`,
      references: { gdpr: ['44', '32(1)(a)', '17(1)'] },
      resourceTypes: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
      test: keyIsAllowed(parameters),
    }),
    personalDataRow('info', {
      id: 'PeeredNetworkRegionIsAllowed',
      title: 'networks of an app with personal data are joined to those of regions that the GDPR allows',
      risk: 'A private path leads to another country, and whoever stands there reads what is here: reading from afar is a transfer too.',
      fix: `Name a region within the European Economic Area in PeerRegion, ${BASIS}. CDK: peering has L1 only (CfnVPCPeeringConnection.peerRegion).`,
      references: { gdpr: ['44'] },
      resourceTypes: ['AWS::EC2::VPCPeeringConnection', 'AWS::EC2::TransitGatewayPeeringAttachment'],
      test: (properties, { now }) => {
        const at = properties.at('PeerRegion');
        if (!at.isPresent) return NOT_APPLICABLE;
        return judgeFor(neighbours(properties), at, now);
      },
    }),
  ];
}

/** Stores of personal data of the same region: what a network there may lead to. */
function neighbours({ world, resource }: Cursor): readonly PersonalStore[] {
  return personalAmong(personalStoresOf(world.app), world).filter(
    ({ view }) => view.resource.template.region === resource.template.region,
  );
}

function keyIsAllowed(parameters: GdprParameters): PropertyTest {
  return (properties, { now }) => {
    const { resource, world } = properties;
    if (resource.type === 'AWS::KMS::ReplicaKey') return replicaIsAllowed(properties, parameters, now);
    const multiRegion = properties.at('MultiRegion');
    const on = multiRegion.boolean();
    if (on.state === 'absent' || (on.state === 'given' && !on.value)) return NOT_APPLICABLE;
    const stores = personalAmong(storesByKey(world.app).get(resource) ?? [], world);
    if (stores.length === 0) return NOT_APPLICABLE;
    if (on.state === 'unresolved') return unknown(multiRegion, on.why);
    const mayLeave = stores.every(({ description: { transferBases = ['no-transfer'] } }) =>
      transferBases.some((basis) => basis !== 'no-transfer'),
    );
    if (mayLeave || hasReplica(properties)) return COMPLIANT;
    const want = 'false, or replicas of this app, so that it is known where they are';
    return violation(
      multiRegion,
      'true',
      want,
      'whoever may replicate keys can make a replica in any region',
    );
  };
}

const REPLICA = 'AWS::KMS::ReplicaKey';

/** Replicas of this app are judged where they are made; one whose key is hidden may be of this key. */
function hasReplica({ resource, world }: Cursor): boolean {
  return world.app.resourcesOfType(REPLICA).some((replica) => {
    const key = world.view(replica).at('PrimaryKeyArn').reference();
    return world.exists(replica) && (key === undefined || key === resource);
  });
}

function replicaIsAllowed(properties: Cursor, parameters: GdprParameters, now: Date | undefined): Verdict {
  const { resource, world } = properties;
  const primary = properties.at('PrimaryKeyArn');
  const key = primary.reference();
  // References do not reach across regions: it may be of any key that can be replicated.
  const keys = key === undefined ? replicable(world) : [key];
  const stores = keys.flatMap((one) => personalAmong(storesByKey(world.app).get(one) ?? [], world));
  if (stores.length === 0) return NOT_APPLICABLE;
  const { region, name } = resource.template;
  if (region === undefined) return unknown(primary, `the stack ${name} is bound to no region`);
  const fault = stores
    .map(({ description }) => faultOfPlace(region, description, parameters, now))
    .find((one) => one !== undefined);
  if (fault === undefined) return COMPLIANT;
  if ('why' in fault) return unknown(primary, fault.why);
  return key === undefined
    ? unknown(
        primary,
        `the key of the replica in ${region} is not known, and some keys protect personal data`,
      )
    : violation(primary, `in ${region}`, fault.want, fault.detail);
}

function replicable(world: World): readonly Resource[] {
  return world.app.resourcesOfType('AWS::KMS::Key').filter((key) => {
    const on = world.view(key).at('MultiRegion').boolean();
    return world.exists(key) && on.state === 'given' && on.value;
  });
}

/** Rules on what carries personal data elsewhere, with their levels. */
export const MOVER_ROWS = moverRows(DEFAULT_GDPR_PARAMETERS);
