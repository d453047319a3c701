import { evaluate } from './evaluate';
import { isJsonMap, type Json, type JsonMap, type Template } from './rendered-app';
import { Unresolved, type Value } from './value';
import type { World } from './world';

/** Stands for every value of a parameter that no condition compares it with. */
export const OTHER = '(any other value)';

const PSEUDO_PARAMETERS = new Set(['AWS::Region', 'AWS::AccountId', 'AWS::Partition']);

/** The value of a parameter, or `undefined` where the template has none of that name. */
export function parameterValue(template: Template, name: string, world: World): Value | undefined {
  const declaration = declarationOf(template, name);
  if (declaration === undefined) return undefined;
  const given = givenValue(template, name, world);
  if (given !== undefined) return typed(given, declaration);
  if (declaration.NoEcho === true || declaration.NoEcho === 'true') {
    return new Unresolved(`parameter ${name} is NoEcho`, symbol(template, name));
  }
  const type = String(declaration.Type ?? 'String');
  if (type.startsWith('AWS::SSM::Parameter::Value<')) {
    const storedAt = declaration.Default;
    const stored =
      typeof storedAt === 'string' ? world.app.ssmParameter(storedAt, template, world) : undefined;
    return (
      stored ?? new Unresolved(`parameter ${name} is read from SSM at deployment`, symbol(template, name))
    );
  }
  if (parameterDomain(template, name, world) !== undefined) {
    const chosen = parameterChoice(template, name, world);
    return chosen === OTHER
      ? new Unresolved(`parameter ${name} may have any value`, symbol(template, name))
      : typed(chosen, declaration);
  }
  const { Default: standard } = declaration;
  return standard === undefined || standard === null || typeof standard === 'object'
    ? new Unresolved(`parameter ${name} has no default`, symbol(template, name))
    : typed(String(standard), declaration);
}

/** The values worth trying for a parameter; `undefined` where there is nothing to choose. */
export function parameterDomain(template: Template, name: string, world: World): string[] | undefined {
  const compared = world.app.memo(template, 'compared literals', () => comparedLiterals(template));
  const literals = compared.get(name);
  if (PSEUDO_PARAMETERS.has(name)) {
    return isPseudoKnown(template, name) || literals === undefined ? undefined : [...literals, OTHER];
  }
  const declaration = declarationOf(template, name);
  if (declaration === undefined || givenValue(template, name, world) !== undefined) return undefined;
  const standard = declaration.Default;
  const allowed = declaration.AllowedValues;
  if (Array.isArray(allowed)) {
    const values = (allowed as readonly Json[]).map(String);
    return standard === undefined ? values : unique([String(standard), ...values]);
  }
  if (literals === undefined) return undefined;
  // The default comes first: the first world is the one that most deployments make.
  const values = standard === undefined ? [...literals] : unique([String(standard), ...literals]);
  return values.length > literals.size ? values : [...values, OTHER];
}

/** The value of a parameter in this world, chosen from its domain. */
export function parameterChoice(template: Template, name: string, world: World): string {
  return world.choose(`${template.name}.${name}`, parameterDomain(template, name, world) ?? []);
}

/** Whether a pseudo parameter is known for a template's environment. */
export function isPseudoKnown(template: Template, name: string): boolean {
  return name === 'AWS::AccountId' ? template.source.account !== undefined : template.region !== undefined;
}

function givenValue(template: Template, name: string, world: World): Value | undefined {
  const { parent } = template;
  if (parent !== undefined) {
    const stack = parent.template.resources.get(parent.logicalId);
    const passed = stack?.properties.Parameters;
    const raw = isJsonMap(passed) ? passed[name] : undefined;
    if (raw !== undefined) return evaluate(raw, parent.template, world);
  }
  const { parameterValues } = world.app;
  return parameterValues[`${template.name}.${name}`] ?? parameterValues[name];
}

function typed(value: Value, declaration: JsonMap): Value {
  const type = String(declaration.Type ?? 'String');
  const isList = type === 'CommaDelimitedList' || type.includes('List<');
  if (!isList || typeof value !== 'string') return value;
  return value.split(',').map((item) => item.trim());
}

function declarationOf(template: Template, name: string): JsonMap | undefined {
  const declarations = template.json.Parameters;
  const declaration = isJsonMap(declarations) ? declarations[name] : undefined;
  return isJsonMap(declaration) ? declaration : undefined;
}

function symbol(template: Template, name: string): string {
  return `${template.name}.${name}`;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** The literals that conditions compare each parameter with. */
function comparedLiterals(template: Template): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const visit = (node: Json | undefined): void => {
    if (Array.isArray(node)) {
      for (const item of node as readonly Json[]) visit(item);
    } else if (isJsonMap(node)) {
      const sides = node['Fn::Equals'];
      if (Array.isArray(sides)) note(sides as readonly Json[]);
      for (const item of Object.values(node)) visit(item);
    }
  };
  const note = (sides: readonly Json[]): void => {
    for (const [one, other] of [sides, [...sides].reverse()]) {
      if (!isJsonMap(one) || typeof one.Ref !== 'string' || typeof other === 'object') continue;
      const literals = found.get(one.Ref) ?? new Set<string>();
      literals.add(String(other));
      found.set(one.Ref, literals);
    }
  };
  visit(template.json.Conditions);
  return found;
}
