import type { Cursor, Reading } from '../../../template';
import type { ClientAuthentication, Hop, HopProtocol } from '../../fact';
import { hidden, type Observed, observe, stated } from '../../observed';

/** The actions that answer a request; the others (authentication) stand before one of them. */
const ROUTING = new Set(['forward', 'redirect', 'fixed-response']);
const AUTHENTICATING = new Set(['authenticate-oidc', 'authenticate-cognito', 'jwt-validation']);

/**
 * What becomes of a request that came in clear.
 *
 * @param served the place that is to blame when it is served
 */
export function plaintextOutcome(actions: Cursor, served: (action: Cursor) => Cursor): Observed<HopProtocol> {
  const list = actions.list();
  if (list.state === 'unresolved') return hidden(actions, list.why);
  for (const action of list.state === 'given' ? list.value : []) {
    const type = action.at('Type').string();
    if (type.state === 'unresolved') return hidden(action.at('Type'), type.why);
    if (type.state === 'absent' || !ROUTING.has(type.value)) continue;
    if (type.value === 'forward') return stated(served(action), 'plaintext', { given: true });
    if (type.value === 'fixed-response')
      return stated(action.at('Type'), 'refuses-plaintext', { given: true });
    return redirectOutcome(action.at('RedirectConfig', 'Protocol'));
  }
  return hidden(actions, 'none of its actions answers a request');
}

/** Without a protocol, a redirect keeps the one of the request (`#{protocol}`): HTTP leads to HTTP. */
function redirectOutcome(protocol: Cursor): Observed<HopProtocol> {
  return observe<HopProtocol, string>(protocol, protocol.string(), {
    map: (value) =>
      value === 'HTTPS'
        ? 'redirect-to-tls'
        : ['HTTP', '#{protocol}'].includes(value)
          ? 'plaintext'
          : undefined,
    otherwise: 'plaintext',
  });
}

/** Where requests that came by TLS are sent on to plaintext: a redirect says so itself, whatever it stands on. */
export function downgrades(actions: Cursor): readonly Observed<HopProtocol>[] {
  const list = actions.list();
  if (list.state === 'unresolved') return [hidden(actions, list.why)];
  return (list.state === 'given' ? list.value : []).flatMap((action) => {
    const protocol = action.at('RedirectConfig', 'Protocol');
    const reading = protocol.string();
    if (reading.state === 'absent' || (reading.state === 'given' && KEEPS_TLS.has(reading.value))) return [];
    return [
      observe<HopProtocol, string>(protocol, reading, {
        map: (value) => (value === 'HTTP' ? 'plaintext' : undefined),
        otherwise: undefined,
      }),
    ];
  });
}

const KEEPS_TLS = new Set(['HTTPS', '#{protocol}']);

/** How an HTTPS listener knows its clients: by certificate, else by an action that asks for a token. */
export function clientAuthenticationOf(listener: Cursor): Observed<ClientAuthentication> {
  const mode = listener.at('MutualAuthentication', 'Mode');
  const observed = observe<ClientAuthentication, string>(mode, mode.string(), {
    map: (value) => MUTUAL_TLS[value],
    otherwise: 'none',
  });
  if (observed.value !== 'none') return observed;
  const authenticating = listener
    .at('DefaultActions')
    .items()
    .map((action) => action.at('Type'))
    .find((type) => isOneOf(type.string(), AUTHENTICATING));
  return authenticating === undefined ? observed : stated(authenticating, 'token', { given: true });
}

/** In `passthrough` the load balancer hands the certificate on and verifies nothing: the targets may. */
const MUTUAL_TLS: Readonly<Record<string, ClientAuthentication>> = {
  off: 'none',
  passthrough: 'mutual-tls-optional',
  verify: 'mutual-tls',
};

/** Whether certificates are taken after their end, where they are verified at all. */
export function expiredClientsOf(listener: Cursor): Pick<Hop, 'takesExpiredClients'> {
  const mode = listener.at('MutualAuthentication', 'Mode').string();
  const isVerified = mode.state === 'unresolved' || (mode.state === 'given' && mode.value === 'verify');
  if (!isVerified) return {};
  const ignored = listener.at('MutualAuthentication', 'IgnoreClientCertificateExpiry');
  return { takesExpiredClients: observe(ignored, ignored.boolean(), { otherwise: false }) };
}

function isOneOf(reading: Reading<string>, names: ReadonlySet<string>): boolean {
  return reading.state === 'given' && names.has(reading.value);
}
