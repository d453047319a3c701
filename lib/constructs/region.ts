import { type IResource, Token } from 'aws-cdk-lib';

/**
 * The region that a resource lies in; `undefined` where the synthesis does not know it.
 *
 * By its ARN where that is known: the CDK takes an import for one of the region of its stack, whatever its ARN says.
 */
export function regionOf({ env }: IResource, arn: string): string | undefined {
  const region = Token.isUnresolved(arn) ? env.region : arn.split(':')[3];
  return region === '' || Token.isUnresolved(region) ? undefined : region;
}
