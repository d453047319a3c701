import { type Connector, hop, resourceParty } from '../connector';
import { store, VPC } from '../data-store';
import type { Fact, HopProtocol, Store } from '../fact';
import { observe, stated } from '../observed';

const ENDPOINTS: Readonly<Record<string, HopProtocol>> = { NONE: 'plaintext', TLS: 'tls' };

/** DynamoDB Accelerator: the cache speaks plaintext unless it is told otherwise at creation. */
export const dax: Connector = {
  service: 'dax',
  types: ['AWS::DAX::Cluster'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const endpoint = view.at('ClusterEndpointEncryptionType');
    const sse = view.at('SSESpecification', 'SSEEnabled');
    return [
      hop(view, {
        kind: 'dax.cluster',
        from: VPC,
        to: resourceParty(resource),
        protocol: observe<HopProtocol, string>(endpoint, endpoint.string(), {
          map: (value) => ENDPOINTS[value.toUpperCase()],
          otherwise: 'plaintext',
        }),
        // DAX requests are signed, with or without TLS.
        clientAuthentication: stated(view, 'iam'),
        certificate: stated(view, 'service-owned'),
      }),
      store(view, {
        kind: 'dax',
        encryption: observe<NonNullable<Store['encryption']['value']>, boolean>(sse, sse.boolean(), {
          map: (enabled) => (enabled ? 'aws-managed-key' : 'none'),
          otherwise: 'none',
        }),
      }),
    ];
  },
};
