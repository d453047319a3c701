import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';

/** What CloudFormation reads, as far as it is looked at here. */
export interface StackTemplate {
  readonly Resources?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Templates by the name of their file. */
export type Templates = ReadonlyMap<string, StackTemplate>;

/** What an update does to a resource. */
export interface Change {
  readonly template: string;
  readonly logicalId: string;
  readonly type: string;
  /** In the words of the CDK's `cdk diff`. */
  readonly impact: string;
  /** Whether the resource holds what cannot be made again. */
  readonly isStateful: boolean;
  /** What is lost by it; absent where nothing is. */
  readonly loss?: Loss;
}

/** What an update takes away. */
export type Loss =
  /** A new resource without the old one's content takes its place. */
  | 'replaced'
  /** It depends on values that nobody knows before the update. */
  | 'may be replaced'
  /** It leaves the stack: deleted, or kept outside of it where nobody looks after it. */
  | 'removed'
  /** It would be deleted by the next mistake: it was kept before, and is not any more. */
  | 'no longer kept';

const { WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN } = ResourceImpact;

const LOSSES: Readonly<Partial<Record<ResourceImpact, Loss>>> = {
  [WILL_REPLACE]: 'replaced',
  [MAY_REPLACE]: 'may be replaced',
  [WILL_DESTROY]: 'removed',
  [WILL_ORPHAN]: 'removed',
};

const KEEPING: readonly unknown[] = ['Retain', 'RetainExceptOnCreate', 'Snapshot'];
const POLICIES = ['DeletionPolicy', 'UpdateReplacePolicy'];

/** The types that hold data, as the CDK's own database says. */
const STATEFUL_TYPES: ReadonlySet<string> = new Set(
  loadAwsServiceSpecSync()
    .all('resource')
    .filter(({ isStateful }) => isStateful === true)
    .map(({ cloudFormationType }) => cloudFormationType),
);

/** Whether what the resource holds is lost with it: the template says so by keeping it, or the CDK does. */
export function isStateful(resource: Readonly<Record<string, unknown>>): boolean {
  return isKept(resource) || STATEFUL_TYPES.has(String(resource.Type));
}

/** Whether it outlives its stack, and its replacement. */
export function isKept(resource: Readonly<Record<string, unknown>>): boolean {
  return POLICIES.every((policy) => KEEPING.includes(resource[policy]));
}

/** All that an update from one set of templates to another changes. */
export function changesBetween(before: Templates, after: Templates): readonly Change[] {
  return [...before].flatMap(([name, template]) => changesOf(name, template, after.get(name) ?? {}));
}

/** Those of them by which something is lost that cannot be made again. */
export function lossesOf(changes: readonly Change[]): readonly string[] {
  return changes
    .filter(({ isStateful, loss }) => isStateful && loss !== undefined)
    .map(({ template, logicalId, type, loss }) => `${template}: ${type} ${logicalId} ${loss}`);
}

function changesOf(name: string, before: StackTemplate, after: StackTemplate): readonly Change[] {
  const changes: Change[] = [];
  // It takes its arguments as its own to change.
  const { resources } = fullDiff(structuredClone(before), structuredClone(after));
  resources.forEachDifference((logicalId, { changeImpact, isAddition }) => {
    const old = before.Resources?.[logicalId] ?? {};
    const now = after.Resources?.[logicalId] ?? {};
    changes.push({
      template: name,
      logicalId,
      type: String((isAddition ? now : old).Type),
      impact: changeImpact,
      isStateful: !isAddition && isStateful(old),
      loss: isAddition
        ? undefined
        : (LOSSES[changeImpact] ?? (isKept(old) && !isKept(now) ? 'no longer kept' : undefined)),
    });
  });
  return changes;
}
