import type { PackRule } from '../../packs/pack';
import { type Cursor, Unresolved } from '../../template';
import { allOf, isGiven, isTrue, propertyRow, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { managementEventsOf, objectEventsOf, type Selection } from './audit-trail-selectors';
import { hasOwnKey } from './keys';
import { EVERY_CALL } from './requirements';

const TRAIL = 'AWS::CloudTrail::Trail';

/** Rules on trails and log groups, with their levels. */
export const AUDIT_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'TrailFilesAreValidated',
    title: 'the files of a trail are signed, so that a change shows',
    risk: 'Whoever can write to the bucket takes his own calls out of the record, and nobody can prove that they were there.',
    fix: 'Set EnableLogFileValidation to true. CDK: enableFileValidation, which Trail sets by default; CfnTrail does not.',
    references: {
      pciDss: ['10.3.2', '10.3.4', 'A1.2.1'],
      gdpr: ['32(1)(b)'],
      securityHub: ['CloudTrail.4'],
      cwe: ['CWE-353'],
      awsConfig: ['CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED'],
    },
    resourceTypes: [TRAIL],
    test: isTrue('EnableLogFileValidation'),
  }),
  propertyRow('warning', {
    id: 'TrailHasOwnKey',
    title: 'the files of a trail are encrypted with a key of their owner',
    risk: 'Whoever may read the bucket reads who did what: no key policy tells auditors and administrators apart.',
    fix: 'Set KMSKeyId to the ARN of an AWS::KMS::Key whose policy lets cloudtrail.amazonaws.com use it. CDK: encryptionKey of Trail; left out there is none.',
    references: {
      pciDss: ['10.3.1', '10.3.2', '3.5.1'],
      gdpr: ['32(1)(a)'],
      securityHub: ['CloudTrail.2'],
      cwe: ['CWE-311'],
      awsConfig: ['CLOUD_TRAIL_ENCRYPTION_ENABLED'],
    },
    resourceTypes: [TRAIL],
    test: hasOwnKey('KMSKeyId', 'alias/aws/s3'),
  }),
  propertyRow('warning', {
    id: 'TrailReachesLogGroup',
    title: 'a trail writes to a log group, where alarms can watch it',
    risk: 'Files in a bucket raise no alarm: a call that should wake somebody is read weeks later.',
    fix: 'Set CloudWatchLogsLogGroupArn and CloudWatchLogsRoleArn. CDK: sendToCloudWatchLogs: true of Trail, which is off by default.',
    references: {
      pciDss: ['10.4.1.1', '10.7.2', '12.10.5', 'A3.3.1', 'A3.5.1'],
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['CloudTrail.5'],
      cwe: ['CWE-778'],
      awsConfig: ['CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED'],
    },
    resourceTypes: [TRAIL],
    test: isGiven('CloudWatchLogsLogGroupArn', 'the ARN of a log group'),
  }),
  propertyRow('warning', {
    id: 'TrailRecordsEveryManagementEvent',
    title: 'a trail records every management event: reads and writes, of global services and of keys',
    risk: 'What is left out is where an intruder works: who listed the buckets, who used a key, who made a user.',
    fix: 'Leave EventSelectors out, or let one of them have ReadWriteType All and no ExcludeManagementEventSources, and leave IncludeGlobalServiceEvents true. CDK: managementEvents: ReadWriteType.ALL, which is the default, without excludeManagementEventSources.',
    references: {
      pciDss: EVERY_CALL,
      gdpr: ['32(1)(d)', '33(1)'],
      cwe: ['CWE-778'],
      // Whether it is multi-regional, validated and encrypted, is asked by rules of their own.
      awsConfig: ['CLOUDTRAIL_SECURITY_TRAIL_ENABLED'],
    },
    resourceTypes: [TRAIL],
    test: allOf(isTrue('IncludeGlobalServiceEvents', { absent: 'compliant' }), (properties) =>
      verdictOn(managementEventsOf(properties), 'one that chooses every management event'),
    ),
  }),
  propertyRow('warning', {
    id: 'TrailRecordsObjectAccess',
    title: 'a trail records who reads and writes objects in buckets',
    risk: 'After a theft nobody can tell which objects were read: everybody whose data lay there has to be told.',
    fix: 'Add an entry of EventSelectors with DataResources of Type AWS::S3::Object and ReadWriteType All, or an AdvancedEventSelectors entry with eventCategory Data and resources.type AWS::S3::Object. CDK: trail.logAllS3DataEvents() or trail.addS3EventSelector(); left out there is none.',
    references: {
      pciDss: EVERY_CALL,
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['S3.22', 'S3.23'],
      cwe: ['CWE-778'],
      awsConfig: ['CLOUDTRAIL_S3_DATAEVENTS_ENABLED'],
    },
    resourceTypes: [TRAIL],
    test: recordsObjectAccess,
  }),
  propertyRow('info', {
    id: 'LogGroupHasOwnKey',
    title: 'a log group is encrypted with a key of its owner',
    risk: 'CloudWatch Logs encrypts with a key of its own that nobody else holds: entries cannot be locked away from those who may read logs.',
    fix: 'Set KmsKeyId to the ARN of an AWS::KMS::Key whose policy lets logs.amazonaws.com use it. CDK: encryptionKey of LogGroup; left out there is none.',
    references: {
      pciDss: ['10.3.1', '10.3.2', '3.5.1'],
      gdpr: ['32(1)(a)'],
      cwe: ['CWE-311'],
      awsConfig: ['CLOUDWATCH_LOG_GROUP_ENCRYPTED'],
    },
    resourceTypes: ['AWS::Logs::LogGroup'],
    test: hasOwnKey('KmsKeyId', 'alias/aws/logs'),
  }),
];

/** One trail that does suffices for all of them. */
function recordsObjectAccess(properties: Cursor): Verdict {
  const { world } = properties;
  const own = objectEventsOf(properties);
  if (own.chosen === true) return COMPLIANT;
  const others = world.app
    .resourcesOfType(TRAIL)
    .filter((trail) => trail !== properties.resource && world.exists(trail))
    .map((trail) => objectEventsOf(world.view(trail)));
  if (others.some(({ chosen }) => chosen === true)) return NOT_APPLICABLE;
  return verdictOn(own, 'one that chooses AWS::S3::Object');
}

function verdictOn({ chosen, at }: Selection, want: string): Verdict {
  if (chosen instanceof Unresolved) return unknown(at, chosen.why);
  return chosen ? COMPLIANT : violation(at, at.isPresent ? 'others' : 'absent', want);
}
