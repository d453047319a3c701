import { resolve } from 'node:path';
import type { IPolicyValidationContext, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Resource } from '../judge/template';
import { isExemption } from '../judge/waivers';
import { type RenderedTree, templateFileOf } from './rendered-tree';

/** The stacks of the Stage that the pack was registered on, and templates there that belong to no stack. */
export function scopeOf(
  { stackTemplates }: IPolicyValidationContext,
  tree: RenderedTree,
): { readonly stacks: ReadonlySet<string>; readonly strangers: readonly string[] } {
  const files = new Set(stackTemplates.map(({ templatePath }) => resolve(templatePath)));
  // A nested stack belongs where its parent does.
  const inScope = tree.stacks.filter((stack) => files.has(templateFileOf(outermost(stack))));
  for (const stack of inScope) files.delete(templateFileOf(stack));
  return { stacks: new Set(inScope.map(({ node }) => node.path)), strangers: [...files].sort() };
}

function outermost(stack: Stack): Stack {
  let top = stack;
  while (top.nestedStackParent !== undefined) top = top.nestedStackParent;
  return top;
}

/** Whether a resource lies below a construct; what no construct made belongs to all that its stack has. */
export function isBelow(resource: Resource, { node }: IConstruct, tree: RenderedTree): boolean {
  if (isExemption(resource)) return isWithin(resource.constructPath ?? '', node.path);
  const construct = tree.constructOf(resource);
  if (construct !== undefined) return isWithin(construct.node.path, node.path);
  const stack = resource.template.name;
  return isWithin(stack, node.path) || isWithin(node.path, stack);
}

function isWithin(path: string, outer: string): boolean {
  return outer === '' || path === outer || path.startsWith(`${outer}/`);
}
