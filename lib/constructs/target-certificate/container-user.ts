import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';

/** Who a container runs as: the numbers of a user and of a group, as `1000:1000`. */
export const DEFAULT_USER = '1000:1000';

const USER = /^([1-9]\d{0,8}):([1-9]\d{0,8})$/;

/** Refuses names, whose numbers nobody knows here, and root. */
export function checkUser(scope: IConstruct, user: string): void {
  if (!Token.isUnresolved(user) && USER.test(user)) return;
  const got = Token.isUnresolved(user) ? 'an unresolved value' : JSON.stringify(user.slice(0, 40));
  throw invalidProperty(
    scope,
    `'user' must be the numbers of a user and a group other than root, such as '${DEFAULT_USER}', got ${got}, look them up in the image ('id')`,
  );
}
