import { KmsError } from './kms-error';
import { CONDITION_OPERATORS } from './policy-conditions';

/** One statement, read. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** ARNs, account ids or `*`; undefined in an IAM policy, which is its holder's. */
  readonly principals: readonly string[] | undefined;
  readonly actions: readonly string[];
  /** ARNs of keys, or `*`. */
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

/** One key of one operator. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A key policy or an IAM policy, read. */
export interface PolicyDocument {
  readonly statements: readonly Statement[];
}

/**
 * Reads a policy. What this one cannot evaluate (`NotAction`, `NotPrincipal`, an operator it does not know) is refused,
 * never left out: it would allow more than is written.
 *
 * @throws KmsError `MalformedPolicyDocumentException`
 */
export function readPolicy(text: string): PolicyDocument {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformed('it is not JSON');
  }
  const { Statement: statements } = fieldsOf(document, ['Version', 'Id', 'Statement']);
  return { statements: listOf(statements).map(readStatement) };
}

function readStatement(value: unknown): Statement {
  const fields = fieldsOf(value, ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition']);
  const { Effect: effect } = fields;
  if (effect !== 'Allow' && effect !== 'Deny') throw malformed('a statement has neither Allow nor Deny');
  return {
    effect,
    principals: fields.Principal === undefined ? undefined : principalsOf(fields.Principal),
    actions: textsOf(fields.Action).map((action) => action.toLowerCase()),
    resources: fields.Resource === undefined ? ['*'] : textsOf(fields.Resource),
    conditions: Object.entries(fieldsOf(fields.Condition ?? {})).flatMap(([operator, keys]) => {
      if (!CONDITION_OPERATORS.test(operator))
        throw malformed('a condition has an operator that is not known');
      return Object.entries(fieldsOf(keys)).map(([key, values]) => ({
        operator,
        key,
        values: listOf(values).map(String),
      }));
    }),
  };
}

function principalsOf(value: unknown): string[] {
  if (value === '*') return ['*'];
  const fields = fieldsOf(value, ['AWS', 'Service']);
  // A service calls in the name of nobody whom this one knows.
  return fields.AWS === undefined ? [] : textsOf(fields.AWS);
}

function fieldsOf(value: unknown, known?: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed('a part of it is no object');
  const fields = { ...value } as Record<string, unknown>;
  const foreign = known && Object.keys(fields).find((name) => !known.includes(name));
  if (foreign !== undefined) throw malformed('it has an element that is not known');
  return fields;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function textsOf(value: unknown): string[] {
  const texts = listOf(value).filter((one): one is string => typeof one === 'string');
  if (texts.length !== listOf(value).length || texts.length === 0) throw malformed('a part of it is no text');
  return texts;
}

function malformed(why: string): KmsError {
  return new KmsError('MalformedPolicyDocumentException', `The policy cannot be read: ${why}`);
}
