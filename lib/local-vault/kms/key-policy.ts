import type { KmsKey } from './keys';
import { holds, isLike, normalKey, type RequestContext } from './policy-conditions';
import type { PolicyDocument, Statement } from './policy-document';
import type { Principal } from './principals';
import type { EncryptionContext } from './request-fields';

/** What is asked of a key, for its policy. */
export interface Asked {
  /** Such as `kms:Decrypt`. */
  readonly action: string;
  readonly context?: EncryptionContext;
  /** Further keys of conditions with their values, such as `kms:MacAlgorithm`. */
  readonly more?: Readonly<Record<string, string>>;
}

/**
 * Whether a principal may do something with a key, in one account: nothing denies it, and the key policy allows it, or
 * gives the account the right to allow it and an IAM policy does.
 */
export function isAllowed(key: KmsKey, principal: Principal, asked: Asked): boolean {
  const request = requestContext(key, principal, asked);
  const own = principal.policies.flatMap(({ statements }) => statements);
  const applies = (statement: Statement) =>
    statement.actions.some((action) => isLike(asked.action.toLowerCase(), action)) &&
    statement.resources.some((resource) => isLike(key.arn, resource)) &&
    statement.conditions.every((condition) => holds(condition, request));
  const ofKey = key.policy.statements.filter(applies);
  const ofPrincipal = own.filter(applies);
  const isDenied =
    ofKey.some((one) => one.effect === 'Deny' && names(one, principal.arn, key)) ||
    ofPrincipal.some(({ effect }) => effect === 'Deny');
  if (isDenied) return false;
  const allows = ofKey.filter(({ effect }) => effect === 'Allow');
  if (allows.some((one) => namesItself(one, principal.arn))) return true;
  const isRoot = principal.arn.endsWith(':root');
  const isDelegated = allows.some((one) => isOfAccount(one, principal.arn, key));
  return isDelegated && (isRoot || ofPrincipal.some(({ effect }) => effect === 'Allow'));
}

/** Whether somebody could never change this policy again: KMS refuses one (the "policy lockout safety check"). */
export function locksOut(policy: PolicyDocument, key: KmsKey, principal: Principal): boolean {
  return !isAllowed({ ...key, policy }, principal, { action: 'kms:PutKeyPolicy' });
}

/** Whether a statement names a principal, or its whole account. */
function names(statement: Statement, arn: string, key: KmsKey): boolean {
  return namesItself(statement, arn) || isOfAccount(statement, arn, key);
}

function namesItself({ principals = [] }: Statement, arn: string): boolean {
  return principals.some((one) => one === '*' || one === arn);
}

/** Whether a statement names the account of the key, and so leaves it to IAM policies. */
function isOfAccount({ principals = [] }: Statement, arn: string, { account }: KmsKey): boolean {
  const isOurs = arn.split(':')[4] === account;
  return (
    isOurs &&
    principals.some((one) => one === account || /^arn:[\w-]+:iam::(\d{12}):root$/.exec(one)?.[1] === account)
  );
}

function requestContext(
  key: KmsKey,
  principal: Principal,
  { context = {}, more = {} }: Asked,
): RequestContext {
  const account = principal.arn.split(':')[4] ?? '';
  const names = Object.keys(context);
  const pairs: [string, string | readonly string[]][] = [
    ['aws:PrincipalArn', principal.arn],
    ['aws:PrincipalAccount', account],
    ['aws:PrincipalIsAWSService', 'false'],
    ['kms:CallerAccount', account],
    ['kms:KeySpec', key.spec],
    ['kms:KeyUsage', key.usage],
    ['kms:KeyOrigin', 'AWS_KMS'],
    ['kms:MultiRegion', String(key.multiRegion)],
    ...Object.entries(context).map(([name, value]): [string, string] => [
      `kms:EncryptionContext:${name}`,
      value,
    ]),
    ...Object.entries(more),
  ];
  // Without a context there is no such key: `Null` and `ForAllValues` tell the difference.
  if (names.length > 0) pairs.push(['kms:EncryptionContextKeys', names]);
  if (principal.viaService !== undefined) pairs.push(['kms:ViaService', principal.viaService]);
  return new Map(pairs.map(([name, value]) => [normalKey(name), value]));
}
