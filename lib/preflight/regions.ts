import type { App, Resource } from '../judge/template';
import type { DeployedStack } from './deployment';
import type { Obstacle } from './report';
import { inEveryWorld, resourceName, stackOf } from './values';

/** Where AWS takes what serves the whole world from. */
const EDGE = 'us-east-1';

/** What works in us-east-1 only. */
interface Edgebound {
  readonly resource: Resource;
  readonly why: string;
}

/**
 * Resources that work in one region only and are not there, and stacks that do not say where they are deployed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
 * @see https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html (Scope)
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html
 */
export function wrongRegions(app: App, stacks: readonly DeployedStack[]): readonly Obstacle[] {
  const bound = edgebound(app);
  const misplaced = bound
    .filter(({ resource: { template } }) => template.region !== EDGE && !isChina(template.region))
    .map(({ resource, why }) => {
      const { region } = resource.template;
      const at = region === undefined ? 'its stack has no region' : `its stack is in ${region}`;
      return {
        level: 'blocks' as const,
        topic: 'regions' as const,
        where: resourceName(resource),
        message: `must be in ${EDGE}, since ${why}, but ${at}`,
        remedy: `give the stack env: { region: '${EDGE}' }`,
      };
    });
  const told = new Set(misplaced.map(({ where }) => where));
  const open = stacks
    .filter(({ region }) => region === undefined)
    .filter(
      ({ name }) => !bound.some(({ resource }) => isIn(resource, name) && told.has(resourceName(resource))),
    )
    .map(({ name }) => ({
      level: 'warns' as const,
      topic: 'regions' as const,
      where: name,
      message: 'has no region: it is deployed to whichever region the credentials of the day name',
      remedy: "give the stack env: { region: '...' }",
    }));
  return [...misplaced, ...open];
}

function isIn({ template }: Resource, name: string): boolean {
  return stackOf(template).name === name;
}

/** CloudFront of China takes certificates from elsewhere. */
function isChina(region: string | undefined): boolean {
  return region?.startsWith('cn-') === true;
}

function edgebound(app: App): readonly Edgebound[] {
  const firewall = ['WebACL', 'IPSet', 'RuleGroup', 'RegexPatternSet'].flatMap((type) =>
    app
      .resourcesOfType(`AWS::WAFv2::${type}`)
      .filter((resource) =>
        inEveryWorld(app, resource, (view) => view.at('Scope').value() === 'CLOUDFRONT').includes(true),
      )
      .map((resource) => ({ resource, why: 'its scope is CLOUDFRONT' })),
  );
  return [
    ...firewall,
    ...referred(
      app,
      'AWS::CertificateManager::Certificate',
      ['AWS::CloudFront::Distribution', 'DistributionConfig.ViewerCertificate.AcmCertificateArn'],
      'a distribution of CloudFront uses it',
    ),
    ...referred(
      app,
      'AWS::KMS::Key',
      ['AWS::Route53::KeySigningKey', 'KeyManagementServiceArn'],
      'it signs a zone of Route 53',
    ),
    ...referred(
      app,
      'AWS::Logs::LogGroup',
      ['AWS::Route53::HostedZone', 'QueryLoggingConfig.CloudWatchLogsLogGroupArn'],
      'queries of a zone are logged to it',
    ),
    ...deliveries(app),
  ];
}

function referred(
  app: App,
  type: string,
  by: readonly [type: string, property: string],
  why: string,
): readonly Edgebound[] {
  const referring = app.referringBy(...by);
  return app
    .resourcesOfType(type)
    .filter((resource) => referring.has(resource))
    .map((resource) => ({ resource, why }));
}

/** Logs of a distribution are delivered from there, whatever region their bucket is in. */
function deliveries(app: App): readonly Edgebound[] {
  const sources = app.referringBy('AWS::Logs::DeliverySource', 'ResourceArn');
  return app
    .resourcesOfType('AWS::CloudFront::Distribution')
    .flatMap((distribution) => sources.get(distribution) ?? [])
    .map((resource) => ({ resource, why: 'a distribution of CloudFront delivers its logs through it' }));
}
