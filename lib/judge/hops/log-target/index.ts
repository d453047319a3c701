import type { App, Cursor, Resource } from '../../template';
import type { Connector } from '../connector';
import { bucketAlgorithm, bucketPolicies, ownBucket } from '../connectors/s3';
import type { LogDeliveryFact, LogTarget } from '../log-facts';
import { hidden, type Observed, stated } from '../observed';
import type { PolicyPlace } from '../plaintext-denial';
import { deliveriesTo, hasDeliveries, type LogDelivery } from './deliveries';
import { LOG_WRITERS, type LogWriter } from './log-writer';
import { refusedBy } from './refusal';

export { LOG_WRITERS, type LockTolerance, type LogWriter } from './log-writer';

/** The logs that come to a bucket, and what of it decides whether they arrive; none where no log does. */
export const logTarget: Connector = {
  service: 'log-target',
  types: [],
  makes: ['log-target'],
  facts(resource, world): readonly LogTarget[] {
    const view = world.view(resource);
    const deliveries = deliveriesTo(resource, world);
    if (deliveries.length === 0) return [];
    const policies = bucketPolicies(view);
    return [
      {
        fact: 'log-target',
        resource,
        deliveries: deliveries.map((delivery) => deliveryFact(view, delivery, policies)),
        encryption: bucketAlgorithm(view),
        objectLock: objectLockOf(view),
        region: resource.template.region,
        when: world.when,
      },
    ];
  },
  // Nothing that travels hangs on it: whether logs arrive is not known, and everything else of the bucket is.
  untried(view, why): readonly LogTarget[] {
    const { resource } = view;
    const writers = Object.values(LOG_WRITERS);
    const delivery = {
      from: resource,
      writers,
      which: hidden<LogWriter>(view, why),
      refused: stated(view, false),
    };
    return [
      {
        fact: 'log-target',
        resource,
        deliveries: [delivery],
        encryption: hidden(view, why),
        objectLock: hidden(view, why),
        region: resource.template.region,
        when: undefined,
      },
    ];
  },
};

/** Buckets that something writes logs to in some world. */
export function logBuckets(app: App): readonly Resource[] {
  return app.resourcesOfType('AWS::S3::Bucket').filter((bucket) => hasDeliveries(bucket, app));
}

function deliveryFact(
  view: Cursor,
  { writers, bucket, from }: LogDelivery,
  policies: readonly PolicyPlace[],
): LogDeliveryFact {
  const [first] = writers;
  const which =
    writers.length === 1 && first !== undefined
      ? stated(bucket, first, { given: true })
      : hidden<LogWriter>(bucket, 'the type of the load balancer that writes them is not known');
  return { from, writers, which, refused: refusalOf(view, writers, policies) };
}

/** Whether the policy of the bucket refuses what is written. Only a statement that surely does is told. */
function refusalOf(
  view: Cursor,
  writers: readonly LogWriter[],
  policies: readonly PolicyPlace[],
): Observed<boolean> {
  const bucket = ownBucket(view);
  for (const { at, document } of policies) {
    if (document.state !== 'given') continue;
    const found = writers.map((writer) => refusedBy(document.statements, writer, bucket));
    const [first] = found;
    if (first === undefined || found.includes(undefined)) continue;
    const { resource, path } = first;
    return { ...stated(at, true, { given: true }), resource, path, got: 'a Deny of what the service writes' };
  }
  return stated(view, false);
}

/** Object Lock has to be enabled for a retention to count. */
function objectLockOf(view: Cursor): LogTarget['objectLock'] {
  const enabled = view.at('ObjectLockEnabled');
  const configuration = view.at('ObjectLockConfiguration');
  const retention = configuration.at('Rule', 'DefaultRetention');
  const rule = configuration.at('Rule');
  const reading = enabled.boolean();
  if (reading.state === 'unresolved') return hidden(enabled, reading.why);
  const state = configuration.at('ObjectLockEnabled').string();
  if (state.state === 'unresolved') return hidden(configuration.at('ObjectLockEnabled'), state.why);
  const isOn = (reading.state === 'given' && reading.value) || state.state === 'given';
  if (!isOn) return stated(enabled, 'off');
  const entries = rule.isPresent ? rule.entries() : undefined;
  if (entries?.state === 'unresolved') return hidden(rule, entries.why);
  if (!retention.isPresent) return shown(enabled.isPresent ? enabled : configuration, 'on', 'Object Lock');
  return shown(retention, 'retains', 'a default retention');
}

function shown<T>(place: Cursor, value: T, got: string): Observed<T> {
  return { ...stated(place, value, { given: true }), path: place.path, got };
}
