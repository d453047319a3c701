import { backEndTlsPolicyNameOf, lookUpTlsPolicy } from '../../../../core/tls';
import { type Cursor, type Resource, resourcesIn } from '../../../template';
import { hop, resourceParty } from '../../connector';
import type { Fact, HopProtocol, Party } from '../../fact';
import { hidden, type Observed, observe, stated } from '../../observed';
import { listenerPolicy } from './listener';
import { LISTENER, LISTENER_RULE, LOAD_BALANCER, partyOf, referred } from './types';

/** What goes from a load balancer to its targets, and how it asks them whether they are well. */
export function targetGroupFacts(group: Cursor): readonly Fact[] {
  const protocol = group.at('Protocol');
  const reading = protocol.string();
  if (reading.state === 'given' && reading.value === 'GENEVE') return [];
  const listeners = listenersBefore(group);
  const from = partyOf(loadBalancerBefore(listeners));
  const to = targetsOf(group);
  const type = group.at('TargetType').string();
  if (type.state === 'given' && type.value === 'lambda') return [lambdaHop(group, from, to)];
  const sent = protocolTo(group, listeners);
  const isQuic = reading.state === 'given' && reading.value === 'QUIC';
  const target = hop(group, {
    kind: 'elbv2.target',
    from,
    to,
    protocol: sent,
    // QUIC is passed through, and has no version below TLS 1.3 (RFC 9001, 4.2).
    ...(isQuic ? { floor: stated(protocol, 'TLSv1.3' as const, { given: true }) } : {}),
    ...(sent.value === 'tls' && !isQuic ? encryptedToAnyone(group, listeners) : {}),
  });
  return [target, ...healthCheck(group, listeners, from, to)];
}

/** Load balancers call Lambda functions through its API, over TLS; no property has a say in it. */
function lambdaHop(group: Cursor, from: Party, to: Party): Fact {
  const type = group.at('TargetType');
  return hop(group, {
    kind: 'elbv2.target',
    from,
    to,
    protocol: stated(type, 'tls', { given: true }),
    floor: stated(type, 'TLSv1.2'),
    serverAuthenticated: stated(type, true),
    clientAuthentication: stated(type, 'iam'),
    certificate: stated(type, 'service-owned'),
  });
}

function protocolTo(group: Cursor, listeners: readonly Cursor[]): Observed<HopProtocol> {
  const protocol = group.at('Protocol');
  const observed = observe<HopProtocol, string>(protocol, protocol.string(), {
    map: (value) => PROTOCOLS[value],
    otherwise: undefined,
  });
  if (!protocol.isPresent) return hidden(protocol, 'only groups of Lambda functions go without it');
  // TCP towards targets carries TLS only where no listener has ended it before.
  return observed.value === 'pass-through' ? passedThrough(protocol, listeners) : observed;
}

const PROTOCOLS: Readonly<Record<string, HopProtocol>> = {
  HTTP: 'plaintext',
  HTTPS: 'tls',
  TLS: 'tls',
  QUIC: 'tls',
  TCP: 'pass-through',
  UDP: 'pass-through',
  TCP_UDP: 'pass-through',
  TCP_QUIC: 'pass-through',
};

function passedThrough(protocol: Cursor, listeners: readonly Cursor[]): Observed<HopProtocol> {
  const readings = listeners.map((listener) => listener.at('Protocol').string());
  if (readings.some((r) => r.state === 'given' && r.value === 'TLS')) {
    return stated(protocol, 'plaintext', { given: true });
  }
  const unresolved = readings.find((r) => r.state === 'unresolved');
  if (unresolved?.state === 'unresolved') {
    return hidden(protocol, `the protocol of a listener before it is not known: ${unresolved.why}`);
  }
  if (listeners.length === 0) {
    return hidden(protocol, 'no listener at hand forwards to it, so that TLS may have ended before');
  }
  return stated(protocol, 'pass-through', { given: true });
}

/** TLS towards targets: under a TLS policy that follows from the listener's, to whoever answers. */
function encryptedToAnyone(group: Cursor, listeners: readonly Cursor[]) {
  const protocol = group.at('Protocol');
  return {
    policyService: 'elbv2-backend' as const,
    tlsPolicy: backEndPolicy(protocol, listeners),
    // "The load balancer does not validate these certificates" (ELB guides, target groups).
    serverAuthenticated: stated(protocol, false),
  };
}

