import type { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { DataClassification, type GdprChecks, PciDss401Checks } from '../../../lib';
import {
  AuditTrail,
  type AuditTrailProps,
  DataEvents,
  TrailInsight,
} from '../../../lib/constructs/audit-trail';
import { findingsOf, nagErrorsOf } from '../judged';
import { rendered, resourcesOf, stackIn } from '../support';

type Fields = readonly Record<string, unknown>[];

function define(props: AuditTrailProps = {}) {
  const stack = stackIn('eu-west-1');
  return { stack, trail: new AuditTrail(stack, 'Trail', props) };
}

function selectorsIn(stack: Stack): readonly { readonly Name: string; readonly FieldSelectors: Fields }[] {
  const [trail] = Object.values(resourcesOf(stack, 'AWS::CloudTrail::Trail'));
  expect(trail?.Properties).not.toHaveProperty('EventSelectors');
  return trail?.Properties.AdvancedEventSelectors;
}

const bucketIn = (stack: Stack, id = 'Cards') => s3.Bucket.fromBucketName(stack, id, id.toLowerCase());
const tableIn = (stack: Stack, name: string) => dynamodb.Table.fromTableName(stack, name, name);
const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:pay';

describe('what a trail records', () => {
  test('is one selector for each type of resource, beside the one for management events', () => {
    const { stack, trail } = define();
    trail.recordDataEvents(
      DataEvents.objectsIn(bucketIn(stack)),
      DataEvents.objectsIn(bucketIn(stack, 'Invoices'), '2026/'),
      DataEvents.callsOf(lambda.Function.fromFunctionArn(stack, 'Pay', functionArn)),
    );
    trail.recordDataEvents(DataEvents.itemsIn(tableIn(stack, 'vault'), tableIn(stack, 'subjects')));
    const [management, items, calls, objects, ...others] = selectorsIn(stack);
    expect(others).toEqual([]);
    expect(management?.FieldSelectors).toEqual([{ Field: 'eventCategory', Equals: ['Management'] }]);
    const data = (type: string) => [
      { Field: 'eventCategory', Equals: ['Data'] },
      { Field: 'resources.type', Equals: [type] },
    ];
    expect(objects).toEqual({
      Name: 'Objects in buckets',
      FieldSelectors: [
        ...data('AWS::S3::Object'),
        { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::cards/', 'arn:aws:s3:::invoices/2026/'] },
      ],
    });
    expect(calls?.FieldSelectors).toEqual([
      ...data('AWS::Lambda::Function'),
      { Field: 'resources.ARN', Equals: [functionArn] },
    ]);
    expect(items?.FieldSelectors).toEqual([
      ...data('AWS::DynamoDB::Table'),
      { Field: 'resources.ARN', Equals: [expect.anything(), expect.anything()] },
    ]);
  });

  test('is every object of every bucket but its own, which would record its own writing', () => {
    const { stack } = define({ dataEvents: [DataEvents.everyObject()] });
    const own = (id: string) => ({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, '/']] });
    expect(selectorsIn(stack)[1]?.FieldSelectors).toContainEqual({
      Field: 'resources.ARN',
      NotStartsWith: [own('TrailBucket7F7024F7'), own('TrailAccessLogs14A34ABD')],
    });
  });

  test('is every resource of a type where one of those given says so', () => {
    const { stack } = define({ dataEvents: [DataEvents.everyItem(), DataEvents.everyCall()] });
    expect(selectorsIn(stack).map(({ FieldSelectors }) => FieldSelectors.length)).toEqual([1, 2, 2]);
  });

  test('are calls that endpoints refuse, with a selector for each service, which CloudTrail asks for', () => {
    const { stack } = define({ refusedAtEndpoints: ['s3.amazonaws.com', 'kms.amazonaws.com'] });
    expect(selectorsIn(stack).slice(1)).toEqual(
      ['kms.amazonaws.com', 's3.amazonaws.com'].map((source) => ({
        Name: `Calls of ${source} that an endpoint refuses`,
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['NetworkActivity'] },
          { Field: 'eventSource', Equals: [source] },
          { Field: 'errorCode', Equals: ['VpceAccessDenied'] },
        ],
      })),
    );
  });

  test('are what is unusual, each kind once', () => {
    const { stack } = define({
      insights: [TrailInsight.API_CALL_RATE, TrailInsight.API_ERROR_RATE, TrailInsight.API_CALL_RATE],
    });
    rendered(stack).hasResourceProperties('AWS::CloudTrail::Trail', {
      InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }, { InsightType: 'ApiErrorRateInsight' }],
    });
  });
});

