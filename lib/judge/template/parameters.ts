import {
  type Comparison,
  comparedWithPseudoParameter,
  comparisonsOf,
  isSecret,
  outermostOf,
  parameterKey,
} from './comparisons';
import type { Cursor } from './cursor';
import { isJsonMap, type Json, type JsonMap, own, type Template } from './rendered-app';
import { isValueList, isValueMap, Unresolved, type Value } from './value';
import type { World } from './world';

/** Stands for every value of a parameter that nothing compares it with. */
export const OTHER = '(any other value)';

/** The value of a parameter, or `undefined` where the template has none of that name. */
export function parameterValue(template: Template, name: string, world: World): Value | undefined {
  const declaration = declarationOf(template, name);
  if (declaration === undefined) return undefined;
  const value = comparableParameter(template, name, world);
  const isPlain = typeof value !== 'object' || isValueList(value);
  return isPlain && isSecret(declaration)
    ? new Unresolved(`parameter ${name} is NoEcho`, symbol(template, name))
    : value;
}

/** The same for conditions, which may look at a `NoEcho` parameter, since they show nothing of it. */
export function comparableParameter(template: Template, name: string, world: World): Value | undefined {
  const declaration = declarationOf(template, name);
  if (declaration === undefined) return undefined;
  return world.once(
    template,
    `parameter ${name}`,
    () => settled(template, name, declaration, world),
    () => new Unresolved(`parameter ${name} is made from itself`),
  );
}

function settled(template: Template, name: string, declaration: JsonMap, world: World): Value {
  const given = givenValue(template, name, world);
  const isStored = String(declaration.Type).startsWith('AWS::SSM::Parameter::Value<');
  if (!isStored) return given === undefined ? chosen(template, name, world) : typed(given, declaration);
  // Such a parameter is given, and defaults to, the name of its value.
  const storedAt = given ?? declaration.Default;
  const stored = typeof storedAt === 'string' ? world.app.ssmParameter(storedAt, template, world) : undefined;
  if (stored !== undefined) return typed(stored, declaration);
  // Who gives a value that is no name says what is stored there.
  if (typeof given === 'string' && !given.startsWith('/')) return typed(given, declaration);
  return chosen(template, name, world, `parameter ${name} is read from SSM at deployment`);
}

/** The default, or a choice where something depends on it. */
function chosen(template: Template, name: string, world: World, hiddenBy?: string): Value {
  const declaration = declarationOf(template, name) ?? {};
  const standard = hiddenBy === undefined ? plainDefault(declaration) : undefined;
  const domain = parameterDomain(template, name, world, standard, hiddenBy === undefined);
  if (domain === undefined) {
    if (standard !== undefined) return typed(standard, declaration);
    return new Unresolved(hiddenBy ?? `parameter ${name} has no default`, symbol(template, name));
  }
  const choice = world.choose(`${template.name}.${name}`, domain);
  if (choice !== OTHER) return typed(choice, declaration);
  const none = domain.filter((value) => value !== OTHER);
  return new Unresolved(hiddenBy ?? `parameter ${name} may have any value`, symbol(template, name), none);
}

/**
 * The values worth trying for a parameter; `undefined` where there is nothing to choose.
 *
 * @param isValue whether `Default` and `AllowedValues` speak of the value itself, not of where it is stored
 */
function parameterDomain(
  template: Template,
  name: string,
  world: World,
  standard: string | undefined,
  isValue: boolean,
): string[] | undefined {
  const declaration = declarationOf(template, name) ?? {};
  const compared = comparisonsOf(template, world.app).get(parameterKey(name));
  const allowed = declaration.AllowedValues;
  // The items of a list are chosen from them, in any number: they say nothing about the whole.
  if (isValue && Array.isArray(allowed) && !isList(declaration) && !isSecret(declaration)) {
    const values = unique((allowed as readonly Json[]).map(plainText));
    // The default comes first: the first world is the one that most deployments make.
    const ordered = standard !== undefined && values.includes(standard) ? [standard, ...values] : values;
    return deployable(unique(ordered), compared);
  }
  if (compared === undefined) return undefined;
  return domainOf(compared, isSecret(declaration) ? undefined : standard);
}

