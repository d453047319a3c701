import type { Statement } from '../../policy';
import { takesIn } from '../../policy/glob';
import { Spelling } from '../../policy/spelling';
import { isValueList, isValueMap, show, Unresolved, type Value, type ValueMap } from '../../template';
import type { LogWriter } from './log-writer';

/** What is known of a request: each key has one value, or is not sent. Of all other keys nothing is known. */
type RequestContext = Readonly<Record<string, string | undefined>>;

/**
 * The statement that surely refuses what a service writes.
 *
 * Only what is certain counts: a condition on a key of which nobody says what the service sends leaves it open.
 */
export function refusedBy(
  statements: readonly Statement[],
  writer: LogWriter,
  bucket: { readonly type: string; readonly arn: Value; readonly resolve: Spelling['resolve'] },
): Statement | undefined {
  const spelling = new Spelling(bucket.type, bucket.resolve);
  const objects = `${spelling.spell(bucket.arn) ?? ''}/*`;
  return statements.find(({ content }) => {
    if (content instanceof Unresolved || content.Effect !== 'Deny') return false;
    return (
      isForWriter(content.Principal, writer) &&
      speaksOfWriting(content) &&
      speaksOfAll(content, objects, spelling) &&
      contextsOf(writer).every((context) => surelyHolds(content.Condition, context))
    );
  });
}

/** What the service sends; several where the documentation leaves a choice. */
function contextsOf({ principal, asksForNoKey }: LogWriter): readonly RequestContext[] {
  const common: RequestContext = {
    'aws:securetransport': 'true',
    'aws:principalisawsservice': 'true',
    'aws:principalservicename': principal,
    // A service writes from no network and is in no organisation (IAM User Guide, global condition keys).
    'aws:sourcevpc': undefined,
    'aws:sourcevpce': undefined,
    'aws:vpcsourceip': undefined,
    'aws:principalorgid': undefined,
    'aws:principalorgpaths': undefined,
  };
  if (!asksForNoKey) return [common];
  const keyless = { ...common, 's3:x-amz-server-side-encryption-aws-kms-key-id': undefined };
  return [undefined, 'AES256'].map((how) => ({ ...keyless, 's3:x-amz-server-side-encryption': how }));
}

function isForWriter(principal: Value | undefined, { principal: service }: LogWriter): boolean {
  if (principal === '*') return true;
  if (!isValueMap(principal)) return false;
  return listOf(principal.AWS).includes('*') || listOf(principal.Service).includes(service);
}

function speaksOfWriting({ Action: actions, NotAction: others }: ValueMap): boolean {
  const takes = (pattern: Value) =>
    typeof pattern === 'string' && takesIn(pattern.toLowerCase(), 's3:putobject');
  if (actions !== undefined) return listOf(actions).some(takes);
  const excluded = listOf(others);
  return excluded.length > 0 && excluded.every((item) => typeof item === 'string' && !takes(item));
}

function speaksOfAll({ Resource: resources }: ValueMap, objects: string, spelling: Spelling): boolean {
  return listOf(resources).some((item) => {
    const pattern = spelling.spell(item);
    return pattern !== undefined && spelling.coverage(pattern, objects) === 'all';
  });
}

function surelyHolds(condition: Value | undefined, context: RequestContext): boolean {
  if (condition === undefined || condition === null) return true;
  if (!isValueMap(condition)) return false;
  return Object.entries(condition).every(
    ([name, keys]) =>
      isValueMap(keys) &&
      Object.entries(keys).every(([key, wanted]) =>
        entryHolds(name, key.toLowerCase(), listOf(wanted), context),
      ),
  );
}

const OPERATOR = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/;
const NEGATED = /^(?:string|arn|numeric|date)not|^notipaddress$/;
const TEXTUAL = /^(?:bool|stringequals|stringequalsignorecase|stringlike|arnequals|arnlike)$/;

function entryHolds(name: string, key: string, wanted: readonly Value[], context: RequestContext): boolean {
  if (!Object.hasOwn(context, key)) return false;
  const [, set, operator = '', ifExists] = OPERATOR.exec(name.toLowerCase()) ?? [];
  const sent = context[key];
  if (operator === 'null') {
    return wanted.length === 1 && show(wanted[0]).toLowerCase() === String(sent === undefined);
  }
  const isNegated = NEGATED.test(operator);
  if (sent === undefined) {
    return ifExists !== undefined || set === 'forallvalues' || (isNegated && set === undefined);
  }
  const base = isNegated ? operator.replace('not', '') : operator;
  if (!TEXTUAL.test(base)) return false;
  const matches = wanted
    .filter((value) => typeof value !== 'object')
    .map((value) => isMatch(base, value, sent));
  const isHidden = matches.length < wanted.length;
  return isNegated ? !isHidden && !matches.includes(true) : matches.includes(true);
}

function isMatch(operator: string, wanted: Value, sent: string): boolean {
  const foldsCase = operator === 'bool' || operator === 'stringequalsignorecase';
  const [pattern, text] = foldsCase
    ? [String(wanted).toLowerCase(), sent.toLowerCase()]
    : [String(wanted), sent];
  return operator.endsWith('like') || operator === 'arnequals' ? takesIn(pattern, text) : pattern === text;
}

function listOf(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return isValueList(value) ? value : [value];
}
