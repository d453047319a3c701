import { createHash } from 'node:crypto';
import { byCodeUnit } from '../core/order';
import type { Finding } from '../judge/judgement';
import { isJsonMap, type Json, type JsonMap, type Resource } from '../judge/template';
import { isExemption } from '../judge/waivers';

/** The hash that CDK puts at the end of a logical id; it changes with what stands around the construct. */
const CDK_HASH = /[0-9A-F]{8}$/;

/** What makes elements of a list different from each other, where their authors name them: the first that is there. */
const NAMES = [
  'Sid',
  'Id',
  'ID',
  'Name',
  'Key',
  'PathPattern',
  'PolicyName',
  'AttributeName',
  'LoadBalancerPort',
  'Region',
  'Type',
];

/** What is said about an element, and does nothing. */
const REMARKS = new Set(['Description', 'Comment']);

/**
 * The same for the same fault in every run: rule, resource and property, never a line, a value or a place in a list.
 *
 * @param resource what it is about; another one, where a resource is known under another name by now
 */
export function fingerprintOf(
  { rule, path, resource: place }: Finding,
  resource: string = identityOf(place),
): string {
  return digest([rule.id, resource, stablePath(place, path)]);
}

/** The fingerprint of the second, third … of several faults that nothing tells apart. */
export function furtherFingerprint(fingerprint: string, ordinal: number): string {
  return ordinal === 1 ? fingerprint : digest([fingerprint, String(ordinal)]);
}

/** What stays when lines move, and when CDK's hash does. */
export function identityOf(resource: Resource): string {
  const { constructPath, template, logicalId } = resource;
  if (isExemption(resource)) return logicalId;
  return constructPath ?? `${template.name}/${withoutHash(logicalId)}`;
}

/** A path in which every element of a list goes by the same name. */
export function withoutIndexes(path: string): string {
  return path.replaceAll(/\.\d+(?=\.|$)/g, '.*');
}

/** A logical id without CDK's hash. */
export function withoutHash(logicalId: string): string {
  return logicalId.replace(CDK_HASH, '');
}

/**
 * A property's path with, in place of the index, what an element of a list is: its name where it has one of its own, else
 * its content. Elements that are added before it do not move it, and another one that takes its place is another one.
 */
export function stablePath({ properties, metadata }: Resource, path: string): string {
  const steps: string[] = [];
  let at: Json | undefined = { Properties: properties, Metadata: metadata };
  let rest = path.split('.');
  while (rest.length > 0) {
    const nodes = choicesOf(at);
    const list: readonly Json[] | undefined = nodes.find(Array.isArray);
    const [first = ''] = rest;
    if (list !== undefined && /^\d+$/.test(first)) {
      const element: Json | undefined = list[Number(first)];
      steps.push(element === undefined ? first : elementText(element, list));
      at = element;
      rest = rest.slice(1);
      continue;
    }
    const { map, key } = longestKey(nodes.filter(isJsonMap), rest);
    steps.push(key);
    at = map?.[key];
    rest = rest.slice(key.split('.').length);
  }
  return steps.join('.');
}

/** Whether a resource has the very element of a list that a path of another one leads to. */
export function hasSameElement(resource: Resource, other: Resource, path: string): boolean {
  const wanted = [stablePath(other, path), elementAt(other, path)].join('\n');
  return pathsLike(resource, path).some(
    (each) => [stablePath(resource, each), elementAt(resource, each)].join('\n') === wanted,
  );
}

/** All of the first element of a list that a path goes through, as text. */
function elementAt({ properties, metadata }: Resource, path: string): string {
  let nodes: readonly Json[] = [{ Properties: properties, Metadata: metadata }];
  for (const part of path.split('.')) {
    const list: readonly Json[] | undefined = nodes.find(Array.isArray);
    if (list !== undefined && /^\d+$/.test(part)) return JSON.stringify(stable(list[Number(part)]));
    const map = nodes.filter(isJsonMap).find((each) => Object.hasOwn(each, part));
    nodes = choicesOf(map?.[part]);
  }
  return '';
}

/** More elements than these are not looked at. */
const MOST_PATHS = 2000;

