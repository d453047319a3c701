import { type IResource, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProperty } from './invalid-property';

/**
 * The region that a resource lies in; `undefined` where the synthesis does not know it.
 *
 * By its ARN where that is known: the CDK takes an import for one of the region of its stack, whatever its ARN says.
 */
export function regionOf({ env }: IResource, arn: string): string | undefined {
  const region = Token.isUnresolved(arn) ? env.region : arn.split(':')[3];
  return region === '' || Token.isUnresolved(region) ? undefined : region;
}

/** A resource that must lie in the region of the stack that uses it. */
export interface Neighbour {
  /** The property by which it was given. */
  readonly property: string;
  readonly resource: IResource;
  readonly arn: string;
  /** What needs it, as in: the region of the load balancer. */
  readonly of: string;
  /** What to do. */
  readonly remedy: string;
}

/** Refuses a resource of another region, where both regions are known. */
export function checkSameRegion(scope: IConstruct, neighbour: Neighbour): void {
  const { property, resource, arn, of, remedy } = neighbour;
  const { region } = Stack.of(scope);
  const other = regionOf(resource, arn);
  if (Token.isUnresolved(region) || other === undefined || other === region) return;
  const got = JSON.stringify(Token.isUnresolved(arn) ? other : arn);
  throw invalidProperty(
    scope,
    `'${property}' must be in the region of ${of} (${region}), got ${got}, ${remedy}`,
  );
}
