import { bucketPolicies } from '../../hops/connectors/s3';
import { type Cursor, isValueList, isValueMap, show, Unresolved, type Value } from '../../template';
import { type PropertyTest, unknown, violation } from '../property';
import { COMPLIANT, type Verdict } from '../rule';

const BLOCK = 'PublicAccessBlockConfiguration';
const SETTINGS = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
] as const;
type Setting = (typeof SETTINGS)[number];

const PUBLIC_ACLS = ['PublicRead', 'PublicReadWrite', 'AuthenticatedRead'];

/**
 * All four settings must be on. Where the whole block is left out they are: new buckets block public access since April
 * 2023, access points always did. A block that is written replaces the default, and what it leaves out is off.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html
 */
export const blocksPublicAccess: PropertyTest = (properties) => {
  const block = properties.at(BLOCK);
  const entries = block.entries();
  if (entries.state === 'absent') return COMPLIANT;
  if (entries.state === 'unresolved') return unknown(block, entries.why);
  const off = SETTINGS.filter((setting) => isOff(block.at(setting)));
  const [first, ...others] = off;
  if (first !== undefined) {
    const detail = others.length > 0 ? `so are ${others.join(', ')}` : undefined;
    const got = block.at(first).isPresent ? 'false' : 'absent';
    return violation(block.at(first), got, 'true', detail);
  }
  const hidden = SETTINGS.map((setting) => hiddenAt(block.at(setting))).find((found) => found !== undefined);
  return hidden ?? COMPLIANT;
};

/**
 * Neither an access control list nor a policy may let everybody in. Where the settings that block such access are on,
 * S3 refuses both, or takes no notice of them.
 */
export const isNotPublic: PropertyTest = (properties) => {
  const block = properties.at(BLOCK);
  if (!block.isPresent) return COMPLIANT;
  const entries = block.entries();
  if (entries.state === 'unresolved') {
    const found = [aclVerdict(properties), policyVerdict(properties)].some(isOpen);
    return found ? unknown(block, entries.why) : COMPLIANT;
  }
  const verdicts = [
    refused(block, ['BlockPublicAcls', 'IgnorePublicAcls'], aclVerdict(properties)),
    refused(block, ['BlockPublicPolicy', 'RestrictPublicBuckets'], policyVerdict(properties)),
  ];
  const bad = verdicts.filter(isOpen);
  return bad.length > 0 ? bad : COMPLIANT;
};

function isOpen({ verdict }: Verdict): boolean {
  return verdict === 'violation' || verdict === 'unknown';
}

/** What a block says to a list or policy: one of its settings suffices; a hidden one may be on. */
function refused(block: Cursor, by: readonly Setting[], verdict: Verdict): Verdict {
  if (!isOpen(verdict)) return verdict;
  const readings = by.map((setting) => block.at(setting));
  if (readings.every(isOff)) return verdict;
  const isOn = readings.some((at) => {
    const reading = at.boolean();
    return reading.state === 'given' && reading.value;
  });
  return isOn ? COMPLIANT : (readings.map(hiddenAt).find((found) => found !== undefined) ?? verdict);
}

function isOff(setting: Cursor): boolean {
  const reading = setting.boolean();
  return reading.state === 'absent' || (reading.state === 'given' && !reading.value);
}

function hiddenAt(setting: Cursor): Verdict | undefined {
  const reading = setting.boolean();
  return reading.state === 'unresolved' ? unknown(setting, reading.why) : undefined;
}

function aclVerdict(properties: Cursor): Verdict {
  const at = properties.at('AccessControl');
  const acl = at.string();
  if (acl.state === 'unresolved') return unknown(at, acl.why);
  return acl.state === 'given' && PUBLIC_ACLS.includes(acl.value)
    ? violation(at, acl.value, 'left out')
    : COMPLIANT;
}

function policyVerdict(properties: Cursor): Verdict {
  let hidden: Verdict | undefined;
  for (const { at, document } of bucketPolicies(properties)) {
    if (document.state === 'unresolved') hidden ??= unknown(at, document.why);
    if (document.state !== 'given') continue;
    for (const { resource, path, content } of document.statements) {
      const admits = content instanceof Unresolved ? content : admitsEverybody(content);
      if (admits instanceof Unresolved) {
        hidden ??= { verdict: 'unknown', resource, path, why: admits.why };
      } else if (admits !== undefined) {
        const want = 'for principals, or under a condition, that you know';
        return { verdict: 'violation', resource, path, got: `an Allow for ${admits}`, want };
      }
    }
  }
  return hidden ?? COMPLIANT;
}

/** Who is let in where it is everybody; unresolved where the template hides it. */
function admitsEverybody(statement: { readonly [key: string]: Value }): string | Unresolved | undefined {
  const { Effect: effect, Principal: principal, NotPrincipal: except, Condition: condition } = statement;
  if (effect instanceof Unresolved) return effect;
  if (effect !== 'Allow') return undefined;
  const who = except === undefined ? everybodyIn(principal) : 'everybody but some';
  if (who === undefined) return undefined;
  const narrowed = isNarrowed(condition);
  if (narrowed instanceof Unresolved) return narrowed;
  return narrowed ? undefined : who;
}

function everybodyIn(principal: Value | undefined): string | Unresolved | undefined {
  if (principal instanceof Unresolved) return principal;
  const named = isValueMap(principal) ? principal.AWS : principal;
  const names = isValueList(named) ? named : [named];
  if (names.includes('*')) return 'everybody';
  return names.find((name) => name instanceof Unresolved);
}

/** Keys that tell callers apart; a condition on another one leaves a policy public. */
const NARROWING = [
  /^aws:source(ip|arn|vpc|vpce|vpcarn|account|owner|orgid|orgpaths)$/i,
  /^aws:(principal(orgid|orgpaths|account|arn)|userid)$/i,
  /^s3:dataaccesspoint(arn|account)$/i,
];
/** With `IfExists` or `ForAllValues` they also let in whoever brings no such key. */
const POSITIVE = /^(ForAnyValue:)?(StringEquals(IgnoreCase)?|StringLike|Arn(Equals|Like)|IpAddress)$/i;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */
function isNarrowed(condition: Value | undefined): boolean | Unresolved {
  if (condition instanceof Unresolved) return condition;
  if (!isValueMap(condition)) return false;
  let hidden: Unresolved | undefined;
  for (const [operator, keys] of Object.entries(condition)) {
    if (!POSITIVE.test(operator)) continue;
    if (keys instanceof Unresolved) hidden ??= keys;
    if (!isValueMap(keys)) continue;
    const narrows = Object.entries(keys).some(
      ([key, value]) =>
        NARROWING.some((pattern) => pattern.test(key)) && !(isValueList(value) ? value : [value]).some(isAny),
    );
    if (narrows) return true;
  }
  return hidden ?? false;
}

function isAny(value: Value): boolean {
  return ['*', '0.0.0.0/0', '::/0'].includes(show(value));
}
