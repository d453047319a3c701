import { TransmissionError } from '../errors';
import { lookUpTlsPolicy } from './catalogue';
import { type ProtocolVersion, TLS_POLICY_SERVICES, TLS_VERSIONS, type TlsPolicy } from './tls-policy';
import { TLS_SERVICES } from './tls-services';

/** As many names as a configuration may add: the list is searched one by one. */
const MAX_ADDED = 200;

/** One field: its JSON schema, and `description` as the words that say what is allowed. */
interface Field {
  readonly type: 'string' | 'boolean' | 'array';
  readonly description: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly uniqueItems?: boolean;
  readonly items?: { readonly type: 'string'; readonly pattern: string };
}

const VERSIONS: readonly ProtocolVersion[] = [...TLS_VERSIONS, 'SSH-2.0'];
const VERSION: Field = { type: 'string', enum: VERSIONS, description: `one of ${VERSIONS.join(', ')}` };
const flag = (description: string): Field => ({
  type: 'boolean',
  description: `true or false: ${description}`,
});

const FIELDS: Readonly<Record<string, Field>> = {
  service: {
    type: 'string',
    enum: TLS_POLICY_SERVICES,
    description: `one of ${TLS_POLICY_SERVICES.join(', ')}`,
  },
  name: {
    type: 'string',
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$',
    description: 'the name as CloudFormation spells it: letters, digits, dot, underscore and hyphen',
  },
  oldest: VERSION,
  newest: VERSION,
  forwardSecret: flag('every cipher suite it offers has forward secrecy'),
  cbc: flag('it offers a CBC cipher suite'),
  postQuantum: flag('it offers a post-quantum hybrid key agreement over TLS (false where absent)'),
  fips: flag('it uses only modules validated under FIPS 140-3 (false where absent)'),
  cnsa: flag('it keeps to the suite of RFC 9151 (false where absent)'),
  securityHub: flag('the Security Hub control of the service accepts it (not judged where absent)'),
  endpoint: {
    type: 'string',
    enum: ['regional', 'edge'],
    description: 'regional or edge, for the service apigateway only',
  },
  partitions: {
    type: 'array',
    uniqueItems: true,
    items: { type: 'string', pattern: '^aws(-[a-z]+)*$' },
    description: 'a list of AWS partitions, such as aws and aws-us-gov',
  },
  source: {
    type: 'string',
    minLength: 10,
    maxLength: 500,
    description:
      'where its properties were read, in 10 to 500 characters, such as the address of the AWS page',
  },
  reviewed: {
    type: 'string',
    pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
    description: 'the day on which they were read, as 2026-11-22',
  },
};

const REQUIRED = [
  'service',
  'name',
  'oldest',
  'newest',
  'forwardSecret',
  'cbc',
  'source',
  'reviewed',
] as const;

/** The fields that decide verdicts, in which an added policy must not contradict the catalogue. */
const DECISIVE = [
  'oldest',
  'newest',
  'forwardSecret',
  'cbc',
  'postQuantum',
  'fips',
  'cnsa',
  'securityHub',
] as const;

/** The JSON schema of one TLS policy added in configuration: what `parseAddedTlsPolicies` accepts, field by field. */
export const tlsPolicySchema = {
  type: 'object',
  description: 'a TLS policy that AWS has published and the catalogue does not know yet',
  properties: FIELDS,
  required: REQUIRED,
  additionalProperties: false,
} as const;

/**
 * The TLS policies that a configuration adds, for `lookUpTlsPolicy`; verdicts on them say so.
 *
 * Source and date are mandatory: a name without them is a claim that nobody can check. A name that the catalogue
 * knows with the same properties is left out, since the catalogue goes first; with others it is an error, so
 * that no configuration talks a weak policy up.
 *
 * @param value what stands in the configuration, not yet checked
 * @param where the place of the list, for messages
 */
export function parseAddedTlsPolicies(value: unknown, where = 'tlsPolicies'): TlsPolicy[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalid(where, `must be a list of TLS policies, got ${shown(value)}`);
  if (value.length > MAX_ADDED)
    throw invalid(
      where,
      `must hold at most ${MAX_ADDED} TLS policies, got ${value.length}, remove those not in use`,
    );
  const added: TlsPolicy[] = [];
  for (const [index, entry] of value.entries()) {
    const at = `${where}[${index}]`;
    const policy = parseOne(entry, at);
    if (added.some(({ service, name }) => service === policy.service && name === policy.name))
      throw invalid(at, `adds ${policy.name} for ${policy.service} a second time, remove one of the two`);
    if (!isInCatalogue(policy, at)) added.push(policy);
  }
  return added;
}

function parseOne(entry: unknown, at: string): TlsPolicy {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    throw invalid(at, `must be an object with ${REQUIRED.join(', ')}, got ${shown(entry)}`);
  const given: Readonly<Record<string, unknown>> = { ...entry };
  for (const key of Object.keys(given))
    if (!Object.hasOwn(FIELDS, key))
      throw invalid(at, `has no field ${shown(key)}, use only ${Object.keys(FIELDS).join(', ')}`);
  checkFields(given, at);
  const policy = completed(given);
  checkTogether(policy, at);
  return policy;
}

