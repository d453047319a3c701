import type { Cursor } from '../../../template';
import type { ClientAuthentication } from '../../fact';
import { hidden, type Observed, stated } from '../../observed';

const USER = 'AWS::ElastiCache::User';
const USER_GROUP = 'AWS::ElastiCache::UserGroup';

/**
 * Groups and users that ElastiCache makes itself: those of IAM, and the one that is let in without a password.
 *
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-public-endpoints-chapter.html
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html
 */
const OWN_GROUPS: Readonly<Record<string, ClientAuthentication>> = { 'default.iam-user-group': 'iam' };
const OWN_USERS: Readonly<Record<string, ClientAuthentication>> = {
  'default.iam-user': 'iam',
  default: 'none',
};

const MODES: Readonly<Record<string, ClientAuthentication>> = {
  iam: 'iam',
  password: 'token',
  'no-password-required': 'none',
};

/** From the weakest on: a cache is as open as the least that one of its users has to show. */
const ORDER: readonly ClientAuthentication[] = ['none', 'token', 'iam'];

/** What clients of a cache have to show: nothing, a password that all share, or what the users of its group do. */
export function authenticationOf(cache: Cursor): Observed<ClientAuthentication> {
  const token = cache.at('AuthToken');
  // An AUTH token is a secret.
  if (token.isPresent) return { ...given(token, 'token'), got: '(redacted)' };
  const groups = cache.at('UserGroupIds');
  // A replication group has one at most.
  const list = groups.list();
  const [listed] = list.state === 'given' ? list.value : [];
  const group = listed ?? (list.state === 'unresolved' ? groups : cache.at('UserGroupId'));
  return group.isPresent ? groupAuthentication(group) : stated(cache, 'none');
}

function groupAuthentication(id: Cursor): Observed<ClientAuthentication> {
  const own = ownOne(id, OWN_GROUPS);
  if (own !== undefined) return given(id, own);
  const group = id.reference();
  if (group?.type !== USER_GROUP) return hidden(id, 'its user group is not in a template at hand');
  const users = id.world.view(group).at('UserIds');
  const list = users.list();
  if (list.state !== 'given') {
    return hidden(users, list.state === 'unresolved' ? list.why : 'a user group has to have users');
  }
  const found = list.value.map(userAuthentication);
  const weakest = ORDER.find((means) => found.some(({ value }) => value === means));
  const unknown = found.find((means) => means.unknown !== undefined);
  // One that is let in with nothing decides, whoever the others are.
  if (weakest !== 'none' && unknown !== undefined) return unknown;
  return found.find(({ value }) => value === weakest) ?? hidden(users, 'a user group has to have users');
}

function userAuthentication(id: Cursor): Observed<ClientAuthentication> {
  const own = ownOne(id, OWN_USERS);
  if (own !== undefined) return given(id, own);
  const user = id.reference();
  if (user?.type !== USER) return hidden(id, 'a user of its group is not in a template at hand');
  const view = id.world.view(user);
  const free = view.at('NoPasswordRequired');
  const isFree = free.boolean();
  if (isFree.state === 'unresolved') return hidden(free, isFree.why);
  if (isFree.state === 'given' && isFree.value) return given(free, 'none');
  const passwords = view.at('Passwords');
  const mode = view.at('AuthenticationMode', 'Type');
  if (!mode.isPresent && passwords.isPresent) return { ...given(passwords, 'token'), got: '(redacted)' };
  const type = mode.string();
  const means = type.state === 'given' ? MODES[type.value.toLowerCase()] : undefined;
  if (means !== undefined) return given(mode, means);
  return hidden(mode, type.state === 'unresolved' ? type.why : 'it names no way in that we know');
}

function ownOne(
  id: Cursor,
  known: Readonly<Record<string, ClientAuthentication>>,
): ClientAuthentication | undefined {
  const name = id.string();
  return name.state === 'given' && Object.hasOwn(known, name.value) ? known[name.value] : undefined;
}

function given(at: Cursor, means: ClientAuthentication): Observed<ClientAuthentication> {
  return stated(at, means, { given: true });
}
