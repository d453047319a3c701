import type { PackRule } from '../../packs/pack';
import { type Cursor, Unresolved } from '../../template';
import { heldBy } from '../held';
import { selects } from '../pci/backup-selection';
import {
  isAbsent,
  isAtMost,
  isFalse,
  isTrue,
  type PropertyTest,
  pointingAt,
  unknown,
  violation,
} from '../property';
import { COMPLIANT, type Verdict } from '../rule';
import { HOLDER_TYPES, holdsAny, whereHeld } from './account-data';
import { cardholderRow } from './row';

const TABLE = 'AWS::DynamoDB::Table';
const GLOBAL_TABLE = 'AWS::DynamoDB::GlobalTable';
const QUEUE = 'AWS::SQS::Queue';
const STREAM = 'AWS::Kinesis::Stream';
const TOPIC = 'AWS::SNS::Topic';

const SAD = ['sensitive-authentication-data'] as const;

/** A day: an authorisation takes seconds, and what waits for a retry is of no use tomorrow. */
const LONGEST_SECONDS = 86_400;
const LONGEST_HOURS = 24;

const HIDDEN_LIFE: PropertyTest = (properties) =>
  unknown(properties, 'whoever writes an entry decides how long it lives');

/** How the life of what lies in a store is bounded, by type; every other type keeps things until somebody acts. */
const LIVES: Readonly<Record<string, PropertyTest>> = {
  [TABLE]: isTrue('TimeToLiveSpecification.Enabled'),
  [GLOBAL_TABLE]: isTrue('TimeToLiveSpecification.Enabled'),
  // Four days where it is left out.
  [QUEUE]: isAtMost('MessageRetentionPeriod', LONGEST_SECONDS),
  // 24 hours where it is left out, and no fewer.
  [STREAM]: isAtMost('RetentionPeriodHours', LONGEST_HOURS, { absent: 'compliant' }),
  // A topic hands on, and a topic with first-in-first-out can archive.
  [TOPIC]: isAbsent('ArchivePolicy'),
  'AWS::ElastiCache::CacheCluster': HIDDEN_LIFE,
  'AWS::ElastiCache::ReplicationGroup': HIDDEN_LIFE,
  'AWS::ElastiCache::ServerlessCache': HIDDEN_LIFE,
  'AWS::MemoryDB::Cluster': HIDDEN_LIFE,
  'AWS::DAX::Cluster': HIDDEN_LIFE,
};

const NO_SNAPSHOTS = isAtMost('SnapshotRetentionLimit', 0, { absent: 'compliant' });

/** What would make a copy that lives on, by type. */
const COPIES: Readonly<Record<string, readonly PropertyTest[]>> = {
  [TABLE]: [...tableCopies(), isAbsent('StreamSpecification'), isNotInBackupPlan],
  [GLOBAL_TABLE]: [
    hasOneReplica,
    eachReplica(tableCopies()),
    isAbsent('StreamSpecification'),
    isNotInBackupPlan,
  ],
  [QUEUE]: [failsIntoSameCare],
  [STREAM]: [isNotDelivered],
  'AWS::ElastiCache::CacheCluster': [NO_SNAPSHOTS],
  'AWS::ElastiCache::ReplicationGroup': [NO_SNAPSHOTS, isAbsent('GlobalReplicationGroupId')],
  'AWS::ElastiCache::ServerlessCache': [NO_SNAPSHOTS, isAbsent('FinalSnapshotName')],
  'AWS::MemoryDB::Cluster': [NO_SNAPSHOTS, isAbsent('FinalSnapshotName'), isAbsent('MultiRegionClusterName')],
};

