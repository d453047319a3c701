import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkWholeNumber } from '../whole-number';
import { VAULT_FUNCTIONS } from './privileges';
import { readEnvironment } from './runtime/host/environment';
import { isName } from './runtime/http/caller';
import { type TokenVaultProps, VAULT_RIGHTS } from './token-vault-props';

const NAME = 'small letters, digits and hyphens, at most 63, the first no hyphen';
/** HMAC-SHA-256 in base64url. */
const CANARY = /^[\w-]{43}$/;
const MARK = /^[\w.:-]{1,128}$/;
/** Lambda keeps 100 of what an account has free for functions without a reservation, and has 1,000 unless asked for more. */
const MOST_CONCURRENCY = 100_000;
const MOST_COUNTED = 1_000_000;

/** Refuses properties that do not fit, each with one error. */
export function checkTokenVault(scope: IConstruct, props: TokenVaultProps, vaultName: string): void {
  checkName(scope, 'vaultName', vaultName, `${NAME}, since each derivation holds it`);
  checkTenants(scope, props);
  checkOwner(scope, props.owner);
  checkBackupDays(scope, props.backupDays);
  checkTypes(scope, props.types);
  for (const [name, count] of Object.entries(props.concurrency ?? {})) {
    if (!VAULT_FUNCTIONS.some((known) => known === name)) {
      throw invalidProperty(
        scope,
        `'concurrency' must name functions of a vault, got ${shown(name)}, use ${VAULT_FUNCTIONS.join(', ')}`,
      );
    }
    checkWholeNumber(scope, `concurrency.${name}`, count, 1, MOST_CONCURRENCY);
  }
  for (const [name, count] of Object.entries(props.thresholds ?? {})) {
    checkWholeNumber(scope, `thresholds.${name}`, count, 1, MOST_COUNTED);
  }
  const canary = props.canaryTokens?.find((one) => !CANARY.test(one));
  if (canary !== undefined) {
    throw invalidProperty(
      scope,
      "'canaryTokens' must hold keyed indexes of 43 characters of base64url, got something else, take 'token' of the audit record and not the token itself",
    );
  }
  const { restoreMark } = props;
  if (restoreMark !== undefined && (Token.isUnresolved(restoreMark) || !MARK.test(restoreMark))) {
    throw invalidProperty(
      scope,
      `'restoreMark' must be 1 to 128 letters, digits and . : _ -, known at synthesis, got ${shown(restoreMark)}, name the day of the restore`,
    );
  }
}

function checkTenants(scope: IConstruct, { tenants }: TokenVaultProps): void {
  if (Object.keys(tenants).length === 0) {
    throw invalidProperty(
      scope,
      "'tenants' must have at least one tenant, got none, name whose tokens they are",
    );
  }
  for (const [tenant, { grantees }] of Object.entries(tenants)) {
    checkName(scope, 'tenants', tenant, NAME);
    if (Object.keys(grantees).length === 0) {
      throw invalidProperty(
        scope,
        `'tenants.${tenant}.grantees' must have at least one, got none, name who calls`,
      );
    }
    for (const [grantee, rights] of Object.entries(grantees)) {
      checkName(scope, `tenants.${tenant}.grantees`, grantee, NAME);
      const wrong = rights.find((right) => !VAULT_RIGHTS.includes(right));
      if (rights.length > 0 && wrong === undefined) continue;
      const got = wrong === undefined ? 'nothing' : shown(wrong);
      throw invalidProperty(
        scope,
        `'tenants.${tenant}.grantees.${grantee}' must hold rights, got ${got}, use ${VAULT_RIGHTS.join(', ')}`,
      );
    }
  }
}

function checkName(scope: IConstruct, property: string, name: string, allowed: string): void {
  if (!Token.isUnresolved(name) && isName(name)) return;
  const got = Token.isUnresolved(name) ? 'an unresolved value' : shown(name);
  throw invalidProperty(scope, `'${property}' must be ${allowed}, got ${got}, rename it`);
}

function checkOwner(scope: IConstruct, owner: string): void {
  if (!Token.isUnresolved(owner) && owner.trim() !== '' && owner.length <= 200) return;
  const got = Token.isUnresolved(owner) ? 'an unresolved value' : shown(owner);
  throw invalidProperty(
    scope,
    `'owner' must be who answers for the vault, in 1 to 200 characters known at synthesis, got ${got}, name a role, a team or its address`,
  );
}

function checkBackupDays(scope: IConstruct, days: number | undefined): void {
  if (days === undefined) return;
  if (Token.isUnresolved(days)) {
    throw invalidProperty(
      scope,
      "'backupDays' must be known at synthesis, got an unresolved value, give a literal",
    );
  }
  if (Number.isInteger(days) && days >= 1 && days <= 7) return;
  throw invalidProperty(
    scope,
    `'backupDays' must be a whole number from 1 to 7, got ${days}, since so long an erased key could be restored`,
  );
}

/**
 * An environment has at most 4 KB, of which names and ARNs take one.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const LONGEST_VARIABLES = 3000;

/** Refuses what a function could not be told. */
export function checkVariables(scope: IConstruct, variables: readonly (string | undefined)[]): void {
  const length = variables.reduce((sum, text = '') => sum + Buffer.byteLength(text, 'utf8'), 0);
  if (length <= LONGEST_VARIABLES) return;
  throw invalidProperty(
    scope,
    `'tenants', 'types' and 'canaryTokens' must have at most ${LONGEST_VARIABLES} bytes together, as a function is told them, got ${length}, set 'api', which needs no list of grantees, or make a second vault`,
  );
}

/** As the functions read them. */
function checkTypes(scope: IConstruct, types: TokenVaultProps['types']): void {
  if (types === undefined) return;
  const rest = { VAULT: 'v', DATA_TABLE: 'd', KEYS_TABLE: 'k', SHORT_LIVED_TABLE: 's' };
  try {
    readEnvironment({ ...rest, TYPES: JSON.stringify(types) });
  } catch (failure) {
    const why = failure instanceof Error ? failure.message : 'it does not fit';
    throw invalidProperty(scope, `'types' must be types of tokens: ${why}`);
  }
}

function shown(text: string): string {
  return Token.isUnresolved(text) ? 'an unresolved value' : JSON.stringify(text).slice(0, 80);
}
