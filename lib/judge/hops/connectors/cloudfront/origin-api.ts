import { type Cursor, resourcesIn } from '../../../template';
import type { Hop } from '../../fact';
import { hidden, stated } from '../../observed';
import { domainAt, mutualTlsOf } from '../api-gateway/mapping';
import { viewerAuthentication } from './viewer';

const APIS = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api'];

/**
 * Whether an API of the app that is the origin of a distribution takes requests of whoever finds its name, while the
 * distribution asks viewers for certificates. A default endpoint does always: it can ask for none.
 */
export function apiBehind(config: Cursor, origin: Cursor): Pick<Hop, 'apiTakesAnyone'> {
  if (viewerAuthentication(config).value !== 'mutual-tls') return {};
  const host = origin.at('DomainName');
  const shown = origin.at('CustomOriginConfig', 'OriginMtlsConfig');
  const domain = domainAt(host, config.world);
  if (domain !== undefined) {
    const asked = mutualTlsOf(config.world.view(domain));
    if (asked.unknown !== undefined) return { apiTakesAnyone: hidden(shown, asked.unknown) };
    return { apiTakesAnyone: stated(shown, asked.value === 'none') };
  }
  const value = host.value();
  const isDefaultEndpoint = value !== undefined && resourcesIn(value).some(({ type }) => APIS.includes(type));
  return isDefaultEndpoint ? { apiTakesAnyone: stated(shown, true) } : {};
}