/** Rules on track data, card verification codes and PINs, with their levels. */
export const SENSITIVE_AUTHENTICATION_DATA_ROWS: readonly PackRule[] = [
  cardholderRow(
    'error',
    {
      id: 'SensitiveAuthenticationDataIsShortLived',
      title: 'sensitive authentication data lies only where it is removed by itself within a day',
      risk: 'Card verification codes and track data are all that a thief needs to pay with a card or to copy it: nobody may keep them after authorisation, encrypted or not.',
      fix: 'Keep it in a table with TimeToLiveSpecification.Enabled, in a queue with MessageRetentionPeriod of 86400 or less, or in a stream of 24 hours; better nowhere. CDK: timeToLiveAttribute of Table and TableV2, retentionPeriod: Duration.hours(1) of Queue, whose default is four days.',
      references: {
        pciDss: ['3.2.1', '3.3.1', '3.3.1.1', '3.3.1.2', '3.3.1.3'],
        gdpr: ['5(1)(e)'],
        cwe: ['CWE-922'],
      },
      resourceTypes: HOLDER_TYPES,
      test: whereHeld(SAD, (properties, _, context) => {
        const life = LIVES[properties.resource.type];
        return life === undefined
          ? violation(
              properties,
              properties.resource.type,
              'a table with a time to live, a queue or a stream',
            )
          : life(properties, context);
      }),
    },
    'warning',
  ),
  cardholderRow(
    'error',
    {
      id: 'SensitiveAuthenticationDataIsNotCopied',
      title: 'no recovery, backup, stream or export keeps a copy of sensitive authentication data',
      risk: 'What is removed from the store lives on in the copy for weeks, where nobody looks for it: that is storage after authorisation.',
      fix: 'Leave out PointInTimeRecoverySpecification, StreamSpecification, KinesisStreamSpecification and ContributorInsightsSpecification, more than one of Replicas, snapshots of caches, and the table from backup plans; let a dead-letter queue say that it holds the same. CDK: no pointInTimeRecoverySpecification, stream, kinesisStream, contributorInsightsSpecification and replicas on Table and TableV2.',
      references: {
        pciDss: ['3.3.1', '3.3.1.1', '3.3.1.2', '3.3.1.3', '3.3.2'],
        gdpr: ['5(1)(e)'],
        cwe: ['CWE-922'],
      },
      resourceTypes: Object.keys(COPIES),
      test: whereHeld(SAD, (properties, _, context) => {
        const verdicts = (COPIES[properties.resource.type] ?? []).flatMap((test) =>
          test(properties, context),
        );
        const bad = verdicts.filter(({ verdict }) => verdict === 'violation' || verdict === 'unknown');
        return bad.length > 0 ? bad : COMPLIANT;
      }),
    },
    'warning',
  ),
];

/** Copies of a table, or of one of its replicas. Contributor Insights shows keys of entries in a log. */
function tableCopies(): readonly PropertyTest[] {
  return [
    isFalse('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', { absent: 'compliant' }),
    isAbsent('KinesisStreamSpecification'),
    isFalse('ContributorInsightsSpecification.Enabled', { absent: 'compliant' }),
  ];
}

function eachReplica(tests: readonly PropertyTest[]): PropertyTest {
  return (properties, context) => {
    const replicas = properties.at('Replicas');
    const list = replicas.list();
    if (list.state === 'unresolved') return unknown(replicas, list.why);
    return replicas.items().flatMap((replica) => tests.flatMap((test) => test(replica, context)));
  };
}

function hasOneReplica(properties: Cursor): Verdict {
  const replicas = properties.at('Replicas');
  const { length } = replicas.items();
  return length > 1 ? violation(replicas, `${length} replicas`, 'one') : COMPLIANT;
}

function isNotInBackupPlan(properties: Cursor): Verdict {
  const { world } = properties;
  let hidden: Verdict | undefined;
  for (const selection of world.app.resourcesOfType('AWS::Backup::BackupSelection')) {
    if (!world.exists(selection)) continue;
    const at = world.view(selection).at('BackupSelection');
    const answer = selects(at, properties);
    if (answer === true) return violation(at, properties.resource.logicalId, 'what may be kept');
    if (answer instanceof Unresolved) hidden ??= unknown(at, answer.why);
  }
  return hidden ?? COMPLIANT;
}

/** Messages that nobody could handle go to a queue that is judged as this one. */
function failsIntoSameCare(properties: Cursor): Verdict {
  const at = properties.at('RedrivePolicy', 'deadLetterTargetArn');
  if (!at.isPresent) {
    const policy = properties.at('RedrivePolicy');
    const text = policy.string();
    return policy.isPresent && !policy.isMap
      ? unknown(policy, text.state === 'unresolved' ? text.why : 'it is text')
      : COMPLIANT;
  }
  const target = at.reference();
  if (target?.type !== QUEUE) return unknown(at, 'the dead-letter queue is not in a template at hand');
  return holdsAny(heldBy(properties.world.view(target)), SAD)
    ? COMPLIANT
    : violation(at, target.logicalId, 'a queue that says it holds sensitive authentication data too');
}

/** Firehose writes what it reads into a bucket, a warehouse or a search domain. */
function isNotDelivered(properties: Cursor): Verdict {
  const { found } = pointingAt(
    properties,
    'AWS::KinesisFirehose::DeliveryStream',
    'KinesisStreamSourceConfiguration.KinesisStreamARN',
  );
  const [delivery] = found;
  if (delivery === undefined) return COMPLIANT;
  const at = delivery.at('KinesisStreamSourceConfiguration', 'KinesisStreamARN');
  return violation(at, properties.resource.logicalId, 'a stream without sensitive authentication data');
}
