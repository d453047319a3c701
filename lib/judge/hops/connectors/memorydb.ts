import { type Connector, hop, resourceParty } from '../connector';
import { encryptionOf, keyOf, store, VPC } from '../data-store';
import type { ClientAuthentication, Fact, HopProtocol } from '../fact';
import { observe, stated } from '../observed';

/** The ACL that lets anyone in, with any command; a cluster without TLS can have no other. */
const OPEN_ACCESS = 'open-access';

/** MemoryDB clusters. */
export const memoryDb: Connector = {
  service: 'memorydb',
  types: ['AWS::MemoryDB::Cluster'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const tls = view.at('TLSEnabled');
    const acl = view.at('ACLName');
    const key = view.at('KmsKeyId');
    // The name of an ACL of this app is never the built-in one.
    const authentication =
      acl.reference() === undefined
        ? observe<ClientAuthentication, string>(acl, acl.string(), {
            map: (name) => (name.toLowerCase() === OPEN_ACCESS ? 'none' : 'token'),
            otherwise: 'none',
          })
        : stated<ClientAuthentication>(acl, 'token', { given: true });
    return [
      hop(view, {
        kind: 'memorydb.cluster',
        from: VPC,
        to: resourceParty(resource),
        protocol: observe<HopProtocol, boolean>(tls, tls.boolean(), {
          map: (enabled) => (enabled ? 'tls' : 'plaintext'),
          otherwise: 'tls',
        }),
        // MemoryDB developer guide, "In-transit encryption": TLS 1.2 at least (from memory).
        floor: stated(tls, 'TLSv1.2'),
        clientAuthentication: authentication,
        certificate: stated(view, 'service-owned'),
      }),
      store(view, {
        kind: 'memorydb',
        encryption: encryptionOf({ key, withoutKey: 'service-key' }),
        key: keyOf(key),
      }),
    ];
  },
};
