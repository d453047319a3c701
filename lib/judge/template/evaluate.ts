import { conditionHolds } from './conditions';
import { parameterValue, pseudoChoice } from './parameters';
import { isJsonMap, type Json, type JsonMap, own, type Template } from './rendered-app';
import {
  concatenate,
  emptyMap,
  isValueList,
  isValueMap,
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
  const map = emptyMap();
  for (const key of Object.keys(raw)) {
    const item = raw[key];
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
  const alone = keys.length === 1;
  const name = keys.find((key) => key.startsWith('Fn::') || (alone && key === 'Ref'));
  if (name === undefined) return undefined;
  const argument = raw[name] ?? null;
  if (alone) return { name, argument, intrinsic: own(INTRINSICS, name) ?? unsupported(name) };
  // A macro call beside other keys may change all of them, and nothing else may stand beside other keys.
  const macroBeside = keys.includes('Fn::Transform');
  return {
    name: macroBeside ? 'Fn::Transform' : 'beside',
    argument,
    intrinsic: macroBeside ? macro : beside(name),
  };
}

/** The branch that `Fn::If` takes in this world, still unevaluated. */
export function branchOf(argument: Json, template: Template, world: World): Json | undefined {
  const [condition, whenTrue, whenFalse] = listOf(argument);
  return conditionHolds(template, plainText(condition) ?? 'of Fn::If', world) ? whenTrue : whenFalse;
}

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, template, world) => reference(plainText(argument) ?? '', template, world),
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
    const whole = concatenate(list.flatMap((item, i) => (i === 0 ? [item] : [between, item])));
    return dynamicIn(whole, template, world);
  },
  'Fn::Select': (argument, template, world) => {
    const [rawIndex, items] = listOf(argument);
    const rawNumber = rawIndex === undefined ? undefined : evaluate(rawIndex, template, world);
    const index = typeof rawNumber === 'object' ? Number.NaN : Number(rawNumber);
    const list = items === undefined ? undefined : evaluate(items, template, world);
    if (!isValueList(list)) return hidden(list, 'the list that Fn::Select selects from is not known');
    return list[index] ?? new Unresolved('Fn::Select selects what is not there');
  },
  'Fn::Split': (argument, template, world) => {
    const [separator, raw] = listOf(argument);
    const text = raw === undefined ? undefined : evaluate(raw, template, world);
    if (typeof text === 'string' && typeof separator === 'string') return text.split(separator);
    return hidden(text, 'the text that Fn::Split splits is not known');
  },
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': (argument, template, world) => {
    const name = evaluate(argument, template, world);
    if (name === undefined || isValueList(name) || isValueMap(name))
      return new Unresolved('Fn::ImportValue has no name');
    const exported = world.app.exported(name, template, world);
    return exported ?? new Unresolved(`export ${String(name)} is not made by a template at hand`);
  },
  'Fn::GetStackOutput': (argument, template, world) => {
    const named = evaluate(argument, template, world);
    const output = named === undefined ? undefined : world.app.stackOutput(named, template, world);
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
  'Fn::Transform': macro,
};

function unsupported(name: string): Intrinsic {
  return () => new Unresolved(`${name} is evaluated at deployment`);
}

function beside(name: string): Intrinsic {
  return () => new Unresolved(`${name} stands beside other keys, which no template may have`);
}

function macro(): Value {
  return new Unresolved('a macro (Fn::Transform) makes it at deployment');
}

function plainText(raw: Json | undefined): string | undefined {
  return typeof raw === 'object' || raw === undefined ? undefined : String(raw);
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
  if (parameter !== undefined) return dynamicIn(parameter, template, world);
  const resource = template.resources.get(name);
  return resource === undefined
    ? new Unresolved(`the template has no resource or parameter ${name}`)
    : new Reference(resource, 'Ref');
}

