import { isJsonMap, type Json } from '../../judge/template';
import type { Change } from './change';
import type { Code } from './props-edits';
import type { Case } from './row';

/** The class and the module of the CDK that stand for a type of CloudFormation: `CfnListener`. */
export function l1Of(type: string): { readonly module: string; readonly name: string } | undefined {
  const [, service, resource] = /^AWS::([A-Za-z0-9]+)::([A-Za-z0-9]+)$/.exec(type) ?? [];
  if (service === undefined || resource === undefined) return undefined;
  return { module: `aws-${service.toLowerCase()}`, name: `Cfn${resource}` };
}

/** What changes of the resource at fault are, as properties of its L1; `undefined` where they are more than that. */
export function l1Props(
  changes: readonly Change[],
  { place }: Case,
): Readonly<Record<string, Code>> | undefined {
  const props: Record<string, Code> = {};
  for (const change of changes) {
    if (!('set' in change)) return undefined;
    const [first, ...path] = change.at.slice(place.length);
    const isOwn = place.every((key, i) => change.at[i] === key) && first === 'Properties';
    // Elements of lists have no name to go by.
    if (!isOwn || path.some((key) => typeof key === 'number' || /^\d+$/.test(key))) return undefined;
    const code = path.reduceRight<Json>((inner, key) => ({ [key]: inner }), change.set);
    if (!isJsonMap(code)) return undefined;
    for (const [key, value] of Object.entries(code)) {
      const [prop, written] = [propOf(key), codeOf(value ?? null)];
      if (prop === undefined || written === undefined || prop in props) return undefined;
      props[prop] = written;
    }
  }
  return props;
}

/** The CDK writes the names of CloudFormation with a small letter; where they begin with several capitals it varies. */
function propOf(key: string): string | undefined {
  if (/^[A-Z][a-z]/.test(key)) return key.charAt(0).toLowerCase() + key.slice(1);
  return /^[A-Z]/.test(key) ? undefined : key;
}

function codeOf(value: Json): Code | undefined {
  if (typeof value === 'string') return stringCode(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (!isJsonMap(value)) {
    const items = (value as readonly Json[]).map((item) =>
      typeof item === 'string' ? stringCode(item) : undefined,
    );
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  const props: Record<string, Code> = {};
  for (const [key, item] of Object.entries(value)) {
    const [prop, code] = [propOf(key), codeOf(item ?? null)];
    if (prop === undefined || code === undefined) return undefined;
    props[prop] = code;
  }
  return props;
}

/** A string, as most of TypeScript quotes it. */
export function stringCode(text: string): string {
  return /['\\\n]/.test(text) ? JSON.stringify(text) : `'${text}'`;
}
