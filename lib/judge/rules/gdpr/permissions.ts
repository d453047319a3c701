import { readDocument, type Statement } from '../../policy';
import { takesIn } from '../../policy/glob';
import {
  type Cursor,
  isValueList,
  Reference,
  type Resource,
  resourcesIn,
  Text,
  Unresolved,
  type Value,
  type World,
} from '../../template';

/** What a role may do, as far as templates tell. */
export interface Permissions {
  readonly statements: readonly Statement[];
  /** Why there may be more; `undefined` where this is all. */
  readonly hidden: string | undefined;
}

const ATTACHED: readonly (readonly [type: string, roles: string])[] = [
  ['AWS::IAM::Policy', 'Roles'],
  ['AWS::IAM::ManagedPolicy', 'Roles'],
  ['AWS::IAM::RolePolicy', 'RoleName'],
];

/** The statements of every policy that a role has. */
export function permissionsOf(role: Resource, world: World): Permissions {
  return world.once(
    role,
    'permissions',
    () => readPermissions(role, world),
    () => ({ statements: [], hidden: 'it refers to itself' }),
  );
}

function readPermissions(role: Resource, world: World): Permissions {
  const view = world.view(role);
  const own = view
    .at('Policies')
    .items()
    .map((policy) => policy.at('PolicyDocument'));
  const managed = view.at('ManagedPolicyArns').items();
  const attached = ATTACHED.flatMap(([type, roles]) => world.app.referring(role, type, roles)).filter(
    (policy) => world.exists(policy),
  );
  const ofApp = managed.flatMap((arn) => arn.reference() ?? []).filter((one) => one.type.endsWith('Policy'));
  const documents = [
    ...own,
    ...[...new Set([...attached, ...ofApp])].map((policy) => world.view(policy).at('PolicyDocument')),
  ].map(readDocument);
  const foreign = managed.find((arn) => arn.reference() === undefined && !isHarmless(arn));
  const unread = documents.find((document) => document.state === 'unresolved');
  return {
    statements: documents.flatMap((document) => (document.state === 'given' ? document.statements : [])),
    hidden:
      unread?.state === 'unresolved'
        ? unread.why
        : foreign === undefined
          ? undefined
          : 'the role has a managed policy that no template at hand holds',
  };
}

/** Managed policies for logs and networks reach no store. */
function isHarmless(arn: Cursor): boolean {
  const value = arn.value();
  const text = value instanceof Text ? value.toString() : value;
  return (
    typeof text === 'string' && /policy\/service-role\/AWSLambda(Basic|VPCAccess)ExecutionRole$/.test(text)
  );
}

/** Whether a role may do one of these to a resource; `undefined` where it cannot be told. */
export function mayDo(
  { statements, hidden }: Permissions,
  actions: readonly string[],
  target: Resource,
): boolean | undefined {
  const answers = statements.map(({ content }) => {
    if (content instanceof Unresolved) return undefined;
    const { Effect: effect, Action: action, Resource: resource } = content;
    if (effect !== 'Allow') return effect instanceof Unresolved ? undefined : false;
    if (action === undefined || resource === undefined) return undefined;
    const does = some(action, (text) =>
      actions.some((one) => takesIn(text.toLowerCase(), one.toLowerCase())),
    );
    const reaches = some(resource, (text) => text === '*', target);
    return does === false || reaches === false ? false : does === true && reaches === true ? true : undefined;
  });
  if (answers.includes(true)) return true;
  return hidden !== undefined || answers.includes(undefined) ? undefined : false;
}

function some(value: Value, test: (text: string) => boolean, target?: Resource): boolean | undefined {
  const answers = (isValueList(value) ? value : [value]).map((item) => {
    if (typeof item === 'string') return test(item);
    if (item instanceof Reference || item instanceof Text) {
      const named = resourcesIn(item);
      if (target !== undefined && named.includes(target)) return true;
      return named.length > 0 ? false : undefined;
    }
    return undefined;
  });
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

const ROLE_PROPERTIES = ['Role', 'RoleArn', 'TaskRoleArn', 'ExecutionRoleArn', 'JobRoleArn'];

/** The roles that resources are, or run as. */
export function rolesOf(resources: readonly Resource[], world: World): readonly Resource[] {
  const roles = resources.flatMap((resource) => {
    if (resource.type === 'AWS::IAM::Role') return [resource];
    const view = world.view(resource);
    return ROLE_PROPERTIES.flatMap((property) => view.at(property).reference() ?? []);
  });
  return [...new Set(roles)].filter((role) => role.type === 'AWS::IAM::Role' && world.exists(role));
}
