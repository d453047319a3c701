import { Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { BaselineConfiguration } from './configuration';

/** A stack of the baseline: named after the configuration, in its region, protected from deletion. */
export abstract class BaselineStack extends Stack {
  protected constructor(
    scope: Construct,
    id: string,
    configuration: BaselineConfiguration,
    description: string,
  ) {
    const { name, region, account } = configuration;
    super(scope, id, {
      stackName: `${name}-${id}`,
      description,
      env: { region, account },
      terminationProtection: true,
    });
  }

  /**
   * The first availability zones of the region, whichever they are when the stack is deployed.
   *
   * The CDK would ask AWS for their names as soon as the account is known.
   */
  override get availabilityZones(): string[] {
    return [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs()));
  }
}
