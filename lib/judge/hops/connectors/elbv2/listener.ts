import { defaultTlsPolicyOf } from '../../../../core/tls';
import type { Cursor } from '../../../template';
import { certificateBehind } from '../../certificate-arn';
import { type HopParts, hop } from '../../connector';
import type { Fact, StrictTransportSecurity } from '../../fact';
import { parseHsts } from '../../hsts';
import { hidden, type Observed, observe, stated } from '../../observed';
import { clientAuthenticationOf, downgrades, expiredClientsOf, plaintextOutcome } from './actions';
import { balancerBehind } from './balancer-behind';
import { networkResident } from './network-resident';
import {
  clientsOf,
  LISTENER,
  type LoadBalancerView,
  loadBalancerOf,
  NOT_AT_HAND,
  partyOf,
  referred,
} from './types';

const HSTS_ATTRIBUTE = 'routing.http.response.strict_transport_security.header_value';

/** What comes in on a listener. */
export function listenerFacts(listener: Cursor): readonly Fact[] {
  const protocol = listener.at('Protocol');
  const loadBalancer = loadBalancerOf(listener);
  if (!protocol.isPresent && loadBalancer.isGateway) return [];
  const ends = endsOf(listener, loadBalancer);
  const reading = protocol.string();
  if (reading.state !== 'given') {
    const why = reading.state === 'unresolved' ? reading.why : 'only Gateway Load Balancers go without it';
    return [hop(listener, { ...ends, protocol: hidden(protocol, why) })];
  }
  switch (reading.value) {
    case 'HTTP':
      return [
        hop(listener, {
          ...ends,
          protocol: plaintextOutcome(listener.at('DefaultActions'), () => protocol),
        }),
      ];
    case 'HTTPS':
      return [
        hop(listener, {
          ...ends,
          ...terminatedTls(listener),
          clientAuthentication: clientAuthenticationOf(listener),
          ...expiredClientsOf(listener),
          // Browsers do not come to an internal load balancer by a name that could be stripped of TLS on the way.
          ...(loadBalancer.isInternal ? {} : { hsts: hstsOf(listener.at('ListenerAttributes')) }),
        }),
        ...downgradeHops(listener, ends, 'DefaultActions'),
      ];
    case 'TLS':
      return [
        hop(listener, {
          ...ends,
          ...terminatedTls(listener),
          // Network Load Balancers verify clients too (ELB guide, network/mutual-authentication).
          clientAuthentication: clientAuthenticationOf(listener),
          ...expiredClientsOf(listener),
        }),
        ...networkResident(listener, loadBalancer.resource, protocol, 'a TLS listener'),
      ];
    case 'QUIC':
      // QUIC has no clear form and no version below TLS 1.3 (RFC 9001, 4.2); the targets hold the certificate.
      return [
        hop(listener, {
          ...ends,
          protocol: stated(protocol, 'tls', { given: true }),
          floor: stated(protocol, 'TLSv1.3', { given: true }),
          endsHere: false,
        }),
      ];
    case 'TCP':
    case 'UDP':
    case 'TCP_UDP':
    case 'TCP_QUIC':
      return [
        hop(listener, {
          ...ends,
          protocol: stated(protocol, 'pass-through', { given: true }),
          endsHere: false,
          ...balancerBehind(listener),
        }),
      ];
    default:
      return [
        hop(listener, { ...ends, protocol: hidden(protocol, `${reading.value} is not a protocol we know`) }),
      ];
  }
}

/** Clients who came by TLS and are told to go on in clear. */
function downgradeHops(at: Cursor, ends: ReturnType<typeof endsOf>, actions: string): readonly Fact[] {
  return downgrades(at.at(actions)).map((protocol) => {
    const label = [ends.label, 'redirect'].filter((part) => part !== undefined).join(', ');
    return hop(at, { ...ends, label, protocol });
  });
}

/**
 * What a listener rule does with requests that came in clear. Under TLS the listener's own hop says it all, unless
 * the rule sends clients on to plaintext.
 */
