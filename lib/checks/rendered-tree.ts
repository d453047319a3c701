import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CfnElement, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { App, type ConstructTable, type JsonMap, type TemplateSource } from '../judge/template';
import { acknowledgementsOf, constructAt } from './acknowledged';

/** A construct tree as it was written to disk. */
export interface RenderedTree {
  readonly app: App;
  /** The template file of each stack, absolute, by the stack's construct path. */
  readonly fileOf: ReadonlyMap<string, string>;
  readonly stacks: readonly Stack[];
}

interface Cached extends RenderedTree {
  readonly stamp: string;
}

const rendered = new WeakMap<IConstruct, Cached>();

/**
 * The templates that a synthesis of `root` wrote, all of them: nested stacks too, which CDK's validation context
 * leaves out.
 *
 * Packs share it, since reading and indexing costs more than judging.
 */
export function renderedTree(root: IConstruct): RenderedTree {
  const stacks = stacksBelow(root);
  const files = stacks.map((stack) => templateFileOf(stack));
  const stamp = files.map((file) => `${file}\n${stampOf(file)}`).join('\n');
  const known = rendered.get(root);
  if (known?.stamp === stamp) return known;
  const sources = stacks.map((stack, i) => sourceOf(stack, files[i] ?? ''));
  const made: Cached = {
    app: new App(sources),
    fileOf: new Map(sources.map(({ name }, i) => [name, files[i] ?? ''])),
    stacks,
    stamp,
  };
  rendered.set(root, made);
  return made;
}

/** Every stack of a tree, nested ones too. */
export function stacksBelow(root: IConstruct): Stack[] {
  const found: Stack[] = [];
  const visit = (construct: IConstruct): void => {
    if (Stack.isStack(construct)) found.push(construct);
    for (const child of construct.node.children) visit(child);
  };
  visit(root);
  return found;
}

/** The file that a stack's template was written to. */
export function templateFileOf(stack: Stack): string {
  return resolve(join(Stage.of(stack)?.outdir ?? '', stack.templateFile));
}

function stampOf(file: string): string {
  const { mtimeMs, size } = statSync(file);
  return `${mtimeMs} ${size}`;
}

function sourceOf(stack: Stack, file: string): TemplateSource {
  const { nestedStackParent: parent, nestedStackResource: resource } = stack;
  const above =
    parent === undefined || !CfnElement.isCfnElement(resource)
      ? undefined
      : { name: parent.node.path, logicalId: String(parent.resolve(resource.logicalId)) };
  return {
    name: stack.node.path,
    ...literal('stackName', stack.stackName, stack),
    ...literal('region', stack.region, stack),
    ...literal('account', stack.account, stack),
    file,
    ...(above === undefined ? {} : { parent: above }),
    json: JSON.parse(readFileSync(file, 'utf8')) as JsonMap,
    constructs: constructsOf(stack),
  };
}

/** A property of a stack that may be an unresolved value. */
function literal<K extends string>(key: K, value: string, stack: Stack): { readonly [key in K]?: string } {
  const resolved: unknown = stack.resolve(value);
  return typeof resolved === 'string' ? ({ [key]: resolved } as { readonly [key in K]?: string }) : {};
}

/** The constructs of one stack, looked up in the tree when asked for: most findings need none. */
function constructsOf(stack: Stack): ConstructTable {
  let paths: ReadonlyMap<string, string> | undefined;
  return {
    pathOf: (logicalId) => {
      paths ??= new Map(
        stack.node
          .findAll()
          .filter((element) => CfnElement.isCfnElement(element) && Stack.of(element) === stack)
          .map((element) => [String(stack.resolve((element as CfnElement).logicalId)), element.node.path]),
      );
      return paths.get(logicalId);
    },
    // CDK adds source lines to its report by itself.
    creationTrace: () => [],
    acknowledged: (path) => acknowledgementsOf(constructAt(stack.node.root, path)),
  };
}
