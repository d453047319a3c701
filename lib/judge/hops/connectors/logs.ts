import type { Connector } from '../connector';
import { daysOf, encryptionOf, keyOf, store } from '../data-store';
import type { Fact } from '../fact';
import { stated } from '../observed';

/**
 * Log groups of CloudWatch Logs. A group of the class for delivery hands its entries on and keeps them for a day,
 * whatever its retention says: it is a store of another kind.
 */
export const logs: Connector = {
  service: 'logs',
  types: ['AWS::Logs::LogGroup'],
  makes: ['store'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const key = view.at('KmsKeyId');
    const group = view.at('LogGroupClass');
    const reading = group.string();
    const isRelay = reading.state === 'given' && reading.value === 'DELIVERY';
    return [
      store(view, {
        kind: isRelay ? 'logs-delivery' : 'logs',
        encryption: encryptionOf({ key, withoutKey: 'service-key' }),
        key: keyOf(key),
        retentionDays: isRelay ? stated(group, 1) : daysOf(view.at('RetentionInDays'), undefined),
      }),
    ];
  },
};
