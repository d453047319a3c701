import { bucketPolicies } from '../../hops/connectors/s3';
import { LOG_WRITERS, type LogWriter } from '../../hops/log-target';
import { deliveriesTo } from '../../hops/log-target/deliveries';
import { type Cursor, isValueList, isValueMap, Unresolved } from '../../template';

const WRITERS: readonly LogWriter[] = Object.values(LOG_WRITERS);

/** What writes logs to a bucket: resources of the app, and services that its policy lets write, for those of other apps. */
export function logWritersOf(bucket: Cursor): readonly LogWriter[] {
  const within = deliveriesTo(bucket.resource, bucket.world).flatMap(({ writers }) => writers);
  const admitted = admittedBy(bucket);
  return [...within, ...WRITERS.filter(({ principal }) => admitted.includes(principal))];
}

/** Whether the audit trail of the app is kept in a bucket. */
export function keepsTrail(bucket: Cursor): boolean {
  return deliveriesTo(bucket.resource, bucket.world).some(
    ({ from }) => from.type === 'AWS::CloudTrail::Trail',
  );
}

function admittedBy(bucket: Cursor): readonly unknown[] {
  return bucketPolicies(bucket).flatMap(({ document }) => {
    if (document.state !== 'given') return [];
    return document.statements.flatMap(({ content }): readonly unknown[] => {
      if (content instanceof Unresolved || content.Effect !== 'Allow') return [];
      const actions = isValueList(content.Action) ? content.Action : [content.Action];
      const principal = isValueMap(content.Principal) ? content.Principal.Service : undefined;
      if (!actions.includes('s3:PutObject')) return [];
      return isValueList(principal) ? principal : [principal];
    });
  });
}
