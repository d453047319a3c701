import { groupedBy } from '../../core/grouped-by';
import { byCodeUnit } from '../../core/order';
import { type App, isJsonMap, type Json, type Resource } from '../../judge/template';
import { identityOf } from '../fingerprint';

/** A resource of HEAD that a resource of BASE became. */
export interface Successor {
  readonly resource: Resource;
  /** Whether it is the same but for its name. */
  readonly isSame: boolean;
}

/**
 * Which resources of BASE go by another name in HEAD.
 *
 * One that is gone and one that has come are the same where type and content are. Where one of a type is gone and one has
 * come, whatever differs, what protects the data is compared all the same: else a new name would hide that it is weaker.
 */
export function successorsOf(base: App, head: App): ReadonlyMap<Resource, Successor> {
  const before = byIdentity(base);
  const after = byIdentity(head);
  const gone = resourcesOf(base).filter((each) => !after.has(identityOf(each)));
  const came = resourcesOf(head).filter((each) => !before.has(identityOf(each)));
  const found = new Map<Resource, Successor>();
  const pair = (keyOf: (resource: Resource) => string, isSame: boolean, mayBeMany: boolean) => {
    const taken = new Set([...found.values()].map(({ resource }) => resource));
    const candidates = groupedBy(
      came.filter((each) => !taken.has(each)),
      keyOf,
    );
    const open = groupedBy(
      gone.filter((each) => !found.has(each)),
      keyOf,
    );
    for (const [key, olds] of open) {
      const news = [...(candidates.get(key) ?? [])];
      if (!mayBeMany && (olds.length !== 1 || news.length !== 1)) continue;
      // Of several that are the same those with the same name first: then it is the stack that is called otherwise.
      for (const isAlike of [isNamesake, () => true]) {
        for (const old of olds.filter((each) => !found.has(each))) {
          const index = news.findIndex((each) => isAlike(each, old));
          const [resource] = index < 0 ? [] : news.splice(index, 1);
          if (resource !== undefined) found.set(old, { resource, isSame });
        }
      }
    }
  };
  pair(contentOf, true, true);
  pair(({ type }) => type, false, false);
  return found;
}

function isNamesake(a: Resource, b: Resource): boolean {
  return a.logicalId === b.logicalId;
}

function byIdentity(app: App): ReadonlySet<string> {
  return new Set(resourcesOf(app).map(identityOf));
}

function resourcesOf(app: App): readonly Resource[] {
  return app.templates
    .filter(({ source }) => source.isReference !== true)
    .flatMap(({ resources }) => [...resources.values()])
    .sort((a, b) => byCodeUnit(identityOf(a), identityOf(b)));
}

/** Type and content, in which references say what type they lead to: what they lead to may have a new name as well. */
function contentOf(resource: Resource): string {
  const { type, properties, condition = '' } = resource;
  const content = (node: Json | undefined): Json => {
    if (typeof node === 'string')
      return node.replaceAll(/\$\{([^!}.]+)/g, (_, id: string) => `\${${typeOf(id)}`);
    if (Array.isArray(node)) return (node as readonly Json[]).map(content);
    if (!isJsonMap(node)) return node ?? null;
    const entries = Object.entries(node).sort(([a], [b]) => byCodeUnit(a, b));
    return Object.fromEntries(
      entries.map(([key, value]) => [
        key,
        key === 'Ref' || key === 'Fn::GetAtt' ? leadsTo(value) : content(value),
      ]),
    );
  };
  const leadsTo = (value: Json | undefined): Json => {
    const [id, ...attribute] =
      typeof value === 'string' ? value.split('.') : Array.isArray(value) ? (value as readonly Json[]) : [];
    return [typeof id === 'string' ? typeOf(id) : content(id), ...attribute.map(content)];
  };
  const typeOf = (id: string) => resource.template.resources.get(id)?.type ?? id;
  return JSON.stringify([type, condition, content(properties)]);
}
