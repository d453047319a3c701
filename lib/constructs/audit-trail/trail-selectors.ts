import { Token } from 'aws-cdk-lib';
import type { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { byCodeUnit } from '../../core/order';
import { invalidProperty, type Place } from '../invalid-property';
import type { DataEvents } from './data-events';

type Selector = CfnTrail.AdvancedEventSelectorProperty;
type Field = CfnTrail.AdvancedFieldSelectorProperty;

/**
 * A trail takes so many values in all conditions of all its advanced selectors together. (That of five selectors, which
 * is better known, is one of the older kind.)
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
 */
const MOST_VALUES = 500;
/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html */
const LONGEST_VALUE = 2048;
/** How CloudTrail names a service that records calls at endpoints: `kms.amazonaws.com`. */
const EVENT_SOURCE = /^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*\.amazonaws\.com$/;
/** The one error code that CloudTrail takes here: an endpoint's policy has refused the call. */
const REFUSED = 'VpceAccessDenied';

/** What a trail records. */
export interface Recorded {
  readonly dataEvents: readonly DataEvents[];
  /** Services whose calls are recorded where the policy of an endpoint refuses them. */
  readonly refusedAtEndpoints: readonly string[];
  /** ARNs of the buckets of the trail: recording who writes there would record itself. */
  readonly ownBuckets: readonly string[];
}

/**
 * The selectors of a trail: every management event, and what was asked for besides.
 *
 * Each type of resource, and each service whose endpoints are watched, needs a selector of its own.
 *
 * @throws TransmissionError where they are more than CloudTrail takes
 */
export function selectorsFor(place: Place, recorded: Recorded): Selector[] {
  const selectors = [
    selector('Every management event', { field: 'eventCategory', equalTo: ['Management'] }),
    ...dataSelectors(recorded),
    ...[...recorded.refusedAtEndpoints].sort(byCodeUnit).map(endpointSelector),
  ];
  checkValues(place, selectors);
  return selectors;
}

/** Refuses services that CloudTrail could not mean, and the same one twice. */
export function checkEventSources(place: Place, property: string, sources: readonly string[]): void {
  for (const [index, source] of sources.entries()) {
    if (Token.isUnresolved(source)) continue;
    if (!EVENT_SOURCE.test(source)) {
      throw invalidProperty(
        place,
        `'${property}' must name services as CloudTrail does, got ${JSON.stringify(source.slice(0, 80))}, write such as kms.amazonaws.com`,
      );
    }
    if (sources.indexOf(source) === index) continue;
    throw invalidProperty(place, `'${property}' holds ${source} twice, remove one`);
  }
}

/** One selector for each type, which takes every resource where one of those given does. */
function dataSelectors({ dataEvents, ownBuckets }: Recorded): Selector[] {
  const types = [...new Set(dataEvents.map(({ resourceType }) => resourceType))].sort(byCodeUnit);
  return types.map((type) => {
    const events = dataEvents.filter(({ resourceType }) => resourceType === type);
    const fields: Field[] = [
      { field: 'eventCategory', equalTo: ['Data'] },
      { field: 'resources.type', equalTo: [type] },
    ];
    return selector(events[0]?.name ?? type, ...fields, ...arnFields(type, events, ownBuckets));
  });
}

function arnFields(type: string, events: readonly DataEvents[], ownBuckets: readonly string[]): Field[] {
  const field = 'resources.ARN';
  if (events.some(({ ofEvery }) => ofEvery)) {
    if (type !== 'AWS::S3::Object') return [];
    return [{ field, notStartsWith: ownBuckets.map((arn) => `${arn}/`) }];
  }
  const equalTo = distinct(events.flatMap((one) => one.equalTo));
  const startsWith = distinct(events.flatMap((one) => one.startsWith));
  return [
    {
      field,
      equalTo: equalTo.length > 0 ? equalTo : undefined,
      startsWith: startsWith.length > 0 ? startsWith : undefined,
    },
  ];
}

function endpointSelector(source: string): Selector {
  return selector(
    `Calls of ${source} that an endpoint refuses`,
    { field: 'eventCategory', equalTo: ['NetworkActivity'] },
    { field: 'eventSource', equalTo: [source] },
    { field: 'errorCode', equalTo: [REFUSED] },
  );
}

function selector(name: string, ...fieldSelectors: Field[]): Selector {
  return { name, fieldSelectors };
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function checkValues(place: Place, selectors: readonly Selector[]): void {
  const values = selectors.flatMap((one) => (one.fieldSelectors as readonly Field[]).flatMap(valuesOf));
  if (values.length > MOST_VALUES) {
    throw invalidProperty(
      place,
      `what is recorded must fit into ${MOST_VALUES} values, which is what CloudTrail takes in all selectors of a trail, got ${values.length}, ` +
        `record every resource of a type instead (such as DataEvents.everyObject()), or make another trail for the rest`,
    );
  }
  const tooLong = values.find((value) => !Token.isUnresolved(value) && value.length > LONGEST_VALUE);
  if (tooLong === undefined) return;
  throw invalidProperty(
    place,
    `'dataEvents' must hold ARNs and prefixes of at most ${LONGEST_VALUE} characters, got one of ${tooLong.length}, shorten the prefix`,
  );
}

function valuesOf(field: Field): readonly string[] {
  const { equalTo, startsWith, endsWith, notEquals, notStartsWith, notEndsWith } = field;
  return [equalTo, startsWith, endsWith, notEquals, notStartsWith, notEndsWith].flatMap((list) => list ?? []);
}
