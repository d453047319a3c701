import { evaluate, intrinsicIn } from './evaluate';
import { expandLoops } from './loops';
import {
  isJsonMap,
  type Json,
  type JsonMap,
  type ParameterValues,
  type Resource,
  type Template,
  type TemplateSource,
} from './rendered-app';
import { isSame, isValueMap, resourcesIn, type Value } from './value';
import { explore, type World } from './world';

/** Resource types that CDK adds for itself. */
const SKIPPED_TYPES = new Set(['AWS::CDK::Metadata']);

/** What CloudFormation will really see: every template of an app, indexed across stacks. */
export class App {
  readonly templates: readonly Template[];
  readonly parameterValues: ParameterValues;
  readonly #byType = new Map<string, Resource[]>();
  readonly #children = new Map<Template, Map<string, Template>>();
  readonly #memo = new Map<object, Map<string, unknown>>();
  /** Names being looked up, so that circular exports end. */
  readonly #pending = new Set<string>();

  constructor(sources: readonly TemplateSource[], parameterValues: ParameterValues = {}) {
    this.parameterValues = parameterValues;
    const byName = new Map(sources.map((source) => [source.name, source]));
    const made = new Map<TemplateSource, Template>();
    const make = (source: TemplateSource): Template => {
      const already = made.get(source);
      if (already !== undefined) return already;
      const above = source.parent === undefined ? undefined : byName.get(source.parent.name);
      const parent =
        above === undefined || source.parent === undefined
          ? undefined
          : { template: make(above), logicalId: source.parent.logicalId };
      const template = indexTemplate(source, parent);
      made.set(source, template);
      return template;
    };
    this.templates = sources.map(make);
    for (const template of this.templates) {
      if (template.parent !== undefined) {
        const { template: above, logicalId } = template.parent;
        const children = this.#children.get(above) ?? new Map<string, Template>();
        this.#children.set(above, children.set(logicalId, template));
      }
      for (const resource of template.resources.values()) {
        const sameType = this.#byType.get(resource.type);
        if (sameType === undefined) this.#byType.set(resource.type, [resource]);
        else sameType.push(resource);
      }
    }
  }

  /** The resource types that occur. */
  get types(): string[] {
    return [...this.#byType.keys()];
  }

  /** All resources of a type, in the order of the templates. */
  resourcesOfType(type: string): readonly Resource[] {
    return this.#byType.get(type) ?? [];
  }

  /** How many resources there are. */
  get resourceCount(): number {
    return this.templates.reduce((sum, template) => sum + template.resources.size, 0);
  }

  /** The template of a nested stack, where it is at hand. */
  nestedTemplate(stack: Resource): Template | undefined {
    return this.#children.get(stack.template)?.get(stack.logicalId);
  }

  /**
   * The resources of `type` whose `property` refers to `target` in some world, by intrinsic or by its literal name.
   *
   * A caller that works in one world asks that world again: this answers for any.
   *
   * @param property a dotted path below Properties, such as `Bucket` or `Settings.VpcId`; lists are searched whole
   */
  referring(target: Resource, type: string, property: string): readonly Resource[] {
    return this.referringBy(type, property).get(target) ?? [];
  }

  /** For every resource that the `property` of a resource of `type` refers to: those that do. */
  referringBy(type: string, property: string): ReadonlyMap<Resource, readonly Resource[]> {
    return this.memo(this, `${type} ${property}`, () => {
      const index = new Map<Resource, Resource[]>();
      for (const from of this.resourcesOfType(type)) {
        const { outcomes } = explore(this, (world) => {
          const cursor = world.view(from).at(...property.split('.'));
          const value = cursor.value();
          return [...resourcesIn(value), ...this.#named(value)];
        });
        for (const target of new Set(outcomes.flatMap(({ value }) => value))) {
          const known = index.get(target);
          if (known === undefined) index.set(target, [from]);
          else known.push(from);
        }
      }
      return index;
    });
  }

  /** Computes once per owner and key. */
  memo<T>(owner: object, key: string, compute: () => T): T {
    const memo = this.#memo.get(owner) ?? new Map<string, unknown>();
    this.#memo.set(owner, memo);
    if (!memo.has(key)) memo.set(key, compute());
    return memo.get(key) as T;
  }

  /** The value behind an export's name. */
  exported(name: Value, reader: Template, world: World): Value | undefined {
    const key = `export ${String(name)}`;
    return this.#guarded(key, () => {
      for (const template of this.templates) {
        if (template.region !== undefined && reader.region !== undefined && template.region !== reader.region)
          continue;
        for (const output of outputsOf(template)) {
          if (!isJsonMap(output.Export) || output.Export.Name === undefined) continue;
          if (isSame(evaluate(output.Export.Name, template, world), name)) {
            return output.Value === undefined ? undefined : evaluate(output.Value, template, world);
          }
        }
      }
      return undefined;
    });
  }

