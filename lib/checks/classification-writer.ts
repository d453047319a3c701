import { CfnResource, type IAspect, Stack, Stage, TagManager } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import {
  CLASSIFICATION_METADATA,
  CLASSIFICATION_TAG,
  describedAs,
  FIELD_OF_TAG,
  MOST_TAGS,
} from '../core/classification';
import { keepsData } from '../judge/classification/stores';

/** Types that take fewer tags than others: the whole stands in their Metadata, and one tag says what is held. */
const FEW_TAGS: ReadonlySet<string> = new Set([
  // https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_AddTags.html: at most 10
  'AWS::OpenSearchService::Domain',
  'AWS::Elasticsearch::Domain',
]);
const FEW = 10;

/** As `Tags.of().add()` has it, so that who comes later and nearer wins. */
const TAG_PRIORITY = 100;

/** Writes what was said about a construct into the stores below it. */
export class ClassificationWriter implements IAspect {
  readonly #written: { readonly resource: CfnResource; readonly manager: TagManager }[] = [];
  #found = false;

  /** Where the aspect has to be added: CDK goes into no Stage from outside, so into each that is there by itself. */
  readonly roots: readonly IConstruct[];

  constructor(
    private readonly scope: IConstruct,
    private readonly tags: ReadonlyMap<string, string>,
  ) {
    this.roots = [scope, ...stagesBelow(scope)];
  }

  visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node) || !this.#concerns(node)) return;
    this.#found = true;
    if (nearestDescribed(node) !== this.scope) return;
    const manager = tagManagerOf(node);
    const hasFew = FEW_TAGS.has(node.cfnResourceType);
    if (manager === undefined || hasFew) {
      node.addMetadata(CLASSIFICATION_METADATA, Object.fromEntries(this.tags));
    }
    if (manager === undefined) return;
    this.#written.push({ resource: node, manager });
    for (const [key, value] of this.tags) {
      if (!hasFew || key === CLASSIFICATION_TAG) manager.setTag(key, value, TAG_PRIORITY);
    }
  }

  /** What no construct could see before all aspects had run. */
  problems(): string[] {
    const problems: string[] = [];
    if (!this.#found && !Stack.isStack(this.scope) && !Stage.isStage(this.scope)) {
      problems.push(
        "'holds' must be said of something that keeps data, got a construct without a data store below it, say it of the store",
      );
    }
    for (const stage of stagesBelow(this.scope)) {
      if (this.roots.includes(stage) || nearestDescribed(stage) !== this.scope) continue;
      problems.push(
        `'holds' must be said after Stages are made, got ${stage.node.path} made later, say it then, or of the Stage`,
      );
    }
    for (const { resource, manager } of this.#written) {
      const count = Object.keys(manager.tagValues()).length;
      const most = FEW_TAGS.has(resource.cfnResourceType) ? FEW : MOST_TAGS;
      if (count <= most) continue;
      const ours = Object.keys(manager.tagValues()).filter((key) => FIELD_OF_TAG.has(key)).length;
      problems.push(
        `${resource.node.path} must have at most ${most} tags, got ${count}, ${ours} of them on what it holds, remove others`,
      );
    }
    return problems;
  }

  /** Stores, and whatever it was said of itself: who says it of a function means it. */
  #concerns(resource: CfnResource): boolean {
    const { scope } = this;
    return keepsData(resource.cfnResourceType) || resource === scope || resource === scope.node.defaultChild;
  }
}

/** Some constructs, as `TableV2`, keep the tags of a resource that has none of its own. */
function tagManagerOf(resource: CfnResource): TagManager | undefined {
  const own = TagManager.of(resource);
  if (own !== undefined) return own;
  const { scope } = resource.node;
  return scope?.node.defaultChild === resource ? TagManager.of(scope) : undefined;
}

function stagesBelow(scope: IConstruct): readonly IConstruct[] {
  return scope.node.findAll().filter((node) => node !== scope && Stage.isStage(node));
}

function nearestDescribed(node: IConstruct): IConstruct | undefined {
  return node.node.scopes.findLast((scope) => describedAs(scope) !== undefined);
}
