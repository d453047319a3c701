import { readDocument, type Statement } from '../../policy';
import { takesIn } from '../../policy/glob';
import { type Cursor, isSame, isValueMap, show, Unresolved, type Value, type ValueMap } from '../../template';
import { elementsOf, type PropertyTest, patternOf, unknown } from '../property';
import { COMPLIANT, type Verdict } from '../rule';

/**
 * What administrators of a key do: who may use it, and whether it goes on.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-administrators
 */
const ADMINISTRATION = [
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'kms:DisableKey',
  'kms:DeleteImportedKeyMaterial',
  'kms:ImportKeyMaterial',
  'kms:DisableKeyRotation',
  'kms:UpdatePrimaryRegion',
];

/** What its users do: each of these tells a secret, or makes something that others trust. */
const USE = [
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyPair',
  'kms:GenerateMac',
  'kms:Sign',
  'kms:DeriveSharedSecret',
];

/** A duty that a statement gives, by the action that stands for it. */
interface Duties {
  readonly administers: string | undefined;
  readonly uses: string | undefined;
}

/** What one principal may do with the key. */
interface Holder {
  readonly name: string;
  administers?: string;
  uses?: string;
}

/**
 * No principal of a key policy both administers the key and uses it.
 *
 * The account itself may do everything, or nobody could ever mend the policy: it lets policies of IAM in, which are
 * asked themselves.
 */
export const keyPolicySeparatesDuties: PropertyTest = (properties) => {
  const at = properties.at('KeyPolicy');
  const document = readDocument(at);
  if (document.state === 'unresolved') return unknown(at, document.why);
  if (document.state === 'absent') return COMPLIANT;
  const holders = new Map<string, Holder>();
  const verdicts = document.statements.flatMap((statement): readonly Verdict[] => {
    const duties = dutiesOf(statement);
    if (duties instanceof Unresolved) return [hidden(statement, duties.why)];
    const { content } = statement;
    if (duties === undefined || content instanceof Unresolved) return [];
    const principals = principalsOf(content).filter((principal) => !isAccount(principal, properties));
    return principals.flatMap((principal) => together(holders, show(principal), duties, statement));
  });
  return verdicts.length > 0 ? verdicts : COMPLIANT;
};

/** No policy of IAM lets its holder both administer a key and use it. */
export function identityPolicySeparatesDuties(document: Cursor): readonly Verdict[] {
  const read = readDocument(document);
  if (read.state === 'unresolved') return [unknown(document, read.why)];
  if (read.state === 'absent') return [];
  const given: { readonly duties: Duties; readonly resources: readonly Value[] }[] = [];
  for (const statement of read.statements) {
    const { content } = statement;
    // What is hidden may be about anything but keys: other rules tell it.
    if (content instanceof Unresolved) continue;
    const duties = dutiesOf(statement, true);
    if (duties === undefined || duties instanceof Unresolved) continue;
    const resources = elementsOf(content.Resource);
    given.push({ duties, resources });
    const same = given.filter((other) => overlap(other.resources, resources));
    const administers = same.find((other) => other.duties.administers !== undefined)?.duties.administers;
    const uses = same.find((other) => other.duties.uses !== undefined)?.duties.uses;
    if (administers !== undefined && uses !== undefined)
      return [both(statement, 'its holder', administers, uses)];
  }
  return [];
}

/** The duties of a statement that allows something; those that give everything are the fault of another rule. */
function dutiesOf({ content }: Statement, sparesEverything = false): Duties | Unresolved | undefined {
  if (content instanceof Unresolved) return content;
  const { Effect: effect } = content;
  if (effect instanceof Unresolved) return effect;
  if (effect !== 'Allow') return undefined;
  const isExclusion = content.Action === undefined && content.NotAction !== undefined;
  if (isExclusion && sparesEverything) return undefined;
  const patterns = elementsOf(content.Action ?? content.NotAction).map(patternOf);
  const texts = patterns.flatMap((pattern) => (typeof pattern === 'string' ? [pattern.toLowerCase()] : []));
  const asked = sparesEverything ? texts.filter((text) => !/^(\*|\*:\*|kms:\*)$/.test(text)) : texts;
  const given = (action: string) =>
    asked.some((pattern) => takesIn(pattern, action.toLowerCase())) !== isExclusion;
  const duties = { administers: ADMINISTRATION.find(given), uses: USE.find(given) };
  if (duties.administers !== undefined || duties.uses !== undefined) return duties;
  return patterns.find((pattern) => pattern instanceof Unresolved);
}

/** Remembers what a principal may do, and tells it once where that is both. */
function together(
  holders: Map<string, Holder>,
  name: string,
  { administers, uses }: Duties,
  statement: Statement,
): readonly Verdict[] {
  const holder = holders.get(name) ?? { name };
  holders.set(name, holder);
  const before = holder.administers !== undefined && holder.uses !== undefined;
  if (administers !== undefined) holder.administers ??= administers;
  if (uses !== undefined) holder.uses ??= uses;
  return !before && holder.administers !== undefined && holder.uses !== undefined
    ? [both(statement, name, holder.administers, holder.uses)]
    : [];
}

function both({ resource, path }: Statement, who: string, administers: string, uses: string): Verdict {
  const got = `${administers} and ${uses} for ${who}`;
  return { verdict: 'violation', resource, path, got, want: 'one of both' };
}

function hidden({ resource, path }: Statement, why: string): Verdict {
  return { verdict: 'unknown', resource, path, why };
}

/** People and programs; services of AWS administer no keys. */
function principalsOf({ Principal: principal }: ValueMap): readonly Value[] {
  if (principal === undefined) return [];
  if (!isValueMap(principal)) return elementsOf(principal);
  return Object.entries(principal).flatMap(([kind, items]) => (kind === 'AWS' ? elementsOf(items) : []));
}

/** The account that the key is of; one of another is a principal like others. */
function isAccount(principal: Value, { resource }: Cursor): boolean {
  if (principal instanceof Unresolved) return principal.symbol === 'AWS::AccountId';
  const text = String(patternOf(principal));
  const number = /^arn:[^:]*:iam::([^:]*):root$/.exec(text)?.[1] ?? /^\d{12}$/.exec(text)?.[0];
  const { account } = resource.template.source;
  // `?` stands for what is known at deployment only.
  return number !== undefined && (account === undefined || number === account || number.includes('?'));
}

function overlap(left: readonly Value[], right: readonly Value[]): boolean {
  return left.some((one) => isEvery(one) || right.some((other) => isEvery(other) || isSame(one, other)));
}

function isEvery(value: Value): boolean {
  const text = patternOf(value);
  return typeof text === 'string' && /^(\*|arn:[^:]*:kms:[^:]*:[^:]*:(\*|key\/\*))$/.test(text);
}

/** The documents of a holder of policies of IAM. */
export function documentsIn(properties: Cursor): readonly Cursor[] {
  if (properties.resource.type.endsWith('Policy')) return [properties.at('PolicyDocument')];
  const { state } = properties.at('Policies').list();
  const policies = state === 'given' ? properties.at('Policies').items() : [];
  return policies.map((policy) => policy.at('PolicyDocument'));
}
