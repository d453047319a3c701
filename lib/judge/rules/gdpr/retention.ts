import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import { arbitrate } from '../arbiter';
import { decided, type PropertyTest, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { lifecycleOf } from './lifecycle';
import { needsErasureHandler, personalDataAt } from './personal-data';
import { personalDataRow } from './row';

const BUCKET = 'AWS::S3::Bucket';
const TABLES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];

/** Days that data is kept, which the store itself says; where it does not, `ProcessingRecordIsComplete` tells it. */
function withRetention(
  test: (properties: Cursor, days: number) => Verdict | readonly Verdict[],
): PropertyTest {
  return (properties) => {
    const days = personalDataAt(properties)?.retentionDays;
    return days === undefined ? NOT_APPLICABLE : test(properties, days);
  };
}

/** How long a type keeps what comes through it, in what unit, and for how long where nothing is said. */
interface Passage {
  readonly path: string;
  readonly unit: 'days' | 'hours' | 'seconds';
  readonly otherwise: number;
  /** The value that stands for ever. */
  readonly forEver?: number;
}

const PASSAGES: Readonly<Record<string, Passage>> = {
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html: 0 is for ever, and the default.
  'AWS::Events::Archive': { path: 'RetentionDays', unit: 'days', otherwise: 0, forEver: 0 },
  // https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
  'AWS::Kinesis::Stream': { path: 'RetentionPeriodHours', unit: 'hours', otherwise: 24 },
  // https://docs.aws.amazon.com/kinesisvideostreams/latest/APIReference/API_CreateStream.html: 0 keeps nothing.
  'AWS::KinesisVideo::Stream': { path: 'DataRetentionInHours', unit: 'hours', otherwise: 0 },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
  'AWS::SQS::Queue': { path: 'MessageRetentionPeriod', unit: 'seconds', otherwise: 345_600 },
  // https://docs.aws.amazon.com/timestream/latest/developerguide/API_RetentionProperties.html: up to 200 years.
  'AWS::Timestream::Table': {
    path: 'RetentionProperties.MagneticStoreRetentionPeriodInDays',
    unit: 'days',
    otherwise: 73_000,
  },
};

const PER_DAY = { days: 1, hours: 24, seconds: 86_400 } as const;

const RISK = 'What is kept longer than needed can only be lost: to a thief, or to a fine.';

