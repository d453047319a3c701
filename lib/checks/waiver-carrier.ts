import {
  AspectPriority,
  Aspects,
  CfnResource,
  type IAspect,
  type IResolvable,
  type IResolveContext,
  Lazy,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { JsonMap } from '../judge/template';
import { WAIVERS_METADATA } from '../judge/waivers';

/** The kind of a construct's metadata that is a waiver. */
export const WAIVER_METADATA = 'cdk-secure-transmission:waiver';

/** The constructs of an app that have waivers, so that nobody needs to look at all of them. */
const waived = new WeakMap<IConstruct, Set<IConstruct>>();

/** What is written into the Metadata of a stack already. */
const carried = new WeakMap<Stack, IResolvable>();

/** The Stages whose stacks are looked at. */
const carriers = new WeakSet<IConstruct>();

/** Makes the templates of a construct carry its waivers. */
export function carryWaivers(construct: IConstruct): void {
  const constructs = waivedBelow(construct.node.root);
  constructs.add(construct);
  // Aspects end where a Stage begins.
  const stage = Stage.of(construct) ?? construct.node.root;
  if (carriers.has(stage)) return;
  carriers.add(stage);
  // At the very end: `templateOptions.metadata` may be set as a whole until then.
  Aspects.of(stage).add(new Carrier(constructs), { priority: AspectPriority.READONLY });
}

/** The constructs of an app that have waivers. */
export function waivedBelow(root: IConstruct): Set<IConstruct> {
  const constructs = waived.get(root) ?? new Set();
  waived.set(root, constructs);
  return constructs;
}

/** The waivers of a construct as texts. */
export function waiversOn({ node }: IConstruct): readonly JsonMap[] {
  return node.metadata
    .filter(({ type }) => type === WAIVER_METADATA)
    .map(({ data }) => ({ ...(data as JsonMap), construct: node.path }));
}

class Carrier implements IAspect {
  constructor(readonly constructs: ReadonlySet<IConstruct>) {}

  visit(node: IConstruct): void {
    if (!Stack.isStack(node)) return;
    const { metadata } = node.templateOptions;
    const before: unknown = metadata?.[WAIVERS_METADATA];
    if (before !== undefined && before === carried.get(node)) return;
    const isConcerned = [...this.constructs].some((construct) => reaches(construct, node));
    if (!isConcerned) return;
    const list = Lazy.uncachedAny({
      produce: (context: IResolveContext) => [
        ...[context.resolve(before) ?? []].flat(),
        ...[...this.constructs].flatMap((construct) => entriesOf(construct, node)),
      ],
    });
    carried.set(node, list);
    node.templateOptions.metadata = { ...metadata, [WAIVERS_METADATA]: list };
  }
}

/** Whether a waiver on a construct can be about resources of a stack: it lies in it, around it, or is it. */
function reaches(construct: IConstruct, stack: Stack): boolean {
  return stack.node.scopes.includes(construct) || construct.node.scopes.includes(stack);
}

/** The waivers of a construct, as far as one stack is concerned. */
function entriesOf(construct: IConstruct, stack: Stack): object[] {
  if (!reaches(construct, stack)) return [];
  const isAround = stack.node.scopes.includes(construct);
  const resources = isAround ? undefined : resourcesOf(construct, stack);
  // What lies in a nested stack is carried there.
  if (resources?.length === 0 && Stack.of(construct) !== stack) return [];
  return waiversOn(construct).map((waiver) =>
    resources === undefined ? waiver : { ...waiver, resource: resources },
  );
}

/** The logical ids of all below a construct that one stack makes. */
function resourcesOf(construct: IConstruct, stack: Stack): string[] {
  return construct.node
    .findAll()
    .filter((element) => CfnResource.isCfnResource(element))
    .filter((element) => Stack.of(element) === stack)
    .map((element) => String(stack.resolve(element.logicalId)));
}
