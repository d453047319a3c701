import { type App, isJsonMap, type Resource, type Template } from '../judge/template';
import { inEveryWorld, resourceName } from './values';

/** How many of something an app makes, and where. */
export interface Counted {
  /** `global` for what an account has once. */
  readonly region: string;
  /** What is counted for each of several: a VPC, a certificate. */
  readonly of?: string;
  readonly count: number;
}

/** Counts what an app makes. Resources that conditions leave out in some worlds count: it may become that many. */
export type Count = (app: App) => readonly Counted[];

/** Resources of one type in each region. */
export function perRegion(type: string, isCounted: (resource: Resource) => boolean = () => true): Count {
  return (app) => tally(ownResources(app, type).filter(isCounted), ({ template }) => regionOf(template));
}

/** Resources of one type in the whole account. */
export function once(type: string): Count {
  return (app) => tally(ownResources(app, type), () => 'global');
}

/** Resources of one type for each resource that a property of them refers to. */
export function perTarget(
  type: string,
  property: string,
  isCounted: (resource: Resource) => boolean = () => true,
): Count {
  return (app) =>
    [...app.referringBy(type, property)].flatMap(([target, resources]) => {
      const count = resources.filter(isCounted).filter(isOwn).length;
      const region = regionOf(target.template);
      return count === 0 ? [] : [{ region, of: resourceName(target), count }];
    });
}

function tally(resources: readonly Resource[], keyOf: (resource: Resource) => string): readonly Counted[] {
  const counts = new Map<string, number>();
  for (const resource of resources) counts.set(keyOf(resource), (counts.get(keyOf(resource)) ?? 0) + 1);
  return [...counts].map(([region, count]) => ({ region, count }));
}

function ownResources(app: App, type: string): readonly Resource[] {
  return app.resourcesOfType(type).filter(isOwn);
}

function isOwn({ template }: Resource): boolean {
  return template.source.isReference !== true;
}

/** A stack without a region goes to one that nobody knows here. */
function regionOf({ region }: Template): string {
  return region ?? 'any';
}

/** NAT gateways for each availability zone of their subnets; zones are told apart by how templates name them. */
export function natGatewaysByZone(app: App): readonly Counted[] {
  const subnets = app.referringBy('AWS::EC2::NatGateway', 'SubnetId');
  const counts = new Map<string, Counted>();
  for (const [subnet, gateways] of subnets) {
    const region = regionOf(subnet.template);
    const zone = zoneOf(subnet);
    const key = `${region} ${zone}`;
    const count = (counts.get(key)?.count ?? 0) + gateways.filter(isOwn).length;
    if (count > 0) counts.set(key, { region, of: zone, count });
  }
  return [...counts.values()];
}

function zoneOf({ properties }: Resource): string {
  const { AvailabilityZone: zone } = properties;
  if (typeof zone === 'string') return zone;
  const selected = isJsonMap(zone) ? zone['Fn::Select'] : undefined;
  const [index] = Array.isArray(selected) ? (selected as readonly unknown[]) : [];
  return index === undefined
    ? 'an availability zone that AWS chooses'
    : `availability zone ${Number(index) + 1}`;
}

/** Certificates of Amazon's authority: those of a private one do not count. */
export function publicCertificates(app: App): readonly Counted[] {
  return perRegion(
    'AWS::CertificateManager::Certificate',
    ({ properties }) => properties.CertificateAuthorityArn === undefined,
  )(app);
}

/** The names of each certificate; the first may be among the others. */
export function namesByCertificate(app: App): readonly Counted[] {
  return ownResources(app, 'AWS::CertificateManager::Certificate').map((resource) => {
    const counts = inEveryWorld(app, resource, (view) => {
      const others = view.at('SubjectAlternativeNames').items();
      return new Set([view.at('DomainName'), ...others].map((name) => String(name.value()))).size;
    });
    return { region: regionOf(resource.template), of: resourceName(resource), count: Math.max(0, ...counts) };
  });
}

/** The certificates that listeners offer beside their default ones, for each load balancer. */
export function certificatesByBalancer(app: App): readonly Counted[] {
  const counts = new Map<Resource, number>();
  for (const resource of ownResources(app, 'AWS::ElasticLoadBalancingV2::ListenerCertificate')) {
    const most = Math.max(
      0,
      ...inEveryWorld(app, resource, (view) => view.at('Certificates').items().length),
    );
    for (const balancer of new Set(
      inEveryWorld(app, resource, (view, world) => {
        const listener = view.at('ListenerArn').reference();
        return listener && world.view(listener).at('LoadBalancerArn').reference();
      }),
    )) {
      if (balancer !== undefined) counts.set(balancer, (counts.get(balancer) ?? 0) + most);
    }
  }
  return [...counts].map(([balancer, count]) => ({
    region: regionOf(balancer.template),
    of: resourceName(balancer),
    count,
  }));
}

/** How large a section of each template is. */
export function sizesOf(section: 'Resources' | 'Outputs' | 'Parameters'): Count {
  return ({ templates }) =>
    templates
      .filter(({ source }) => source.isReference !== true)
      .map((template) => {
        const held = template.json[section];
        const count = isJsonMap(held) ? Object.keys(held).length : 0;
        return { region: regionOf(template), of: template.name, count };
      });
}
