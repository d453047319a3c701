import { type App, type Cursor, Reference, type Resource } from '../judge/template';
import { type CertifiedName, refusedNames, withoutDot } from './authorities';
import type { DeploymentConfiguration, Obstacle, Section, ValidationZone } from './report';
import { quoted } from './shell';
import { inEveryWorld, nameIn, resourceName, stackOf } from './values';

/** One name of one certificate, and the zone in which it is validated. */
interface Validation extends CertifiedName {
  /** `EMAIL`, or `DNS` with or without a zone. */
  readonly method: string;
  readonly zone: ZoneReference | undefined;
}

/** A zone as a certificate names it. */
interface ZoneReference {
  readonly key: string;
  readonly hostedZoneId?: string;
  readonly madeBy?: Resource;
  /** Why its id is not known. */
  readonly why?: string;
}

/**
 * The zones in which the certificates of an app are validated.
 *
 * ACM looks for its record from the outside: as long as the parent of a zone does not delegate to it, the certificate
 * stays pending and its stack waits, for hours.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/130
 */
export function validationZones(
  app: App,
  configuration?: DeploymentConfiguration,
): Section<readonly ValidationZone[]> {
  const validations = app
    .resourcesOfType('AWS::CertificateManager::Certificate')
    .flatMap((certificate) => inEveryWorld(app, certificate, (view) => validationsOf(view)).flat());
  const zones = new Map<string, ZoneReference>();
  for (const { zone } of validations) if (zone !== undefined) zones.set(zone.key, zone);
  const found = [...zones.values()].map((zone) => {
    const names = zoneNames(app, zone, configuration);
    return describe(
      zone,
      names,
      validations.filter((one) => one.zone?.key === zone.key),
    );
  });
  return {
    found,
    obstacles: [
      ...found.flatMap(misplacedNames),
      ...[...zones.values()].flatMap((zone) => madeHere(app, zone, validations)),
      ...withoutZone(validations),
      ...refusedNames(app, validations),
    ],
  };
}

function validationsOf(view: Cursor): readonly Validation[] {
  if (view.at('CertificateAuthorityArn').isPresent) return [];
  const certificate = view.resource;
  const method = nameIn(view.at('ValidationMethod').value()) ?? 'EMAIL';
  const options = view.at('DomainValidationOptions').items();
  return [view.at('DomainName'), ...view.at('SubjectAlternativeNames').items()].flatMap((cursor) => {
    const name = nameIn(cursor.value());
    if (name === undefined) return [];
    const option = options.find((each) => nameIn(each.at('DomainName').value()) === name);
    const zone = option?.at('HostedZoneId');
    return [
      { name: withoutDot(name), certificate, method, zone: zone?.isPresent ? zoneAt(zone) : undefined },
    ];
  });
}

