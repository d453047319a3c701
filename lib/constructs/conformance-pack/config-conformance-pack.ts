import { Aws, Names, Stack, Token } from 'aws-cdk-lib';
import * as config from 'aws-cdk-lib/aws-config';
import { Construct } from 'constructs';
import { PCI_DSS_4_0_1 } from '../../core/controls';
import { DELEGATED_CONFIG_RULES, type DelegatedConfigRule } from '../../core/controls/aws-config';
import { TransmissionError } from '../../core/errors';
import { checkReason, recordLoosening } from '../loosening';
import { conformanceTemplate, type PackParameter, parameterNameOf, pascalCase } from './conformance-template';
import { type RuleNotAsked, selectedRules, whyNotAsked } from './delegated-rules';

/** What AWS Config takes: `PutConformancePack` in its API reference. */
const NAME = /^[a-zA-Z][-a-zA-Z0-9]{0,255}$/;
const MOST_NAME_MADE = 100;
const PARTITION = '${AWS::Partition}';

/** Properties of a `ConfigConformancePack`. */
export interface ConfigConformancePackProps {
  /**
   * The name of the pack, once per account and region: a letter, then up to 255 letters, digits and `-`. Another name
   * replaces the pack, and what it has found is gone.
   *
   * @default - one made of the path of the construct
   */
  readonly conformancePackName?: string;
  /**
   * The requirements of PCI DSS v4.0.1 to look at: `8.4.2`. Only rules that speak for one of them are deployed.
   *
   * @default - all
   */
  readonly requirements?: string[];
  /**
   * The region whose pack asks about the account as a whole: its root user, its people, its password policy. A pack in
   * any other region leaves those rules to it, since they would find the same again, and are paid for each time.
   *
   * It needs a stack whose region is known at synthesis.
   *
   * @default - this pack asks them
   */
  readonly accountRegion?: string;
  /**
   * Values of parameters, by identifier of the rule and name of the parameter, in place of those that PCI DSS or AWS
   * gives. Some rules ask for nothing without: see `notDeployed`.
   *
   * ```text
   * parameters: { INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY: { AuthorizedVpcIds: network.vpc.vpcId } }
   * ```
   *
   * @default - those that PCI DSS asks for, or the defaults of AWS: see `docs/controls.md`
   */
  readonly parameters?: { readonly [configRule: string]: { readonly [name: string]: string } };
  /**
   * Rules that are not deployed, by identifier, each with a sentence of 20 to 500 characters that says why: because the
   * account has the rule already, or AWS Config does not have it in this region yet. Each leaves a finding until a
   * waiver covers it.
   *
   * @default - none
   */
  readonly leftOutReasons?: { readonly [configRule: string]: string };
}

/**
 * Has AWS Config look at what no template can decide about PCI DSS v4.0.1: exactly the rules of AWS's conformance packs
 * for it, and of prowler, that `docs/controls.md` lists as delegated. What templates decide is judged before anything
 * is deployed, by `PciDss401Checks`, and is not asked again.
 *
 * The account must record already: a conformance pack fails to deploy without a running configuration recorder. Rules
 * that changes trigger see the types in `recordedTypes` alone, where those are recorded; the others look once a day. Where
 * the recorder is in the same app, let the pack wait for it: `pack.node.addDependency(recorder)`.
 *
 * It says what is so, and stops nothing. Each look at a resource is charged.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/conformance-packs.html
 */
export class ConfigConformancePack extends Construct {
  /** Its name. */
  readonly conformancePackName: string;
  /** The rules that it deploys, by identifier. */
  readonly configRules: readonly string[];
  /** The rules among those asked for that it does not deploy, and why. They stand in the template too, as metadata. */
  readonly notDeployed: readonly RuleNotAsked[];
  /** The types of resources that AWS Config has to record for those of its rules that changes trigger. */
  readonly recordedTypes: readonly string[];

  /**
   * @throws TransmissionError where a requirement, rule or parameter is not known, a value is empty, a reason is no
   * sentence, or no rule is left
   */
  constructor(scope: Construct, id: string, props: ConfigConformancePackProps = {}) {
    super(scope, id);
    const { parameters = {}, leftOutReasons = {} } = props;
    this.checkRequirements(props.requirements);
    this.checkAccountRegion(props.accountRegion);
    const selected = selectedRules(props.requirements);
    this.checkRules('parameters', Object.keys(parameters), selected);
    this.checkRules('leftOutReasons', Object.keys(leftOutReasons), selected);
    for (const [rule, given] of Object.entries(parameters)) this.checkParameters(rule, given);
    for (const [rule, reason] of Object.entries(leftOutReasons)) {
      checkReason(this, `leftOutReasons.${rule}`, reason);
    }

    const { region } = Stack.of(this);
    const asked = {
      region: Token.isUnresolved(region) ? undefined : region,
      accountRegion: props.accountRegion,
      leftOut: Object.keys(leftOutReasons),
      parameters,
    };
    this.notDeployed = selected.flatMap((rule) => {
      const why = whyNotAsked(rule, asked);
      return why === undefined ? [] : [{ configRule: rule.configRule, why }];
    });
    const not = new Set(this.notDeployed.map(({ configRule }) => configRule));
    const rules = selected.filter(({ configRule }) => !not.has(configRule));
    if (rules.length === 0) throw this.invalid(this.nothingLeft());
    this.configRules = rules.map(({ configRule }) => configRule);
    this.recordedTypes = [...new Set(rules.flatMap(({ recorded }) => recorded))].sort();
    this.conformancePackName = this.nameOf(props.conformancePackName);

    const pack = this.define(rules, parameters);
    for (const [rule, reason] of Object.entries(leftOutReasons)) {
      recordLoosening(pack, `leftOut${pascalCase(rule)}`, reason);
    }
  }

