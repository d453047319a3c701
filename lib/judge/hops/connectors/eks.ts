import type { Cursor } from '../../template';
import { type Connector, hop, resourceParty } from '../connector';
import { INTERNET, keyOf, store, VPC } from '../data-store';
import type { Fact, Store } from '../fact';
import { hidden, type Observed, stated } from '../observed';

/** Kubernetes API servers. AWS runs them with TLS 1.2 at least; workloads inside the cluster are out of sight. */
export const eks: Connector = {
  service: 'eks',
  types: ['AWS::EKS::Cluster'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const publicly = view.at('ResourcesVpcConfig', 'EndpointPublicAccess');
    const open = publicly.boolean();
    const key = keyAt(view);
    return [
      hop(view, {
        kind: 'eks.api',
        // The API server is public unless it is told otherwise.
        from: open.state === 'given' && !open.value ? VPC : INTERNET,
        to: resourceParty(resource),
        protocol: stated(view, 'tls'),
        floor: stated(view, 'TLSv1.2'),
        // The certificate authority of the cluster is part of every kubeconfig.
        serverAuthenticated: stated(view, true),
        clientAuthentication: stated(view.at('AccessConfig'), 'iam'),
        certificate: stated(view, 'private-ca'),
      }),
      store(view, { kind: 'eks', encryption: encryptionAt(view, key), key: key && keyOf(key) }),
    ];
  },
};

/** The key that wraps the cluster's secrets, in the one entry that `EncryptionConfig` takes. */
function keyAt(view: Cursor): Cursor | undefined {
  return view
    .at('EncryptionConfig')
    .items()
    .map((entry) => entry.at('Provider', 'KeyArn'))
    .find((key) => key.isPresent);
}

function encryptionAt(
  view: Cursor,
  key: Cursor | undefined,
): Observed<NonNullable<Store['encryption']['value']>> {
  const at = view.at('EncryptionConfig');
  const list = at.list();
  if (list.state === 'unresolved') return hidden(at, list.why);
  return key === undefined ? stated(at, 'service-key') : stated(key, 'customer-key', { given: true });
}
