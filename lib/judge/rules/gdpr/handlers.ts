import { handlersNamed } from '../../classification';
import { type Cursor, tagsPlace } from '../../template';
import { unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { type Permissions, permissionsOf, rolesOf } from './permissions';

/** What a handler has to be allowed to do to a store. */
interface Asked {
  readonly want: string;
  /** Any of them suffices; `undefined` stands for what cannot be told. */
  readonly may: (permissions: Permissions) => readonly (boolean | undefined)[];
}

/** Whether a role of the handler that a store names may do what it is there for. */
export function handlerMay(
  store: Cursor,
  named: string | undefined,
  tag: string,
  { want, may }: Asked,
): Verdict {
  if (named === undefined) return NOT_APPLICABLE;
  const { world, resource } = store;
  const at = tagsPlace(store);
  const handlers = handlersNamed(world.app, resource, named).filter((one) => world.exists(one));
  if (handlers.length === 0) {
    // A path is one of a construct; what else is named is outside, where no template shows anything.
    return named.includes('/')
      ? unknown(at, `the handler that ${tag} names is in no template at hand`)
      : NOT_APPLICABLE;
  }
  const roles = rolesOf(handlers, world);
  if (roles.length === 0)
    return unknown(at, `the handler that ${tag} names has no role in a template at hand`);
  const answers = roles.flatMap((role) => may(permissionsOf(role, world)));
  if (answers.includes(true)) return COMPLIANT;
  if (answers.includes(undefined)) return unknown(at, 'what the role of the handler may do is not known');
  return violation(at, 'a handler that may not do it', want);
}