  private define(
    rules: readonly DelegatedConfigRule[],
    parameters: NonNullable<ConfigConformancePackProps['parameters']>,
  ): config.CfnConformancePack {
    const passed = rules.flatMap((rule) => passedTo(rule, parameters[rule.configRule] ?? {}));
    const given = passed.flatMap((each) =>
      each.given === undefined ? [] : [{ parameterName: parameterNameOf(each), parameterValue: each.given }],
    );
    const pack = new config.CfnConformancePack(this, 'Resource', {
      conformancePackName: this.conformancePackName,
      templateBody: conformanceTemplate(rules, passed),
      conformancePackInputParameters: given.length === 0 ? undefined : given,
    });
    for (const { configRule, why } of this.notDeployed) {
      pack.addMetadata(`NotDeployed:${configRule}`, why);
    }
    return pack;
  }

  private nameOf(given: string | undefined): string {
    if (given === undefined) {
      return Names.uniqueResourceName(this, { maxLength: MOST_NAME_MADE, separator: '-' });
    }
    if (Token.isUnresolved(given) || NAME.test(given)) return given;
    throw this.invalid(
      `'conformancePackName' must be a letter and up to 255 letters, digits and '-', got ${JSON.stringify(given.slice(0, 80))}, leave it out to have one made`,
    );
  }

  private checkRequirements(requirements: readonly string[] | undefined): void {
    if (requirements === undefined) return;
    if (requirements.length === 0) {
      throw this.invalid("'requirements' must hold at least one requirement, leave it out for all");
    }
    for (const id of requirements) {
      if (!PCI_DSS_4_0_1.requirements.some((each) => each.id === id)) {
        throw this.invalid(
          `'requirements' must hold ids of ${PCI_DSS_4_0_1.name} as docs/controls.md lists them, got ${JSON.stringify(id)}, such as 8.4.2`,
        );
      }
      if (selectedRules([id]).length > 0) continue;
      throw this.invalid(
        `'requirements' holds ${id}, for which no rule is left to AWS Config, remove it: docs/controls.md says what speaks for it`,
      );
    }
  }

  private checkAccountRegion(accountRegion: string | undefined): void {
    if (accountRegion === undefined) return;
    if (!Token.isUnresolved(accountRegion) && !Token.isUnresolved(Stack.of(this).region)) return;
    throw this.invalid(
      "'accountRegion' must be compared with the region of the stack at synthesis, got an unresolved value, give both as literals: set 'env: { region: … }' on the stack",
    );
  }

  private checkRules(
    property: string,
    configRules: readonly string[],
    selected: readonly DelegatedConfigRule[],
  ): void {
    for (const configRule of configRules) {
      if (selected.some((rule) => rule.configRule === configRule)) continue;
      const isKnown = DELEGATED_CONFIG_RULES.some((rule) => rule.configRule === configRule);
      const remedy = isKnown
        ? "remove it, or add one of its requirements to 'requirements'"
        : 'docs/controls.md lists those that are';
      throw this.invalid(
        `'${property}' must name rules that this pack deploys, got ${JSON.stringify(configRule)}, ${remedy}`,
      );
    }
  }

  private checkParameters(configRule: string, given: { readonly [name: string]: string }): void {
    const known = DELEGATED_CONFIG_RULES.find((rule) => rule.configRule === configRule)?.parameters ?? [];
    for (const [name, value] of Object.entries(given)) {
      if (!known.some((parameter) => parameter.name === name)) {
        const names = known.length === 0 ? 'it has none' : known.map((each) => each.name).join(', ');
        throw this.invalid(
          `'parameters.${configRule}' must hold parameters of that rule, got ${JSON.stringify(name)}, use one of: ${names}`,
        );
      }
      if (Token.isUnresolved(value) || value.trim() !== '') continue;
      throw this.invalid(
        `'parameters.${configRule}.${name}' must not be empty, leave it out for its default`,
      );
    }
  }

  private nothingLeft(): string {
    const [first] = this.notDeployed;
    const why = first === undefined ? '' : `, ${first.configRule}: ${first.why}`;
    return `no rule is left to deploy of ${this.notDeployed.length} that were asked for${why}, leave this pack out here`;
  }

  private invalid(message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, this.node.path);
  }
}

/** The parameters of a rule that have a value: one that was given, or its own. */
function passedTo(
  rule: DelegatedConfigRule,
  given: { readonly [name: string]: string },
): readonly PackParameter[] {
  return rule.parameters.flatMap((parameter): PackParameter[] => {
    const value = given[parameter.name] ?? inPartition(parameter.value);
    if (value !== undefined) return [{ rule, parameter, given: value }];
    return parameter.value === undefined ? [] : [{ rule, parameter }];
  });
}

/** A value that the template cannot say, since AWS Config puts no partition in. */
function inPartition(value: string | undefined): string | undefined {
  return value?.includes(PARTITION) === true ? value.replace(PARTITION, Aws.PARTITION) : undefined;
}
