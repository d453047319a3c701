import {
  type App,
  concatenate,
  explore,
  isSame,
  type Resource,
  resourcesIn,
  Text,
  type Value,
  type World,
} from '../../template';
import { resourcesMentioned } from '../../template/templates';
import { LOG_SOURCES, type LogSetting } from './log-source';

const BUCKET = 'AWS::S3::Bucket';

/** One log that comes to a bucket. */
export interface LogDelivery extends LogSetting {
  /** The resource that says so. */
  readonly from: Resource;
}

/** The logs that come to a bucket in this world. */
export function deliveriesTo(bucket: Resource, world: World): readonly LogDelivery[] {
  const candidates = sourcesOf(world.app).get(bucket) ?? [];
  return candidates.flatMap((from) => (world.exists(from) ? settingsFor(from, bucket, world) : []));
}

/** Whether anything writes logs to a bucket, in some world. */
export function hasDeliveries(bucket: Resource, app: App): boolean {
  return sourcesOf(app).has(bucket);
}

function settingsFor(from: Resource, bucket: Resource, world: World): readonly LogDelivery[] {
  return settingsOf(from, world)
    .filter((setting) => targetsOf(setting, world).includes(bucket))
    .map((setting) => ({ ...setting, from }));
}

function settingsOf(from: Resource, world: World): readonly LogSetting[] {
  const source = LOG_SOURCES.find(({ type }) => type === from.type);
  return source === undefined ? [] : source.settings(world.view(from));
}

/** For every bucket, what writes logs to it in some world. */
function sourcesOf(app: App): ReadonlyMap<Resource, readonly Resource[]> {
  return app.memo(app, 'sources of logs', () => {
    const index = new Map<Resource, Resource[]>();
    for (const from of LOG_SOURCES.flatMap(({ type }) => app.resourcesOfType(type))) {
      const { outcomes, complete } = explore(app, (world) =>
        settingsOf(from, world).flatMap((setting) => targetsOf(setting, world)),
      );
      const untried = complete ? [] : resourcesMentioned(from);
      for (const bucket of new Set([...outcomes.flatMap(({ value }) => value), ...untried])) {
        index.set(bucket, [...(index.get(bucket) ?? []), from]);
      }
    }
    return index;
  });
}

function targetsOf({ bucket, to }: LogSetting, world: World): readonly Resource[] {
  if (to !== undefined) return [to];
  const value = bucket.value();
  const referred = resourcesIn(value).filter(({ type }) => type === BUCKET);
  return referred.length > 0 || value === undefined ? referred : bucketsNamed(nameIn(value), world);
}

/** The buckets of that name; what is made from the same parts is the same name. */
function bucketsNamed(name: Value, world: World): readonly Resource[] {
  const { literal, made } = namedBuckets(world.app);
  if (typeof name === 'string') return literal.get(name) ?? [];
  return made.filter((one) => isSame(world.view(one).at('BucketName').value(), name));
}

function namedBuckets(app: App): {
  readonly literal: ReadonlyMap<string, readonly Resource[]>;
  readonly made: readonly Resource[];
} {
  return app.memo(app, 'names of buckets', () => {
    const literal = new Map<string, Resource[]>();
    const made: Resource[] = [];
    for (const bucket of app.resourcesOfType(BUCKET)) {
      const { BucketName: name } = bucket.properties;
      if (typeof name === 'string') literal.set(name, [...(literal.get(name) ?? []), bucket]);
      else if (name !== undefined) made.push(bucket);
    }
    return { literal, made };
  });
}

/** The name in `arn:aws:s3:::name/prefix`, in `name.s3.eu-west-1.amazonaws.com`, or by itself. */
function nameIn(value: Value): Value {
  const parts = value instanceof Text ? value.parts : [value];
  const at = parts.findIndex((part) => typeof part === 'string' && part.includes(':s3:::'));
  const rest = at === -1 ? parts : [textAfter(parts[at]), ...parts.slice(at + 1)];
  const ended = rest.map((part) => (typeof part === 'string' ? part.replace(NAME_ENDS, '') : part));
  return concatenate(ended);
}

const NAME_ENDS = /(\/.*|\.s3[.-][a-z0-9.-]*amazonaws\.com(\.cn)?)$/s;

function textAfter(part: Value | undefined): string {
  return typeof part === 'string' ? part.slice(part.indexOf(':s3:::') + ':s3:::'.length) : '';
}
