import { unlessSpared } from './backup-bounds';
import { isTrue, unknown } from './property';

const isOn = isTrue('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled');

/**
 * A table can be restored, in each of its regions; unless a copy must not be: of what nobody may keep, and of keys whose
 * destruction erases. The arbiter between the two decides.
 */
export const canBeRestored = unlessSpared((table, context) => {
  if (table.resource.type !== 'AWS::DynamoDB::GlobalTable') return isOn(table, context);
  const replicas = table.at('Replicas');
  const list = replicas.list();
  if (list.state === 'unresolved') return unknown(replicas, list.why);
  return replicas.items().flatMap((replica) => isOn(replica, context));
});
