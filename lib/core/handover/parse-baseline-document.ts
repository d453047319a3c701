import { TransmissionError } from '../errors';
import { isDeeperThan } from '../nesting';
import { parseAddedTlsPolicies, TlsProfile } from '../tls';
import { BASELINE_DOCUMENT_VERSION, type BaselineDocument } from './baseline-document';
import { HANDED_OVER, isHandedOverName } from './handed-over';

/** No baseline is larger, in characters. */
const MAX_SIZE = 8_000_000;
/** Deeper nesting than any template has: what follows it by recursion must not run out of stack. */
const MAX_DEPTH = 100;
/** No region has more availability zones. */
const MOST_ZONES = 6;
const REMEDY = "take the file 'baseline.json' that a synthesis of the baseline writes into cdk.out";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value !== '' && value.length <= 2048;
/** What ends up in messages and in stacks of others: no more than names of baselines and regions hold. */
const isName: Check = (value) => typeof value === 'string' && /^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(value);
const isCount: Check = (value) => typeof value === 'number' && Number.isInteger(value) && value > 0;
const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const isOptional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isAccount: Check = (value) => typeof value === 'string' && /^\d{12}$/.test(value);
const isParameterName: Check = (value) =>
  typeof value === 'string' && value.length <= 1011 && /^(\/[A-Za-z0-9_.-]+)+$/.test(value);

/** What each key must be, in words that an error quotes. */
const KEYS: Readonly<Record<string, readonly [Check, string]>> = {
  version: [isCount, 'a whole number'],
  writtenBy: [isText, 'a text'],
  name: [isName, 'at most 64 letters, digits and hyphens, the first a letter'],
  region: [isName, 'the name of a region'],
  edgeRegion: [isOptional(isName), 'the name of a region'],
  account: [isOptional(isAccount), 'twelve digits'],
  tlsProfile: [isText, 'the name of a TLS profile'],
  tlsPolicies: [isListOf(isMap), 'a list of TLS policies'],
  domainNames: [isListOf(isText), 'a list of domain names'],
  retentionDays: [isCount, 'a whole number of days'],
  availabilityZoneCount: [(value) => isCount(value) && Number(value) <= MOST_ZONES, `1 to ${MOST_ZONES}`],
  privateSubnetsHaveEgress: [(value) => typeof value === 'boolean', 'true or false'],
  parameters: [
    (value) => isMap(value) && Object.values(value).every(isParameterName),
    'an object of names in SSM, each of which begins with a slash',
  ],
  stacks: [isListOf(isStack), 'a list of stacks, each with name, stackName, region and template'],
};

/**
 * Reads the document that a baseline hands over.
 *
 * @param read gives the text of its file
 * @param file its name, for messages
 * @throws TransmissionError where there is none, or it is of a later version, or not what a baseline writes
 */
export function readBaselineDocument(read: () => string, file: string): BaselineDocument {
  let text: string;
  try {
    text = read();
  } catch (cause) {
    const code = isMap(cause) && 'code' in cause ? String(cause.code) : 'unknown';
    const problem = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new TransmissionError('UnreadableBaseline', `${problem}, ${REMEDY}`, file, cause);
  }
  return parseBaselineDocument(text, file);
}

/** The document in a text of JSON. */
export function parseBaselineDocument(text: string, file: string): BaselineDocument {
  if (text.length > MAX_SIZE) {
    throw new TransmissionError(
      'UnreadableBaseline',
      `is larger than ${MAX_SIZE} characters, ${REMEDY}`,
      file,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new TransmissionError('UnreadableBaseline', `is not valid JSON, ${REMEDY}`, file, cause);
  }
  if (!isMap(value)) {
    throw new TransmissionError('UnreadableBaseline', `must be an object, ${REMEDY}`, file);
  }
  if (isDeeperThan(MAX_DEPTH, value)) {
    throw new TransmissionError(
      'UnreadableBaseline',
      `nests deeper than ${MAX_DEPTH} levels, ${REMEDY}`,
      file,
    );
  }
  checkVersion(value.version, file);
  for (const [key, [check, allowed]] of Object.entries(KEYS)) {
    if (check(Object.hasOwn(value, key) ? value[key] : undefined)) continue;
    throw new TransmissionError('UnreadableBaseline', `'${key}' must be ${allowed}, ${REMEDY}`, file);
  }
  checkEdge(value, file);
  // What passed the checks is of this type; names that a later version of the package adds are left alone.
  const document = value as unknown as BaselineDocument;
  TlsProfile.of(document.tlsProfile);
  parseAddedTlsPolicies(document.tlsPolicies, `${file}: tlsPolicies`);
  const parameters = Object.entries(document.parameters).filter(([name]) => isHandedOverName(name));
  return { ...document, parameters: Object.fromEntries(parameters) };
}

/** What stands at the edge cannot be read without its region. */
function checkEdge({ edgeRegion, parameters }: Readonly<Record<string, unknown>>, file: string): void {
  if (edgeRegion !== undefined || !isMap(parameters)) return;
  const name = Object.keys(parameters).find(
    (key) => isHandedOverName(key) && HANDED_OVER[key].side === 'edge',
  );
  if (name === undefined) return;
  throw new TransmissionError(
    'UnreadableBaseline',
    `'edgeRegion' must be given where 'parameters' holds '${name}', ${REMEDY}`,
    file,
  );
}

function checkVersion(version: unknown, file: string): void {
  if (version === BASELINE_DOCUMENT_VERSION) return;
  const isLater = typeof version === 'number' && version > BASELINE_DOCUMENT_VERSION;
  throw new TransmissionError(
    'UnreadableBaseline',
    isLater
      ? `has the version ${version}, this package reads version ${BASELINE_DOCUMENT_VERSION}, install the version of cdk-secure-transmission that the baseline uses`
      : `must have the version ${BASELINE_DOCUMENT_VERSION}, ${REMEDY}`,
    file,
  );
}

function isStack(value: unknown): boolean {
  return (
    isMap(value) &&
    isText(value.name) &&
    isText(value.stackName) &&
    isName(value.region) &&
    isOptional(isAccount)(value.account) &&
    isMap(value.template)
  );
}
