import { App, type PolicyViolation, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isTransmissionError } from '../core/errors';
import type { Finding } from '../judge/judgement';
import { constructAt } from './acknowledged';
import { loadedCopiesOfCdk } from './copies-of-cdk';
import type { RenderedTree } from './rendered-tree';

/**
 * Findings about an app as a whole.
 *
 * They stand on no construct: so every `cdk` command prints and counts them, whichever stacks it selects.
 */
function onNoConstruct(
  pack: string,
  id: string,
  severity: 'error' | 'fatal',
  description: string,
  fix: string,
): PolicyViolation {
  return { ruleName: `${pack}-${id}`, severity, description, fix, violatingResources: [{ locations: [] }] };
}

/** One finding for all errors inside Stages, whose own findings `cdk synth` drops unless it selects the stack. */
export function stagesHaveErrors(
  pack: string,
  errors: readonly Finding[],
  tree: Pick<RenderedTree, 'writtenIn'>,
  root: IConstruct,
  isAcknowledged: (finding: Finding) => boolean,
): PolicyViolation[] {
  const stackOf = ({ resource }: Finding) => tree.writtenIn(resource).template.name;
  const isInStage = new Map<string, boolean>();
  for (const error of errors) {
    const name = stackOf(error);
    if (isInStage.has(name)) continue;
    const stack = constructAt(root, name);
    isInStage.set(name, stack !== undefined && Stage.of(stack) !== root);
  }
  const inStages = errors.filter(
    (finding) => isInStage.get(stackOf(finding)) === true && !isAcknowledged(finding),
  );
  if (inStages.length === 0) return [];
  const stacks = [...new Set(inStages.map(stackOf))].sort();
  const description =
    `${inStages.length} ${inStages.length === 1 ? 'error' : 'errors'} in stacks inside Stages ` +
    `(${stacks.join(', ')}), which cdk does not print unless those stacks are selected`;
  const fix =
    "see them with: cdk synth '**'; to stop only commands that select these stacks, set enforce: 'selected-stacks'";
  return [onNoConstruct(pack, 'StagesHaveNoErrors', 'fatal', description, fix)];
}

/** A finding where several copies of aws-cdk-lib are loaded, which blinds the packs of cdk-nag. */
export function severalCopiesOfCdk(pack: string, root: IConstruct): PolicyViolation[] {
  const copies = loadedCopiesOfCdk();
  if (copies.length < 2 && root instanceof App) return [];
  const which =
    copies.length < 2 ? 'the app was made by another copy than this pack loads' : copies.join(' and ');
  const description = `several copies of aws-cdk-lib are loaded (${which}): cdk-nag's packs pass everything then`;
  const fix =
    "keep one copy: 'npm ls aws-cdk-lib' shows who brings the second (npm link and file: dependencies do)";
  return [onNoConstruct(pack, 'OneCopyOfCdkIsLoaded', 'error', description, fix)];
}

/** A finding where CDK wrote templates that no stack of the construct tree accounts for: nobody has looked at them. */
export function templatesNotJudged(pack: string, files: readonly string[]): PolicyViolation[] {
  if (files.length === 0) return [];
  const description = `not judged, since no stack of the app wrote them: ${files.join(', ')}`;
  const fix =
    "judge them with: secure-transmission check, and add them to the app with 'CfnInclude' or as a stack";
  return [onNoConstruct(pack, 'EveryTemplateIsJudged', 'fatal', description, fix)];
}

/** The finding of a pack that failed itself. */
export function couldNotRun(pack: string, error: unknown): PolicyViolation {
  const why = error instanceof Error ? error.message : String(error);
  const fix = isTransmissionError(error)
    ? 'do what the message says'
    : 'report it to the maintainers, with the template';
  return onNoConstruct(pack, 'CouldNotRun', 'fatal', `${pack} could not judge the app: ${why}`, fix);
}
