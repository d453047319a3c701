import { Fn, Stack } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import type { BaselineConfiguration } from './configuration-file';
import { HandedOver } from './handed-over';

/** What is different about one stack. */
export interface BaselineStackProps {
  /** What it is for, as the console of CloudFormation shows it. */
  readonly description: string;
  /**
   * Where it stands.
   *
   * @default - the region of the configuration
   */
  readonly region?: string;
}

/** A stack of the baseline: named after the configuration, in its region, protected from deletion. */
export abstract class BaselineStack extends Stack {
  /** What it hands over to the stacks of app teams. */
  readonly handedOver: HandedOver;
  /** What holds traces of persons: logs with addresses of visitors, records of who did what. */
  readonly traces: IConstruct[] = [];
  /** What reads logs of the baseline as a whole, so that its role names what lies in buckets by a wildcard. */
  readonly readers: IConstruct[] = [];

  protected constructor(
    scope: Construct,
    id: string,
    configuration: BaselineConfiguration,
    props: BaselineStackProps,
  ) {
    const { name, region, account } = configuration;
    super(scope, id, {
      stackName: `${name}-${id}`,
      description: props.description,
      env: { region: props.region ?? region, account },
      terminationProtection: true,
    });
    this.handedOver = new HandedOver(this, 'HandedOver', { prefix: prefixOf(configuration) });
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

/** Below which name in SSM a baseline hands over what it made. */
function prefixOf({ name }: BaselineConfiguration): string {
  return `/secure-transmission/${name}`;
}