/** What is known of an entry once its fields are checked. */
type GivenPolicy = Pick<TlsPolicy, (typeof REQUIRED)[number]> &
  Partial<Pick<TlsPolicy, 'postQuantum' | 'fips' | 'cnsa' | 'securityHub' | 'endpoint' | 'partitions'>>;

function completed(given: GivenPolicy): TlsPolicy {
  const { side, securityHubControl } = TLS_SERVICES[given.service];
  return {
    postQuantum: false,
    fips: false,
    cnsa: false,
    securityHub: undefined,
    partitions: [],
    ...given,
    side,
    securityHubControl,
    isServiceDefault: false,
    origin: 'configuration',
  };
}

function checkFields(given: Readonly<Record<string, unknown>>, at: string): asserts given is GivenPolicy {
  const required: readonly string[] = REQUIRED;
  for (const [key, field] of Object.entries(FIELDS)) {
    const value = given[key];
    if (value === undefined && required.includes(key))
      throw invalid(at, `lacks ${key}, add ${field.description}`);
    if (value !== undefined && !fits(value, field))
      throw invalid(`${at}.${key}`, `must be ${field.description}, got ${shown(value)}`);
  }
}

function fits(value: unknown, field: Field): boolean {
  if (field.type === 'boolean') return typeof value === 'boolean';
  if (field.type === 'array') {
    const pattern = new RegExp(field.items?.pattern ?? '');
    if (!Array.isArray(value) || new Set(value).size !== value.length) return false;
    return value.every((item) => typeof item === 'string' && pattern.test(item));
  }
  if (typeof value !== 'string') return false;
  const { minLength = 0, maxLength = 200 } = field;
  if (value.length < minLength || value.length > maxLength) return false;
  return field.enum?.includes(value) ?? new RegExp(field.pattern ?? '').test(value);
}

/** What no field can say alone: combinations that no TLS stack can have are mistakes in copying. */
function checkTogether(policy: TlsPolicy, at: string): void {
  const { oldest, newest, reviewed, service } = policy;
  const isSsh = service === 'transfer-connector';
  if ([oldest, newest].some((version) => (version === 'SSH-2.0') !== isSsh))
    throw invalid(
      `${at}.oldest`,
      `and newest must be ${isSsh ? 'SSH-2.0' : 'versions of TLS'} for ${service}, got ${oldest} and ${newest}`,
    );
  if (VERSIONS.indexOf(oldest) > VERSIONS.indexOf(newest))
    throw invalid(`${at}.oldest`, `must not be newer than newest, got ${oldest} and ${newest}, swap them`);
  if (oldest === 'TLSv1.3' && !policy.forwardSecret)
    throw invalid(
      `${at}.forwardSecret`,
      'must be true where oldest is TLSv1.3: it has no other suites, got false',
    );
  if (oldest === 'TLSv1.3' && policy.cbc)
    throw invalid(`${at}.cbc`, 'must be false where oldest is TLSv1.3: it has no CBC suites, got true');
  if (policy.postQuantum && newest !== 'TLSv1.3')
    throw invalid(
      `${at}.postQuantum`,
      `must be false where newest is below TLSv1.3, got true with ${newest}`,
    );
  if (policy.endpoint !== undefined && service !== 'apigateway')
    throw invalid(`${at}.endpoint`, `is for the service apigateway only, remove it for ${service}`);
  if (policy.securityHub !== undefined && policy.securityHubControl === undefined)
    throw invalid(
      `${at}.securityHub`,
      `must be absent: no Security Hub control judges ${service}, remove it`,
    );
  if (!isDay(reviewed))
    throw invalid(`${at}.reviewed`, `must be a day of the calendar, got ${shown(reviewed)}`);
}

function isDay(date: string): boolean {
  const parsed = new Date(date);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

/** Whether the catalogue says the same; throws where it says something else. */
function isInCatalogue(policy: TlsPolicy, at: string): boolean {
  const found = lookUpTlsPolicy(policy.service, policy.name);
  if (!found.known) return false;
  const stated = found.policy;
  const field = DECISIVE.find((key) => policy[key] !== undefined && policy[key] !== stated[key]);
  if (field === undefined) return true;
  throw invalid(
    `${at}.${field}`,
    `contradicts the catalogue on ${policy.name}, which says ${stated[field]} (${stated.source}, ${stated.reviewed}), ` +
      `got ${policy[field]}, remove the entry or report the mistake`,
  );
}

function invalid(where: string, message: string): TransmissionError {
  return new TransmissionError('InvalidTlsPolicy', message, where);
}

/** A value of the configuration as a message may quote it: short, and on one line. */
function shown(value: unknown): string {
  if (value === null || Array.isArray(value)) return Array.isArray(value) ? 'a list' : 'null';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
