import { createHash } from 'node:crypto';
import { childOf, isJsonMap, type Json, type JsonMap, type TemplatePath } from '../template/rendered-app';

/** A resource of the serverless application model, with what `Globals` say about its kind. */
export interface SamResource {
  readonly id: string;
  /** Without `AWS::Serverless::`. */
  readonly kind: string;
  readonly properties: JsonMap;
  readonly raw: JsonMap;
  /** Where it is written, for what SAM makes of itself: the event that asks for it. */
  readonly askedBy?: { readonly id: string; readonly place: string };
}

/** What stands at `made` below a made resource is written at `written` below the SAM resource. */
export type PlaceRow = readonly [made: string, written: string];

interface Origin {
  readonly of: string;
  readonly kind: string;
  readonly places: readonly PlaceRow[];
  readonly globals: readonly PlaceRow[];
}

/** The resources that SAM makes, and where in its template each was written. */
export class Made {
  readonly resources = new Map<string, JsonMap>();
  readonly notJudged = new Set<string>();
  readonly #origins = new Map<string, Origin>();
  readonly #makers = new Map<string, Set<string>>();

  /** Adds a resource under the logical id that SAM documents. */
  add(
    from: SamResource,
    wanted: string,
    type: string,
    properties: Readonly<Record<string, Json | undefined>>,
    places: readonly PlaceRow[] = [],
  ): void {
    const isItself = wanted === from.id;
    const made = { Type: type, Properties: defined(properties), ...attributesOf(from.raw, isItself) };
    const id = this.#idFor(wanted, made);
    this.resources.set(id, made);
    this.#makers.set(id, (this.#makers.get(id) ?? new Set()).add(from.id));
    const { askedBy } = from;
    this.#origins.set(
      id,
      askedBy === undefined
        ? { of: from.id, kind: from.kind, places, globals: places }
        : { of: askedBy.id, kind: from.kind, places: [['', askedBy.place]], globals: places },
    );
  }

  /** What two ask for is one, such as a domain of two APIs; what each wants otherwise is judged for each. */
  #idFor(wanted: string, made: JsonMap): string {
    const text = JSON.stringify(made);
    for (let id = wanted, n = 2; ; id = `${wanted}${n++}`) {
      const before = this.resources.get(id);
      if (before === undefined || JSON.stringify(before) === text) return id;
    }
  }

  /** Tells of something that no table here covers. */
  say({ id, kind }: SamResource, what: string): void {
    this.notJudged.add(`${id} (AWS::Serverless::${kind}): ${what}`);
  }

  /** The resources of SAM that a made one is made of: several, where they share it. */
  makersOf(id: string): readonly string[] {
    return [...(this.#makers.get(id) ?? [])];
  }

  /** Where a place below `Resources` is written in SAM's own template. */
  writtenAt(path: TemplatePath, template: JsonMap): TemplatePath {
    const [, id, ...rest] = path;
    const origin = this.#origins.get(String(id));
    if (origin === undefined || path[0] !== 'Resources') return path;
    const below = asWritten(rest, origin.places);
    const inResource = ['Resources', origin.of, ...below];
    const inGlobals = ['Globals', origin.kind, ...asWritten(rest, origin.globals).slice(1)];
    // How many of the keys below its properties stand there.
    const isGlobal = depthOf(template, inGlobals) - 2 > Math.max(0, depthOf(template, inResource) - 3);
    return isGlobal ? inGlobals : inResource;
  }
}

/** Attributes that SAM hands on to what it makes; metadata is said of the resource alone. */
function attributesOf(raw: JsonMap, isItself: boolean): JsonMap {
  const names = ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy', ...(isItself ? ['Metadata'] : [])];
  return defined(Object.fromEntries(names.map((name) => [name, raw[name]])));
}

function asWritten(path: TemplatePath, places: readonly PlaceRow[]): TemplatePath {
  const [first, ...rest] = path;
  if (first !== 'Properties') return path;
  const dotted = rest.join('.');
  const row = places
    .filter(([made]) => made === '' || dotted === made || dotted.startsWith(`${made}.`))
    .sort(([a], [b]) => b.length - a.length)[0];
  if (row === undefined) return path;
  const [made, written] = row;
  const skipped = made === '' ? 0 : made.split('.').length;
  return ['Properties', ...written.split('.').filter((key) => key !== ''), ...rest.slice(skipped)];
}

/** How many steps of a path exist. */
function depthOf(json: Json, path: TemplatePath): number {
  let at: Json | undefined = json;
  let depth = 0;
  for (const step of path) {
    at = childOf(at, step);
    if (at === undefined) break;
    depth += 1;
  }
  return depth;
}

/** Leaves out what is not there. */
export function defined(map: Readonly<Record<string, Json | undefined>>): JsonMap {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
}

/** The bucket and the key of `s3://bucket/key`; `undefined` for anything else. */
export function s3Address(
  uri: Json | undefined,
): { readonly bucket: string; readonly key: string } | undefined {
  const [, bucket, key] = (typeof uri === 'string' && /^s3:\/\/([^/]+)\/(.+)$/.exec(uri)) || [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}

/** SAM tells resources of one kind apart by the beginning of a digest. */
export function shortHash(data: Json): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return createHash('sha1').update(text).digest('hex').slice(0, 10);
}

/** The properties of `names`, as they are. */
export function picked(properties: JsonMap, names: readonly string[]): Record<string, Json | undefined> {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(properties, name)).map((name) => [name, properties[name]]),
  );
}

/** What stands under a key, where it is a map that is written out. */
export function mapAt(map: JsonMap, key: string): JsonMap | undefined {
  const value = Object.hasOwn(map, key) ? map[key] : undefined;
  return isJsonMap(value) && !isCall(value) ? value : undefined;
}

/** Whether a map is a call of a function. */
export function isCall(value: Json | undefined): boolean {
  return isJsonMap(value) && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
}
