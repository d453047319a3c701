import { defaultTlsPolicyOf } from '../../../core/tls';
import type { Cursor } from '../../template';
import { type CertificateBehind, certificateBehind } from '../certificate-arn';
import { type Connector, type HopParts, hop, resourceParty } from '../connector';
import type { Fact, HopProtocol, Party } from '../fact';
import { hidden, none, type Observed, observe, stated } from '../observed';
import { customFloor, customForwardSecrecy } from './elb-classic-custom-policy';

/** Classic Load Balancers. */
export const elbClassic: Connector = {
  service: 'elb-classic',
  types: ['AWS::ElasticLoadBalancing::LoadBalancer'],
  facts(resource, world) {
    const view = world.view(resource);
    const listeners = view.at('Listeners');
    const list = listeners.list();
    if (list.state === 'unresolved') {
      return [hop(view, { ...frontEnds(view), protocol: hidden(listeners, list.why) }), ...healthCheck(view)];
    }
    const items = list.state === 'given' ? list.value : [];
    return [
      ...items.flatMap((listener) => [frontHop(view, listener), backHop(view, listener)]),
      ...healthCheck(view),
    ];
  },
};

const FRONT: Readonly<Record<string, HopProtocol>> = {
  HTTP: 'plaintext',
  TCP: 'pass-through',
  HTTPS: 'tls',
  SSL: 'tls',
};

function frontHop(view: Cursor, listener: Cursor): Fact {
  const protocol = frontProtocol(listener);
  const label = portLabel(listener.at('LoadBalancerPort'));
  if (protocol.value !== 'tls') {
    return hop(view, {
      ...frontEnds(view),
      label,
      protocol,
      ...(protocol.value === 'pass-through' ? { endsHere: false } : {}),
    });
  }
  return hop(view, {
    ...frontEnds(view),
    label,
    protocol,
    serverAuthenticated: stated(listener, true),
    ...frontCertificate(listener.at('SSLCertificateId')),
    ...negotiation(view, listener),
  });
}

function frontCertificate(id: Cursor): CertificateBehind {
  return id.isPresent
    ? certificateBehind(id)
    : { certificate: hidden(id, 'a listener that ends TLS has to have one') };
}

/** TCP is passed through, unless the load balancer itself opens TLS to the instances: then it came in clear. */
function frontProtocol(listener: Cursor): Observed<HopProtocol> {
  const protocol = listener.at('Protocol');
  const observed = observe<HopProtocol, string>(protocol, upper(protocol), {
    map: (value) => FRONT[value],
    otherwise: undefined,
  });
  if (!protocol.isPresent) return hidden(protocol, 'a listener has to have one');
  const behind = upper(listener.at('InstanceProtocol'));
  const reopened = behind.state === 'given' && behind.value === 'SSL';
  return observed.value === 'pass-through' && reopened ? { ...observed, value: 'plaintext' } : observed;
}

function backHop(view: Cursor, listener: Cursor): Fact {
  const protocol = backProtocol(listener);
  const port = listener.at('InstancePort');
  return hop(view, {
    kind: 'elb-classic.backend',
    label: portLabel(port),
    from: resourceParty(view.resource),
    to: instancesOf(view),
    protocol,
    ...(protocol.value === 'tls' ? { serverAuthenticated: backEndAuthenticated(view, port) } : {}),
  });
}

function backProtocol(listener: Cursor): Observed<HopProtocol> {
  const front = upper(listener.at('Protocol'));
  const place = listener.at('InstanceProtocol');
  const reading = upper(place);
  if (reading.state === 'absent' && front.state === 'unresolved') return hidden(place, front.why);
  // Left out, it is the clear one of the same layer: HTTP behind HTTPS, TCP behind SSL.
  const isTcp = front.state === 'given' && ['TCP', 'SSL'].includes(front.value);
  const observed = observe<HopProtocol, string>(place, reading, {
    map: (value) => FRONT[value],
    otherwise: isTcp ? 'pass-through' : 'plaintext',
  });
  // What the load balancer has decrypted is in clear on TCP; else it is passed on as it came.
  const decrypted = front.state === 'given' && front.value === 'SSL';
  if (observed.value !== 'pass-through' || !decrypted) return observed;
  return { ...observed, value: 'plaintext' };
}

function frontEnds(view: Cursor): Pick<HopParts, 'kind' | 'from' | 'to'> {
  const scheme = view.at('Scheme').string();
  const isInternal = scheme.state === 'given' && scheme.value === 'internal';
  return {
    kind: 'elb-classic.listener',
    from: isInternal
      ? { what: 'vpc', name: 'clients in the network' }
      : { what: 'internet', name: 'clients' },
    to: resourceParty(view.resource),
  };
}

function instancesOf(view: Cursor): Party {
  const { name } = resourceParty(view.resource);
  return { what: 'vpc', name: `instances of ${name}`, resource: view.resource };
}

/** The negotiation policy of a listener: a predefined one by name, or protocols one by one. */
function negotiation(view: Cursor, listener: Cursor): Partial<HopParts> {
  const names = listener.at('PolicyNames');
  const attached = attachedPolicies(view, 'SSLNegotiationPolicyType', {
    names,
    port: listener.at('LoadBalancerPort'),
    ports: 'LoadBalancerPorts',
  });
  if ('unknown' in attached) return { policyService: 'elb-classic', tlsPolicy: attached.unknown };
  const [policy] = attached.policies;
  if (policy !== undefined) return negotiationOf(policy);
  const predefined = names
    .items()
    .find((item) => /^ELBSecurityPolicy-/.test(String(item.value())) && item.string().state === 'given');
  if (predefined !== undefined) {
    const tlsPolicy = observe<string>(predefined, predefined.string(), { otherwise: undefined });
    return { policyService: 'elb-classic', tlsPolicy };
  }
  const standard = defaultTlsPolicyOf('elb-classic')?.name;
  const tlsPolicy = standard === undefined ? none<string>(names) : stated(names, standard);
  return { policyService: 'elb-classic', tlsPolicy: { ...tlsPolicy, got: 'absent' } };
}

