import type { PackRule } from '../../packs/pack';
import type { Cursor, Json } from '../../template';
import { isFalse, isOneOf, isTrue, type PropertyTest, propertyRow, unknown, violation } from '../property';
import { COMPLIANT } from '../rule';
import { AT_REST, AUDIT_LOG, EXPOSURE } from './requirements';

/** What a task tells at less than the usual level. */
const QUIET = ['LOGGER_SEVERITY_ERROR', 'LOGGER_SEVERITY_WARNING', 'LOGGER_SEVERITY_INFO'];
const OF_TARGET = ['TARGET_LOAD', 'TARGET_APPLY'];

/** Settings are JSON in a text; those of a serverless replication may be a map too. */
function settingsAt(place: Cursor): Cursor | undefined {
  const text = place.value();
  if (typeof text !== 'string') return place;
  try {
    return place.holding(JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

const logsTarget: PropertyTest = (properties, context) => {
  const isTask = properties.resource.type === 'AWS::DMS::ReplicationTask';
  const place = properties.at(isTask ? 'ReplicationTaskSettings' : 'ReplicationSettings');
  if (!place.isPresent) return violation(place, 'absent', 'settings with Logging.EnableLogging true');
  const settings = settingsAt(place);
  if (settings === undefined) return unknown(place, 'it is not JSON');
  const logging = settings.at('Logging');
  const enabled = [isTrue('EnableLogging')(logging, context)].flat();
  if (enabled.some(({ verdict }) => verdict !== 'compliant')) return enabled;
  for (const component of logging.at('LogComponents').items()) {
    const id = component.at('Id').string();
    const severity = component.at('Severity');
    const level = severity.string();
    if (id.state !== 'given' || !OF_TARGET.includes(id.value)) continue;
    if (level.state === 'unresolved') return unknown(severity, level.why);
    if (level.state === 'given' && QUIET.includes(level.value)) {
      return violation(severity, level.value, 'LOGGER_SEVERITY_DEFAULT or more', `of ${id.value}`);
    }
  }
  return COMPLIANT;
};

/** Rules on Kinesis and on migrations, with their levels. */
export const STREAM_DATA_ROWS: readonly PackRule[] = [
  propertyRow('error', {
    id: 'StreamIsEncrypted',
    title: 'a Kinesis stream is encrypted',
    risk: 'Whoever gets at the disks of the stream reads what it keeps, for up to a year.',
    fix: 'Set StreamEncryption with EncryptionType KMS and KeyId, a key of yours or alias/aws/kinesis. CDK: Stream does so by default, but in regions of China (encryption, encryptionKey); CfnStream does not.',
    references: {
      pciDss: AT_REST,
      gdpr: ['32(1)(a)'],
      securityHub: ['Kinesis.1'],
      cwe: ['CWE-311'],
      awsConfig: ['KINESIS_STREAM_ENCRYPTED'],
    },
    resourceTypes: ['AWS::Kinesis::Stream'],
    test: isOneOf('StreamEncryption.EncryptionType', ['KMS']),
  }),
  propertyRow('error', {
    id: 'ReplicationInstanceIsNotPublic',
    title: 'a replication instance of Database Migration Service has no public address',
    risk: 'Everybody on the internet can try weaknesses of a machine that holds the logins of two databases and all that it copies.',
    fix: 'Set PubliclyAccessible to false: it is true by default, and the instance is replaced. CDK: L1 only (CfnReplicationInstance.publiclyAccessible).',
    references: {
      pciDss: EXPOSURE,
      gdpr: ['25(2)', '32(1)(b)'],
      securityHub: ['DMS.1'],
      cwe: ['CWE-668'],
      awsConfig: ['DMS_REPLICATION_NOT_PUBLIC'],
    },
    resourceTypes: ['AWS::DMS::ReplicationInstance'],
    test: isFalse('PubliclyAccessible'),
  }),
  propertyRow('info', {
    id: 'ReplicationLogsTarget',
    title: 'a migration logs what it does to its target',
    risk: 'Whether all rows arrived, and what was overwritten, cannot be told afterwards.',
    fix: 'In ReplicationTaskSettings (ReplicationSettings of a serverless replication) set Logging.EnableLogging to true, with LOGGER_SEVERITY_DEFAULT or more for TARGET_LOAD and TARGET_APPLY. CDK: L1 only (CfnReplicationTask.replicationTaskSettings).',
    references: {
      pciDss: AUDIT_LOG,
      gdpr: ['32(1)(d)'],
      securityHub: ['DMS.7'],
      cwe: ['CWE-778'],
      awsConfig: ['DMS_REPLICATION_TASK_TARGETDB_LOGGING'],
    },
    resourceTypes: ['AWS::DMS::ReplicationTask', 'AWS::DMS::ReplicationConfig'],
    test: logsTarget,
  }),
];