describe('what CloudTrail would not take is refused at synthesis', () => {
  test('more than 500 values in all selectors', () => {
    const { stack, trail } = define();
    const buckets = Array.from({ length: 497 }, (_, index) =>
      DataEvents.objectsIn(s3.Bucket.fromBucketName(stack, `B${index}`, `bucket-${index}`)),
    );
    // One value for management events, two for objects.
    trail.recordDataEvents(...buckets);
    expect(() => trail.recordDataEvents(DataEvents.objectsIn(bucketIn(stack)))).toThrow(
      'Stack/Trail: what is recorded must fit into 500 values, which is what CloudTrail takes in all selectors of a trail, got 501, record every resource of a type instead (such as DataEvents.everyObject()), or make another trail for the rest',
    );
  });

  test('a prefix that is too long', () => {
    const { stack, trail } = define();
    expect(() => trail.recordDataEvents(DataEvents.objectsIn(bucketIn(stack), 'a'.repeat(2048)))).toThrow(
      "Stack/Trail: 'dataEvents' must hold ARNs and prefixes of at most 2048 characters, got one of 2067, shorten the prefix",
    );
  });

  test('the buckets of the trail itself', () => {
    const { trail } = define();
    expect(() => trail.recordDataEvents(DataEvents.objectsIn(trail.bucket))).toThrow(
      "Stack/Trail: 'dataEvents' must not hold the buckets of the trail, which would record its own writing without end, leave them out: who reads them is in the server access log",
    );
  });

  test.each([['kms'], ['kms.amazonaws.com.evil.example'], ['KMS.amazonaws.com'], ['']])(
    'the service %j',
    (source) => {
      expect(() => define({ refusedAtEndpoints: [source] })).toThrow(
        `Stack/Trail: 'refusedAtEndpoints' must name services as CloudTrail does, got ${JSON.stringify(source)}, write such as kms.amazonaws.com`,
      );
    },
  );

  test('a service twice', () => {
    expect(() => define({ refusedAtEndpoints: ['s3.amazonaws.com', 's3.amazonaws.com'] })).toThrow(
      "Stack/Trail: 'refusedAtEndpoints' holds s3.amazonaws.com twice, remove one",
    );
  });
});

describe('a trail with everything', () => {
  const everything = () => {
    const { stack, trail } = define({
      dataEvents: [DataEvents.everyObject(), DataEvents.everyCall(), DataEvents.everyItem()],
      refusedAtEndpoints: ['kms.amazonaws.com'],
      insights: [TrailInsight.API_CALL_RATE],
      auditors: [],
      organization: { organizationId: 'o-a1b2c3d4e5' },
    });
    return { stack, trail };
  };
  const rulesOf = (pack: PciDss401Checks | GdprChecks, stack: Stack) =>
    [
      ...new Set(
        pack.validateScope(stack).violations.map(({ severity, ruleName }) => `${severity} ${ruleName}`),
      ),
    ].sort();

  test('has no finding of our own pack, nor an error of cdk-nag', () => {
    const { stack } = everything();
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
  });

  test('records objects as PCI DSS asks, so that alarms, backups and classes are left to the app', () => {
    const { stack } = everything();
    expect(rulesOf(new PciDss401Checks(), stack)).toEqual([
      'info PciDss401Checks-StoreIsInBackupPlan',
      'info PciDss401Checks-TrailEventsRaiseAlarms',
      'warning PciDss401Checks-ControlFailureRaisesAlarm',
      'warning PciDss401Checks-DataStoreIsClassified',
    ]);
  });

  test.each<[string, (table: dynamodb.Table) => DataEvents]>([
    ['by name', (table) => DataEvents.itemsIn(table)],
    ['with every other', () => DataEvents.everyItem()],
  ])('records who reads a table of cards, %s', (_, events) => {
    const { stack, trail } = define();
    const table = new dynamodb.Table(stack, 'Cards', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });
    DataClassification.of(table).holdsCardholderData({ owner: 'payments' });
    const rule = expect.stringContaining('AccountDataAccessIsRecorded');
    expect(rulesOf(new PciDss401Checks(), stack)).toContainEqual(rule);
    trail.recordDataEvents(events(table));
    expect(rulesOf(new PciDss401Checks(), stack)).not.toContainEqual(rule);
  });

  test('of one bucket records objects too', () => {
    const { stack, trail } = define();
    trail.recordDataEvents(DataEvents.objectsIn(new s3.Bucket(stack, 'Cards')));
    expect(rulesOf(new PciDss401Checks(), stack)).not.toContainEqual(
      expect.stringContaining('TrailRecordsObjectAccess'),
    );
  });
});