function negotiationOf(policy: Cursor): Partial<HopParts> {
  const attributes = policy.at('Attributes');
  const list = attributes.list();
  const service = { policyService: 'elb-classic' as const };
  if (list.state === 'unresolved') return { ...service, tlsPolicy: hidden(attributes, list.why) };
  const values = new Map<string, Cursor>();
  for (const item of list.state === 'given' ? list.value : []) {
    const name = item.at('Name').string();
    if (name.state === 'unresolved') return { ...service, tlsPolicy: hidden(item.at('Name'), name.why) };
    if (name.state === 'given') values.set(name.value, item.at('Value'));
  }
  const reference = values.get('Reference-Security-Policy');
  if (reference !== undefined) {
    return {
      ...service,
      tlsPolicy: observe<string>(reference, reference.string(), { otherwise: undefined }),
    };
  }
  return { floor: customFloor(attributes, values), forwardSecret: customForwardSecrecy(attributes, values) };
}

/** Whether the load balancer compares the certificates of instances with public keys that it was given. */
function backEndAuthenticated(view: Cursor, port: Cursor): Observed<boolean> {
  const attached = attachedPolicies(view, 'BackendServerAuthenticationPolicyType', {
    names: undefined,
    port,
    ports: 'InstancePorts',
  });
  if ('unknown' in attached) return attached.unknown;
  const [policy] = attached.policies;
  return policy === undefined
    ? { ...stated(view.at('Policies'), false), got: 'absent' }
    : stated(policy.at('PolicyType'), true, { given: true });
}

interface Attachment {
  /** The list of names that a listener carries, where the kind of policy is attached so. */
  readonly names: Cursor | undefined;
  /** The port that the policy's own list of ports may name. */
  readonly port: Cursor;
  readonly ports: 'LoadBalancerPorts' | 'InstancePorts';
}

/** The policies of one type that hold here: named by the listener, or naming its port. */
function attachedPolicies(
  view: Cursor,
  type: string,
  by: Attachment,
): { readonly policies: readonly Cursor[] } | { readonly unknown: Observed<never> } {
  const declared = view.at('Policies').list();
  if (declared.state === 'unresolved') return { unknown: hidden(view.at('Policies'), declared.why) };
  const names = texts(by.names);
  if (names.why !== undefined && by.names !== undefined) return { unknown: hidden(by.names, names.why) };
  const port = by.port.string();
  const policies: Cursor[] = [];
  for (const policy of declared.state === 'given' ? declared.value : []) {
    const policyType = policy.at('PolicyType').string();
    if (policyType.state === 'unresolved') {
      return { unknown: hidden(policy.at('PolicyType'), policyType.why) };
    }
    if (policyType.state !== 'given' || policyType.value !== type) continue;
    const name = policy.at('PolicyName').string();
    const ports = texts(policy.at(by.ports));
    const isNamed = name.state === 'given' && names.all.includes(name.value);
    const isPort = port.state === 'given' && ports.all.includes(port.value);
    const mayBePort = ports.why !== undefined || (port.state === 'unresolved' && ports.all.length > 0);
    if (isNamed || isPort) policies.push(policy);
    else if ((name.state === 'unresolved' && names.all.length > 0) || mayBePort) {
      return { unknown: hidden(policy, 'it cannot be matched with a listener') };
    }
  }
  return { policies };
}

function texts(list: Cursor | undefined): { readonly all: readonly string[]; readonly why?: string } {
  const reading = list?.list();
  if (reading?.state === 'unresolved') return { all: [], why: reading.why };
  const all: string[] = [];
  for (const item of reading?.state === 'given' ? reading.value : []) {
    const text = item.string();
    if (text.state === 'unresolved') return { all, why: text.why };
    if (text.state === 'given') all.push(text.value);
  }
  return { all };
}

function healthCheck(view: Cursor): readonly Fact[] {
  // Without one, ELB only opens a TCP connection, and a TCP or SSL check sends nothing either.
  const target = view.at('HealthCheck', 'Target');
  if (!target.isPresent) return [];
  const value = target.value();
  const text = target.string();
  // The protocol comes first, so that an unresolved port or path hides nothing.
  const start = text.state === 'given' ? text.value : String(value);
  const [scheme = ''] = start.split(':');
  const known: Readonly<Record<string, HopProtocol>> = { HTTP: 'plaintext', HTTPS: 'tls' };
  const protocol = known[scheme.toUpperCase()];
  if (protocol === undefined && ['TCP', 'SSL'].includes(scheme.toUpperCase())) return [];
  const why = text.state === 'unresolved' ? text.why : `${scheme} is not a protocol we know`;
  return [
    hop(view, {
      kind: 'elb-classic.health-check',
      from: resourceParty(view.resource),
      to: instancesOf(view),
      protocol: protocol === undefined ? hidden(target, why) : stated(target, protocol, { given: true }),
      ...(protocol === 'tls' ? { serverAuthenticated: stated(target, false) } : {}),
    }),
  ];
}

function upper(cursor: Cursor): ReturnType<Cursor['string']> {
  const reading = cursor.string();
  return reading.state === 'given' ? { state: 'given', value: reading.value.toUpperCase() } : reading;
}

function portLabel(port: Cursor): string | undefined {
  const reading = port.string();
  return reading.state === 'given' ? `port ${reading.value}` : undefined;
}
