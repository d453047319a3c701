import type { Cursor } from '../../../template';
import type { StrictTransportSecurity } from '../../fact';
import { HSTS_HEADER, parseHsts } from '../../hsts';
import { hidden, type Observed, observe, stated } from '../../observed';

export const RESPONSE_HEADERS_POLICY = 'AWS::CloudFront::ResponseHeadersPolicy';

type Hsts = StrictTransportSecurity | 'none';

const ONE_YEAR: Hsts = { maxAgeSeconds: 31_536_000, includeSubdomains: false, preload: false };

/** AWS's own policies: CloudFront Developer Guide, "using-managed-response-headers-policies". */
const MANAGED: ReadonlyMap<string, Hsts> = new Map<string, Hsts>([
  // SecurityHeadersPolicy
  ['67f7725c-6f97-4210-82d7-5512b31e9d03', ONE_YEAR],
  // CORS-and-SecurityHeadersPolicy
  ['e61eb60c-9c35-4d20-a928-2b84e02af89c', ONE_YEAR],
  // CORS-with-preflight-and-SecurityHeadersPolicy
  ['eaab4381-ed33-4a86-88ca-d9558dc6cd63', ONE_YEAR],
  // SimpleCORS
  ['60669652-455b-4ae9-85a4-c4c02393f86c', 'none'],
  // CORS-With-Preflight
  ['5cc3b908-e619-4b99-88e5-2cf7f45965bd', 'none'],
]);

/** The HSTS header that a behaviour adds. What the origin or a function at the edge may add is not seen here. */
export function hstsOf(id: Cursor): Observed<Hsts> {
  const policy = id.reference();
  if (policy?.type === RESPONSE_HEADERS_POLICY) return ofPolicy(id.world.view(policy));
  const observed = observe<Hsts, string>(id, id.string(), {
    map: (value) => MANAGED.get(value),
    otherwise: 'none',
  });
  if (observed.value !== undefined || !observed.given || observed.got === 'unresolved') return observed;
  return hidden(id, `response headers policy ${observed.got} is not in a template at hand`);
}

function ofPolicy(view: Cursor): Observed<Hsts> {
  const config = view.at('ResponseHeadersPolicyConfig');
  const hsts = config.at('SecurityHeadersConfig', 'StrictTransportSecurity');
  if (!hsts.isPresent) return ofCustomHeader(config);
  const maxAge = hsts.at('AccessControlMaxAgeSec');
  const flag = (name: string) => {
    const reading = hsts.at(name).boolean();
    return reading.state === 'given' && reading.value;
  };
  return observe<Hsts, number>(maxAge, maxAge.number(), {
    map: (maxAgeSeconds) => ({
      maxAgeSeconds,
      includeSubdomains: flag('IncludeSubdomains'),
      preload: flag('Preload'),
    }),
    otherwise: 'none',
  });
}

/** The header may also stand among the custom ones. */
function ofCustomHeader(config: Cursor): Observed<Hsts> {
  const items = config.at('CustomHeadersConfig', 'Items');
  const list = items.list();
  if (list.state === 'unresolved') return hidden(items, list.why);
  for (const item of list.state === 'given' ? list.value : []) {
    const name = item.at('Header').string();
    if (name.state === 'unresolved') return hidden(item.at('Header'), name.why);
    if (name.state === 'given' && name.value.toLowerCase() === HSTS_HEADER.toLowerCase()) {
      const value = item.at('Value');
      return observe<Hsts, string>(value, value.string(), { map: parseHsts, otherwise: 'none' });
    }
  }
  return stated(config.at('SecurityHeadersConfig', 'StrictTransportSecurity'), 'none');
}
