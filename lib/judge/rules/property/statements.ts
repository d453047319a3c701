import { iam } from '../../hops/connectors/iam';
import { readDocument, type Statement } from '../../policy';
import { type Cursor, isValueList, Text, Unresolved, type Value, type ValueMap } from '../../template';
import { COMPLIANT, type Verdict } from '../rule';
import type { PropertyTest } from './property-rule';
import { unknown, violation } from './tests';

/** The types of IAM that hold policies. */
export const POLICY_HOLDERS = iam.types;

/** What is wrong with a statement: what stands there and what should, or why it cannot be told. */
export type StatementFault =
  | { readonly got: string; readonly want: string }
  | { readonly why: string }
  | undefined;

/** Each statement that allows something must pass; the others cannot give anything away. */
export function eachAllowed(fault: (content: ValueMap) => StatementFault): PropertyTest {
  const verdictsOn = (at: Cursor): readonly Verdict[] => {
    const document = readDocument(at);
    if (document.state === 'unresolved') return [unknown(at, document.why)];
    if (document.state === 'absent') return [];
    return document.statements.map((statement) => verdictOn(statement, fault));
  };
  return (properties) => {
    if (properties.resource.type.endsWith('Policy')) return verdictsOn(properties.at('PolicyDocument'));
    const policies = properties.at('Policies');
    const list = policies.list();
    if (list.state === 'unresolved') return unknown(policies, list.why);
    return policies.items().flatMap((policy) => verdictsOn(policy.at('PolicyDocument')));
  };
}

function verdictOn(statement: Statement, fault: Parameters<typeof eachAllowed>[0]): Verdict {
  const { content } = statement;
  if (content instanceof Unresolved) return unknown(statement, content.why);
  const { Effect: effect } = content;
  if (effect instanceof Unresolved) return unknown(statement, effect.why);
  const found = effect === 'Allow' ? fault(content) : undefined;
  if (found === undefined) return COMPLIANT;
  return 'why' in found ? unknown(statement, found.why) : violation(statement, found.got, found.want);
}

/** The elements of what may be one value or a list. */
export function elementsOf(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return isValueList(value) ? value : [value];
}

/** A pattern as far as it is written: `?` stands for what is only known at deployment, which is no wildcard. */
export function patternOf(value: Value): string | Unresolved {
  if (value instanceof Unresolved) return value;
  if (value instanceof Text) {
    return value.parts.map((part) => (typeof part === 'string' ? part : '?')).join('');
  }
  return typeof value === 'object' ? '' : String(value);
}
