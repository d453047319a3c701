import { type Connector, hop, resourceParty } from '../connector';
import { clientsOf, encryptionOf, keyOf, store } from '../data-store';
import type { Fact } from '../fact';
import { stated } from '../observed';

/**
 * Amazon MQ brokers: every endpoint is TLS (`amqps`, `ssl`, `mqtt+ssl`, `stomp+ssl`, `wss`), and no configuration
 * opens another, so there is nothing to require.
 *
 * Source: Amazon MQ developer guide, "data-protection", from memory; not read again.
 */
export const mq: Connector = {
  service: 'mq',
  types: ['AWS::AmazonMQ::Broker'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const owned = view.at('EncryptionOptions', 'UseAwsOwnedKey').boolean();
    const key = view.at('EncryptionOptions', 'KmsKeyId');
    return [
      hop(view, {
        kind: 'mq.broker',
        from: clientsOf(view.at('PubliclyAccessible')),
        to: resourceParty(resource),
        protocol: stated(view, 'tls'),
        floor: stated(view, 'TLSv1.2'),
        clientAuthentication: stated(view.at('Users'), 'token'),
        certificate: stated(view, 'service-owned'),
      }),
      store(view, {
        kind: 'mq',
        encryption: encryptionOf({
          key,
          withoutKey: owned.state === 'given' && !owned.value ? 'aws-managed-key' : 'service-key',
        }),
        key: keyOf(key),
      }),
    ];
  },
};
