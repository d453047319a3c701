import {
  type Cursor,
  isValueList,
  isValueMap,
  Unresolved,
  type Value,
  type ValueMap,
  whyUnresolved,
} from '../../template';

/** Whether the selectors of a trail choose something, and where they stand. */
export interface Selection {
  readonly chosen: boolean | Unresolved;
  readonly at: Cursor;
}

const OBJECT = 'AWS::S3::Object';

/** Whether a trail records every management event, reads and writes, of every service: it does by default. */
export function managementEventsOf(trail: Cursor): Selection {
  return selection(trail, true, isAllManagement, isAllManagementAdvanced);
}

/** Whether a trail records who reads and writes objects: of all buckets, or of those that it names. */
export function objectEventsOf(trail: Cursor): Selection {
  return selection(trail, false, isObjectAccess, isObjectAccessAdvanced);
}

function selection(
  trail: Cursor,
  byDefault: boolean,
  chooses: (selector: ValueMap) => boolean,
  choosesAdvanced: (fields: readonly ValueMap[]) => boolean,
): Selection {
  const advanced = trail.at('AdvancedEventSelectors');
  if (advanced.isPresent) {
    return chosen(advanced, ({ FieldSelectors: fields }) => choosesAdvanced(mapsIn(fields)));
  }
  const basic = trail.at('EventSelectors');
  return basic.isPresent ? chosen(basic, chooses) : { chosen: byDefault, at: basic };
}

function chosen(at: Cursor, chooses: (selector: ValueMap) => boolean): Selection {
  const value = at.value();
  const selectors = mapsIn(value);
  // One that is written out suffices, whatever stands in the others.
  if (selectors.some((one) => whyHidden(one) === undefined && chooses(one))) return { chosen: true, at };
  const why = whyHidden(value);
  return { chosen: why === undefined ? false : new Unresolved(why), at };
}

/** The ARNs of buckets are known at deployment only, and are none the worse for it. */
function whyHidden(value: Value | undefined): string | undefined {
  if (isValueList(value)) return value.map(whyHidden).find((why) => why !== undefined);
  if (!isValueMap(value)) return whyUnresolved(value);
  return Object.entries(value)
    .map(([key, item]) => (key === 'Values' ? undefined : whyHidden(item)))
    .find((why) => why !== undefined);
}

function isAllManagement(selector: ValueMap): boolean {
  const {
    IncludeManagementEvents: included,
    ReadWriteType: kind,
    ExcludeManagementEventSources: without,
  } = selector;
  return (
    String(included ?? 'true') === 'true' &&
    String(kind ?? 'All') === 'All' &&
    (!isValueList(without) || without.length === 0)
  );
}

function isAllManagementAdvanced(fields: readonly ValueMap[]): boolean {
  return fields.length === 1 && isField(fields, 'eventCategory', 'Management');
}

function isObjectAccess(selector: ValueMap): boolean {
  return (
    String(selector.ReadWriteType ?? 'All') === 'All' &&
    mapsIn(selector.DataResources).some(
      ({ Type: type, Values: values }) => type === OBJECT && isValueList(values) && values.length > 0,
    )
  );
}

function isObjectAccessAdvanced(fields: readonly ValueMap[]): boolean {
  const isNarrowed = fields.some(({ Field: field }) => field === 'readOnly' || field === 'eventName');
  return !isNarrowed && isField(fields, 'eventCategory', 'Data') && isField(fields, 'resources.type', OBJECT);
}

function isField(fields: readonly ValueMap[], name: string, wanted: string): boolean {
  return fields.some(
    ({ Field: field, Equals: values }) => field === name && isValueList(values) && values.includes(wanted),
  );
}

function mapsIn(value: Value | undefined): readonly ValueMap[] {
  return isValueList(value) ? value.filter(isValueMap) : isValueMap(value) ? [value] : [];
}
