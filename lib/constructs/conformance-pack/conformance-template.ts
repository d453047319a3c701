import type { ConfigRuleParameter, DelegatedConfigRule } from '../../core/controls/aws-config';

/** A parameter of a rule in a conformance pack, and the value that the pack is given; absent where its template says it. */
export interface PackParameter {
  readonly rule: DelegatedConfigRule;
  readonly parameter: ConfigRuleParameter;
  readonly given?: string;
}

/** The id of a rule as logical ids are written: `AccessKeysRotated`. */
export function pascalCase(configRule: string): string {
  return configRule
    .toLowerCase()
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** The name of a parameter, as the conformance packs of AWS write it: `AccessKeysRotatedParamMaxAccessKeyAge`. */
export function parameterNameOf({ rule, parameter: { name } }: PackParameter): string {
  return `${pascalCase(rule.configRule)}Param${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/**
 * The template of a conformance pack: YAML, since AWS Config takes nothing else. Every text stands in double quotes as
 * JSON writes it, which YAML reads the same.
 *
 * Values that were given are no part of it, so that it is literal whatever they are: they are parameters of the pack.
 */
export function conformanceTemplate(
  rules: readonly DelegatedConfigRule[],
  parameters: readonly PackParameter[],
): string {
  return `${[
    ...(parameters.length === 0 ? [] : ['Parameters:', ...parameters.flatMap(declared)]),
    'Resources:',
    ...rules.flatMap((rule) =>
      resource(
        rule,
        parameters.filter((each) => each.rule === rule),
      ),
    ),
  ].join('\n')}\n`;
}

function declared(each: PackParameter): string[] {
  const { given, parameter } = each;
  const value = given === undefined ? parameter.value : undefined;
  return [
    `  ${parameterNameOf(each)}:`,
    '    Type: String',
    ...(value === undefined ? [] : [`    Default: ${JSON.stringify(value)}`]),
  ];
}

function resource({ configRule }: DelegatedConfigRule, parameters: readonly PackParameter[]): string[] {
  return [
    `  ${pascalCase(configRule)}:`,
    '    Type: AWS::Config::ConfigRule',
    '    Properties:',
    `      ConfigRuleName: ${JSON.stringify(configRule.toLowerCase().replaceAll('_', '-'))}`,
    ...(parameters.length === 0 ? [] : ['      InputParameters:', ...parameters.flatMap(passed)]),
    '      Source:',
    '        Owner: AWS',
    `        SourceIdentifier: ${JSON.stringify(configRule)}`,
  ];
}

function passed(each: PackParameter): string[] {
  return [`        ${each.parameter.name}:`, `          Ref: ${parameterNameOf(each)}`];
}
