import { defaultTlsPolicyOf } from '../../../core/tls';
import type { Cursor } from '../../template';
import { type CertificateBehind, certificateBehind } from '../certificate-arn';
import { type Connector, hop, resourceParty } from '../connector';
import { encryptionOf, INTERNET, keyOf, store, VPC } from '../data-store';
import type { Fact, HopProtocol } from '../fact';
import { hidden, none, type Observed, observe, stated } from '../observed';

const SERVICE = 'opensearch';

/** OpenSearch domains, and those of its former name Elasticsearch. */
export const openSearch: Connector = {
  service: 'opensearch',
  types: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const endpoint = view.at('DomainEndpointOptions');
    const enforced = endpoint.at('EnforceHTTPS');
    const policy = endpoint.at('TLSSecurityPolicy');
    const nodeToNode = view.at('NodeToNodeEncryptionOptions', 'Enabled');
    const key = view.at('EncryptionAtRestOptions', 'KmsKeyId');
    const self = resourceParty(resource);
    return [
      hop(view, {
        kind: 'opensearch.domain',
        from: view.at('VPCOptions').isPresent ? VPC : INTERNET,
        to: self,
        protocol: observe<HopProtocol, boolean>(enforced, enforced.boolean(), {
          map: (https) => (https ? 'tls' : 'tls-or-plaintext'),
          otherwise: 'tls-or-plaintext',
        }),
        policyService: SERVICE,
        tlsPolicy: observe(policy, policy.string(), { otherwise: defaultTlsPolicyOf(SERVICE)?.name }),
        clientAuthentication: authenticationOf(view),
        ...certificateOf(endpoint),
      }),
      hop(view, {
        kind: 'opensearch.node-to-node',
        from: self,
        to: self,
        protocol: observe<HopProtocol, boolean>(nodeToNode, nodeToNode.boolean(), {
          map: (enabled) => (enabled ? 'tls' : 'plaintext'),
          otherwise: 'plaintext',
        }),
        // OpenSearch Service guide, "Node-to-node encryption": TLS 1.2 within the VPC of the domain (from memory).
        floor: stated(nodeToNode, 'TLSv1.2'),
        certificate: stated(nodeToNode, 'service-owned'),
      }),
      store(view, {
        kind: 'opensearch',
        encryption: encryptionOf({
          flag: view.at('EncryptionAtRestOptions', 'Enabled'),
          key,
          withoutKey: 'aws-managed-key',
        }),
        key: keyOf(key),
      }),
    ];
  },
};

/** The service's own name keeps its own certificate; the custom name has the one that is given. */
function certificateOf(endpoint: Cursor): CertificateBehind {
  const enabled = endpoint.at('CustomEndpointEnabled');
  const custom = enabled.boolean();
  if (custom.state === 'unresolved') return { certificate: hidden(enabled, custom.why) };
  return custom.state === 'given' && custom.value
    ? certificateBehind(endpoint.at('CustomEndpointCertificateArn'))
    : { certificate: stated(endpoint, 'service-owned') };
}

/** Fine-grained access control asks for a user or a role; the access policy alone may ask for nobody. */
function authenticationOf(view: Cursor): Observed<'token'> {
  const at = view.at('AdvancedSecurityOptions', 'Enabled');
  const enabled = at.boolean();
  return enabled.state === 'given' && enabled.value ? stated(at, 'token', { given: true }) : none(at);
}
