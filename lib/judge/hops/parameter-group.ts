import type { Cursor, Json, Resource } from '../template';
import { isSame, Reference, Text, Unresolved, type Value, whyUnresolved } from '../template';
import { type Observed, observe } from './observed';

/** Which parameter group holds for a database, as far as the templates tell. */
export type ParameterGroup =
  /** A group of this app, whose properties are seen in the same world. */
  | { readonly source: 'app'; readonly view: Cursor }
  /** A default group of AWS, which nobody can change; `family` only where its name is given. */
  | { readonly source: 'default'; readonly family: string | undefined }
  /** A group that no template at hand makes. */
  | { readonly source: 'elsewhere'; readonly why: string };

/**
 * Finds the parameter group that a property names: by reference, also across stacks, or by its literal name.
 *
 * @param name the property that names it
 * @param type the CloudFormation type of the group
 * @param nameProperty the property by which a group of that type names itself
 */
export function parameterGroupOf(name: Cursor, type: string, nameProperty: string): ParameterGroup {
  const found = resourceNamedBy(name, type, nameProperty);
  if (found === undefined) return { source: 'default', family: undefined };
  if (!('why' in found)) return { source: 'app', view: name.world.view(found) };
  const literal = name.string();
  // Names are compared without case: AWS keeps them in lower case.
  const standard = literal.state === 'given' ? /^default[.:](.+)$/i.exec(literal.value)?.[1] : undefined;
  return standard === undefined
    ? { source: 'elsewhere', why: found.why }
    : { source: 'default', family: standard.toLowerCase() };
}

/** The resource of this app that a property names, why it is not found, or nothing where the property is absent. */
export function resourceNamedBy(
  name: Cursor,
  type: string,
  nameProperty: string,
): Resource | { readonly why: string } | undefined {
  const value = name.value();
  if (value === undefined || value === null || value === '') return undefined;
  if (value instanceof Reference) {
    return value.resource.type === type ? value.resource : { why: `${String(value)} is no ${type}` };
  }
  const { world, resource: reader } = name;
  const inArn = resourceInArn(value);
  if (inArn?.type === type) return inArn;
  const named = world.app.resourcesOfType(type).find((candidate) => {
    const given = world.view(candidate).at(nameProperty).value();
    return (
      given !== undefined &&
      isSame(lowerCased(given), lowerCased(value)) &&
      inOneRegion(candidate, reader) &&
      world.exists(candidate)
    );
  });
  if (named !== undefined) return named;
  if (value instanceof Unresolved || value instanceof Text) return { why: whyUnresolved(value) ?? value.why };
  return { why: `${type} ${String(value)} is not made by a template at hand` };
}

/** The resource whose name ends an ARN, such as `arn:aws:rds:eu-west-1:1:db:` and a `Ref`. */
function resourceInArn(value: Value): Resource | undefined {
  const last = value instanceof Text ? value.parts.at(-1) : undefined;
  const before = value instanceof Text ? value.parts.at(-2) : undefined;
  const isName = typeof before === 'string' && before.endsWith(':');
  return isName && last instanceof Reference && last.attribute === 'Ref' ? last.resource : undefined;
}

function lowerCased<T>(value: T): T | string {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function inOneRegion(one: Resource, other: Resource): boolean {
  const [left, right] = [one.template.region, other.template.region];
  return left === undefined || right === undefined || left === right;
}

/** The parameters of a group; CloudFormation takes a map, and JSON in a string for it. */
export function parametersOf(group: Cursor): Cursor {
  const at = group.at('Parameters');
  const text = at.isMap ? undefined : at.value();
  if (typeof text !== 'string') return at;
  try {
    return at.holding(JSON.parse(text) as Json);
  } catch {
    return at;
  }
}

/** The place of a parameter in a group whose parameters are a list of names and values (Redshift). */
export function listedParameter(
  list: Cursor,
  name: string,
  keys: { readonly name: string; readonly value: string },
): { readonly value: Cursor } | { readonly why: string; readonly at: Cursor } | undefined {
  const items = list.list();
  if (items.state === 'absent') return undefined;
  if (items.state === 'unresolved') return { why: items.why, at: list };
  let unreadable: { why: string; at: Cursor } | undefined;
  for (const item of items.value) {
    const itemName = item.at(keys.name).string();
    if (itemName.state === 'given' && itemName.value.toLowerCase() === name) {
      return { value: item.at(keys.value) };
    }
    if (itemName.state === 'unresolved') unreadable = { why: itemName.why, at: item.at(keys.name) };
  }
  return unreadable;
}

/** Words by which engines say yes and no. */
const SWITCH: Readonly<Record<string, boolean>> = {
  '1': true,
  true: true,
  on: true,
  yes: true,
  enabled: true,
  '0': false,
  false: false,
  off: false,
  no: false,
  disabled: false,
};

/** How bytes travel to a database: TLS only where a switch is on; where it is absent, as `otherwise` says. */
export function requiredBySwitch(place: Cursor, otherwise: boolean): Observed<'tls' | 'tls-or-plaintext'> {
  const protocol = (required: boolean): 'tls' | 'tls-or-plaintext' => (required ? 'tls' : 'tls-or-plaintext');
  return observe<'tls' | 'tls-or-plaintext', string>(place, place.string(), {
    map: (text) => {
      const on = SWITCH[text.trim().toLowerCase()];
      return on === undefined ? undefined : protocol(on);
    },
    otherwise: protocol(otherwise),
  });
}
