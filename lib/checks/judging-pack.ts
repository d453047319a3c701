import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  App as CdkApp,
  type CfnResource,
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
  type PolicyViolation,
  type Stack,
  Stage,
} from 'aws-cdk-lib';
import { NagPack, type NagPackProps } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { isTransmissionError, TransmissionError } from '../core/errors';
import type { TlsPolicy } from '../core/tls';
import { VERSION } from '../core/version';
import { judge } from '../judge/judge';
import type { Finding, Judgement } from '../judge/judgement';
import type { Pack } from '../judge/packs/pack';
import type { Resource } from '../judge/template';
import { acknowledgementsOf, constructAt } from './acknowledged';
import { loadedCopiesOfCdk } from './copies-of-cdk';
import { type RenderedTree, renderedTree, stacksBelow, templateFileOf } from './rendered-tree';
import { ruleNameOf, toViolation } from './violation';

/** How a pack is registered. */
export interface JudgingPackProps extends NagPackProps {
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
  /** Set while `validateScope` synthesises, so that a registered pack does not judge an unfinished run. */
  #rendering = false;

  protected constructor(pack: Pack, scope?: IConstruct, props: JudgingPackProps = {}) {
    super(scope, props);
    this.#pack = pack;
    this.#props = props;
    this.name = pack.name;
    this.packName = pack.name;
    this.ruleIds = pack.rules.map(({ rule }) => `${pack.name}-${rule.id}`);
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
    if (this.#rendering) return { success: true, violations: [] };
    try {
      return this.#validate(context);
    } catch (error) {
      return { success: false, violations: [this.#couldNotRun(error)], pluginVersion: VERSION };
    }
  }

  /**
   * Synthesises the app around `scope` and judges what lies below it: the entry for unit tests.
   *
   * @throws TransmissionError where `scope` is in no App or Stage
   */
  override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    const stage = Stage.isStage(scope) ? scope : Stage.of(scope);
    if (stage === undefined) {
      const message = 'is in no App or Stage, so nothing can be synthesised, create it below one';
      throw new TransmissionError('InvalidProperty', message, scope.node.path || 'the scope');
    }
    this.#synthesise(stage);
    const root = scope.node.root;
    const tree = renderedTree(root);
    const prefix = scope.node.path;
    const isBelow = ({ constructPath = '' }: Resource) =>
      prefix === '' || constructPath === prefix || constructPath.startsWith(`${prefix}/`);
    const judgement = this.#judge(tree, isBelow);
    const open = judgement.findings.filter((finding) => !this.#isAcknowledged(finding, root));
    return this.#report(
      judgement,
      open.map((finding) => this.#violation(finding, tree)),
    );
  }

  /** cdk-nag's own way to judge one construct; this pack judges templates instead. */
  protected override checkResource(_node: CfnResource): void {}

  #validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { appConstruct: root } = context;
    const tree = renderedTree(root);
    const inScope = stacksInScope(context, tree);
    const judgement = this.#judge(tree, ({ template }) => inScope.has(template.name));
    const { findings } = judgement;
    const violations = findings.map((finding) => this.#violation(finding, tree));
    if (this.#props.enforce !== 'selected-stacks') violations.push(...this.#stageSummaries(findings, root));
    violations.push(...this.#twoCopies(root));
    return this.#report(judgement, violations);
  }

  #judge(tree: RenderedTree, inScope: (resource: Resource) => boolean): Judgement {
    const { tlsPolicies } = this.#props;
    const judgement = judge(
      tree.app,
      this.#pack,
      tlsPolicies === undefined ? { inScope } : { inScope, tlsPolicies },
    );
    this.#judgement = judgement;
    return judgement;
  }

  #report(judgement: Judgement, violations: PolicyViolation[]): PolicyValidationPluginReport {
    const { resources, rules } = judgement;
    return {
      success: !violations.some(({ severity }) => severity === 'error' || severity === 'fatal'),
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
      },
    };
  }

  #violation(finding: Finding, tree: RenderedTree): PolicyViolation {
    return toViolation(finding, tree.fileOf.get(finding.resource.template.name) ?? '');
  }

  #isAcknowledged(finding: Finding, root: IConstruct): boolean {
    if (finding.level === 'fatal') return false;
    const construct = constructAt(root, finding.resource.constructPath);
    return acknowledgementsOf(construct).has(`${this.name}::${ruleNameOf(finding)}`);
  }

