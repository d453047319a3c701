import { readDocument, type Statement } from '../../policy';
import { type Cursor, isValueList, Text, Unresolved, type Value, type ValueMap } from '../../template';
import type { PropertyTest } from '../property';
import { unknown } from '../property';
import type { Verdict } from '../rule';

/** The types of IAM that hold policies. */
export const POLICY_HOLDERS = [
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::IAM::Group',
] as const;

/** What is wrong with a statement: what stands there and what should, or why it cannot be told. */
export type StatementFault =
  | { readonly got: string; readonly want: string }
  | { readonly why: string }
  | undefined;

/** Each statement that allows something must pass; the others cannot give anything away. */
export function eachAllowed(fault: (content: ValueMap) => StatementFault): PropertyTest {
  return (properties) => {
    const { documents, hidden } = documentsOf(properties);
    return [
      ...hidden,
      ...documents.flatMap((at): readonly Verdict[] => {
        const document = readDocument(at);
        if (document.state === 'unresolved') return [unknown(at, document.why)];
        if (document.state === 'absent') return [];
        return document.statements.map((statement) => verdictOn(statement, fault));
      }),
    ];
  };
}

function verdictOn(
  { resource, path, content }: Statement,
  fault: Parameters<typeof eachAllowed>[0],
): Verdict {
  if (content instanceof Unresolved) return { verdict: 'unknown', resource, path, why: content.why };
  const { Effect: effect } = content;
  if (effect instanceof Unresolved) return { verdict: 'unknown', resource, path, why: effect.why };
  const found = effect === 'Allow' ? fault(content) : undefined;
  if (found === undefined) return { verdict: 'compliant' };
  return 'why' in found
    ? { verdict: 'unknown', resource, path, why: found.why }
    : { verdict: 'violation', resource, path, ...found };
}

function documentsOf(properties: Cursor): {
  readonly documents: readonly Cursor[];
  readonly hidden: readonly Verdict[];
} {
  if (properties.resource.type.endsWith('Policy')) {
    return { documents: [properties.at('PolicyDocument')], hidden: [] };
  }
  const policies = properties.at('Policies');
  const list = policies.list();
  if (list.state === 'unresolved') return { documents: [], hidden: [unknown(policies, list.why)] };
  return { documents: policies.items().map((policy) => policy.at('PolicyDocument')), hidden: [] };
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
