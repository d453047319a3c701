import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  authorizeToken,
  type TokenAuthorization,
  type TokenAuthorizer,
  type TokenEvent,
} from './jwt/authorize';
import { fetchJwks } from './jwt/fetch-jwks';
import { FetchedKeys, givenKeys, type KeySource } from './jwt/key-source';
import { readSettings, SettingsNotRead } from './jwt/read-settings';
import { JWT_AUTHORITIES_FILE, JWT_KEYS_FILE, JWT_SETTINGS_VARIABLE } from './jwt/settings';
import { signatureKeysOf } from './jwt/signature-keys';

/** Read once in a process; what is wrong then fails every request, and nobody is admitted. */
function started(environment: NodeJS.ProcessEnv): TokenAuthorizer {
  const settings = readSettings(environment[JWT_SETTINGS_VARIABLE] ?? '');
  return {
    settings,
    keys: keysOf(settings.jwksUri, environment.LAMBDA_TASK_ROOT ?? __dirname),
    clock: () => new Date(),
    record: writeLine,
  };
}

function keysOf(url: string | undefined, folder: string): KeySource {
  if (url === undefined) {
    const keys = signatureKeysOf(readFileSync(join(folder, JWT_KEYS_FILE), 'utf8'));
    if (keys === undefined) throw new SettingsNotRead(JWT_KEYS_FILE);
    return givenKeys(keys);
  }
  const file = join(folder, JWT_AUTHORITIES_FILE);
  const authorities = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  return new FetchedKeys(
    () => fetchJwks(url, authorities === undefined ? {} : { authorities }),
    () => Date.now(),
    ({ problem, detail }) => writeLine({ keys: 'not-fetched', problem, detail }),
  );
}

/** A line of its own: what goes through the console is wrapped, and metric filters look at the line. */
function writeLine(line: object): void {
  process.stdout.write(`${JSON.stringify({ ...line, function: process.env.AWS_LAMBDA_FUNCTION_NAME })}\n`);
}

let authorizer: TokenAuthorizer | undefined;

/** The Lambda authorizer of REST APIs whose callers bear tokens (JWT). */
export async function handler(event: TokenEvent): Promise<TokenAuthorization> {
  try {
    authorizer ??= started(process.env);
  } catch (thrown) {
    writeLine({ decision: 'unavailable', problem: 'failed' });
    throw thrown;
  }
  return authorizeToken(event, authorizer);
}
