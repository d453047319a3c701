import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  AuditTrail,
  type AuditTrailProps,
  DataEvents,
  TrailInsight,
} from '../../../lib/constructs/audit-trail';
import before from '../../_fixtures/audit-trail/trail-0.1.0.template.json';
import { changesBetween, type StackTemplate } from '../../proof/releases/changes';
import { rendered, stackIn } from '../support';

/** What an update of the trail of version 0.1.0, whose template is kept beside, does to each resource. */
function updateTo(props: AuditTrailProps): readonly string[] {
  const stack = stackIn('eu-west-1');
  new AuditTrail(stack, 'Trail', props);
  const after = rendered(stack).toJSON() as StackTemplate;
  const old: StackTemplate = before;
  return changesBetween(new Map([['trail', old]]), new Map([['trail', after]])).map(
    ({ type, impact, loss }) => `${impact}${loss === undefined ? '' : ` (${loss})`} ${type}`,
  );
}

const TRAIL = 'WILL_UPDATE AWS::CloudTrail::Trail';
const KEY = 'WILL_UPDATE AWS::KMS::Key';
const BUCKET = 'WILL_UPDATE AWS::S3::Bucket';
const BUCKET_POLICY = 'WILL_UPDATE AWS::S3::BucketPolicy';

const AUDITOR = new iam.ArnPrincipal('arn:aws:iam::111122223333:role/auditor');
const ORGANIZATION = { organizationId: 'o-a1b2c3d4e5' };

/** What has changed since 0.1.0 whatever is asked for: the server access log is partitioned by day. */
const ALWAYS = [BUCKET];

test('the trail of 0.1.0 takes what is new for all as an update in place', () => {
  expect(updateTo({})).toEqual(ALWAYS);
});

test.each<[string, AuditTrailProps, string[]]>([
  ['data events', { dataEvents: [DataEvents.everyObject(), DataEvents.everyItem()] }, [TRAIL]],
  ['calls that endpoints refuse', { refusedAtEndpoints: ['kms.amazonaws.com'] }, [TRAIL]],
  ['insights', { insights: [TrailInsight.API_CALL_RATE, TrailInsight.API_ERROR_RATE] }, [TRAIL]],
  ['named auditors', { auditors: [AUDITOR] }, [KEY]],
  ['an organisation', { organization: ORGANIZATION }, [TRAIL, BUCKET_POLICY]],
  ['an archive', { archiveAfter: Duration.days(180) }, [BUCKET]],
  [
    'all of it',
    {
      dataEvents: [DataEvents.everyCall()],
      refusedAtEndpoints: ['s3.amazonaws.com'],
      insights: [TrailInsight.API_CALL_RATE],
      auditors: [],
      organization: ORGANIZATION,
      archiveAfter: Duration.days(200),
    },
    [TRAIL, KEY, BUCKET, BUCKET_POLICY],
  ],
])('the trail of 0.1.0 takes %s as updates in place, and loses nothing', (_, props, updates) => {
  expect(new Set(updateTo(props))).toEqual(new Set([...ALWAYS, ...updates]));
});

test('another name would be a replacement, which this comparison sees', () => {
  expect(updateTo({ trailName: 'another' })).toContain('WILL_REPLACE (replaced) AWS::CloudTrail::Trail');
});