/** One listener with a newer TLS policy lifts that of the whole group; without any, the service's default holds. */
function backEndPolicy(at: Cursor, listeners: readonly Cursor[]): Observed<string> {
  const standard = backEndTlsPolicyNameOf(undefined);
  let name = standard;
  for (const listener of listeners) {
    const protocol = listener.at('Protocol').string();
    if (protocol.state !== 'given' || !['HTTPS', 'TLS'].includes(protocol.value)) continue;
    const policy = listenerPolicy(listener);
    const found = policy.value === undefined ? undefined : lookUpTlsPolicy('elbv2', policy.value);
    if (found?.known !== true)
      return hidden(at, 'it follows from a TLS policy of a listener that is not known');
    if (name === standard) name = backEndTlsPolicyNameOf(found.policy);
  }
  return stated(at, name);
}

function healthCheck(group: Cursor, listeners: readonly Cursor[], from: Party, to: Party): readonly Fact[] {
  const check = group.at('HealthCheckProtocol');
  const protocol = observe<HopProtocol | 'connection only', string>(check, check.string(), {
    map: (value) => HEALTH_CHECKS[value],
    otherwise: defaultHealthCheck(group),
  });
  if (protocol.value === 'connection only') return [];
  const unresolved = protocol.value === undefined && protocol.unknown === undefined;
  const sent: Observed<HopProtocol> = unresolved
    ? hidden(check, 'its default follows from the protocol of the group, which is not known')
    : { ...protocol, value: protocol.value };
  return [
    hop(group, {
      kind: 'elbv2.health-check',
      from,
      to,
      protocol: sent,
      ...(sent.value === 'tls' ? encryptedToAnyone(group, listeners) : {}),
    }),
  ];
}

/** A TCP check opens a connection and sends nothing. */
const HEALTH_CHECKS: Readonly<Record<string, HopProtocol | 'connection only'>> = {
  HTTP: 'plaintext',
  HTTPS: 'tls',
  TCP: 'connection only',
};

/** HTTP for Application Load Balancers, also where the group itself is HTTPS; TCP for Network Load Balancers. */
function defaultHealthCheck(group: Cursor): HopProtocol | 'connection only' | undefined {
  const protocol = group.at('Protocol').string();
  const type = group.at('TargetType').string();
  if (type.state === 'given' && type.value === 'alb') return 'plaintext';
  if (protocol.state !== 'given') return undefined;
  return ['HTTP', 'HTTPS'].includes(protocol.value) ? 'plaintext' : 'connection only';
}

/** The listeners that forward to a group in this world, by their own actions or by a rule's. */
function listenersBefore(group: Cursor): readonly Cursor[] {
  const { world, resource } = group;
  const forwards = (from: Resource, property: string) =>
    world.exists(from) && resourcesIn(world.view(from).at(property).value()).includes(resource);
  const direct = world.app
    .referring(resource, LISTENER, 'DefaultActions')
    .filter((listener) => forwards(listener, 'DefaultActions'));
  const ruled = world.app
    .referring(resource, LISTENER_RULE, 'Actions')
    .filter((rule) => forwards(rule, 'Actions'))
    .flatMap((rule) => referred(world.view(rule).at('ListenerArn'), LISTENER) ?? []);
  return [...new Set([...direct, ...ruled])].map((listener) => world.view(listener));
}

/** A group belongs to one load balancer. */
function loadBalancerBefore(listeners: readonly Cursor[]): Resource | undefined {
  return listeners
    .map((listener) => referred(listener.at('LoadBalancerArn'), LOAD_BALANCER))
    .find((loadBalancer) => loadBalancer !== undefined);
}

function targetsOf(group: Cursor): Party {
  const [target] = group
    .at('Targets')
    .items()
    .map((item) => item.at('Id').reference())
    .filter((resource) => resource !== undefined);
  if (target !== undefined) return resourceParty(target);
  const { name, resource } = resourceParty(group.resource);
  const party = { what: 'vpc' as const, name: `targets of ${name}` };
  return resource === undefined ? party : { ...party, resource };
}
