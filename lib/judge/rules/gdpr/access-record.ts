import type { DataDescription } from '../../../core/classification';
import type { PackRule } from '../../packs/pack';
import {
  type Cursor,
  isValueList,
  isValueMap,
  type Resource,
  resourcesIn,
  type Value,
  type ValueMap,
} from '../../template';
import { objectEventsOf } from '../pci/audit-trail-selectors';
import { violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE } from '../rule';
import { holdsAccountData, personalAmong, personalStoresOf } from './personal-data';
import { personalDataRow } from './row';

const TRAIL = 'AWS::CloudTrail::Trail';

/** The type under which CloudTrail records access to a store, and the ARN that stands for all of them. */
const RECORDED: Readonly<Record<string, { readonly type: string; readonly every: RegExp }>> = {
  'AWS::DynamoDB::GlobalTable': { type: 'AWS::DynamoDB::Table', every: /^arn:[^:]*:dynamodb$/ },
  'AWS::DynamoDB::Table': { type: 'AWS::DynamoDB::Table', every: /^arn:[^:]*:dynamodb$/ },
  'AWS::S3::Bucket': { type: 'AWS::S3::Object', every: /^arn:[^:]*:s3(:::)?$/ },
};

/** Rules on the record of who read personal data, with their levels. */
export const ACCESS_RECORD_ROWS: readonly PackRule[] = [
  personalDataRow('info', {
    id: 'PersonalDataAccessIsRecorded',
    title: 'the trail of an app records who reads its personal data',
    risk: 'After a breach nobody can tell whose data was read: everybody has to be told, and nobody knows for how long it went on.',
    fix: 'Add entries to AdvancedEventSelectors with eventCategory Data and resources.type AWS::S3::Object or AWS::DynamoDB::Table, or to EventSelectors with DataResources that name the stores. CDK: trail.addEventSelector(DataResourceType.…, arns) or trail.logAllS3DataEvents(); left out there is none.',
    references: { gdpr: ['32(1)(d)', '33(1)', '5(2)'], pciDss: ['10.2.1.1'], cwe: ['CWE-778'] },
    resourceTypes: [TRAIL],
    test: (properties) => {
      const { resource, world } = properties;
      const trails = world.app.resourcesOfType(TRAIL).filter((trail) => world.exists(trail));
      // It is one fault of all trails, and told at the first.
      if (trails[0] !== resource) return NOT_APPLICABLE;
      const views = trails.map((trail) => world.view(trail));
      // That no object of any bucket is recorded, TrailRecordsObjectAccess tells.
      const hasObjects = views.some((view) => objectEventsOf(view).chosen !== false);
      const candidates = personalStoresOf(world.app).filter(
        ({ type }) => RECORDED[type] !== undefined && (hasObjects || type !== 'AWS::S3::Bucket'),
      );
      const stores = personalAmong(candidates, world)
        .filter(({ description, view }) => !isAskedAsAccountData(description, view.resource))
        .map(({ view }) => view.resource);
      if (stores.length === 0) return NOT_APPLICABLE;
      const missing = stores.filter((store) => !views.some((view) => records(view, store)));
      if (missing.length === 0) return COMPLIANT;
      const at = properties.at('AdvancedEventSelectors').isPresent
        ? properties.at('AdvancedEventSelectors')
        : properties.at('EventSelectors');
      const told = missing.map(({ logicalId }) => logicalId).join(', ');
      return violation(
        at,
        `without ${missing.length} of ${stores.length} stores of personal data`,
        'all of them',
        told,
      );
    },
  }),
  personalDataRow('info', {
    id: 'TrailReadsAreRecorded',
    title: 'it is recorded who reads the bucket that keeps the audit trail',
    risk: 'Whoever reads the trail learns what is watched, by whom, and what is not; and nobody learns that somebody did.',
    fix: 'Let the trail record access to objects of its own bucket too (DataResources or AdvancedEventSelectors without a list of buckets), or set LoggingConfiguration of the bucket to another one. CDK: trail.logAllS3DataEvents(), or serverAccessLogsBucket on the Bucket.',
    references: {
      gdpr: ['25(1)', '32(1)(d)'],
      pciDss: ['10.2.1.3'],
      securityHub: ['CloudTrail.7'],
      cwe: ['CWE-778'],
    },
    resourceTypes: ['AWS::S3::Bucket'],
    test: (properties) => {
      const { resource, world } = properties;
      const trails = world.app.resourcesOfType(TRAIL).filter((trail) => world.exists(trail));
      const views = trails.map((trail) => world.view(trail));
      if (!views.some((view) => view.at('S3BucketName').reference() === resource)) return NOT_APPLICABLE;
      if (properties.at('LoggingConfiguration').isPresent) return COMPLIANT;
      // That no object of any bucket is recorded, TrailRecordsObjectAccess tells.
      if (!views.some((view) => objectEventsOf(view).chosen !== false)) return NOT_APPLICABLE;
      if (views.some((view) => records(view, resource))) return COMPLIANT;
      const want = 'another bucket, or a trail that records access to this one';
      return violation(properties.at('LoggingConfiguration'), 'absent', want);
    },
  }),
];

/** Of tables with account data, AccountDataAccessIsRecorded asks. */
function isAskedAsAccountData(description: DataDescription, { type }: Resource): boolean {
  return type !== 'AWS::S3::Bucket' && holdsAccountData(description);
}

function records(trail: Cursor, store: Resource): boolean {
  const row = RECORDED[store.type];
  if (row === undefined) return false;
  const advanced = mapsIn(trail.at('AdvancedEventSelectors').value());
  const basic = mapsIn(trail.at('EventSelectors').value());
  return (
    advanced.some(({ FieldSelectors: fields }) => choosesAdvanced(mapsIn(fields), row, store)) ||
    basic.some(
      ({ ReadWriteType: kind, DataResources: resources }) =>
        String(kind ?? 'All') === 'All' &&
        mapsIn(resources).some(
          ({ Type: type, Values: values }) =>
            type === row.type && listOf(values).some((arn) => takes(arn, row.every, store)),
        ),
    )
  );
}

function choosesAdvanced(
  fields: readonly ValueMap[],
  { type, every }: { readonly type: string; readonly every: RegExp },
  store: Resource,
): boolean {
  const field = (name: string) => fields.find(({ Field: named }) => named === name);
  if (!listOf(field('resources.type')?.Equals).includes(type)) return false;
  if (field('readOnly') !== undefined || field('eventName') !== undefined) return false;
  const arn = field('resources.ARN');
  if (arn === undefined) return true;
  const { Equals: equal, StartsWith: begun, NotEquals: unequal, NotStartsWith: notBegun } = arn;
  const isAmong = (arns: readonly Value[]) => arns.some((one) => takes(one, every, store));
  const wanted = [...listOf(equal), ...listOf(begun)];
  // CloudTrail asks for all operators of a field: what is left out stays out, and the rest is taken where nothing is named.
  if (isAmong([...listOf(unequal), ...listOf(notBegun)])) return false;
  return wanted.length > 0 ? isAmong(wanted) : arn.EndsWith === undefined;
}

function takes(arn: Value, every: RegExp, store: Resource): boolean {
  if (resourcesIn(arn).includes(store)) return true;
  const text = String(arn);
  const name = store.properties.BucketName ?? store.properties.TableName;
  return every.test(text) || (typeof name === 'string' && new RegExp(`[:/]${escaped(name)}(/|$)`).test(text));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function listOf(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : isValueList(value) ? value : [value];
}

function mapsIn(value: Value | undefined): readonly ValueMap[] {
  return listOf(value).filter(isValueMap);
}
