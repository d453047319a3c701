import type { Hop } from '../hops';
import { type App, type Cursor, explore, Reference, type Resource } from '../template';

/** The public names of an endpoint. */
export interface Hosts {
  readonly names: readonly string[];
  /** Whether there are names that the templates hide. */
  readonly more: boolean;
}

/** Where a resource that the internet reaches says its own names. */
const OWN_NAMES: Readonly<Record<string, readonly string[]>> = {
  'AWS::CloudFront::Distribution': ['DistributionConfig', 'Aliases'],
  'AWS::ApiGateway::DomainName': ['DomainName'],
  'AWS::ApiGatewayV2::DomainName': ['DomainName'],
  'AWS::IoT::DomainConfiguration': ['DomainName'],
  'AWS::OpenSearchService::Domain': ['DomainEndpointOptions', 'CustomEndpoint'],
  'AWS::Elasticsearch::Domain': ['DomainEndpointOptions', 'CustomEndpoint'],
};

const RECORD = 'AWS::Route53::RecordSet';
const ZONE = 'AWS::Route53::HostedZone';
const CERTIFICATE = 'AWS::CertificateManager::Certificate';

/**
 * The names under which an endpoint is reached: its own, those of DNS records in a public zone of the app, and where
 * there are neither, those of its public certificates, which transparency logs publish anyway.
 *
 * Other names stay out: a name in a zone that nobody can look at may be an internal one.
 */
export function hostsOf(endpoint: Resource, hops: readonly Hop[], app: App): Hosts {
  const found = new Found();
  const own = OWN_NAMES[endpoint.type];
  if (own !== undefined) found.addAll(app, endpoint, (view) => view.at(...own));
  for (const record of app.referring(endpoint, RECORD, 'AliasTarget.DNSName')) {
    found.addAll(app, record, (view) => (isPublic(view.at('HostedZoneId')) ? view.at('Name') : undefined));
  }
  if (found.isEmpty) for (const certificate of certificatesOf(hops)) addNamesOf(certificate, app, found);
  return found.hosts();
}

function certificatesOf(hops: readonly Hop[]): ReadonlySet<Resource> {
  return new Set(hops.flatMap(({ certificateResource: resource }) => resource ?? []));
}

function addNamesOf(certificate: Resource, app: App, found: Found): void {
  if (certificate.type !== CERTIFICATE) return;
  for (const property of ['DomainName', 'SubjectAlternativeNames']) {
    found.addAll(app, certificate, (view) => {
      // What a private authority or nobody has logged, nobody outside knows.
      const logged = view.at('CertificateTransparencyLoggingPreference').string();
      const isLogged = logged.state === 'absent' || (logged.state === 'given' && logged.value === 'ENABLED');
      return isLogged && !view.at('CertificateAuthorityArn').isPresent ? view.at(property) : undefined;
    });
  }
}

/** Whether a record stands in a zone that this app makes, without a network that alone would see it. */
function isPublic(zone: Cursor): boolean {
  const value = zone.value();
  if (!(value instanceof Reference) || value.resource.type !== ZONE) return false;
  return !zone.world.view(value.resource).at('VPCs').isPresent;
}

/** RFC 1123 names, with a wildcard in front perhaps: what stands in a template may be anything. */
const HOST =
  /^(?=.{1,253}$)(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** Names found in all worlds. */
class Found {
  readonly #names = new Set<string>();
  #more = false;

  get isEmpty(): boolean {
    return this.#names.size === 0 && !this.#more;
  }

  hosts(): Hosts {
    return { names: [...this.#names].sort(), more: this.#more };
  }

  /** Adds the names at a place of a resource, in every world in which it exists. */
  addAll(app: App, resource: Resource, place: (view: Cursor) => Cursor | undefined): void {
    const { outcomes, complete } = explore(app, (world) =>
      world.exists(resource) ? this.#namesAt(place(world.view(resource))) : [],
    );
    if (!complete) this.#more = true;
    for (const name of outcomes.flatMap(({ value }) => value)) this.#add(name);
  }

  #namesAt(at: Cursor | undefined): readonly (string | undefined)[] {
    if (at === undefined) return [];
    const list = at.list();
    if (list.state === 'absent') return [];
    if (list.state === 'unresolved') return [undefined];
    return list.value.map((item) => {
      const name = item.string();
      return name.state === 'given' ? name.value : undefined;
    });
  }

  #add(name: string | undefined): void {
    const host = name?.toLowerCase().replace(/\.$/, '');
    if (host !== undefined && HOST.test(host)) this.#names.add(host);
    else this.#more = true;
  }
}