export function listenerRuleFacts(rule: Cursor): readonly Fact[] {
  const arn = rule.at('ListenerArn');
  const listener = referred(arn, LISTENER);
  const protocol = listener === undefined ? undefined : rule.world.view(listener).at('Protocol').string();
  const loadBalancer = listener === undefined ? NOT_AT_HAND : loadBalancerOf(rule.world.view(listener));
  const ends = endsOf(rule, loadBalancer);
  const isHttp = protocol?.state === 'given' && protocol.value === 'HTTP';
  const downgraded = isHttp ? [] : downgradeHops(rule, ends, 'Actions');
  if (downgraded.length > 0 || (protocol?.state === 'given' && !isHttp)) return downgraded;
  const outcome = plaintextOutcome(rule.at('Actions'), (action) => action.at('Type'));
  // Whether a forward is in clear hangs on the listener; a redirect to TLS and a refusal are fine on any.
  if (isHttp || outcome.value !== 'plaintext') {
    return [hop(rule, { ...ends, protocol: outcome })];
  }
  const why =
    protocol?.state === 'unresolved'
      ? `the protocol of its listener is not known: ${protocol.why}`
      : 'its listener is not in a template at hand';
  return [hop(rule, { ...ends, protocol: hidden(arn, why) })];
}

/** Certificates that a listener offers beside its first one. */
export function listenerCertificateFacts(added: Cursor): readonly Fact[] {
  const listener = referred(added.at('ListenerArn'), LISTENER);
  const loadBalancer = listener === undefined ? NOT_AT_HAND : loadBalancerOf(added.world.view(listener));
  const certificates = added.at('Certificates');
  const list = certificates.list();
  const parts = {
    ...endsOf(added, loadBalancer),
    label: 'further certificate',
    protocol: stated(added.at('ListenerArn'), 'tls' as const),
    serverAuthenticated: stated(added, true),
  };
  if (list.state !== 'given') {
    const why = list.state === 'unresolved' ? list.why : 'it lists no certificate';
    return [hop(added, { ...parts, certificate: hidden(certificates, why) })];
  }
  return list.value.map((item) => hop(added, { ...parts, ...certificateBehind(item.at('CertificateArn')) }));
}

function endsOf(
  at: Cursor,
  loadBalancer: LoadBalancerView,
): Pick<HopParts, 'kind' | 'from' | 'to'> & { label: string | undefined } {
  const port = at.at('Port').string();
  const priority = at.at('Priority').string();
  return {
    kind: 'elbv2.listener',
    label:
      port.state === 'given'
        ? `port ${port.value}`
        : priority.state === 'given'
          ? `rule ${priority.value}`
          : undefined,
    from: clientsOf(loadBalancer),
    to: partyOf(loadBalancer.resource),
  };
}

function terminatedTls(listener: Cursor): Pick<HopParts, 'protocol'> & Partial<HopParts> {
  const certificates = listener.at('Certificates');
  const list = certificates.list();
  // The API takes exactly one here; the others are resources of their own.
  const [first] = list.state === 'given' ? list.value : [];
  return {
    protocol: stated(listener.at('Protocol'), 'tls', { given: true }),
    policyService: 'elbv2',
    tlsPolicy: listenerPolicy(listener),
    serverAuthenticated: stated(listener, true),
    ...(first !== undefined
      ? certificateBehind(first.at('CertificateArn'))
      : {
          certificate: hidden(
            certificates,
            list.state === 'unresolved' ? list.why : 'a listener that ends TLS has to have one',
          ),
        }),
  };
}

/** The TLS policy of a listener; without one, ELB applies its default of 2016, which accepts TLS 1.0. */
export function listenerPolicy(listener: Cursor): Observed<string> {
  const policy = listener.at('SslPolicy');
  return observe<string>(policy, policy.string(), { otherwise: defaultTlsPolicyOf('elbv2')?.name });
}

function hstsOf(attributes: Cursor): Observed<StrictTransportSecurity | 'none'> {
  const list = attributes.list();
  if (list.state === 'unresolved') return hidden(attributes, list.why);
  const items = list.state === 'given' ? list.value : [];
  for (const item of items) {
    const key = item.at('Key').string();
    if (key.state === 'unresolved') return hidden(item.at('Key'), key.why);
    if (key.state === 'given' && key.value === HSTS_ATTRIBUTE) {
      const value = item.at('Value');
      return observe<StrictTransportSecurity | 'none', string>(value, value.string(), {
        map: parseHsts,
        otherwise: 'none',
      });
    }
  }
  return { ...stated(attributes, 'none'), got: 'absent' };
}
