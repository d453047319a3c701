import type { ParameterValues, Resource, Template, TemplateSource } from './rendered-app';
import { SharedValues } from './shared-values';
import { resourcesMentioned, templatesOf } from './templates';
import { isValueMap, resourcesIn, type Value } from './value';
import { explore, type World } from './world';

/** What CloudFormation will really see: every template of an app, indexed across stacks. */
export class App {
  readonly templates: readonly Template[];
  readonly parameterValues: ParameterValues;
  readonly #byType = new Map<string, Resource[]>();
  readonly #children = new Map<Template, Map<string, Template>>();
  readonly #memo = new Map<object, Map<string, unknown>>();
  readonly #referring = new Map<string, Map<string, ReadonlyMap<Resource, readonly Resource[]>>>();
  readonly #shared = new SharedValues(this);

  constructor(sources: readonly TemplateSource[], parameterValues: ParameterValues = {}) {
    this.parameterValues = parameterValues;
    this.templates = templatesOf(sources, parameterValues);
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
    // Asked for every resource of an app: two look-ups cost less than a key of both.
    const ofType = this.#referring.get(type) ?? new Map<string, ReadonlyMap<Resource, readonly Resource[]>>();
    this.#referring.set(type, ofType);
    const known = ofType.get(property);
    if (known !== undefined) return known;
    const made = this.#indexOf(type, property);
    ofType.set(property, made);
    return made;
  }

  #indexOf(type: string, property: string): ReadonlyMap<Resource, readonly Resource[]> {
    const index = new Map<Resource, Resource[]>();
    for (const from of this.resourcesOfType(type)) {
      const { outcomes, complete } = explore(this, (world) => {
        const cursor = world.view(from).at(...property.split('.'));
        const value = cursor.value();
        return [...resourcesIn(value), ...this.#named(value)];
      });
      // A relation that was not tried must not be lost: whoever follows it, finds it unknown in turn.
      const untried = complete ? [] : resourcesMentioned(from);
      for (const target of new Set([...outcomes.flatMap(({ value }) => value), ...untried])) {
        const known = index.get(target);
        if (known === undefined) index.set(target, [from]);
        else known.push(from);
      }
    }
    return index;
  }

  /** Computes once per owner and key. */
  memo<T>(owner: object, key: string, compute: () => T): T {
    const known = this.#memo.get(owner);
    const memo = known ?? new Map<string, unknown>();
    if (known === undefined) this.#memo.set(owner, memo);
    const found = memo.get(key);
    if (found !== undefined || memo.has(key)) return found as T;
    const value = compute();
    memo.set(key, value);
    return value;
  }

  /** The value behind an export's name. */
  exported(name: Value, reader: Template, world: World): Value | undefined {
    return this.#shared.exported(name, reader, world);
  }

  /** The value behind `Fn::GetStackOutput`. */
  stackOutput(named: Value, reader: Template, world: World): Value | undefined {
    return isValueMap(named) ? this.#shared.stackOutput(named, reader, world) : undefined;
  }

  /** The value of a nested stack's output. */
  nestedOutput(stack: Resource, name: string, world: World): Value | undefined {
    return this.#shared.nestedOutput(stack, name, world);
  }

  /** The value that a template at hand stores under an SSM parameter's name. */
  ssmParameter(name: string, reader: Template, world: World): Value | undefined {
    return this.#shared.ssmParameter(name, reader, world);
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
