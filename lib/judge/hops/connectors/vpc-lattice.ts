import type { TlsVersion } from '../../../core/tls';
import type { Cursor, Resource } from '../../template';
import { type Connector, type HopParts, hop, resourceParty } from '../connector';
import type { CertificateSource, ClientAuthentication, Fact, HopProtocol, Party } from '../fact';
import { hidden, none, type Observed, observe, stated } from '../observed';

const LISTENER = 'AWS::VpcLattice::Listener';
const RULE = 'AWS::VpcLattice::Rule';
const SERVICE = 'AWS::VpcLattice::Service';
const NETWORK = 'AWS::VpcLattice::ServiceNetwork';
const ASSOCIATION = 'AWS::VpcLattice::ServiceNetworkServiceAssociation';
const TARGETS = 'AWS::VpcLattice::TargetGroup';

/**
 * VPC Lattice: listeners of services and what stands behind them. Nobody chooses a TLS policy: HTTPS listeners take
 * TLS 1.2 and 1.3, and so do connections to targets, whose certificates are not verified.
 *
 * Sources: VPC Lattice user guide, "https-listeners", "tls-listeners", "target-groups"; reviewed 2026-11-22.
 */
export const vpcLattice: Connector = {
  service: 'vpc-lattice',
  types: [LISTENER, RULE, SERVICE, NETWORK, ASSOCIATION, TARGETS],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    if (resource.type === LISTENER) return [listenerHop(view)];
    if (resource.type === RULE) return foreignRuleHops(view);
    return resource.type === TARGETS ? targetHop(view) : [];
  },
};

const CLIENTS: Party = { what: 'vpc', name: 'clients in the VPCs of its service networks' };

const FLOOR: TlsVersion = 'TLSv1.2';

const LISTENER_PROTOCOLS: Readonly<Record<string, HopProtocol>> = {
  HTTP: 'plaintext',
  HTTPS: 'tls',
  TLS_PASSTHROUGH: 'pass-through',
};

function listenerHop(view: Cursor): Fact {
  const service = view.at('ServiceIdentifier').reference();
  const at = service?.type === SERVICE ? view.world.view(service) : undefined;
  const protocol = listenerProtocol(view);
  const ends: Pick<HopParts, 'kind' | 'from' | 'to' | 'protocol'> = {
    kind: 'vpc-lattice.listener',
    from: CLIENTS,
    to: resourceParty(service ?? view.resource),
    protocol,
  };
  if (protocol.value === 'pass-through') return hop(view, { ...ends, endsHere: false });
  const clientAuthentication = authenticationOf(view, at);
  if (protocol.value !== 'tls') return hop(view, { ...ends, clientAuthentication });
  return hop(view, {
    ...ends,
    floor: stated(view.at('Protocol'), FLOOR),
    serverAuthenticated: stated(view.at('Protocol'), true),
    clientAuthentication,
    certificate: certificateOf(view, at),
  });
}

/** Plaintext that nothing is forwarded for, neither by default nor by a rule, is refused. */
function listenerProtocol(view: Cursor): Observed<HopProtocol> {
  const place = view.at('Protocol');
  const protocol = observe<HopProtocol, string>(place, place.string(), {
    map: (name) => LISTENER_PROTOCOLS[name.toUpperCase()],
    otherwise: undefined,
  });
  if (!place.isPresent) return hidden(place, 'a listener has to have one');
  if (protocol.value !== 'plaintext') return protocol;
  const isRefused = view.at('DefaultAction', 'FixedResponse').isPresent && !rulesOf(view).some(forwards);
  return isRefused ? { ...protocol, value: 'refuses-plaintext' } : protocol;
}

function rulesOf({ world, resource }: Cursor): readonly Cursor[] {
  return world.app
    .referring(resource, RULE, 'ListenerIdentifier')
    .filter((rule) => world.exists(rule))
    .map((rule) => world.view(rule))
    .filter((rule) => rule.at('ListenerIdentifier').reference() === resource);
}

function forwards(rule: Cursor): boolean {
  return !rule.at('Action', 'FixedResponse').isPresent;
}

