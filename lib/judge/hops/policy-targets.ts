import type { Document } from '../policy';
import type { App, Cursor, Resource, World } from '../template';

/** A resource policy: its statements, and where they stand. */
export interface PolicyPlace {
  readonly at: Cursor;
  readonly document: Document;
}

/** How policies of one type name what they are for. */
export interface PolicyType {
  readonly type: string;
  /** The property that names the resource or a list of them. */
  readonly target: string;
  readonly document: (policy: Cursor) => PolicyPlace;
}

/**
 * The policies of some types that are for a resource in this world: read once, since who writes logs to a bucket is asked
 * of its policies by rule after rule.
 */
export function policiesFor(
  resource: Resource,
  world: World,
  types: readonly PolicyType[],
): readonly PolicyPlace[] {
  const key = `policies ${types.map(({ type }) => type).join()}`;
  return world.once(resource, key, () => types.flatMap((type) => policiesOf(type, resource, world)));
}

function policiesOf(type: PolicyType, resource: Resource, world: World): readonly PolicyPlace[] {
  const { app } = world;
  const candidates = new Set([
    ...app.referring(resource, type.type, type.target),
    ...literalPolicies(app, type).filter((policy) => namesLiterally(policy, type.target, resource)),
  ]);
  const alike = writtenPolicies(app, type).filter((policy) => isNamedAlike(policy, type.target, resource));
  return [...new Set([...candidates, ...alike])]
    .filter((policy) => world.exists(policy))
    .map((policy) => world.view(policy))
    .filter(
      (view) => alike.includes(view.resource) || targetsOf(view.at(type.target), world).includes(resource),
    )
    .map(type.document);
}

/** The policies that name a target by an expression that is no reference to a resource, such as a parameter. */
function writtenPolicies(app: App, { type, target }: PolicyType): readonly Resource[] {
  return app.memo(app, `written ${type} ${target}`, () =>
    app.resourcesOfType(type).filter((policy) => isWritten(policy.properties[target], policy)),
  );
}

function isWritten(raw: unknown, { template }: Resource): boolean {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return false;
  return !('Ref' in raw && typeof raw.Ref === 'string' && template.resources.has(raw.Ref));
}

/** One expression for the name of a resource and for the target of its policy means the same, whatever its value. */
function isNamedAlike(policy: Resource, target: string, resource: Resource): boolean {
  if (policy.template !== resource.template) return false;
  const written = JSON.stringify(policy.properties[target]);
  return NAMES.some((key) => JSON.stringify(resource.properties[key]) === written);
}

/** The policies that name a target in plain text: few, so that a search through them stays short. */
function literalPolicies(app: App, { type, target }: PolicyType): readonly Resource[] {
  return app.memo(app, `literal ${type} ${target}`, () =>
    app.resourcesOfType(type).filter(({ properties }) => {
      const raw = properties[target];
      const listed: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
      return listed.some((item) => typeof item === 'string');
    }),
  );
}

/** The resources of this app that a property of a policy names. */
function targetsOf(cursor: Cursor, world: World): readonly Resource[] {
  return itemsOf(cursor).flatMap((item) => {
    const resource = item.reference();
    if (resource !== undefined) return [resource];
    const text = item.string();
    return text.state === 'given' ? namedIn(world, text.value) : [];
  });
}

/** The targets of a policy that are no resource of a type of this app, so that nobody else judges the policy. */
export function foreignTargets(view: Cursor, type: PolicyType, protectedType: string): readonly Cursor[] {
  const { world, resource: policy } = view;
  const isOurs = writtenPolicies(world.app, type).includes(policy);
  const others = [...policy.template.resources.values()].filter((other) => other.type === protectedType);
  if (isOurs && others.some((other) => isNamedAlike(policy, type.target, other))) return [];
  return itemsOf(view.at(type.target)).filter(
    (item) => !targetsOf(item, world).some((resource) => resource.type === protectedType),
  );
}

function itemsOf(cursor: Cursor): readonly Cursor[] {
  const list = cursor.list();
  if (list.state === 'given') return list.value;
  return list.state === 'unresolved' ? [cursor] : [];
}

/** Literal names, ARNs (`arn:...:name`) and URLs (`https://.../name`) end with the name. */
const NAMES = ['BucketName', 'TopicName', 'QueueName', 'Name'] as const;
const NAMED_TYPES = [
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::Events::EventBus',
  'AWS::SecretsManager::Secret',
];

function namedIn(world: World, text: string): readonly Resource[] {
  return NAMED_TYPES.flatMap((type) => world.app.resourcesOfType(type)).filter(
    (resource) => isNamed(resource, text) && world.exists(resource),
  );
}

function isNamed(resource: Resource, text: string): boolean {
  return NAMES.some((key) => {
    const name = resource.properties[key];
    if (typeof name !== 'string' || name === '') return false;
    return text === name || text.endsWith(`/${name}`) || text.endsWith(`:${name}`);
  });
}

function namesLiterally(policy: Resource, property: string, resource: Resource): boolean {
  const raw = policy.properties[property];
  const listed: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  return listed.some((item) => typeof item === 'string' && isNamed(resource, item));
}
