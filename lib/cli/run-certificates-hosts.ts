import { byCodeUnit } from '../core/order';
import {
  type App,
  type Cursor,
  inFirstWorld,
  type Resource,
  resourcesIn,
  type World,
} from '../judge/template';
import type { ServedEndpoint } from '../live/certificates';

const CERTIFICATE = 'AWS::CertificateManager::Certificate';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
/** CloudFront, and what API Gateway and Cognito put behind it, take certificates of this region only. */
const EDGE = 'us-east-1';

type Path = readonly (string | number)[];

/** Where an endpoint names its hosts and its certificates, type by type. */
const ENDPOINTS: Readonly<
  Record<string, { readonly hosts: Path; readonly certificates: readonly Path[]; readonly region?: string }>
> = {
  'AWS::CloudFront::Distribution': {
    hosts: ['DistributionConfig', 'Aliases'],
    certificates: [['DistributionConfig', 'ViewerCertificate', 'AcmCertificateArn']],
    region: EDGE,
  },
  'AWS::ApiGateway::DomainName': {
    hosts: ['DomainName'],
    certificates: [['RegionalCertificateArn'], ['CertificateArn']],
  },
  'AWS::ApiGateway::DomainNameV2': { hosts: ['DomainName'], certificates: [['CertificateArn']] },
  'AWS::ApiGatewayV2::DomainName': {
    hosts: ['DomainName'],
    certificates: [['DomainNameConfigurations', 0, 'CertificateArn']],
  },
  'AWS::AppSync::DomainName': { hosts: ['DomainName'], certificates: [['CertificateArn']], region: EDGE },
  'AWS::Cognito::UserPoolDomain': {
    hosts: ['Domain'],
    certificates: [['CustomDomainConfig', 'CertificateArn']],
    region: EDGE,
  },
  'AWS::OpenSearchService::Domain': {
    hosts: ['DomainEndpointOptions', 'CustomEndpoint'],
    certificates: [['DomainEndpointOptions', 'CustomEndpointCertificateArn']],
  },
  'AWS::VpcLattice::Service': { hosts: ['CustomDomainName'], certificates: [['CertificateArn']] },
};

/** The endpoints of an app that end TLS with a certificate of ACM and have a host name of their own. */
export function servedEndpoints(app: App): readonly ServedEndpoint[] {
  return inFirstWorld(app, (world) => endpointsIn(app, world)).sort((a, b) => byCodeUnit(a.place, b.place));
}

function endpointsIn(app: App, world: World): ServedEndpoint[] {
  const named = Object.entries(ENDPOINTS).flatMap(([type, { hosts, certificates, region }]) =>
    existing(app, world, type).map((resource) => {
      const view = world.view(resource);
      const at = certificates.flatMap((path) => view.at(...path).items());
      return endpoint(resource, textsAt(view.at(...hosts)), at, region ?? resource.template.region);
    }),
  );
  return [
    ...named,
    ...existing(app, world, LOAD_BALANCER).map((resource) => loadBalancer(app, world, resource)),
  ]
    .filter(({ hosts }) => hosts.length > 0)
    .filter((one) => one.certificateArns.length + one.certificateNames.length > 0 || one.loadBalancerName);
}

/** A load balancer serves what its rules ask for and what records of Route 53 lead to it. */
function loadBalancer(app: App, world: World, resource: Resource): ServedEndpoint {
  const listeners = existing(app, world, LISTENER).filter(
    (listener) => world.view(listener).at('LoadBalancerArn').reference() === resource,
  );
  const further = existing(app, world, `${LISTENER}Certificate`).filter((one) =>
    isOf(world.view(one).at('ListenerArn'), listeners),
  );
  const rules = existing(app, world, `${LISTENER}Rule`).filter((rule) =>
    isOf(world.view(rule).at('ListenerArn'), listeners),
  );
  const records = existing(app, world, 'AWS::Route53::RecordSet').filter((record) =>
    resourcesIn(world.view(record).at('AliasTarget', 'DNSName').value()).includes(resource),
  );
  const hosts = [
    ...rules.flatMap((rule) =>
      world
        .view(rule)
        .at('Conditions')
        .items()
        .filter((condition) => given(condition.at('Field')) === 'host-header')
        .flatMap((condition) => [
          ...textsAt(condition.at('HostHeaderConfig', 'Values')),
          ...textsAt(condition.at('Values')),
        ]),
    ),
    ...records.flatMap((record) => textsAt(world.view(record).at('Name'))),
  ];
  const certificates = [...listeners, ...further].flatMap((one) =>
    world
      .view(one)
      .at('Certificates')
      .items()
      .map((certificate) => certificate.at('CertificateArn')),
  );
  const name = given(world.view(resource).at('Name'));
  return {
    ...endpoint(resource, hosts.filter(isHost), certificates, resource.template.region),
    ...(name === undefined ? {} : { loadBalancerName: name }),
  };
}

function endpoint(
  resource: Resource,
  hosts: readonly string[],
  certificates: readonly Cursor[],
  region: string | undefined,
): ServedEndpoint {
  const names = certificates.flatMap((cursor) => {
    const certificate = cursor.reference();
    if (certificate?.type !== CERTIFICATE) return [];
    return textsAt(cursor.world.view(certificate).at('DomainName'));
  });
  return {
    place: placeOf(resource),
    hosts: sorted(hosts.map((host) => host.replace(/\.$/, '').toLowerCase())),
    ...(region === undefined ? {} : { region }),
    certificateArns: sorted(certificates.flatMap((cursor) => given(cursor) ?? []).filter(isArn)),
    certificateNames: sorted(names.map((name) => name.toLowerCase())),
  };
}

function existing(app: App, world: World, type: string): readonly Resource[] {
  return app
    .resourcesOfType(type)
    .filter((resource) => resource.template.source.isReference !== true && world.exists(resource));
}

function isOf(cursor: Cursor, resources: readonly Resource[]): boolean {
  const resource = cursor.reference();
  return resource !== undefined && resources.includes(resource);
}

function textsAt(cursor: Cursor): readonly string[] {
  return cursor.items().flatMap((item) => given(item) ?? []);
}

function given(cursor: Cursor): string | undefined {
  const text = cursor.string();
  return text.state === 'given' ? text.value : undefined;
}

/** A rule may ask for a pattern, which is no name that a certificate could hold. */
function isHost(text: string): boolean {
  return /^(\*\.)?[^*?]+$/.test(text);
}

function isArn(text: string): boolean {
  return /^arn:[^:]*:acm:/.test(text);
}

function placeOf({ constructPath, template, logicalId }: Resource): string {
  return constructPath?.replace(/\/(Resource|Default)$/, '') ?? `${template.name}/${logicalId}`;
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(byCodeUnit);
}
