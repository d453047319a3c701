import {
  type CfnResource,
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
  type PolicyViolation,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import { NagPack, type NagPackProps } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { fixedTime } from '../core/clock';
import { TransmissionError } from '../core/errors';
import type { TlsPolicy } from '../core/tls';
import { VERSION } from '../core/version';
import { acknowledgementIdOf } from '../judge/describe';
import { judge } from '../judge/judge';
import type { Finding, Judgement } from '../judge/judgement';
import type { NotRun, Pack, PackFactory } from '../judge/packs/pack';
import { type GivenRuleSettings, parseSettings, refuseOtherPacks, settledPack } from '../judge/profiles';
import { DEFAULT_RULE_PARAMETERS } from '../judge/rules/parameters';
import type { GivenAcknowledgement, Resource } from '../judge/template';
import { isExemption, OF_THE_APP, type WaiverEntry, waiverAround } from '../judge/waivers';
import { acknowledgementsOf, constructAt } from './acknowledged';
import { givenAcknowledgements } from './given-acknowledgements';
import { type RenderedTree, renderedTree } from './rendered-tree';
import { isBelow, scopeOf } from './scope';
import { adoptAcknowledgements, announce, ownFindings } from './shared-findings';
import { synthesiseAnew } from './synthesis';
import { toViolation, toViolationOfExemption } from './violation';
import { suppressForOthers, suppressWaived } from './waived-findings';
import { waivedBelow, waiversOn } from './waiver-carrier';
import { couldNotRun, severalCopiesOfCdk, stagesHaveErrors, templatesNotJudged } from './whole-app-findings';

/** How a pack is registered. */
export interface JudgingPackProps extends NagPackProps, GivenRuleSettings {
  /**
   * What an error in a Stage stops. `cdk synth` without arguments selects only top-level stacks, and drops findings
   * of all others without a word.
   *
   * @default 'app' - errors inside a Stage add one finding without a construct, which stops every `cdk` command
   */
  readonly enforce?: 'app' | 'selected-stacks';
  /**
   * TLS policies that AWS has published and the catalogue does not know yet; each with its source and date.
   *
   * @default - the catalogue alone: a name that it lacks is an error
   */
  readonly tlsPolicies?: readonly TlsPolicy[];
  /**
   * The time by which what expires is measured, such as a published `security.txt`, and a rule that is switched off.
   *
   * @default - that of `SOURCE_DATE_EPOCH`, else the clock of the machine
   */
  readonly now?: Date;
}

/**
 * A pack of our rules, registered beside cdk-nag's own: `Validations.of(app).addPlugins(new SomeChecks(app))`.
 *
 * It judges the templates that the synthesis wrote, not the constructs: overrides, plain `CfnResource`s, includes
 * and nested stacks are seen as CloudFormation will see them.
 */
export abstract class JudgingPack extends NagPack {
  override readonly name: string;
  override readonly version = VERSION;
  override readonly ruleIds: string[];
  readonly #pack: Pack;
  readonly #props: JudgingPackProps;
  #judgement: Judgement | undefined;
  /** What somebody acknowledged, as the last validation found it. */
  #given: readonly GivenAcknowledgement[] = [];

  /**
   * @param made the table of rules, or what makes it of parameters
   * @param scope the App or Stage that it is registered on
   * @throws TransmissionError with one line for each setting that is wrong, or no longer holds
   */
  protected constructor(made: Pack | PackFactory, scope?: IConstruct, props: JudgingPackProps = {}) {
    super(scope, props);
    this.#props = props;
    const pack = settled(typeof made === 'function' ? made : () => made, props);
    this.#pack = pack;
    this.name = pack.name;
    this.packName = pack.name;
    this.ruleIds = pack.rules.map(({ rule }) => `${pack.name}-${rule.id}`);
    announce(pack, scope);
  }

  /** What the last validation found, passes and facts included; `undefined` before the first. */
  get judgement(): Judgement | undefined {
    return this.#judgement;
  }

  /**
   * Judges what the synthesis wrote. CDK calls it.
   *
   * It never throws: a plugin that throws passes silently under the CDK command line. What went wrong is a finding
   * that cannot be acknowledged.
   */
  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    this.#judgement = undefined;
    try {
      return this.#validate(context);
    } catch (error) {
      return { success: false, violations: [couldNotRun(this.name, error)], pluginVersion: VERSION };
    }
  }

  /**
   * Synthesises the app around `scope` and judges what lies below it: the entry for unit tests.
   *
   * The app is synthesised as it is now, each time.
   *
   * @throws TransmissionError where `scope` is in no App or Stage
   */
  override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    this.#judgement = undefined;
    const stage = Stage.isStage(scope) ? scope : Stage.of(scope);
    if (stage === undefined) {
      const message = 'is in no App or Stage, so nothing can be synthesised, create it below one';
      throw new TransmissionError('InvalidProperty', message, scope.node.path || 'the scope');
    }
    const { root } = scope.node;
    synthesiseAnew(Stage.isStage(root) ? root : stage);
    const constructs = root.node.findAll();
    const tree = renderedTree(root, constructs);
    const judgement = this.#judge(
      tree,
      root,
      constructs,
      scope === root ? undefined : (resource) => isBelow(resource, scope, tree),
    );
    const open = judgement.findings.filter((finding) => !this.#isAccepted(finding, tree, root));
    return this.#report(
      judgement,
      open.map((finding) => this.#violation(finding, tree, root)),
    );
  }

  /** cdk-nag's own way to judge one construct; this pack judges templates instead. */
  protected override checkResource(_node: CfnResource): void {}

  #validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { appConstruct: root } = context;
    const constructs = root.node.findAll();
    const tree = renderedTree(root, constructs);
    const { stacks, strangers } = scopeOf(context, tree);
    const isWhole = stacks.size === tree.stacks.length;
    const inScope = (resource: Resource) => {
      const { name } = tree.writtenIn(resource).template;
      return stacks.has(name) || name === OF_THE_APP;
    };
    const all = this.#judge(tree, root, constructs, isWhole ? undefined : inScope);
    const findings = ownFindings(all.findings, { app: tree.app, root, teller: this });
    adoptAcknowledgements(findings, this.#given, ({ resource }) => tree.constructOf(resource));
    const judgement = { ...all, findings };
    this.#judgement = judgement;
    const names = suppressWaived(judgement, tree, root);
    suppressForOthers(judgement, root);
    const violations = findings.map((finding) => this.#violation(finding, tree, root, names.get(finding)));
    if (this.#props.enforce !== 'selected-stacks') {
      const errors = findings.filter(({ level }) => isGrave(level));
      const isAccepted = (finding: Finding) => this.#isAccepted(finding, tree, root);
      violations.push(...stagesHaveErrors(this.name, errors, tree, root, isAccepted));
    }
    violations.push(...templatesNotJudged(this.name, strangers), ...severalCopiesOfCdk(this.name, root));
    return this.#report(judgement, violations);
  }

  /** Judges what is in scope, all of it where nothing says otherwise. */
  #judge(
    tree: RenderedTree,
    root: IConstruct,
    constructs: readonly IConstruct[],
    inScope?: (resource: Resource) => boolean,
  ): Judgement {
    // What the app itself says goes before what its baseline says.
    const tlsPolicies = [...(this.#props.tlsPolicies ?? []), ...tree.tlsPolicies];
    const now = nowOf(this.#props);
    this.#given = givenAcknowledgements(constructs);
    const options = {
      tlsPolicies,
      now,
      waivers: waiversAroundStacks(root),
      acknowledgements: this.#given,
    };
    const judgement = judge(tree.app, this.#pack, inScope === undefined ? options : { ...options, inScope });
    this.#judgement = judgement;
    return judgement;
  }

  #report(judgement: Judgement, violations: PolicyViolation[]): PolicyValidationPluginReport {
    const { resources, rules, notRun, profile, rulesAsOf } = judgement;
    return {
      success: !violations.some(({ severity }) => isGrave(severity)),
      violations,
      pluginVersion: VERSION,
      metadata: {
        rulesRun: rules.map(({ rule }) => rule.id).join(' '),
        resources: String(resources.total),
        resourcesJudged: String(resources.judged),
        resourcesNotJudged: resources.notJudged.map(({ type, count }) => `${type} ${count}`).join(', '),
        factsJudged: String(
          rules.reduce((sum, run) => sum + run.compliant + run.violations + run.unknown, 0),
        ),
        ...(notRun.length === 0 ? {} : { rulesNotRun: notRun.map(notRunText).join('; ') }),
        ...(profile === undefined ? {} : { profile }),
        ...(rulesAsOf === undefined ? {} : { rulesAsOf }),
      },
    };
  }

  #violation(finding: Finding, tree: RenderedTree, root: IConstruct, name?: string): PolicyViolation {
    const { resource } = finding;
    if (!isExemption(resource)) {
      const writtenIn = tree.writtenIn(resource);
      return toViolation(finding, tree.fileOf(writtenIn.template.name), name, writtenIn);
    }
    const construct = constructAt(root, resource.constructPath);
    return toViolationOfExemption(finding, construct?.node.path, isAcknowledged(finding, construct ?? root));
  }

  /** Whether it counts no more: by a waiver, or as CDK decides it, which asks the root about what no construct made. */
  #isAccepted(finding: Finding, tree: RenderedTree, root: IConstruct): boolean {
    const { level, waiver, resource } = finding;
    if (level === 'fatal' || isExemption(resource)) return false;
    return waiver !== undefined || isAcknowledged(finding, tree.constructOf(resource) ?? root);
  }
}

