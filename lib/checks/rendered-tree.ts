import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CfnElement, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type BaselineDocument, baselinesOf } from '../core/handover';
import { parseAddedTlsPolicies, type TlsPolicy } from '../core/tls';
import { baselineSources } from '../judge/load/baseline';
import {
  App,
  type ConstructTable,
  isJsonMap,
  type Json,
  type JsonMap,
  type Resource,
  type TemplateSource,
} from '../judge/template';
import { acknowledgementsOf, constructAt } from './acknowledged';

/** A construct tree as it was written to disk. */
export interface RenderedTree {
  readonly app: App;
  readonly stacks: readonly Stack[];
  /** TLS policies that the baselines under the app add to the catalogue. */
  readonly tlsPolicies: readonly TlsPolicy[];
  /** The template file of the stack at a construct path, absolute. */
  fileOf(stackPath: string): string;
  /** What stands for a resource in the template of a stack: itself, or the stack set whose body holds it. */
  writtenIn(resource: Resource): Resource;
  /**
   * The construct that made a resource; `undefined` where none did, as in a loop.
   *
   * The tree says it, not the template: one that was included names constructs of the app that it came from.
   */
  constructOf(resource: Resource): IConstruct | undefined;
}

/** One stack, and the template that was written of it. */
interface WrittenStack {
  readonly stack: Stack;
  readonly file: string;
  readonly bytes: Buffer;
  /** The element behind a logical id. */
  readonly elementOf: (logicalId: string) => IConstruct | undefined;
}

interface Cached extends RenderedTree {
  readonly written: readonly WrittenStack[];
  readonly baselines: ReadonlyMap<string, BaselineDocument>;
}

const rendered = new WeakMap<IConstruct, Cached>();

/**
 * The templates that a synthesis of `root` wrote, all of them: nested stacks too, which CDK's validation context
 * leaves out.
 *
 * Packs share it, since parsing and indexing costs more than judging. They are told apart by their text: a clock
 * is too coarse for two syntheses in a row.
 *
 * @param below every construct of the tree, for who has walked it already
 */
export function renderedTree(
  root: IConstruct,
  below: readonly IConstruct[] = root.node.findAll(),
): RenderedTree {
  const written = below.filter((construct) => Stack.isStack(construct)).map(writtenStack);
  const baselines = new Map(baselinesOf(root));
  const known = rendered.get(root);
  if (known?.baselines.size === baselines.size && isSame(known.written, written)) return known;
  const made = render(written, baselines);
  rendered.set(root, made);
  return made;
}

function writtenStack(stack: Stack): WrittenStack {
  const file = templateFileOf(stack);
  return { stack, file, bytes: readFileSync(file), elementOf: elementsOf(stack) };
}

function isSame(some: readonly WrittenStack[], others: readonly WrittenStack[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ stack, file, bytes }, i) => {
      const other = others[i];
      return stack === other?.stack && file === other.file && bytes.equals(other.bytes);
    })
  );
}

function render(written: readonly WrittenStack[], baselines: Cached['baselines']): Cached {
  const byPath = new Map(written.map((each) => [each.stack.node.path, each]));
  const own = written.map(sourceOf);
  const under = [...baselines].flatMap(([file, document]) => baselineSources(document, resolve(file), own));
  const writtenIn = (resource: Resource): Resource => {
    const { parent } = resource.template;
    const around = byPath.has(resource.template.name) ? undefined : parent;
    const stackSet = around?.template.resources.get(around.logicalId);
    return stackSet === undefined ? resource : writtenIn(stackSet);
  };
  return {
    app: new App([...own, ...stackSetsIn(own), ...under]),
    stacks: written.map(({ stack }) => stack),
    tlsPolicies: [...baselines].flatMap(([file, { tlsPolicies }]) =>
      parseAddedTlsPolicies(tlsPolicies, file),
    ),
    fileOf: (stackPath) =>
      byPath.get(stackPath)?.file ?? under.find(({ name }) => name === stackPath)?.file ?? '',
    writtenIn,
    constructOf: (resource) => {
      const { template, logicalId } = writtenIn(resource);
      return byPath.get(template.name)?.elementOf(logicalId);
    },
    written,
    baselines,
  };
}

/** The templates that stack sets hold. What reads them is loaded where there are any: few apps have one. */
function stackSetsIn(sources: readonly TemplateSource[]): readonly TemplateSource[] {
  const around = sources.filter(({ json: { Resources: resources } }) =>
    Object.values(resources ?? {}).some(
      (resource: Json | undefined) =>
        isJsonMap(resource) && resource.Type === 'AWS::CloudFormation::StackSet',
    ),
  );
  if (around.length === 0) return [];
  const { withStackSets } = require('../judge/load/stack-sets') as typeof import('../judge/load/stack-sets');
  return withStackSets(around).filter((source) => !around.includes(source));
}

/** The file that a stack's template was written to. */
export function templateFileOf(stack: Stack): string {
  return resolve(join(Stage.of(stack)?.outdir ?? '', stack.templateFile));
}

function sourceOf({ stack, file, bytes, elementOf }: WrittenStack): TemplateSource {
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
    json: JSON.parse(bytes.toString('utf8')) as JsonMap,
    constructs: constructsOf(stack, elementOf),
  };
}

/** A property of a stack that may be an unresolved value. */
function literal<K extends string>(key: K, value: string, stack: Stack): { readonly [key in K]?: string } {
  const resolved: unknown = stack.resolve(value);
  return typeof resolved === 'string' ? ({ [key]: resolved } as { readonly [key in K]?: string }) : {};
}

/** The constructs of one stack, as the judge asks for them. */
function constructsOf(stack: Stack, elementOf: WrittenStack['elementOf']): ConstructTable {
  return {
    pathOf: (logicalId) => elementOf(logicalId)?.node.path,
    // CDK adds source lines to its report by itself.
    creationTrace: () => [],
    acknowledged: (path) => acknowledgementsOf(constructAt(stack.node.root, path)),
  };
}

/** The elements of one stack, looked up in the tree when asked for: most resources need none. */
function elementsOf(stack: Stack): WrittenStack['elementOf'] {
  let elements: ReadonlyMap<string, IConstruct> | undefined;
  return (logicalId) => {
    elements ??= new Map(
      stack.node
        .findAll()
        .filter((element) => CfnElement.isCfnElement(element))
        .filter((element) => Stack.of(element) === stack)
        .map((element) => [String(stack.resolve(element.logicalId)), element]),
    );
    return elements.get(logicalId);
  };
}