/** Rules on how long personal data is kept, with their levels. */
export const RETENTION_ROWS: readonly PackRule[] = [
  personalDataRow('warning', {
    id: 'BucketForgetsPersonalDataInTime',
    title: 'a bucket erases personal data after the days that it says, all of it',
    risk: RISK,
    fix: 'Set ExpirationInDays of a rule of LifecycleConfiguration that holds for every object (no Prefix, no tags, no sizes) to no more than data:retention-days. CDK: lifecycleRules: [{ expiration: Duration.days(…) }] on Bucket.',
    references: { gdpr: ['5(1)(e)', '17(1)'], pciDss: ['3.2.1'] },
    resourceTypes: [BUCKET],
    test: withRetention((properties, most) => {
      const rules = lifecycleOf(properties, 'ExpirationInDays', 'ExpirationDate');
      if ('verdict' in rules) return rules;
      // That there is no such rule at all, BucketForgetsObjects tells.
      if (rules.some.length === 0) return NOT_APPLICABLE;
      const [first] = rules.ofAll;
      if (first === undefined) {
        const at = properties.at('LifecycleConfiguration', 'Rules');
        return violation(
          at,
          'rules for some objects only',
          `a rule for all objects, with ${most} days or less`,
        );
      }
      return soonest(
        rules.ofAll.map((rule) => rule.at('ExpirationInDays')),
        most,
      );
    }),
  }),
  personalDataRow('warning', {
    id: 'BucketForgetsOldVersionsInTime',
    title: 'a bucket erases old versions of personal data no later than the data',
    risk: 'What was erased is still there as an old version, and whoever may read versions reads it.',
    fix: 'Set NoncurrentVersionExpiration.NoncurrentDays of a rule that holds for every object to no more than data:retention-days. CDK: lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(…) }] on Bucket.',
    references: { gdpr: ['17(1)', '5(1)(e)'], pciDss: ['3.2.1'] },
    resourceTypes: [BUCKET],
    test: (properties) => {
      const holds = personalDataAt(properties);
      const { most, because } = arbitrate('versions', { holds });
      if (holds === undefined || most === undefined) return NOT_APPLICABLE;
      const rules = lifecycleOf(
        properties,
        'NoncurrentVersionExpiration',
        'NoncurrentVersionExpirationInDays',
      );
      if ('verdict' in rules) return rules;
      // That there is no such rule at all, BucketForgetsOldVersions tells.
      if (rules.some.length === 0) return NOT_APPLICABLE;
      if (rules.ofAll.length === 0) {
        const at = properties.at('LifecycleConfiguration', 'Rules');
        const want = `a rule for all objects, with ${most} days or less`;
        return violation(at, 'rules for some old versions only', want, because);
      }
      const verdict = soonest(
        rules.ofAll.map((rule) =>
          rule.at('NoncurrentVersionExpirationInDays').isPresent
            ? rule.at('NoncurrentVersionExpirationInDays')
            : rule.at('NoncurrentVersionExpiration', 'NoncurrentDays'),
        ),
        most,
      );
      return verdict.verdict === 'violation' ? { ...verdict, detail: because } : verdict;
    },
  }),
  personalDataRow('info', {
    id: 'BucketForgetsUnfinishedUploads',
    title: 'a bucket of personal data erases uploads that nobody finishes',
    risk: 'Parts of an upload that broke off are in no list of objects: nobody sees them, nobody erases them, and they stay for ever.',
    fix: 'Set AbortIncompleteMultipartUpload.DaysAfterInitiation in a rule of LifecycleConfiguration. CDK: lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }] on Bucket.',
    references: { gdpr: ['5(1)(e)', '17(1)'] },
    resourceTypes: [BUCKET],
    test: (properties) => {
      if (personalDataAt(properties) === undefined) return NOT_APPLICABLE;
      const rules = lifecycleOf(properties, 'AbortIncompleteMultipartUpload');
      if ('verdict' in rules) return rules;
      const at = properties.at('LifecycleConfiguration', 'Rules');
      const got = at.isPresent ? 'no such rule for all objects' : 'absent';
      return rules.ofAll.length > 0
        ? COMPLIANT
        : violation(at, got, 'an enabled rule with AbortIncompleteMultipartUpload');
    },
  }),
  personalDataRow('warning', {
    id: 'TableForgetsPersonalDataInTime',
    title: 'a table of personal data erases items by itself, or says what erases them',
    risk: RISK,
    fix: 'Set TimeToLiveSpecification with Enabled and AttributeName, and write the end of each item into that attribute; or name what erases items in the tag data:erasure-handler. CDK: timeToLiveAttribute of Table and TableV2, or erasureHandler of DataClassification.',
    references: { gdpr: ['5(1)(e)', '17(1)'], pciDss: ['3.2.1'] },
    resourceTypes: TABLES,
    test: (properties) => {
      const description = personalDataAt(properties);
      if (description === undefined) return NOT_APPLICABLE;
      const enabled = properties.at('TimeToLiveSpecification', 'Enabled');
      const on = enabled.boolean();
      if (on.state === 'given' && on.value) return COMPLIANT;
      if (description.erasureHandler !== undefined) return COMPLIANT;
      // That nobody erases what has to be erased on request, ErasureHandlerIsNamed tells.
      if (needsErasureHandler(description)) return NOT_APPLICABLE;
      if (on.state === 'unresolved') return unknown(enabled, on.why);
      const got = on.state === 'absent' ? 'absent' : 'false';
      return violation(enabled, got, 'true, or a handler in data:erasure-handler');
    },
  }),
  personalDataRow('warning', {
    id: 'StreamForgetsPersonalDataInTime',
    title: 'a stream, queue, archive or time series forgets personal data after the days that it says',
    risk: RISK,
    fix: 'Set RetentionPeriodHours, MessageRetentionPeriod, RetentionDays, DataRetentionInHours or MagneticStoreRetentionPeriodInDays to no more than data:retention-days; an archive of EventBridge and a table of Timestream keep for ever, or for 200 years, where nothing is said. CDK: retentionPeriod of Stream and Queue, retention of Archive.',
    references: { gdpr: ['5(1)(e)'], pciDss: ['3.2.1'] },
    resourceTypes: Object.keys(PASSAGES),
    test: withRetention((properties, days) => {
      const row = PASSAGES[properties.resource.type];
      if (row === undefined) return NOT_APPLICABLE;
      const { path, unit, otherwise, forEver } = row;
      const at = properties.at(...path.split('.'));
      const most = days * PER_DAY[unit];
      const isEnough = (value: number) => value <= most && value !== forEver;
      const want = `${most} ${unit} or less`;
      if (at.isPresent) return decided(at, at.number(), 'violation', want, isEnough);
      return isEnough(otherwise)
        ? COMPLIANT
        : violation(
            at,
            'absent',
            want,
            otherwise === forEver ? 'that is for ever' : `that is ${otherwise} ${unit}`,
          );
    }),
  }),
];

/** One of several rules suffices; where none is known to, the first tells. */
function soonest(places: readonly Cursor[], most: number): Verdict {
  const want = `${most} days or less`;
  const verdicts = places.map((at) => decided(at, at.number(), 'compliant', want, (days) => days <= most));
  return (
    verdicts.find(({ verdict }) => verdict === 'compliant') ??
    verdicts.find(({ verdict }) => verdict === 'unknown') ??
    verdicts[0] ??
    NOT_APPLICABLE
  );
}
