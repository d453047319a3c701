import type { CfnResource } from 'aws-cdk-lib';

/**
 * What the template will say of a property: an override wins, also one that deletes it, and the CDK has no public way to
 * ask for one.
 *
 * @param name as CloudFormation writes it, such as `AuthorizationType`
 * @param given what the L1 has
 */
export function templateProperty(resource: CfnResource, name: string, given: unknown): unknown {
  const overrides: unknown = Reflect.get(resource, 'rawOverrides');
  const properties = isRecord(overrides) ? overrides.Properties : undefined;
  return isRecord(properties) && name in properties ? properties[name] : given;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