function zoneAt(cursor: Cursor): ZoneReference {
  const value = cursor.value();
  if (value instanceof Reference && value.resource.type === 'AWS::Route53::HostedZone') {
    return { key: resourceName(value.resource), madeBy: value.resource };
  }
  const id = cursor.string();
  if (id.state === 'given') {
    const hostedZoneId = id.value.replace(/^\/hostedzone\//, '');
    return { key: hostedZoneId, hostedZoneId };
  }
  const why = id.state === 'unresolved' ? id.why : 'it is absent';
  return { key: why, why };
}

/** What a zone is called, where the configuration or the template that makes it says so. */
function zoneNames(
  app: App,
  zone: ZoneReference,
  configuration?: DeploymentConfiguration,
): readonly string[] {
  const configured = (configuration?.zones ?? [])
    .filter(({ hostedZoneId }) => hostedZoneId === zone.hostedZoneId)
    .map(({ zoneName }) => zoneName);
  const made =
    zone.madeBy === undefined
      ? []
      : inEveryWorld(app, zone.madeBy, (view) => nameIn(view.at('Name').value())).flatMap(
          (name) => name ?? [],
        );
  return [...new Set([...configured, ...made].map(withoutDot))];
}

function describe(
  zone: ZoneReference,
  names: readonly string[],
  validations: readonly Validation[],
): ValidationZone {
  const { hostedZoneId, madeBy, why } = zone;
  const [zoneName] = names;
  const query = `aws route53 get-hosted-zone --id ${quoted(hostedZoneId ?? '')}`;
  const name =
    zoneName === undefined
      ? hostedZoneId && `$(${query} --query HostedZone.Name --output text)`
      : quoted(zoneName);
  return {
    ...(hostedZoneId === undefined ? {} : { hostedZoneId }),
    ...(zoneName === undefined ? {} : { zoneName }),
    ...(madeBy === undefined ? {} : { origin: `made as ${resourceName(madeBy)}` }),
    ...(why === undefined ? {} : { origin: `its id is not known here, since ${why}` }),
    names: [...new Set(validations.map((one) => one.name))],
    certificates: [...new Set(validations.map((one) => resourceName(one.certificate)))],
    ...(hostedZoneId === undefined
      ? {}
      : { nameServers: `${query} --query DelegationSet.NameServers --output text` }),
    ...(name === undefined ? {} : { delegation: `dig +short NS ${name}` }),
  };
}

function misplacedNames({
  zoneName,
  names,
  certificates,
  hostedZoneId,
}: ValidationZone): readonly Obstacle[] {
  if (zoneName === undefined) return [];
  return names
    .map((name) => name.replace(/^\*\./, ''))
    .filter((name) => name !== zoneName && !name.endsWith(`.${zoneName}`))
    .map((name) => ({
      level: 'blocks',
      topic: 'zones',
      where: certificates.join(', '),
      message: `${name} does not lie in the zone ${zoneName}${hostedZoneId === undefined ? '' : ` (${hostedZoneId})`} in which it is to be validated: Route 53 refuses the record`,
      remedy: `name the zone of ${name}`,
    }));
}

/** A zone of the templates themselves: its parent cannot delegate to name servers that nobody knows before. */
function madeHere(app: App, zone: ZoneReference, validations: readonly Validation[]): readonly Obstacle[] {
  const { madeBy } = zone;
  if (madeBy === undefined) return [];
  const waiting = validations.filter((one) => one.zone?.key === zone.key).map((one) => one.certificate);
  const where = resourceName(madeBy);
  const isPrivate = inEveryWorld(app, madeBy, (view) => view.at('VPCs').items().length > 0).includes(true);
  if (isPrivate) {
    return [
      {
        level: 'blocks',
        topic: 'zones',
        where,
        message:
          'the zone is private, so that ACM never sees the record by which it would validate a certificate',
        remedy: 'validate in a public zone of the same name, or issue from a private authority',
      },
    ];
  }
  if (isDelegatedHere(app, madeBy)) return [];
  const isSameStack = waiting.some((one) => stackOf(one.template) === stackOf(madeBy.template));
  return [
    {
      level: isSameStack ? 'blocks' : 'warns',
      topic: 'zones',
      where,
      message: isSameStack
        ? 'the zone is made in the stack whose certificate waits for it to be delegated, which nobody can do before its name servers are known: the stack waits for hours'
        : 'the zone is made by this app, and its name servers are known only then: the stacks with its certificates wait until the parent delegates to it',
      remedy: isSameStack
        ? 'move the zone to a stack of its own, deploy it, delegate to it, then deploy the certificate'
        : `deploy ${stackOf(madeBy.template).name} first (cdk deploy ${stackOf(madeBy.template).name}), delegate to it, then deploy the rest`,
    },
  ];
}

/** Whether an NS record of the app, in the zone above, names the servers of a zone. */
function isDelegatedHere(app: App, zone: Resource): boolean {
  return app
    .referring(zone, 'AWS::Route53::RecordSet', 'ResourceRecords')
    .some((record) => inEveryWorld(app, record, (view) => view.at('Type').value() === 'NS').includes(true));
}

/** Validations for which CloudFormation writes no record. */
function withoutZone(validations: readonly Validation[]): readonly Obstacle[] {
  const waiting = new Map<Resource, Validation[]>();
  for (const one of validations) {
    if (one.zone === undefined) waiting.set(one.certificate, [...(waiting.get(one.certificate) ?? []), one]);
  }
  return [...waiting].map(([certificate, ones]) => {
    const names = ones.map(({ name }) => name).join(', ');
    const isMail = ones[0]?.method !== 'DNS';
    return {
      level: 'warns',
      topic: 'zones',
      where: resourceName(certificate),
      message: isMail
        ? `${names} is validated by e-mail: the stack waits until somebody follows the link that ACM sends`
        : `no zone is named for ${names}: the stack waits until somebody writes the record that ACM asks for`,
      remedy: isMail
        ? 'validate by DNS, with the zone in DomainValidationOptions'
        : 'name the zone in DomainValidationOptions (CertificateValidation.fromDns(zone)), or write the record that the events of the stack print',
    };
  });
}
