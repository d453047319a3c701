import type { Cursor } from '../../template';
import type { Connector } from '../connector';
import { encryptionOf, keyOf, store } from '../data-store';
import type { Fact, Store } from '../fact';
import { hidden, type Observed, observe, stated } from '../observed';

/**
 * DynamoDB tables. A global table, which is what `TableV2` makes, has one store for each region it is kept in.
 *
 * Every table is encrypted: without `SSEEnabled`, with a key that DynamoDB owns.
 */
export const dynamoDb: Connector = {
  service: 'dynamodb',
  types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  makes: ['store'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    if (resource.type === 'AWS::DynamoDB::Table') {
      const key = view.at('SSESpecification', 'KMSMasterKeyId');
      return [
        store(view, {
          kind: 'dynamodb',
          encryption: tableEncryption(view, key),
          key: keyOf(key),
          pointInTimeRecovery: recoveryOf(view),
        }),
      ];
    }
    const replicas = view.at('Replicas');
    const list = replicas.list();
    if (list.state === 'given') return list.value.map((replica) => replicaStore(view, replica));
    const why = list.state === 'unresolved' ? list.why : 'a global table has to have one';
    const encryption = hidden<NonNullable<Store['encryption']['value']>>(replicas, why);
    return [store(view, { kind: 'dynamodb', encryption, pointInTimeRecovery: hidden(replicas, why) })];
  },
};

function replicaStore(view: Cursor, replica: Cursor): Store {
  const key = replica.at('SSESpecification', 'KMSMasterKeyId');
  const region = replica.at('Region').string();
  return {
    ...store(view, {
      kind: 'dynamodb',
      encryption: tableEncryption(view, key),
      key: keyOf(key),
      pointInTimeRecovery: recoveryOf(replica),
    }),
    // `Ref: AWS::Region` is the stack's, where that is known at all.
    region: region.state === 'given' ? region.value : view.resource.template.region,
  };
}

function tableEncryption(view: Cursor, key: Cursor): Store['encryption'] {
  const enabled = view.at('SSESpecification', 'SSEEnabled');
  const on = enabled.boolean();
  if (on.state === 'unresolved') return hidden(enabled, on.why);
  if (on.state === 'absent' || !on.value) return stated(enabled, 'service-key', { given: enabled.isPresent });
  return encryptionOf({ key, withoutKey: 'aws-managed-key' });
}

function recoveryOf(at: Cursor): Observed<boolean> {
  const enabled = at.at('PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled');
  return observe(enabled, enabled.boolean(), { otherwise: false });
}
