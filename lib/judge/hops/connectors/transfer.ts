import { defaultTlsPolicyOf } from '../../../core/tls';
import type { Cursor } from '../../template';
import { certificateBehind } from '../certificate-arn';
import { type Connector, type HopParts, hop, resourceParty } from '../connector';
import { INTERNET, VPC } from '../data-store';
import type { Fact, HopProtocol, Party } from '../fact';
import { hidden, none, type Observed, observe, stated } from '../observed';
import { protocolOf, urlAt } from '../url';

/** Transfer Family: servers that partners connect to, and connectors that call partners. */
export const transfer: Connector = {
  service: 'transfer',
  types: ['AWS::Transfer::Server', 'AWS::Transfer::Connector'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    return resource.type === 'AWS::Transfer::Connector' ? [connectorHop(view)] : serverHops(view);
  },
};

/** AS2 travels over HTTP: what protects a message is its own encryption, which the sender chooses. */
const PROTOCOLS: Readonly<Record<string, HopProtocol>> = {
  SFTP: 'ssh',
  FTPS: 'tls',
  FTP: 'plaintext',
  AS2: 'plaintext',
};

function serverHops(view: Cursor): readonly Fact[] {
  const at = view.at('Protocols');
  const list = at.list();
  if (list.state === 'unresolved') return [serverHop(view, undefined, hidden(at, list.why))];
  // A server without protocols offers SFTP.
  if (list.state === 'absent' || list.value.length === 0) return [serverHop(view, 'SFTP', stated(at, 'ssh'))];
  return list.value.map((item) => {
    const name = item.string();
    const protocol = observe<HopProtocol, string>(item, name, {
      map: (value) => PROTOCOLS[value.toUpperCase()],
      otherwise: 'ssh',
    });
    return serverHop(view, name.state === 'given' ? name.value.toUpperCase() : undefined, protocol);
  });
}

function serverHop(view: Cursor, label: string | undefined, protocol: Observed<HopProtocol>): Fact {
  const parts: HopParts = {
    kind: 'transfer.server',
    label,
    from: callersOf(view),
    to: resourceParty(view.resource),
    protocol,
    clientAuthentication: stated(view.at('IdentityProviderType'), 'token'),
    acceptsWrites: true,
  };
  const isGovernedByPolicy = protocol.value === 'tls' || protocol.value === 'ssh';
  const policy = view.at('SecurityPolicyName');
  return hop(view, {
    ...parts,
    ...(isGovernedByPolicy && {
      policyService: 'transfer' as const,
      tlsPolicy: observe(policy, policy.string(), { otherwise: defaultTlsPolicyOf('transfer')?.name }),
    }),
    ...(protocol.value === 'tls' && certificateBehind(view.at('Certificate'))),
  });
}

/** A server is public unless it is put into a VPC, where addresses may still make it public. */
function callersOf(view: Cursor): Party {
  const type = view.at('EndpointType').string();
  const isInVpc = type.state === 'given' && type.value !== 'PUBLIC';
  return isInVpc && !view.at('EndpointDetails', 'AddressAllocationIds').isPresent ? VPC : INTERNET;
}

function connectorHop(view: Cursor): Fact {
  const urlPlace = view.at('Url');
  const url = urlAt(urlPlace);
  const keys = view.at('SftpConfig', 'TrustedHostKeys');
  // Without a URL the connector reaches an SFTP server through VPC Lattice.
  const isSftp = url.scheme.value === 'sftp' || (!urlPlace.isPresent && view.at('SftpConfig').isPresent);
  const parts: HopParts = {
    kind: 'transfer.connector',
    label: isSftp ? 'SFTP' : 'AS2',
    from: resourceParty(view.resource),
    to: { what: 'external', name: url.host === '' ? 'a partner' : url.host },
    protocol: isSftp ? stated(urlPlace, 'ssh', { given: urlPlace.isPresent }) : protocolOf(url),
    // A connector without host keys refuses to connect; one of AS2 checks the certificate.
    serverAuthenticated: isSftp ? stated(keys, true, { given: keys.isPresent }) : stated(urlPlace, true),
    clientAuthentication: stated(view, 'token'),
    certificate: none(view),
  };
  const policy = view.at('SecurityPolicyName');
  return hop(view, {
    ...parts,
    ...(isSftp && {
      policyService: 'transfer-connector' as const,
      tlsPolicy: observe(policy, policy.string(), {
        otherwise: defaultTlsPolicyOf('transfer-connector')?.name,
      }),
    }),
  });
}