function domainOf(compared: Comparison, standard: string | undefined): string[] | undefined {
  const { literals, keys, certain, open } = compared;
  const values = unique([...(standard === undefined ? [] : [standard]), ...literals, ...keys]);
  if (certain !== undefined) return deployable(values, compared);
  // A default that nothing compares with stands for all others.
  const isOther = standard !== undefined && !literals.has(standard) && !open;
  const onlyKeys = standard !== undefined && literals.size === 0 && !open;
  return isOther || onlyKeys ? values : [...values, OTHER];
}

/** Leaves out what a mapping lacks that every deployment looks up; a template that always fails keeps all. */
function deployable(values: string[], compared: Comparison | undefined): string[] {
  const certain = compared?.certain;
  const kept = certain === undefined ? values : values.filter((value) => certain.has(value));
  return kept.length === 0 ? values : kept;
}

/** A pseudo parameter that conditions compare, in this world; `undefined` where it is known or not compared. */
export function pseudoChoice(
  template: Template,
  name: string,
  world: World,
): string | Unresolved | undefined {
  if (!PSEUDO_PARAMETERS.has(name) || isPseudoKnown(template, name)) return undefined;
  const literals = [...(comparedWithPseudoParameter(template, name, world.app)?.literals ?? [])];
  if (literals.length === 0) return undefined;
  const choice = world.choose(`${outermostOf(template).name}.${name}`, [...literals, OTHER]);
  return choice === OTHER ? new Unresolved(`${name} is only known at deployment`, name, literals) : choice;
}

const PSEUDO_PARAMETERS = new Set(['AWS::Region', 'AWS::AccountId', 'AWS::Partition']);

/** Whether a pseudo parameter is known for a template's environment. */
function isPseudoKnown(template: Template, name: string): boolean {
  return name === 'AWS::AccountId' ? template.source.account !== undefined : template.region !== undefined;
}

/** What the stack around, else the user, gives. */
function givenValue(template: Template, name: string, world: World): Value | undefined {
  const { parent } = template;
  const stack = parent?.template.resources.get(parent.logicalId);
  const passed = stack === undefined ? undefined : passedBy(world.view(stack), name);
  if (passed !== undefined) {
    const items = isValueList(passed) ? passed : [passed];
    return items.some((item) => isValueList(item) || isValueMap(item))
      ? new Unresolved(`parameter ${name} is given what is no text`)
      : passed;
  }
  const { parameterValues } = world.app;
  return own(parameterValues, `${template.name}.${name}`) ?? own(parameterValues, name);
}

/** A stack passes a map; a stack set a list of keys and values, and others for some of its instances. */
function passedBy(stack: Cursor, name: string): Value | undefined {
  if (stack.resource.type !== 'AWS::CloudFormation::StackSet') return stack.at('Parameters', name).value();
  const overrides = stack
    .at('StackInstancesGroup')
    .items()
    .map((group) => group.at('ParameterOverrides'));
  if (overrides.some((list) => keyed(list, name) !== undefined)) {
    return new Unresolved(`parameter ${name} differs between the instances of a stack set`);
  }
  return keyed(stack.at('Parameters'), name);
}

function keyed(list: Cursor, name: string): Value | undefined {
  const entries = list.items().map((item) => ({ key: item.at('ParameterKey').value(), item }));
  const found = entries.find(({ key }) => key === name)?.item;
  if (found !== undefined) return found.at('ParameterValue').value();
  const hides = list.list().state === 'unresolved' || entries.some(({ key }) => typeof key === 'object');
  return hides ? new Unresolved(`the parameters of the stack set may hold ${name}`) : undefined;
}

function typed(value: Value, declaration: JsonMap): Value {
  if (!isList(declaration) || typeof value !== 'string') return value;
  return value.split(',').map((item) => item.trim());
}

function isList({ Type: type }: JsonMap): boolean {
  return typeof type === 'string' && (type.includes('CommaDelimitedList') || type.includes('List<'));
}

function plainDefault({ Default: standard }: JsonMap): string | undefined {
  return standard === undefined || typeof standard === 'object' ? undefined : String(standard);
}

function plainText(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function declarationOf(template: Template, name: string): JsonMap | undefined {
  const declarations = template.json.Parameters;
  const declaration = isJsonMap(declarations) ? own(declarations, name) : undefined;
  return isJsonMap(declaration) ? declaration : undefined;
}

function symbol(template: Template, name: string): string {
  return `${template.name}.${name}`;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
