import type { Cursor } from '../../template';
import { type Connector, hop, resourceParty } from '../connector';
import { VPC } from '../data-store';
import type { Fact, HopProtocol, Party } from '../fact';
import { hidden, none, type Observed, observe, stated } from '../observed';

const TRANSIT_ENCRYPTION: Readonly<Record<string, HopProtocol>> = { ENABLED: 'tls', DISABLED: 'plaintext' };

/** ECS: file systems that tasks mount, and Service Connect between services. */
export const ecs: Connector = {
  service: 'ecs',
  types: ['AWS::ECS::TaskDefinition', 'AWS::ECS::Service'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    return resource.type === 'AWS::ECS::TaskDefinition' ? volumeHops(view) : serviceConnectHops(view);
  },
};

function volumeHops(view: Cursor): readonly Fact[] {
  const volumesAt = view.at('Volumes');
  const volumes = volumesAt.list();
  if (volumes.state === 'unresolved') {
    return [volumeHop(view, volumesAt, undefined, hidden(volumesAt, volumes.why))];
  }
  return volumesAt.items().flatMap((volume) => {
    const efs = volume.at('EFSVolumeConfiguration');
    if (!efs.isPresent) return [];
    const at = efs.at('TransitEncryption');
    const protocol = observe<HopProtocol, string>(at, at.string(), {
      map: (value) => TRANSIT_ENCRYPTION[value.toUpperCase()],
      otherwise: 'plaintext',
    });
    return [volumeHop(view, efs, labelOf(volume.at('Name')), protocol)];
  });
}

function volumeHop(
  view: Cursor,
  efs: Cursor,
  label: string | undefined,
  protocol: Observed<HopProtocol>,
): Fact {
  const fileSystem = efs.at('FilesystemId').reference();
  const id = efs.at('FilesystemId').string();
  const to: Party =
    fileSystem === undefined
      ? { what: 'external', name: id.state === 'given' ? id.value : 'an EFS file system' }
      : resourceParty(fileSystem);
  const iam = efs.at('AuthorizationConfig', 'IAM').string();
  return hop(view, {
    kind: 'ecs.efs-volume',
    label,
    from: resourceParty(view.resource),
    to,
    protocol,
    // The mount helper of EFS: TLS 1.2, and it checks the certificate (EFS user guide, from memory).
    floor: stated(efs, 'TLSv1.2'),
    serverAuthenticated: stated(efs, true),
    clientAuthentication: stated(
      efs.at('AuthorizationConfig', 'IAM'),
      iam.state === 'given' && iam.value === 'ENABLED' ? 'iam' : 'none',
    ),
    acceptsWrites: true,
  });
}

function serviceConnectHops(view: Cursor): readonly Fact[] {
  const connect = view.at('ServiceConnectConfiguration');
  const enabled = connect.at('Enabled').boolean();
  if (!connect.isPresent || (enabled.state === 'given' && !enabled.value)) return [];
  const servicesAt = connect.at('Services');
  const services = servicesAt.list();
  if (services.state === 'unresolved') {
    return [serviceHop(view, servicesAt, undefined, hidden(servicesAt, services.why))];
  }
  // A service without entries is a client only: the other side is judged where it stands.
  return servicesAt.items().flatMap((service) => {
    const tls = service.at('Tls');
    const entries = tls.entries();
    const protocol =
      entries.state === 'unresolved'
        ? hidden<HopProtocol>(tls, entries.why)
        : tls.isPresent
          ? underAuthority(tls)
          : stated<HopProtocol>(tls, 'plaintext');
    const label = labelOf(service.at('PortName'));
    return [
      serviceHop(view, tls, label, protocol),
      ...(tls.isPresent ? pastProxy(view, service, label) : []),
    ];
  });
}

/**
 * A proxy that listens on a port of its own leaves the container's open: what comes there goes past the proxy, and past
 * its TLS, as far as security groups let it.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-ecs-service-serviceconnectservice.html
 */
function pastProxy(view: Cursor, service: Cursor, label: string | undefined): readonly Fact[] {
  const override = service.at('IngressPortOverride');
  if (!override.isPresent) return [];
  const proxy = override.string();
  const container = containerPort(view, label);
  if (proxy.state === 'given' && proxy.value === container) return [];
  const isKnown = proxy.state === 'given' && container !== undefined;
  const why = proxy.state === 'unresolved' ? proxy.why : 'the port of the container is not known';
  return [
    hop(view, {
      kind: 'ecs.service-port',
      label,
      from: VPC,
      to: resourceParty(view.resource),
      protocol: isKnown
        ? stated<HopProtocol>(override, 'pass-through', { given: true })
        : hidden<HopProtocol>(override, why),
      endsHere: false,
    }),
  ];
}

/** The port of a service's task that has this name, where there is one and no more. */
function containerPort(view: Cursor, name: string | undefined): string | undefined {
  const task = view.at('TaskDefinition').reference();
  if (name === undefined || task?.type !== 'AWS::ECS::TaskDefinition') return undefined;
  const [port, ...others] = view.world
    .view(task)
    .at('ContainerDefinitions')
    .items()
    .flatMap((container) => container.at('PortMappings').items())
    .filter((mapping) => labelOf(mapping.at('Name')) === name)
    .map((mapping) => mapping.at('ContainerPort').string());
  return port?.state === 'given' && others.length === 0 ? port.value : undefined;
}

/** Without an authority there is nobody to sign certificates, and ECS does not say what it does then. */
function underAuthority(tls: Cursor): Observed<HopProtocol> {
  const authority = tls.at('IssuerCertificateAuthority');
  const arn = authority.at('AwsPcaAuthorityArn');
  const name = arn.string();
  // One that is made in the same app is not known by name, and there all the same.
  const isNamed = authority.isPresent && arn.isPresent && !(name.state === 'given' && name.value === '');
  if (isNamed) return stated(tls, 'tls', { given: true });
  return hidden(authority.isPresent ? arn : authority, 'TLS has to have a certificate authority');
}

function serviceHop(
  view: Cursor,
  tls: Cursor,
  label: string | undefined,
  protocol: Observed<HopProtocol>,
): Fact {
  const isTls = protocol.value === 'tls';
  return hop(view, {
    kind: 'ecs.service-connect',
    label,
    from: VPC,
    to: resourceParty(view.resource),
    protocol,
    // The proxies speak TLS 1.3 only, and trust the authority that signs their certificates, which ECS renews:
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-tls.html
    floor: isTls ? stated(tls, 'TLSv1.3') : none(tls),
    serverAuthenticated: isTls ? stated(tls, true) : none(tls),
    certificate: isTls ? stated(tls, 'private-ca', { given: true }) : none(tls),
  });
}

function labelOf(name: Cursor): string | undefined {
  const reading = name.string();
  return reading.state === 'given' ? reading.value : undefined;
}
