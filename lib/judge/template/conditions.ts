import { evaluate } from './evaluate';
import { OTHER, parameterChoice, parameterDomain } from './parameters';
import { isJsonMap, type Json, type Template } from './rendered-app';
import { isSame, isValueList, isValueMap, Reference, Text, Unresolved } from './value';
import type { World } from './world';

/** Conditions may name each other; CloudFormation refuses circles, so do we. */
const DEEPEST = 64;

/** Whether a named condition holds in a world. */
export function conditionHolds(template: Template, name: string, world: World, depth = 0): boolean {
  const conditions = template.json.Conditions;
  const expression = isJsonMap(conditions) ? conditions[name] : undefined;
  if (expression === undefined) return chooseWhether(`${template.name}.${name}`, world);
  return expressionHolds(template, expression, world, name, depth + 1);
}

function expressionHolds(
  template: Template,
  expression: Json,
  world: World,
  name: string,
  depth: number,
): boolean {
  if (depth > DEEPEST || !isJsonMap(expression)) return chooseWhether(`${template.name}.${name}`, world);
  const [[fn, argument] = []] = Object.entries(expression);
  const list: readonly Json[] = Array.isArray(argument) ? (argument as readonly Json[]) : [];
  const holds = (item: Json | undefined) =>
    item !== undefined && expressionHolds(template, item, world, name, depth + 1);
  switch (fn) {
    case 'Condition':
      return conditionHolds(template, String(argument), world, depth);
    case 'Fn::Not':
      return !holds(list[0]);
    case 'Fn::And':
      return list.every(holds);
    case 'Fn::Or':
      return list.some(holds);
    case 'Fn::Equals':
      return isEqual(template, list, world, `${template.name}.${name}`);
    default:
      return chooseWhether(`${template.name}.${name}`, world);
  }
}

function isEqual(template: Template, sides: readonly Json[], world: World, subject: string): boolean {
  const [left, right] = sides;
  const chosen = comparedParameter(template, left, world) ?? comparedParameter(template, right, world);
  const l = side(template, left, world);
  const r = side(template, right, world);
  if (l === OTHER || r === OTHER) return l === r && chosen !== undefined && isSameRef(left, right);
  if (isSame(l, r)) return true;
  const hidden = [l, r].some(
    (v) =>
      v instanceof Unresolved ||
      v instanceof Reference ||
      v instanceof Text ||
      isValueList(v) ||
      isValueMap(v),
  );
  // Both are plain: they differ. Something hidden may be equal or not: both are tried.
  return hidden ? chooseWhether(`${subject} (${JSON.stringify(sides)})`, world) : false;
}

function side(template: Template, raw: Json | undefined, world: World) {
  return (
    comparedParameter(template, raw, world) ??
    (raw === undefined ? undefined : evaluate(raw, template, world))
  );
}

/** A parameter in a comparison is chosen from the values it is compared with, and one that is none of them. */
function comparedParameter(template: Template, raw: Json | undefined, world: World): string | undefined {
  if (!isJsonMap(raw) || typeof raw.Ref !== 'string') return undefined;
  return parameterDomain(template, raw.Ref, world) === undefined
    ? undefined
    : parameterChoice(template, raw.Ref, world);
}

function isSameRef(left: Json | undefined, right: Json | undefined): boolean {
  return isJsonMap(left) && isJsonMap(right) && left.Ref === right.Ref;
}

function chooseWhether(subject: string, world: World): boolean {
  return world.choose(subject, ['true', 'false']) === 'true';
}
