import { comparisonsOf, expressionKey } from './comparisons';
import { evaluate } from './evaluate';
import { comparableParameter, OTHER } from './parameters';
import { isJsonMap, type Json, own, type Template } from './rendered-app';
import { isSame, Unresolved, type Value } from './value';
import type { World } from './world';

/** Whether a named condition holds in a world. */
export function conditionHolds(template: Template, name: string, world: World): boolean {
  const conditions = template.json.Conditions;
  const expression = isJsonMap(conditions) ? own(conditions, name) : undefined;
  if (expression === undefined) return chooseWhether(`${template.name}.${name}`, world);
  return world.once(
    template,
    `condition ${name}`,
    () => expressionHolds(template, expression, world),
    // CloudFormation refuses circles.
    () => chooseWhether(`${template.name}.${name}`, world),
  );
}

function expressionHolds(template: Template, expression: Json, world: World): boolean {
  const holds = (item: Json) => expressionHolds(template, item, world);
  const [entry, ...more] = isJsonMap(expression) ? Object.entries(expression) : [];
  const [fn, argument] = entry ?? [];
  if (fn === 'Condition' && typeof argument === 'string') return conditionHolds(template, argument, world);
  const items: readonly Json[] = Array.isArray(argument) ? (argument as readonly Json[]) : [];
  const [first, second] = items;
  if (more.length === 0 && first !== undefined) {
    if (fn === 'Fn::Not' && items.length === 1) return !holds(first);
    if (fn === 'Fn::And') return items.every(holds);
    if (fn === 'Fn::Or') return items.some(holds);
    if (fn === 'Fn::Equals' && second !== undefined) return isEqual(template, first, second, world);
  }
  // Not a condition that CloudFormation knows: it may hold or not.
  return chooseWhether(`${template.name}: ${JSON.stringify(expression)}`, world);
}

function isEqual(template: Template, left: Json, right: Json, world: World): boolean {
  const l = side(template, left, world);
  const r = side(template, right, world);
  if (isSame(l, r)) return true;
  const [hidden, raw, other, rawOther] = isPlain(l) ? [r, right, l, left] : [l, left, r, right];
  // Both are plain: they differ.
  if (isPlain(hidden)) return false;
  if (!isPlain(other) || other === undefined) {
    return chooseWhether(`${template.name}: ${JSON.stringify([raw, rawOther])}`, world);
  }
  if (hidden instanceof Unresolved && hidden.not?.includes(String(other))) return false;
  return chooseValue(template, raw, String(other), world);
}

function side(template: Template, raw: Json, world: World): Value | undefined {
  const parameter =
    isJsonMap(raw) && typeof raw.Ref === 'string' ? comparableParameter(template, raw.Ref, world) : undefined;
  return parameter ?? evaluate(raw, template, world);
}

function isPlain(value: Value | undefined): boolean {
  return typeof value !== 'object' || value === null;
}

/** What is hidden is one of the values that conditions compare it with, or none of them; never two at once. */
function chooseValue(template: Template, raw: Json, wanted: string, world: World): boolean {
  const literals = comparisonsOf(template, world.app).get(expressionKey(raw))?.literals ?? [];
  const options = new Set([wanted, ...literals]);
  const subject = `${template.name}: ${expressionKey(raw)}`;
  // Compared with what is no literal it may be that or not, whatever it is elsewhere.
  if (![...literals].includes(wanted)) return chooseWhether(`${subject} is ${wanted}`, world);
  return world.choose(subject, [...options, OTHER]) === wanted;
}

function chooseWhether(subject: string, world: World): boolean {
  return world.choose(subject, ['true', 'false']) === 'true';
}
