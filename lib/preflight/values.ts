import {
  type App,
  type Cursor,
  explore,
  isValueList,
  type Resource,
  type Template,
  Text,
  Unresolved,
  type Value,
  type World,
} from '../judge/template';

/** What `look` finds in every world in which a resource exists. */
export function inEveryWorld<T>(
  app: App,
  resource: Resource,
  look: (view: Cursor, world: World) => T,
): readonly T[] {
  const { outcomes } = explore(app, (world) =>
    world.exists(resource) ? { found: look(world.view(resource), world) } : undefined,
  );
  return outcomes.flatMap(({ value }) => (value === undefined ? [] : [value.found]));
}

/** What only the deployment fills in, and what is the same in every resource of a stack. */
const PSEUDO = /^AWS::(AccountId|Region|Partition|StackName)$/;

/**
 * A name as a template gives it: `logs-${AWS::AccountId}`. `undefined` where nobody can foretell it, since it is made
 * from another resource or from a parameter.
 */
export function nameIn(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  const parts = value instanceof Text ? value.parts : value instanceof Unresolved ? [value] : [];
  const texts = parts.map((part) =>
    typeof part === 'string' ? part : part instanceof Unresolved ? pseudo(part) : undefined,
  );
  return texts.length === 0 || texts.includes(undefined) ? undefined : texts.join('');
}

function pseudo({ symbol = '' }: Unresolved): string | undefined {
  const name = symbol.slice(symbol.indexOf('AWS::'));
  return PSEUDO.test(name) ? `\${${name}}` : undefined;
}

/** The texts in a list, and those of its entries that are known. */
export function textsIn(value: Value | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return isValueList(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Each once, in the order in which they first come. */
export function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}

/** How people know a resource. */
export function resourceName({ constructPath, template, logicalId }: Resource): string {
  return constructPath?.replace(/(\/(Resource|Default))+$/, '') ?? `${template.name}/${logicalId}`;
}

/** The stack that is deployed, where a template is one of its nested stacks. */
export function stackOf(template: Template): Template {
  return template.parent === undefined ? template : stackOf(template.parent.template);
}
