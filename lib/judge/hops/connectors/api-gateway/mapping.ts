import { type Cursor, isSame, Reference, type Resource, Unresolved, type World } from '../../../template';
import type { ClientAuthentication, Hop } from '../../fact';
import { hidden, type Observed, stated } from '../../observed';

interface MappingType {
  readonly type: string;
  /** The property in which it names the API. */
  readonly api: string;
  readonly domain: string;
  /** Where the API stands, if deeper in that property. */
  readonly within?: (property: Cursor) => readonly Cursor[];
}

/** Resources that put an API behind a custom domain. */
const MAPPINGS: readonly MappingType[] = [
  { type: 'AWS::ApiGateway::BasePathMapping', api: 'RestApiId', domain: 'DomainName' },
  { type: 'AWS::ApiGateway::BasePathMappingV2', api: 'RestApiId', domain: 'DomainNameArn' },
  { type: 'AWS::ApiGatewayV2::ApiMapping', api: 'ApiId', domain: 'DomainName' },
  {
    type: 'AWS::ApiGatewayV2::RoutingRule',
    api: 'Actions',
    domain: 'DomainNameArn',
    within: (actions) => actions.items().map((action) => action.at('InvokeApi', 'ApiId')),
  },
];

const DOMAIN_TYPES = [
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::DomainNameV2',
  'AWS::ApiGatewayV2::DomainName',
];

/** The custom domains that lead to an API in this world; `undefined` for one that is not of this app. */
export function domainsOf(api: Resource, world: World): readonly (Resource | undefined)[] {
  return MAPPINGS.flatMap((mappingType) =>
    world.app
      .referring(api, mappingType.type, mappingType.api)
      .filter((mapping) => world.exists(mapping))
      .map((mapping) => world.view(mapping))
      .filter((view) => apisOf(view, mappingType).includes(api))
      .map((view) => domainAt(view.at(mappingType.domain), world)),
  );
}

/** The APIs that a custom domain leads to in this world, as far as they are of this app. */
export function apisBehind(domain: Resource, world: World): readonly Resource[] {
  return MAPPINGS.flatMap((mappingType) =>
    world.app
      .referring(domain, mappingType.type, mappingType.domain)
      .filter((mapping) => world.exists(mapping))
      .map((mapping) => world.view(mapping))
      .filter((view) => domainAt(view.at(mappingType.domain), world) === domain)
      .flatMap((view) => apisOf(view, mappingType)),
  );
}

function apisOf(mapping: Cursor, { api, within }: MappingType): readonly Resource[] {
  const property = mapping.at(api);
  return (within?.(property) ?? [property]).flatMap((cursor) => cursor.reference() ?? []);
}

/** The custom domain of the app that a property names, by reference or by name. */
export function domainAt(cursor: Cursor, world: World): Resource | undefined {
  const value = cursor.value();
  if (value instanceof Reference) return value.resource;
  const named = DOMAIN_TYPES.flatMap((type) => world.app.resourcesOfType(type));
  return named.find(
    (domain) => value !== undefined && isSame(world.view(domain).at('DomainName').value(), value),
  );
}

/** Whether clients of a custom domain must present a certificate. */
export function mutualTlsOf(domain: Cursor): Observed<ClientAuthentication> {
  const cursor = domain.at('MutualTlsAuthentication');
  const value = cursor.value();
  if (value instanceof Unresolved) return hidden(cursor, value.why);
  return value === undefined
    ? stated(cursor, 'none' as const)
    : stated(cursor, 'mutual-tls' as const, { given: true });
}

/** What a client goes round who calls the default endpoint of an API; `disabled` is the property that closes it. */
export function bypassOf(api: Cursor, disabled: Cursor): NonNullable<Hop['bypasses']> {
  const domains = domainsOf(api.resource, api.world);
  if (domains.length === 0) return stated(disabled, 'nothing' as const);
  const closed = disabled.boolean();
  if (closed.state === 'unresolved') return hidden(disabled, closed.why);
  const demandsCertificate = domains.some(
    (domain) => domain !== undefined && mutualTlsOf(api.world.view(domain)).value !== 'none',
  );
  return stated(disabled, demandsCertificate ? ('mutual-tls' as const) : ('custom-domain' as const), {
    given: closed.state === 'given',
  });
}

/**
 * Whether clients without a certificate reach by this domain what another domain of the app asks them for one for. What
 * a domain outside of the app asks for, nobody can tell here.
 */
export function bypassOfDomain(domain: Cursor): NonNullable<Hop['bypasses']> {
  const cursor = domain.at('MutualTlsAuthentication');
  const { world, resource } = domain;
  if (mutualTlsOf(domain).value !== 'none') return stated(cursor, 'nothing' as const);
  const others = apisBehind(resource, world).flatMap((api) => domainsOf(api, world));
  const asked = others.flatMap((other) =>
    other === undefined || other === resource ? [] : [mutualTlsOf(world.view(other))],
  );
  if (asked.some(({ value }) => value === 'mutual-tls')) return stated(cursor, 'mutual-tls' as const);
  const [why] = asked.flatMap(({ unknown }) => unknown ?? []);
  return why === undefined ? stated(cursor, 'nothing' as const) : hidden(cursor, why);
}
