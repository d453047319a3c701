import type { DeployedStack } from './deployment';
import type { BootstrappedEnvironment, Deployers } from './report';
import { quoted } from './shell';

/** The qualifier of `cdk bootstrap` without options. */
const DEFAULT_QUALIFIER = 'hnb659fds';

/**
 * The environments that have to be bootstrapped, and the least version of the bootstrap stack there: the highest that
 * any stack or any of its assets asks for.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export function environmentsOf(stacks: readonly DeployedStack[]): readonly BootstrappedEnvironment[] {
  const found = new Map<string, BootstrappedEnvironment>();
  for (const { account, region, bootstrap } of stacks) {
    if (bootstrap === undefined) continue;
    const key = [account, region, bootstrap.parameter].join('\n');
    const version = Math.max(bootstrap.version, found.get(key)?.version ?? 0);
    found.set(key, environment(account, region, version, bootstrap.parameter));
  }
  return [...found.values()];
}

function environment(
  account: string | undefined,
  region: string | undefined,
  version: number,
  parameter: string,
): BootstrappedEnvironment {
  const qualifier = /^\/cdk-bootstrap\/([^/]+)\/version$/.exec(parameter)?.[1] ?? DEFAULT_QUALIFIER;
  const options =
    qualifier === DEFAULT_QUALIFIER
      ? ''
      : ` --qualifier ${quoted(qualifier)} --toolkit-stack-name ${quoted(`CDKToolkit-${qualifier}`)}`;
  return {
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    version,
    parameter,
    bootstrap: `cdk bootstrap${options} ${quoted(`aws://${account ?? 'ACCOUNT'}/${region ?? 'REGION'}`)}`,
    check: `aws ssm get-parameter --name ${quoted(parameter)} --query Parameter.Value --output text --region ${quoted(region ?? 'REGION')}`,
  };
}

/** The roles that a deployment works with, by their names, and the services of what it makes. */
export function deployersOf(stacks: readonly DeployedStack[], types: readonly string[]): Deployers {
  const services = new Map<string, number>();
  for (const type of types) {
    // Custom resources are functions in the end, which have a type of their own.
    const service = type.startsWith('Custom::') ? 'Custom' : type.split('::').slice(0, 2).join('::');
    services.set(service, (services.get(service) ?? 0) + 1);
  }
  return {
    assumed: [...new Set(stacks.flatMap(({ assumed }) => assumed.map(roleName)))].sort(),
    execution: [...new Set(stacks.flatMap(({ execution }) => execution ?? []).map(roleName))].sort(),
    services: [...services]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([service, resources]) => ({ service, resources })),
  };
}

function roleName(arn: string): string {
  return arn
    .replace(/^.*:role\//, '')
    .replaceAll(`\${AWS::AccountId}`, 'ACCOUNT')
    .replaceAll(`\${AWS::Region}`, 'REGION');
}
