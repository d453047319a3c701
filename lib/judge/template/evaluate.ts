import { conditionHolds } from './conditions';
import { isPseudoKnown, OTHER, parameterChoice, parameterDomain, parameterValue } from './parameters';
import { isJsonMap, type Json, type JsonMap, type Template } from './rendered-app';
import {
  concatenate,
  isValueList,
  Reference,
  resourcesIn,
  Unresolved,
  type Value,
  type ValueMap,
  whyUnresolved,
} from './value';
import type { World } from './world';

type Intrinsic = (argument: Json, template: Template, world: World) => Value | undefined;

/** What a property's JSON evaluates to in one world; `undefined` where it is absent. */
export function evaluate(raw: Json, template: Template, world: World): Value | undefined {
  if (typeof raw === 'string') return raw.includes('{{resolve:') ? dynamic(raw, template, world) : raw;
  if (Array.isArray(raw)) {
    return (raw as readonly Json[]).flatMap((item) => {
      const value = evaluate(item, template, world);
      return value === undefined ? [] : [value];
    });
  }
  if (!isJsonMap(raw)) return raw as string | number | boolean | null;
  const call = intrinsicIn(raw);
  if (call !== undefined) return call.intrinsic(call.argument, template, world);
  const map: Record<string, Value> = Object.create(null);
  for (const [key, item] of Object.entries(raw)) {
    const value = item === undefined ? undefined : evaluate(item, template, world);
    if (value !== undefined) map[key] = value;
  }
  return map as ValueMap;
}

/** The intrinsic function that a JSON object is, if it is one. */
export function intrinsicIn(
  raw: JsonMap,
): { name: string; argument: Json; intrinsic: Intrinsic } | undefined {
  const keys = Object.keys(raw);
  // A macro call beside other keys may change all of them.
  const name = keys.includes('Fn::Transform') ? 'Fn::Transform' : keys.length === 1 ? keys[0] : undefined;
  if (name === undefined || !(name === 'Ref' || name.startsWith('Fn::'))) return undefined;
  const intrinsic = INTRINSICS[name] ?? unsupported(name);
  return { name, argument: raw[name] ?? null, intrinsic };
}

/** The branch that `Fn::If` takes in this world, still unevaluated. */
export function branchOf(argument: Json, template: Template, world: World): Json | undefined {
  const [condition, whenTrue, whenFalse] = listOf(argument);
  return conditionHolds(template, String(condition), world) ? whenTrue : whenFalse;
}

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, template, world) => reference(String(argument), template, world),
  'Fn::GetAtt': getAtt,
  'Fn::If': (argument, template, world) => {
    const branch = branchOf(argument, template, world);
    return branch === undefined ? undefined : evaluate(branch, template, world);
  },
  'Fn::Sub': substitute,
  'Fn::Join': (argument, template, world) => {
    const [separator, items] = listOf(argument);
    const list = items === undefined ? undefined : evaluate(items, template, world);
    if (!isValueList(list)) return hidden(list, 'the list that Fn::Join joins is not known');
    const between = typeof separator === 'string' ? separator : '';
    return concatenate(list.flatMap((item, i) => (i === 0 ? [item] : [between, item])));
  },
  'Fn::Select': (argument, template, world) => {
    const [rawIndex, items] = listOf(argument);
    const index = Number(rawIndex === undefined ? Number.NaN : evaluate(rawIndex, template, world));
    const list = items === undefined ? undefined : evaluate(items, template, world);
    if (!isValueList(list)) return hidden(list, 'the list that Fn::Select selects from is not known');
    return list[index] ?? new Unresolved('Fn::Select selects what is not there');
  },
  'Fn::Split': (argument, template, world) => {
    const [separator, raw] = listOf(argument);
    const text = raw === undefined ? undefined : evaluate(raw, template, world);
    if (typeof text === 'string') return text.split(String(separator));
    return hidden(text, 'the text that Fn::Split splits is not known');
  },
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': (argument, template, world) => {
    const name = evaluate(argument, template, world);
    const exported = name === undefined ? undefined : world.app.exported(name, template, world);
    return exported ?? new Unresolved(`export ${String(name)} is not made by a template at hand`);
  },
  'Fn::GetStackOutput': (argument, template, world) => {
    const named = evaluate(argument, template, world);
    const output = named === undefined ? undefined : world.app.stackOutput(named, world);
    return output ?? new Unresolved('the stack output that it reads is not made by a template at hand');
  },
  'Fn::Length': (argument, template, world) => {
    const list = evaluate(argument, template, world);
    return isValueList(list) ? list.length : hidden(list, 'the list that Fn::Length counts is not known');
  },
  'Fn::ToJsonString': (argument, template, world) => {
    const value = evaluate(argument, template, world);
    const [made] = resourcesIn(value);
    const why = made === undefined ? whyUnresolved(value) : `it is made from ${made.logicalId}`;
    return why === undefined ? JSON.stringify(value) : new Unresolved(why);
  },
  'Fn::Base64': (argument, template, world) => {
    const text = evaluate(argument, template, world);
    return typeof text === 'string'
      ? Buffer.from(text).toString('base64')
      : hidden(text, 'the text that Fn::Base64 encodes is not known');
  },
  'Fn::Transform': () => new Unresolved('a macro (Fn::Transform) makes it at deployment'),
};

function unsupported(name: string): Intrinsic {
  return () => new Unresolved(`${name} is evaluated at deployment`);
}

