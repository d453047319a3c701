import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { HANDED_OVER, type HandedOverName } from '../core/handover';

/** What one stack hands over: ARNs and ids as parameters in SSM, which the stacks of app teams read. */
export class HandedOver extends Construct {
  /** The names of the parameters, by what they hold. */
  readonly parameters: Readonly<Partial<Record<HandedOverName, string>>> = {};

  private readonly prefix: string;

  constructor(scope: Construct, id: string, { prefix }: { readonly prefix: string }) {
    super(scope, id);
    this.prefix = prefix;
  }

  /** Hands over values; what is not there is left out. */
  publish(values: Partial<Record<HandedOverName, string | readonly string[] | undefined>>): void {
    for (const [name, value] of Object.entries(values) as [
      HandedOverName,
      string | readonly string[] | undefined,
    ][]) {
      if (value === undefined || value.length === 0) continue;
      const parameterName = `${this.prefix}/${name}`;
      const { about } = HANDED_OVER[name];
      const id = name.replaceAll('/', '-');
      if (typeof value === 'string') {
        new ssm.StringParameter(this, id, { parameterName, description: about, stringValue: value });
      } else {
        new ssm.StringListParameter(this, id, {
          parameterName,
          description: about,
          stringListValue: [...value],
        });
      }
      Object.assign(this.parameters, { [name]: parameterName });
    }
  }
}
