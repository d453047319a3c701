import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { TARGET_TLS_ENVIRONMENT } from '../../target/environment';
import { invalidProperty } from '../invalid-property';
import { secretIn, secretInTemplate } from './secret-value';

/**
 * Names whose last word says that the value is a secret: `DB_PASSWORD`, `STRIPE_API_KEY`, `authToken`,
 * `API_KEY_2`. Where something else follows it is about one (`SECRET_ARN`, `TOKEN_TTL`, `PRIVATE_KEY_FILE`), and
 * several tokens are counted (`MAX_TOKENS`).
 */
const SECRET_NAME = new RegExp(
  [
    '(PASSWORD|PASSWD|PASSPHRASE|',
    '(^|_)(PWD|PASS|PASSCODE|SECRETS?|CREDENTIALS?|TOKEN|SECRET_KEY_BASE|CONNECTION_?STRING|',
    '(API|ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION|MASTER|HMAC|JWT|LICENSE|SHARED)_?KEY))(_?\\d{1,2})?$',
  ].join(''),
);

const OURS: readonly string[] = [...Object.values(TARGET_TLS_ENVIRONMENT), 'PORT'];

type Environment = Readonly<Record<string, string>>;

/**
 * Refuses secrets among environment variables: a task definition shows its environment to whoever may
 * describe it, in every revision, and so does the template.
 */
export function checkEnvironment(
  scope: IConstruct,
  environment: Environment,
  secrets: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(environment)) {
    const found = isSecretName(name) ? 'its name says that it is a secret' : secretIn(value);
    if (found !== undefined) throw invalidProperty(scope, problemOf(name, found));
    if (!Object.hasOwn(secrets, name)) continue;
    throw invalidProperty(
      scope,
      `'environment.${name}' must be left out, got one beside that in 'secrets', name it once`,
    );
  }
  for (const name of [...Object.keys(environment), ...Object.keys(secrets)]) {
    if (!OURS.includes(name)) continue;
    throw invalidProperty(scope, `'environment.${name}' must be left out, got one, the construct sets it`);
  }
}

/** What is wrong with values that are known only once the app is whole: what stands in for them in the template. */
export function problemsOfRendered(scope: IConstruct, environment: Environment): string[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    const found = Token.isUnresolved(value) ? secretInTemplate(Stack.of(scope), value) : undefined;
    return found === undefined ? [] : [problemOf(name, found)];
  });
}

/** Without the value, whatever it is. */
function problemOf(name: string, found: string): string {
  return `'environment.${name}' must not hold a secret, got one (${found}), name it in 'secrets', which are fetched when a task starts`;
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(
    name
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replaceAll('-', '_')
      .toUpperCase(),
  );
}