function pseudoParameter(name: string, template: Template, world: World): Value {
  const { region } = template;
  const { account, stackName } = template.source;
  const chosen = pseudoChoice(template, name, world);
  if (chosen !== undefined) return chosen;
  if (name === 'AWS::Region' && region !== undefined) return region;
  if (name === 'AWS::AccountId' && account !== undefined) return account;
  if (name === 'AWS::Partition' && region !== undefined) return partitionOf(region);
  if (name === 'AWS::URLSuffix' && region !== undefined) {
    return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  }
  if (name === 'AWS::StackName' && stackName !== undefined) return stackName;
  // Templates of one app mean the same account and region, but each has a stack of its own.
  const symbol = SHARED_PSEUDO_PARAMETERS.has(name) ? name : `${template.name}.${name}`;
  return new Unresolved(`${name} is only known at deployment`, symbol);
}

const SHARED_PSEUDO_PARAMETERS = new Set([
  'AWS::AccountId',
  'AWS::Partition',
  'AWS::Region',
  'AWS::URLSuffix',
]);

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
  if (typeof logicalId !== 'string' || typeof (attribute ?? '') === 'object')
    return hidden(attribute, 'the attribute of Fn::GetAtt is not known');
  return attributeOf(logicalId, String(attribute ?? ''), template, world);
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
    const variable = isJsonMap(variables) ? own(variables, part) : undefined;
    if (variable !== undefined) return evaluate(variable, template, world) ?? '';
    if (part.includes('.') && !part.startsWith('AWS::')) {
      const [logicalId, attribute] = splitOnce(part);
      return attributeOf(logicalId, attribute, template, world) ?? '';
    }
    return reference(part, template, world) ?? '';
  });
  return dynamicIn(concatenate(values), template, world);
}

function findInMap(argument: Json, template: Template, world: World): Value | undefined {
  const [rawMap, rawFirst, rawSecond, options] = listOf(argument);
  const keys = [rawMap, rawFirst, rawSecond].map((raw) =>
    raw === undefined ? undefined : evaluate(raw, template, world),
  );
  const { Mappings: mappings } = template.json;
  if (isJsonMap(mappings) && intrinsicIn(mappings) !== undefined) return macro();
  let found: Json | undefined = mappings;
  for (const key of keys) {
    const rows: JsonMap = isJsonMap(found) ? found : {};
    if (typeof key === 'string' || typeof key === 'number') found = own(rows, String(key));
    // A value that is none of those tried is in no mapping, since its keys were tried.
    else if (key instanceof Unresolved && key.not !== undefined && isNoneOf(key.not, rows)) found = undefined;
    else return hidden(key, 'a key of Fn::FindInMap is not known');
  }
  if (found !== undefined) return mapped(found, template, world);
  const standard = isJsonMap(options) ? options.DefaultValue : undefined;
  return standard === undefined
    ? new Unresolved('Fn::FindInMap looks for what the mapping lacks')
    : evaluate(standard, template, world);
}

function isNoneOf(not: readonly string[], rows: JsonMap): boolean {
  return Object.keys(rows).every((row) => not.includes(row));
}

/** A mapping holds text and lists of it; functions in it could call each other without end. */
function mapped(found: Json, template: Template, world: World): Value | undefined {
  const items: readonly Json[] = Array.isArray(found) ? (found as readonly Json[]) : [found];
  return items.some((item) => typeof item === 'object')
    ? new Unresolved('the mapping holds what is no text')
    : evaluate(found, template, world);
}

function dynamicIn(value: Value, template: Template, world: World): Value {
  return typeof value === 'string' && value.includes('{{resolve:') ? dynamic(value, template, world) : value;
}

const DYNAMIC_REFERENCE = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^}]*)\}\}/g;

function dynamic(text: string, template: Template, world: World): Value {
  const parts: Value[] = [];
  let from = 0;
  for (const match of text.matchAll(DYNAMIC_REFERENCE)) {
    const [whole, service, name = ''] = match;
    parts.push(text.slice(from, match.index));
    // `ssm:name:version`; a template tells the newest version alone.
    const isNewest = service === 'ssm' && !name.includes(':');
    const stored = isNewest ? world.app.ssmParameter(name, template, world) : undefined;
    parts.push(stored ?? new Unresolved(`it is read from ${service} at deployment`));
    from = match.index + whole.length;
  }
  parts.push(text.slice(from));
  return concatenate(parts);
}
