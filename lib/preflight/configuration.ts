import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { parseSecurityTxt, problemText } from '../core/security-txt';
import { SECURITY_TXT_FILE, STATEMENT_FILE } from '../core/statement';
import { parseAddedTlsPolicies } from '../core/tls';
import type { DeployedStack } from './deployment';
import type { DeploymentConfiguration, Obstacle } from './report';

/** Time in which an expiry is worth a word. */
const NOTICE = 30 * 86_400_000;
const EDGE = 'us-east-1';

type Values = Readonly<Record<string, unknown>>;

/**
 * The part of a baseline's configuration that decides about a deployment. The synthesis has checked all of it; here
 * only what is read is.
 *
 * @param path where the file can be opened
 * @param file what messages call it
 */
export function readDeploymentConfiguration(path: string, file: string): DeploymentConfiguration {
  const values = mapIn(parse(path, file), file, 'the configuration');
  const distribution =
    values.distribution === undefined ? {} : mapIn(values.distribution, file, "'distribution'");
  const documents = textIn(distribution.documents, file, 'distribution.documents');
  const account = textIn(values.account, file, 'account');
  return {
    file,
    name: textIn(values.name, file, 'name') ?? 'SecureTransmission',
    region: required(textIn(values.region, file, 'region'), file, 'region'),
    ...(account === undefined ? {} : { account }),
    zones: zonesIn(values.zones, file),
    ...(documents === undefined ? {} : { documents: resolve(dirname(path), documents) }),
    tlsPolicies: parseAddedTlsPolicies(values.tlsPolicies, `${file}: tlsPolicies`),
  };
}

function parse(path: string, file: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const message = 'cannot be read, give the configuration of the baseline';
    throw new TransmissionError('UnreadableConfiguration', message, file, error);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    const message = 'is not JSON, correct it (npm start names the line)';
    throw new TransmissionError('UnreadableConfiguration', message, file, error);
  }
}

function zonesIn(value: unknown, file: string): DeploymentConfiguration['zones'] {
  if (!Array.isArray(value)) throw wrong(file, 'zones', 'a list of hosted zones');
  return value.map((each: unknown, index) => {
    const place = `zones[${index}]`;
    const { zoneName, hostedZoneId } = mapIn(each, file, `'${place}'`);
    return {
      zoneName: required(textIn(zoneName, file, `${place}.zoneName`), file, `${place}.zoneName`),
      hostedZoneId: required(
        textIn(hostedZoneId, file, `${place}.hostedZoneId`),
        file,
        `${place}.hostedZoneId`,
      ),
    };
  });
}

function mapIn(value: unknown, file: string, what: string): Values {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new TransmissionError('InvalidConfiguration', `${what} must be an object, correct it`, file);
}

function textIn(value: unknown, file: string, key: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw wrong(file, key, 'text');
}

function required(value: string | undefined, file: string, key: string): string {
  if (value !== undefined) return value;
  throw wrong(file, key, 'given');
}

function wrong(file: string, key: string, allowed: string): TransmissionError {
  return new TransmissionError('InvalidConfiguration', `'${key}' must be ${allowed}, correct it`, file);
}

/** Whether an assembly is what a configuration makes; one that is older is the usual reason. */
export function configurationObstacles(
  { file, name, region, account }: DeploymentConfiguration,
  stacks: readonly DeployedStack[],
): readonly Obstacle[] {
  const own = stacks.filter(({ stackName }) => stackName.startsWith(`${name}-`));
  const say = (where: string, message: string): Obstacle => ({
    level: 'blocks',
    topic: 'configuration',
    where,
    message,
    remedy: 'synthesise again with this configuration, or give the one that was used',
  });
  if (own.length === 0) {
    return [say(file, `no stack is named ${name}-...: the assembly was made from another configuration`)];
  }
  return own.flatMap((stack) => [
    ...(stack.region === region || stack.region === EDGE
      ? []
      : [say(stack.name, `is in ${stack.region ?? 'no region'}, but ${file} says ${region}`)]),
    ...(stack.account === account
      ? []
      : [say(stack.name, `is for ${stack.account ?? 'any account'}, but ${file} says ${account ?? 'none'}`)]),
  ]);
}

/** Whether the documents that the edge serves lie where the configuration says, and can be served. */
export function documentObstacles(
  { documents }: DeploymentConfiguration,
  folder: string | undefined,
  now: Date,
): readonly Obstacle[] {
  if (documents === undefined || folder === undefined) return [];
  const at = (file: string) => `${folder}/${file}`;
  const say = (file: string, message: string, level: Obstacle['level'] = 'blocks'): Obstacle => ({
    level,
    topic: 'documents',
    where: at(file),
    message,
    remedy: `run secure-transmission statement cdk.out --output ${folder}, review both files and check them in`,
  });
  const statement = textOf(join(documents, STATEMENT_FILE));
  const securityTxt = textOf(join(documents, SECURITY_TXT_FILE));
  return [
    ...(statement === undefined ? [say(STATEMENT_FILE, 'does not exist')] : []),
    ...(statement !== undefined && !isJson(statement) ? [say(STATEMENT_FILE, 'is not JSON')] : []),
    ...(securityTxt === undefined ? [say(SECURITY_TXT_FILE, 'does not exist')] : []),
    ...(securityTxt === undefined ? [] : expiries(securityTxt, now, say)),
  ];
}

function expiries(
  text: string,
  now: Date,
  say: (file: string, message: string, level?: Obstacle['level']) => Obstacle,
): readonly Obstacle[] {
  const { problems, expires } = parseSecurityTxt(text);
  const wrongs = problems.map((problem) => say(SECURITY_TXT_FILE, problemText(problem)));
  if (expires === undefined) return wrongs;
  const left = expires.getTime() - now.getTime();
  const day = expires.toISOString().slice(0, 10);
  if (left <= 0) return [...wrongs, say(SECURITY_TXT_FILE, `expired on ${day}: nobody uses it any more`)];
  return left < NOTICE ? [...wrongs, say(SECURITY_TXT_FILE, `expires on ${day}`, 'warns')] : wrongs;
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
