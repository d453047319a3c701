import type { App } from './app';
import { conditionHolds } from './conditions';
import { evaluate } from './evaluate';
import { isJsonMap, type Json, type JsonMap, own, type Resource, type Template } from './rendered-app';
import { isSame, isValueList, isValueMap, Unresolved, type Value, type ValueMap } from './value';
import type { World } from './world';

interface Export {
  readonly template: Template;
  readonly output: string;
  readonly name: Json;
}

/** The values that templates hand to each other: exports, outputs, parameters in SSM. */
export class SharedValues {
  constructor(readonly app: App) {}

  /** The value behind an export's name. */
  exported(name: Value, reader: Template, world: World): Value | undefined {
    return this.#once(`export ${String(name)}`, reader, world, () => {
      const { literal, others } = this.#exports();
      const made = [...(literal.get(String(name)) ?? []), ...others]
        .filter(({ template }) => mayShare(template, reader))
        .filter((one) => isSame(evaluate(one.name, one.template, world), name))
        .filter((one) => outputHolds(one.template, one.output, world));
      return onlyOne(
        nearest(made, reader).map((one) => this.#output(one.template, one.output, world)),
        `export ${String(name)}`,
      );
    });
  }

  /** The value behind `Fn::GetStackOutput`. */
  stackOutput(named: ValueMap, reader: Template, world: World): Value | undefined {
    const { StackName: stackName, Region: region = reader.region, OutputName: output, RoleArn: role } = named;
    if (typeof stackName !== 'string' || typeof output !== 'string') return undefined;
    const made = this.app.templates
      .filter((template) => template.source.stackName === stackName)
      .filter((template) => region === undefined || template.region === region)
      // Another account is reached by a role.
      .filter((template) => role !== undefined || isOneAccount(template, reader))
      .map((template) => ({ template }));
    return onlyOne(
      made.map(({ template }) => this.#output(template, output, world)),
      `output ${output} of stack ${stackName}`,
    );
  }

  /** The value of a nested stack's output. */
  nestedOutput(stack: Resource, name: string, world: World): Value | undefined {
    const template = this.app.nestedTemplate(stack);
    return template === undefined ? undefined : this.#output(template, name, world);
  }

  /** The value that a template at hand stores under an SSM parameter's name. */
  ssmParameter(name: string, reader: Template, world: World): Value | undefined {
    return this.#once(`ssm ${name}`, reader, world, () => {
      const made = this.app
        .resourcesOfType('AWS::SSM::Parameter')
        .filter(({ template }) => mayShare(template, reader))
        .filter((resource) => isSame(world.view(resource).at('Name').value(), name))
        .filter((resource) => world.exists(resource));
      return onlyOne(
        nearest(made, reader).map((resource) => world.view(resource).at('Value').value()),
        `SSM parameter ${name}`,
      );
    });
  }

  #output(template: Template, name: string, world: World): Value | undefined {
    return world.once(
      template,
      `output ${name}`,
      () => {
        const output = outputOf(template, name);
        if (output?.Value === undefined || !outputHolds(template, name, world)) return undefined;
        const value = evaluate(output.Value, template, world);
        return isValueList(value) || isValueMap(value)
          ? new Unresolved(`output ${name} of ${template.name} is no text`)
          : value;
      },
      () => undefined,
    );
  }

  #once(
    what: string,
    { region, source: { account } }: Template,
    world: World,
    look: () => Value | undefined,
  ): Value | undefined {
    return world.once(this, `${what} for ${region} ${account}`, look, () => undefined);
  }

  /** Exports by name; names that are made at deployment are compared one by one. */
  #exports(): { readonly literal: ReadonlyMap<string, Export[]>; readonly others: readonly Export[] } {
    return this.app.memo(this, 'exports', () => {
      const literal = new Map<string, Export[]>();
      const others: Export[] = [];
      for (const template of this.app.templates) {
        const { Outputs: outputs } = template.json;
        for (const output of isJsonMap(outputs) ? Object.keys(outputs) : []) {
          const declared = outputOf(template, output)?.Export;
          const name = isJsonMap(declared) ? declared.Name : undefined;
          if (name === undefined) continue;
          const one = { template, output, name };
          if (typeof name !== 'string' || name.includes('{{')) others.push(one);
          else literal.set(name, [...(literal.get(name) ?? []), one]);
        }
      }
      return { literal, others };
    });
  }
}

function outputOf({ json: { Outputs: outputs } }: Template, name: string): JsonMap | undefined {
  const output = isJsonMap(outputs) ? own(outputs, name) : undefined;
  return isJsonMap(output) ? output : undefined;
}

/** An output whose condition does not hold is not made. */
function outputHolds(template: Template, name: string, world: World): boolean {
  const condition = outputOf(template, name)?.Condition;
  return typeof condition !== 'string' || conditionHolds(template, condition, world);
}

/** Exports and SSM parameters are those of one account and region, as far as both are known. */
function mayShare(one: Template, other: Template): boolean {
  const isOneRegion = one.region === undefined || other.region === undefined || one.region === other.region;
  return isOneRegion && isOneAccount(one, other);
}

function isOneAccount({ source: one }: Template, { source: other }: Template): boolean {
  return one.account === undefined || other.account === undefined || one.account === other.account;
}

/** Of several, those that are surely in the reader's account and region. */
function nearest<T extends { readonly template: Template }>(
  made: readonly T[],
  reader: Template,
): readonly T[] {
  const sure = made.filter(
    ({ template }) => template.region === reader.region && template.source.account === reader.source.account,
  );
  return sure.length === 0 ? made : sure;
}

/** Several templates that make one name are for different accounts or regions: which one is meant is not known. */
function onlyOne(values: readonly (Value | undefined)[], what: string): Value | undefined {
  const [first] = values;
  return values.every((value) => value === first || isSame(value, first))
    ? first
    : new Unresolved(`${what} is made by several templates at hand`);
}