  /** `cdk synth` prints and counts a finding without a construct under any selection of stacks. */
  #stageSummaries(findings: readonly Finding[], root: IConstruct): PolicyViolation[] {
    const grave = findings.filter(({ level }) => level === 'error' || level === 'fatal');
    const inStages = grave.filter((finding) => {
      const stack = constructAt(root, finding.resource.template.name);
      return Stage.of(stack ?? root) !== root && !this.#isAcknowledged(finding, root);
    });
    if (inStages.length === 0) return [];
    const stacks = [...new Set(inStages.map(({ resource }) => resource.template.name))].sort();
    const description =
      `${inStages.length} ${inStages.length === 1 ? 'error' : 'errors'} in stacks inside Stages ` +
      `(${stacks.join(', ')}), which cdk does not print unless those stacks are selected`;
    const fix =
      "see them with: cdk synth '**'; to stop only commands that select these stacks, set enforce: 'selected-stacks'";
    return [this.#withoutConstruct('StagesHaveNoErrors', 'fatal', description, fix)];
  }

  #twoCopies(root: IConstruct): PolicyViolation[] {
    const copies = loadedCopiesOfCdk();
    if (copies.length < 2 && root instanceof CdkApp) return [];
    const which =
      copies.length < 2 ? 'the app was made by another copy than this pack loads' : copies.join(' and ');
    const description = `several copies of aws-cdk-lib are loaded (${which}): cdk-nag's packs pass everything then`;
    const fix =
      "keep one copy: 'npm ls aws-cdk-lib' shows who brings the second (npm link and file: dependencies do)";
    return [this.#withoutConstruct('OneCopyOfCdkIsLoaded', 'error', description, fix)];
  }

  #couldNotRun(error: unknown): PolicyViolation {
    const why = error instanceof Error ? error.message : String(error);
    const description = `${this.name} could not judge the app: ${why}`;
    const fix = isTransmissionError(error)
      ? 'do what the message says'
      : 'report it to the maintainers, with the template';
    return this.#withoutConstruct('CouldNotRun', 'fatal', description, fix);
  }

  #withoutConstruct(id: string, severity: string, description: string, fix: string): PolicyViolation {
    const ruleName = `${this.name}-${id}`;
    return { ruleName, severity, description, fix, violatingResources: [{ locations: [] }] };
  }

  /** As `Template.fromStack` does it; findings of other packs do not stop us, an app that cannot be written does. */
  #synthesise(stage: Stage): void {
    const root = stage.node.root;
    const top = Stage.isStage(root) ? root : stage;
    const started = Date.now();
    this.#rendering = true;
    try {
      top.synth();
    } catch (error) {
      const manifest = join(resolve(top.outdir), 'manifest.json');
      // File systems keep times to the millisecond or coarser.
      const isFresh = existsSync(manifest) && statSync(manifest).mtimeMs >= started - 1000;
      const isWritten = stacksBelow(top).every((stack) => existsSync(templateFileOf(stack)));
      if (!isFresh || !isWritten) throw error;
    } finally {
      this.#rendering = false;
    }
  }
}

/** The stacks of the Stage that the pack was registered on; a nested stack belongs to its parent's. */
function stacksInScope(
  { stackTemplates }: IPolicyValidationContext,
  tree: RenderedTree,
): ReadonlySet<string> {
  const files = new Set(stackTemplates.map(({ templatePath }) => resolve(templatePath)));
  const inScope = tree.stacks.filter((stack) => files.has(templateFileOf(outermost(stack))));
  return new Set(inScope.map(({ node }) => node.path));
}

function outermost(stack: Stack): Stack {
  let top = stack;
  while (top.nestedStackParent !== undefined) top = top.nestedStackParent;
  return top;
}