function hidden(value: Value | undefined, otherwise: string): Unresolved {
  return value instanceof Unresolved ? value : new Unresolved(whyUnresolved(value) ?? otherwise);
}

function listOf(argument: Json): readonly Json[] {
  return Array.isArray(argument) ? (argument as readonly Json[]) : [];
}

function reference(name: string, template: Template, world: World): Value | undefined {
  if (name === 'AWS::NoValue') return undefined;
  if (name.startsWith('AWS::')) return pseudoParameter(name, template, world);
  const parameter = parameterValue(template, name, world);
  if (parameter !== undefined) return parameter;
  const resource = template.resources.get(name);
  return resource === undefined
    ? new Unresolved(`the template has no resource or parameter ${name}`)
    : new Reference(resource, 'Ref');
}

function pseudoParameter(name: string, template: Template, world: World): Value {
  const { region } = template;
  const { account, stackName } = template.source;
  if (!isPseudoKnown(template, name) && parameterDomain(template, name, world) !== undefined) {
    const chosen = parameterChoice(template, name, world);
    if (chosen !== OTHER) return chosen;
  }
  if (name === 'AWS::Region' && region !== undefined) return region;
  if (name === 'AWS::AccountId' && account !== undefined) return account;
  if (name === 'AWS::Partition' && region !== undefined) return partitionOf(region);
  if (name === 'AWS::URLSuffix' && region !== undefined) {
    return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  }
  if (name === 'AWS::StackName' && stackName !== undefined) return stackName;
  return new Unresolved(`${name} is only known at deployment`, name);
}

/** The AWS partition of a region. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  if (region.startsWith('us-iso-')) return 'aws-iso';
  if (region.startsWith('us-isob-')) return 'aws-iso-b';
  return 'aws';
}

function getAtt(argument: Json, template: Template, world: World): Value | undefined {
  const parts = typeof argument === 'string' ? splitOnce(argument) : listOf(argument);
  const [logicalId, rawAttribute] = parts;
  const attribute = rawAttribute === undefined ? undefined : evaluate(rawAttribute, template, world);
  return attributeOf(String(logicalId), String(attribute ?? ''), template, world);
}

function attributeOf(
  logicalId: string,
  attribute: string,
  template: Template,
  world: World,
): Value | undefined {
  const resource = template.resources.get(logicalId);
  if (resource === undefined) return new Unresolved(`the template has no resource ${logicalId}`);
  if (resource.type === 'AWS::CloudFormation::Stack' && attribute.startsWith('Outputs.')) {
    const output = world.app.nestedOutput(resource, attribute.slice('Outputs.'.length), world);
    return output ?? new Unresolved(`the nested stack ${logicalId} is not at hand`);
  }
  return new Reference(resource, attribute);
}

function splitOnce(text: string): [string, string] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)];
}

function substitute(argument: Json, template: Template, world: World): Value | undefined {
  const [text, variables] = typeof argument === 'string' ? [argument] : listOf(argument);
  if (typeof text !== 'string') return new Unresolved('Fn::Sub has no text');
  const parts = text.split(/\$\{([^}]*)\}/);
  const values = parts.map((part, i): Value => {
    if (i % 2 === 0) return part;
    if (part.startsWith('!')) return `\${${part.slice(1)}}`;
    const variable = isJsonMap(variables) ? variables[part] : undefined;
    if (variable !== undefined) return evaluate(variable, template, world) ?? '';
    if (part.includes('.') && !part.startsWith('AWS::')) {
      const [logicalId, attribute] = splitOnce(part);
      return attributeOf(logicalId, attribute, template, world) ?? '';
    }
    return reference(part, template, world) ?? '';
  });
  const whole = concatenate(values);
  return typeof whole === 'string' && whole.includes('{{resolve:') ? dynamic(whole, template, world) : whole;
}

function findInMap(argument: Json, template: Template, world: World): Value | undefined {
  const [rawMap, rawFirst, rawSecond, options] = listOf(argument);
  const keys = [rawMap, rawFirst, rawSecond].map((raw) =>
    raw === undefined ? undefined : evaluate(raw, template, world),
  );
  const mappings = template.json.Mappings;
  let found: Json | undefined = mappings;
  for (const key of keys) {
    if (typeof key !== 'string' && typeof key !== 'number')
      return hidden(key, 'a key of Fn::FindInMap is not known');
    found = isJsonMap(found) ? found[String(key)] : undefined;
  }
  if (found !== undefined) return evaluate(found, template, world);
  const standard = isJsonMap(options) ? options.DefaultValue : undefined;
  return standard === undefined
    ? new Unresolved('Fn::FindInMap looks for what the mapping lacks')
    : evaluate(standard, template, world);
}

const DYNAMIC_REFERENCE = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^}]*)\}\}/g;

function dynamic(text: string, template: Template, world: World): Value {
  const parts: Value[] = [];
  let from = 0;
  for (const match of text.matchAll(DYNAMIC_REFERENCE)) {
    const [whole, service, name = ''] = match;
    parts.push(text.slice(from, match.index));
    // `ssm:name:version`; a name may hold no colon.
    const stored =
      service === 'ssm' ? world.app.ssmParameter(name.split(':')[0] ?? '', template, world) : undefined;
    parts.push(stored ?? new Unresolved(`it is read from ${service} at deployment`));
    from = match.index + whole.length;
  }
  parts.push(text.slice(from));
  return concatenate(parts);
}