  /** The value behind `Fn::GetStackOutput`. */
  stackOutput(named: Value, world: World): Value | undefined {
    if (!isValueMap(named)) return undefined;
    const { StackName: stackName, Region: region, OutputName: outputName } = named;
    const template = this.templates.find(
      (t) => t.source.stackName === stackName && (region === undefined || t.region === region),
    );
    return template === undefined ? undefined : this.#output(template, String(outputName), world);
  }

  /** The value of a nested stack's output. */
  nestedOutput(stack: Resource, name: string, world: World): Value | undefined {
    const template = this.nestedTemplate(stack);
    return template === undefined ? undefined : this.#output(template, name, world);
  }

  /** The value that a template at hand stores under an SSM parameter's name. */
  ssmParameter(name: string, reader: Template, world: World): Value | undefined {
    return this.#guarded(`ssm ${name}`, () => {
      for (const resource of this.resourcesOfType('AWS::SSM::Parameter')) {
        const { template } = resource;
        if (template.region !== undefined && reader.region !== undefined && template.region !== reader.region)
          continue;
        const { Name: rawName, Value: rawValue } = resource.properties;
        if (rawName === undefined || rawValue === undefined) continue;
        if (isSame(evaluate(rawName, template, world), name)) return evaluate(rawValue, template, world);
      }
      return undefined;
    });
  }

  #output(template: Template, name: string, world: World): Value | undefined {
    return this.#guarded(`output ${template.name}.${name}`, () => {
      const outputs = template.json.Outputs;
      const output = isJsonMap(outputs) ? outputs[name] : undefined;
      const value = isJsonMap(output) ? output.Value : undefined;
      return value === undefined ? undefined : evaluate(value, template, world);
    });
  }

  #guarded(key: string, look: () => Value | undefined): Value | undefined {
    if (this.#pending.has(key)) return undefined;
    this.#pending.add(key);
    try {
      return look();
    } finally {
      this.#pending.delete(key);
    }
  }

  #named(value: Value | undefined): readonly Resource[] {
    if (typeof value === 'string') return this.#byPhysicalName().get(value) ?? [];
    return Array.isArray(value) ? (value as readonly Value[]).flatMap((item) => this.#named(item)) : [];
  }

  #byPhysicalName(): ReadonlyMap<string, readonly Resource[]> {
    return this.memo(this, 'physical names', () => {
      const index = new Map<string, Resource[]>();
      for (const template of this.templates) {
        for (const resource of template.resources.values()) {
          for (const key of PHYSICAL_NAMES) {
            const name = resource.properties[key];
            if (typeof name === 'string') index.set(name, [...(index.get(name) ?? []), resource]);
          }
        }
      }
      return index;
    });
  }
}

/** Properties by which a resource can be named elsewhere without an intrinsic. */
const PHYSICAL_NAMES = [
  'BucketName',
  'QueueName',
  'TopicName',
  'DBParameterGroupName',
  'DBClusterParameterGroupName',
  'ParameterGroupName',
  'CacheParameterGroupName',
  'DomainName',
];

function outputsOf(template: Template): JsonMap[] {
  const outputs = template.json.Outputs;
  return isJsonMap(outputs) ? Object.values(outputs).filter(isJsonMap) : [];
}

function indexTemplate(source: TemplateSource, parent: Template['parent']): Template {
  const { json, notJudged } = expandLoops(source.json);
  const resources = new Map<string, Resource>();
  const template: Template = {
    source,
    name: source.name,
    parent,
    region: source.region,
    resources,
    json,
    notJudged: [...notJudged, ...macrosOf(json)],
  };
  const declared = isJsonMap(json.Resources) ? json.Resources : {};
  for (const [logicalId, raw] of Object.entries(declared)) {
    if (!isJsonMap(raw) || typeof raw.Type !== 'string' || SKIPPED_TYPES.has(raw.Type)) continue;
    const metadata = isJsonMap(raw.Metadata) ? raw.Metadata : {};
    const constructPath = metadata['aws:cdk:path'] ?? source.constructs?.pathOf(logicalId);
    resources.set(logicalId, {
      template,
      logicalId,
      type: raw.Type,
      properties: isJsonMap(raw.Properties) ? raw.Properties : {},
      metadata,
      condition: typeof raw.Condition === 'string' ? raw.Condition : undefined,
      constructPath: typeof constructPath === 'string' ? constructPath : undefined,
    });
  }
  return template;
}

/** Transforms that do not rewrite the resources that are written out. */
const HARMLESS_TRANSFORMS = new Set(['AWS::LanguageExtensions']);

function macrosOf(json: JsonMap): string[] {
  const declared: Json = json.Transform ?? [];
  const names = (Array.isArray(declared) ? (declared as readonly Json[]) : [declared]).map((transform) =>
    isJsonMap(transform) ? String(transform.Name) : String(transform),
  );
  const within = isJsonMap(json.Resources) && intrinsicIn(json.Resources)?.name === 'Fn::Transform';
  return [...names, ...(within ? ['Fn::Transform'] : [])]
    .filter((name) => !HARMLESS_TRANSFORMS.has(name))
    .map((name) => `transform ${name} may add or change resources at deployment`);
}