/** What a rule forwards on a listener that no template at hand makes may have come in clear. */
function foreignRuleHops(view: Cursor): readonly Fact[] {
  const listener = view.at('ListenerIdentifier');
  if (listener.reference()?.type === LISTENER || !forwards(view)) return [];
  const reading = listener.string();
  const why = reading.state === 'unresolved' ? reading.why : 'its listener is not made by a template at hand';
  return [
    hop(view, {
      kind: 'vpc-lattice.listener',
      from: CLIENTS,
      to: resourceParty(view.at('ServiceIdentifier').reference() ?? view.resource),
      protocol: hidden(listener, why),
    }),
  ];
}

/** Lattice makes a certificate for its own name of the service, and takes one of ACM for a name of the customer. */
function certificateOf(view: Cursor, service: Cursor | undefined): Observed<CertificateSource> {
  if (service === undefined) return none(view);
  const arn = service.at('CertificateArn');
  return stated(arn, arn.isPresent ? 'acm' : 'service-owned', { given: arn.isPresent });
}

/** Requests are signed where the service wants it, or where every network does that they can come from. */
function authenticationOf(view: Cursor, service: Cursor | undefined): Observed<ClientAuthentication> {
  const identifier = view.at('ServiceIdentifier');
  if (service === undefined) return hidden(identifier, 'the service is not made by a template at hand');
  const own = authenticationAt(service);
  if (own.value !== 'none') return own;
  const networks = networksOf(service);
  const outside = networks.find((network) => network.value === undefined);
  const open = networks.find((network) => network.value === 'none');
  if (networks.length === 0 || open !== undefined) return own;
  return outside ?? networks[0] ?? own;
}

function authenticationAt(view: Cursor): Observed<ClientAuthentication> {
  const place = view.at('AuthType');
  return observe<ClientAuthentication, string>(place, place.string(), {
    map: (type) => ({ AWS_IAM: 'iam', NONE: 'none' })[type] as ClientAuthentication | undefined,
    otherwise: 'none',
  });
}

function networksOf({ world, resource: service }: Cursor): readonly Observed<ClientAuthentication>[] {
  return world.app
    .referring(service, ASSOCIATION, 'ServiceIdentifier')
    .filter((association) => world.exists(association))
    .map((association) => world.view(association))
    .filter((association) => association.at('ServiceIdentifier').reference() === service)
    .map((association) => {
      const place = association.at('ServiceNetworkIdentifier');
      const network: Resource | undefined = place.reference();
      return network?.type === NETWORK
        ? authenticationAt(world.view(network))
        : hidden<ClientAuthentication>(place, 'its service network is not made by a template at hand');
    });
}

const TARGET_PROTOCOLS: Readonly<Record<string, HopProtocol>> = {
  HTTP: 'plaintext',
  HTTPS: 'tls',
  TCP: 'pass-through',
};

function targetHop(view: Cursor): readonly Fact[] {
  const type = view.at('Type');
  const kind = type.string();
  const from: Party = { what: 'aws', name: 'VPC Lattice' };
  const ends: Pick<HopParts, 'kind' | 'from' | 'to'> = {
    kind: 'vpc-lattice.target',
    from,
    to: { what: 'vpc', name: `targets of ${resourceParty(view.resource).name}`, resource: view.resource },
  };
  if (kind.state === 'given' && kind.value === 'LAMBDA') {
    // Functions are called through the API of Lambda, which speaks TLS only.
    const tls = { protocol: stated<HopProtocol>(type, 'tls'), serverAuthenticated: stated(type, true) };
    return [hop(view, { ...ends, ...tls, clientAuthentication: stated(type, 'iam') })];
  }
  const place = view.at('Config', 'Protocol');
  const protocol = observe<HopProtocol, string>(place, place.string(), {
    map: (name) => TARGET_PROTOCOLS[name.toUpperCase()],
    otherwise: undefined,
  });
  if (!place.isPresent) {
    const why = kind.state === 'unresolved' ? kind.why : 'a target group has to have one';
    return [hop(view, { ...ends, protocol: hidden(place, why) })];
  }
  if (protocol.value === 'pass-through') return [hop(view, { ...ends, protocol, endsHere: false })];
  if (protocol.value !== 'tls') return [hop(view, { ...ends, protocol })];
  const aspects = { floor: stated(place, FLOOR), serverAuthenticated: stated(place, false) } as const;
  return [hop(view, { ...ends, protocol, ...aspects })];
}