/** The pack under the settings of its properties. */
function settled(make: PackFactory, props: JudgingPackProps): Pack {
  const { profile, legacyClients, parameters, switchedOff, rulesAsOf } = props;
  const plain = make(DEFAULT_RULE_PARAMETERS);
  const at = { where: plain.name, code: 'InvalidProperty' } as const;
  const given = { profile, legacyClients, parameters, switchedOff, rulesAsOf };
  const settings = parseSettings(given, { ...at, now: () => nowOf(props), packs: [plain] });
  refuseOtherPacks(settings, plain.name, at);
  return settledPack(make, settings);
}

function nowOf({ now }: JudgingPackProps): Date {
  return now ?? fixedTime(process.env) ?? new Date();
}

function notRunText({ rule, owner, until, reason }: NotRun): string {
  return `${rule} (owner ${owner}, until ${until}: ${reason})`;
}

function isAcknowledged(finding: Finding, construct: IConstruct): boolean {
  return acknowledgementsOf(construct).has(acknowledgementIdOf(finding));
}

/** Waivers that reach beyond one stack: they have no effect, and stand in no template that must exist. */
function waiversAroundStacks(root: IConstruct): readonly WaiverEntry[] {
  const around = [...waivedBelow(root)].filter(
    ({ node }) => !node.scopes.some((scope) => Stack.isStack(scope)),
  );
  return around.flatMap((construct) => waiversOn(construct).map(waiverAround));
}

function isGrave(level: string | undefined): boolean {
  return level === 'error' || level === 'fatal';
}
