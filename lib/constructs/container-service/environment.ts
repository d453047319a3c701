import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { TARGET_TLS_ENVIRONMENT } from '../../target/environment';

/**
 * Names whose last word says that the value is a secret: `DB_PASSWORD`, `STRIPE_API_KEY`, `authToken`. Where
 * something follows it is about one (`SECRET_ARN`, `TOKEN_TTL`, `PRIVATE_KEY_FILE`), and several are counted
 * (`MAX_TOKENS`).
 */
const SECRET =
  /(PASSWORD|PASSWD|PASSPHRASE|(^|_)(PWD|SECRET|CREDENTIALS?|TOKEN|(API|ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION)_?KEY|CONNECTION_?STRING))$/;

/** Values that are one whatever they are called. */
const SECRET_VALUES: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a URL with a password', /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s@]*:[^/?#\s@]+@/i],
  ['an access key of AWS', /(^|[^A-Z0-9])A(KIA|SIA)[A-Z2-7]{16}($|[^A-Z0-9])/],
];

const OURS: readonly string[] = [...Object.values(TARGET_TLS_ENVIRONMENT), 'PORT'];

/**
 * Refuses secrets among environment variables: a task definition shows its environment to whoever may
 * describe it, in every revision, and so does the template.
 */
export function checkEnvironment(
  scope: IConstruct,
  environment: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(environment)) {
    const found = isSecretName(name)
      ? 'its name says that it is a secret'
      : SECRET_VALUES.find(([, pattern]) => !Token.isUnresolved(value) && pattern.test(value))?.[0];
    if (found !== undefined) {
      // Without the value, whatever it is.
      throw invalid(
        scope,
        `'environment.${name}' must not hold a secret, got one (${found}), name it in 'secrets', which are fetched when a task starts`,
      );
    }
  }
  for (const name of [...Object.keys(environment), ...Object.keys(secrets)]) {
    if (!OURS.includes(name)) continue;
    throw invalid(scope, `'environment.${name}' must be left out, got one, the construct sets it`);
  }
}

function isSecretName(name: string): boolean {
  return SECRET.test(
    name
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replaceAll('-', '_')
      .toUpperCase(),
  );
}

function invalid(scope: IConstruct, message: string): TransmissionError {
  return new TransmissionError('InvalidProperty', message, scope.node.path);
}
