import type { Cursor } from '../../template';
import { pointingAt } from '../property';

const SOURCE = 'AWS::Logs::DeliverySource';
const DELIVERY = 'AWS::Logs::Delivery';

/** Whether CloudWatch Logs delivers a log of a resource; a cursor where that is hidden. */
export type Delivered = 'yes' | 'no' | { readonly hidden: Cursor };

/**
 * Whether CloudWatch Logs delivers the access log of a resource: there is a source of it, and a delivery of the source.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
export function isDelivered(properties: Cursor): Delivered {
  const { found, hidden } = pointingAt(properties, SOURCE, 'ResourceArn');
  if (hidden !== undefined) return { hidden };
  const sources = found.filter((source) => {
    const type = source.at('LogType').string();
    return type.state !== 'given' || type.value.endsWith('ACCESS_LOGS');
  });
  return sources.some(hasDelivery) ? 'yes' : 'no';
}

function hasDelivery(source: Cursor): boolean {
  const { world, resource } = source;
  const name = source.at('Name').string();
  return world.app.resourcesOfType(DELIVERY).some((delivery) => {
    if (!world.exists(delivery)) return false;
    const at = world.view(delivery).at('DeliverySourceName');
    const named = at.string();
    return (
      at.reference() === resource ||
      (name.state === 'given' && named.state === 'given' && named.value === name.value)
    );
  });
}