/** A path with every index that its lists have. */
function pathsLike({ properties, metadata }: Resource, path: string): readonly string[] {
  let found: { readonly at: Json | undefined; readonly steps: readonly string[] }[] = [
    { at: { Properties: properties, Metadata: metadata }, steps: [] },
  ];
  for (const part of path.split('.')) {
    found = found
      .flatMap(({ at, steps }) => {
        const nodes = choicesOf(at);
        const list: readonly Json[] | undefined = nodes.find(Array.isArray);
        if (list !== undefined && /^\d+$/.test(part)) {
          return list.map((element, i) => ({ at: element, steps: [...steps, String(i)] }));
        }
        const map = nodes.filter(isJsonMap).find((each) => Object.hasOwn(each, part));
        return [{ at: map?.[part], steps: [...steps, part] }];
      })
      .slice(0, MOST_PATHS);
  }
  return found.map(({ steps }) => steps.join('.'));
}

/** What may stand at a place: paths go through `Fn::If` without a step of their own. */
function choicesOf(node: Json | undefined): readonly Json[] {
  if (node === undefined) return [];
  const branches = isJsonMap(node) && Object.keys(node).length === 1 ? node['Fn::If'] : undefined;
  if (!Array.isArray(branches)) return [node];
  return (branches as readonly Json[]).slice(1).flatMap(choicesOf);
}

/** Keys of templates may hold dots themselves, such as `rds.force_ssl`. */
function longestKey(maps: readonly JsonMap[], parts: readonly string[]): { map?: JsonMap; key: string } {
  for (let length = parts.length; length > 0; length--) {
    const key = parts.slice(0, length).join('.');
    const map = maps.find((each) => Object.hasOwn(each, key));
    if (map !== undefined) return { map, key };
  }
  return { key: parts[0] ?? '' };
}

function elementText(element: Json, list: readonly Json[]): string {
  const name = NAMES.map((key) => nameBy(key, element)).find(
    (own) =>
      own !== undefined && list.filter((other) => nameBy(own.key, other)?.text === own.text).length === 1,
  );
  return name === undefined ? `[${contentDigest(element)}]` : `[${name.key}=${name.text}]`;
}

function nameBy(key: string, element: Json): { readonly key: string; readonly text: string } | undefined {
  for (const choice of choicesOf(element)) {
    const value = isJsonMap(choice) && Object.hasOwn(choice, key) ? choice[key] : undefined;
    if (value !== undefined) return { key, text: JSON.stringify(stable(value)) };
  }
  return undefined;
}

function contentDigest(element: Json): string {
  const said = isJsonMap(element)
    ? Object.fromEntries(Object.entries(element).filter(([key]) => !REMARKS.has(key)))
    : element;
  return digest([JSON.stringify(stable(said))]).slice(0, 16);
}

/** The same for the same content: keys in order, and references without CDK's hashes. */
export function stable(node: Json | undefined): Json {
  if (node === undefined) return null;
  if (typeof node === 'string') {
    return node.replaceAll(/\$\{([^!}.]+)(?=[.}])/g, (_, id: string) => `\${${withoutHash(id)}`);
  }
  if (Array.isArray(node)) return (node as readonly Json[]).map(stable);
  if (!isJsonMap(node)) return node;
  const entries = Object.entries(node).sort(([a], [b]) => byCodeUnit(a, b));
  return Object.fromEntries(
    entries.map(([key, value]) => [key, REFERS.has(key) ? named(value) : stable(value)]),
  );
}

const REFERS = new Set(['Ref', 'Fn::GetAtt']);

/** `Id`, `Id.Attribute` or `[Id, Attribute]`. */
function named(value: Json | undefined): Json {
  if (typeof value === 'string') {
    const [id = '', ...attribute] = value.split('.');
    return [withoutHash(id), ...attribute].join('.');
  }
  const [id, ...attribute] = Array.isArray(value) ? (value as readonly Json[]) : [];
  return typeof id === 'string' ? [withoutHash(id), ...attribute.map(stable)] : stable(value);
}

/** What stands for some texts, in 32 hexadecimal digits. */
export function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}
