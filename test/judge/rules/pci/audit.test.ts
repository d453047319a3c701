import { AUDIT_ROWS } from '../../../../lib/judge/rules/pci/audit';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { proveRows } from './proof';
import { HIDDEN, it as one, says } from './support';

const TRAIL = 'AWS::CloudTrail::Trail';
const GROUP = 'AWS::Logs::LogGroup';
const KEY = { Ref: 'Key' };

const withKey = (type: string, property: string): JsonMap => ({
  ...one(type, { [property]: KEY }),
  Key: { Type: 'AWS::KMS::Key' },
});
const basic = (...EventSelectors: readonly JsonMap[]): JsonMap => one(TRAIL, { EventSelectors });
const advanced = (...selectors: readonly (readonly JsonMap[])[]): JsonMap =>
  one(TRAIL, { AdvancedEventSelectors: selectors.map((FieldSelectors) => ({ FieldSelectors })) });
const field = (Field: string, ...Equals: readonly Json[]): JsonMap => ({ Field, Equals });
const OBJECTS: JsonMap = { Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] };

proveRows(AUDIT_ROWS, [
  {
    rule: 'TrailFilesAreValidated',
    good: one(TRAIL, { EnableLogFileValidation: true }),
    bad: one(TRAIL),
    finds: 'violation It.Properties.EnableLogFileValidation: absent',
    hidden: one(TRAIL, { EnableLogFileValidation: HIDDEN }),
    at: 'It.Properties.EnableLogFileValidation',
  },
  {
    rule: 'TrailHasOwnKey',
    good: withKey(TRAIL, 'KMSKeyId'),
    bad: one(TRAIL),
    finds: 'violation It.Properties.KMSKeyId: absent',
    hidden: one(TRAIL, { KMSKeyId: HIDDEN }),
    at: 'It.Properties.KMSKeyId',
  },
  {
    rule: 'TrailReachesLogGroup',
    good: {
      ...one(TRAIL, { CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['Log', 'Arn'] } }),
      Log: { Type: GROUP },
    },
    bad: one(TRAIL, { CloudWatchLogsLogGroupArn: '' }),
    finds: 'violation It.Properties.CloudWatchLogsLogGroupArn: empty',
    hidden: one(TRAIL, { CloudWatchLogsLogGroupArn: HIDDEN }),
    at: 'It.Properties.CloudWatchLogsLogGroupArn',
  },
  {
    rule: 'TrailRecordsEveryManagementEvent',
    good: one(TRAIL),
    bad: basic({ ReadWriteType: 'WriteOnly' }),
    finds: 'violation It.Properties.EventSelectors: others',
    hidden: basic({ ReadWriteType: HIDDEN }),
    at: 'It.Properties.EventSelectors',
  },
  {
    rule: 'TrailRecordsObjectAccess',
    good: basic({ DataResources: [OBJECTS] }),
    bad: one(TRAIL),
    finds: 'violation It.Properties.EventSelectors: absent',
    hidden: one(TRAIL, { AdvancedEventSelectors: HIDDEN }),
    at: 'It.Properties.AdvancedEventSelectors',
  },
  {
    rule: 'LogGroupHasOwnKey',
    good: withKey(GROUP, 'KmsKeyId'),
    bad: one(GROUP),
    finds: 'violation It.Properties.KmsKeyId: absent',
    hidden: one(GROUP, { KmsKeyId: HIDDEN }),
    at: 'It.Properties.KmsKeyId',
  },
]);

describe('TrailRecordsEveryManagementEvent', () => {
  const place = 'It.Properties.EventSelectors';
  const found = [`warning violation ${place}: others`];

  test.each<[string, JsonMap, string[]]>([
    ['passes a selector that leaves everything to the defaults', basic({ ReadWriteType: 'All' }), []],
    ['finds selectors without management events', basic({ IncludeManagementEvents: false }), found],
    [
      'finds selectors that leave out the events of keys',
      basic({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }),
      found,
    ],
    [
      'passes where one of several selectors chooses everything',
      basic({ ReadWriteType: 'ReadOnly' }, { ReadWriteType: 'All' }),
      [],
    ],
    [
      'passes where one chooses everything, whatever the other hides',
      basic({ ReadWriteType: HIDDEN }, { ReadWriteType: 'All' }),
      [],
    ],
    [
      'passes an advanced selector of every management event',
      advanced([field('eventCategory', 'Management')]),
      [],
    ],
    [
      'finds an advanced selector that is narrowed to writes',
      advanced([field('eventCategory', 'Management'), field('readOnly', 'false')]),
      ['warning violation It.Properties.AdvancedEventSelectors: others'],
    ],
    [
      'finds a trail without global services',
      one(TRAIL, { IncludeGlobalServiceEvents: false }),
      ['warning violation It.Properties.IncludeGlobalServiceEvents: false'],
    ],
  ])('%s', (_title, resources, expected) => {
    expect(says(AUDIT_ROWS, 'TrailRecordsEveryManagementEvent', resources)).toEqual(expected);
  });
});

describe('TrailRecordsObjectAccess', () => {
  const data = field('eventCategory', 'Data');
  const ofObjects = field('resources.type', 'AWS::S3::Object');

  test.each<[string, JsonMap, string[]]>([
    [
      'passes buckets that are named, although their ARNs are made at deployment',
      {
        ...basic({
          DataResources: [{ Type: 'AWS::S3::Object', Values: [{ 'Fn::Sub': '${Bucket.Arn}/${Hidden}' }] }],
        }),
        Bucket: { Type: 'AWS::S3::Bucket' },
      },
      [],
    ],
    [
      'finds writes alone',
      basic({ ReadWriteType: 'WriteOnly', DataResources: [OBJECTS] }),
      ['warning violation It.Properties.EventSelectors: others'],
    ],
    [
      'finds objects of another kind',
      basic({ DataResources: [{ Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda'] }] }),
      ['warning violation It.Properties.EventSelectors: others'],
    ],
    ['passes an advanced selector of objects', advanced([data, ofObjects]), []],
    [
      'finds an advanced selector that is narrowed',
      advanced([data, ofObjects, field('readOnly', 'false')]),
      ['warning violation It.Properties.AdvancedEventSelectors: others'],
    ],
    [
      'passes a trail beside another that records objects',
      {
        ...one(TRAIL),
        Other: { Type: TRAIL, Properties: { EventSelectors: [{ DataResources: [OBJECTS] }] } },
      },
      [],
    ],
  ])('%s', (_title, resources, expected) => {
    expect(says(AUDIT_ROWS, 'TrailRecordsObjectAccess', resources)).toEqual(expected);
  });
});

test('the key that AWS keeps for logs is none of its owner', () => {
  const found = says(AUDIT_ROWS, 'LogGroupHasOwnKey', one(GROUP, { KmsKeyId: 'alias/aws/logs' }));
  expect(found).toEqual(['info violation It.Properties.KmsKeyId: alias/aws/logs']);
});
