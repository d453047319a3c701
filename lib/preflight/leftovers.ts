import { type App, type Cursor, isJsonMap, type Json, type Resource } from '../judge/template';
import type { DeployedStack } from './deployment';
import { commandsFor, IDENTIFIED, type Identity } from './identifiers';
import type { Leftover, Protection } from './report';
import { inRegion, quoted } from './shell';
import { inEveryWorld, nameIn, resourceName, stackOf } from './values';

/** Types that CloudFormation takes a last snapshot of where the template says nothing. */
const SNAPSHOT_BY_DEFAULT = new Set(['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance']);

/**
 * What stays when a stack goes.
 *
 * `Retain` also keeps what a failed deployment has just made, `RetainExceptOnCreate` does not.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export function leftoversOf(app: App): readonly Leftover[] {
  return resourcesOf(app).flatMap((resource) => {
    const policy = deletionPolicyOf(resource);
    if (policy === undefined || policy === 'Delete') return [];
    const { type, logicalId, template } = resource;
    const stack = stackOf(template);
    const { region } = stack;
    const identity = identityOf(app, resource);
    const parts = Object.values(identity);
    const isKnown = parts.length > 0 && !parts.includes(undefined);
    return [
      {
        stack: stack.name,
        resource: resourceName(resource),
        logicalId,
        type,
        policy,
        staysAfterRollback: policy === 'Retain',
        ...(isKnown ? { name: parts.join(' ') } : {}),
        // Into a nested stack the CDK imports nothing.
        ...(template === stack ? commandsFor(resource, stack.name, identity, region) : {}),
      },
    ];
  });
}

/** What refuses its deletion: whole stacks, and resources. */
export function protectionsOf(app: App, stacks: readonly DeployedStack[]): readonly Protection[] {
  const terminations = stacks
    .filter(({ terminationProtection }) => terminationProtection)
    .map(({ name, stackName, region }) => ({
      stack: name,
      what: 'the stack itself (termination protection)',
      end: `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${quoted(stackName)}${inRegion(region)}`,
    }));
  const guarded = resourcesOf(app).flatMap((resource) => {
    const stack = stackOf(resource.template).name;
    const what = inEveryWorld(app, resource, guardOf).find((guard) => guard !== undefined);
    return what === undefined ? [] : [{ stack, ...what }];
  });
  return [...terminations, ...guarded];
}

function guardOf(view: Cursor): Omit<Protection, 'stack'> | undefined {
  const name = resourceName(view.resource);
  const isOn = (property: string) => ['true', 'ACTIVE'].includes(String(view.at(property).value()));
  switch (view.resource.type) {
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
      return hasDeletionProtection(view)
        ? {
            what: `${name} (deletion protection)`,
            end: `aws elbv2 modify-load-balancer-attributes --attributes Key=deletion_protection.enabled,Value=false --load-balancer-arn LOAD_BALANCER_ARN${inRegion(view.resource.template.region)}`,
          }
        : undefined;
    case 'AWS::S3::Bucket':
      return lockOf(view, name);
    case 'AWS::RDS::DBCluster':
    case 'AWS::RDS::DBInstance':
    case 'AWS::Neptune::DBCluster':
    case 'AWS::DocDB::DBCluster':
    case 'AWS::Cognito::UserPool':
      return isOn('DeletionProtection') ? { what: `${name} (deletion protection)` } : undefined;
    case 'AWS::DynamoDB::Table':
    case 'AWS::Logs::LogGroup':
      return isOn('DeletionProtectionEnabled') ? { what: `${name} (deletion protection)` } : undefined;
    default:
      return undefined;
  }
}

function hasDeletionProtection(view: Cursor): boolean {
  return view
    .at('LoadBalancerAttributes')
    .items()
    .some(
      (attribute) =>
        attribute.at('Key').value() === 'deletion_protection.enabled' &&
        String(attribute.at('Value').value()) === 'true',
    );
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
function lockOf(view: Cursor, name: string): Omit<Protection, 'stack'> | undefined {
  const retention = view.at('ObjectLockConfiguration', 'Rule', 'DefaultRetention');
  const mode = nameIn(retention.at('Mode').value());
  if (mode === undefined) return undefined;
  const [days, years] = [retention.at('Days').value(), retention.at('Years').value()];
  const time = days === undefined ? `${String(years)} years` : `${String(days)} days`;
  const who =
    mode === 'COMPLIANCE'
      ? 'nobody, not even the root of the account, can delete what lies in it before'
      : 'only who may s3:BypassGovernanceRetention can delete what lies in it before';
  return { what: `${name} (object lock, ${mode.toLowerCase()} for ${time}: ${who})` };
}

function resourcesOf(app: App): readonly Resource[] {
  return app.templates
    .filter(({ source }) => source.isReference !== true)
    .flatMap(({ resources }) => [...resources.values()]);
}

function deletionPolicyOf({ template, logicalId, type, properties }: Resource): string | undefined {
  const raw: Json | undefined = isJsonMap(template.json.Resources)
    ? template.json.Resources[logicalId]
    : undefined;
  const policy = isJsonMap(raw) ? raw.DeletionPolicy : undefined;
  if (typeof policy === 'string') return policy;
  const isMember = properties.DBClusterIdentifier !== undefined;
  return SNAPSHOT_BY_DEFAULT.has(type) && !isMember ? 'Snapshot' : undefined;
}

/** What a template itself says of what identifies a resource: where that is all of it, there can be no second one. */
function identityOf(app: App, resource: Resource): Identity {
  return Object.fromEntries(
    (IDENTIFIED[resource.type]?.by ?? []).map((property) => {
      const values = inEveryWorld(app, resource, (view) => nameIn(view.at(property).value()));
      return [property, values.find((value) => value !== undefined)];
    }),
  );
}
