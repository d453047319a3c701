import { join } from 'node:path';
import { TransmissionError } from '../core/errors';
import { isJsonMap, type Json, type JsonMap } from '../judge/template';
import { readJson } from './read-json';
import type { Obstacle, Section, StackStep } from './report';

/** A stack as the manifest of an assembly says how to deploy it. */
export interface DeployedStack {
  /** Its construct path. */
  readonly name: string;
  readonly stackName: string;
  readonly account?: string;
  readonly region?: string;
  /** The names of the stacks that it depends on. */
  readonly after: readonly string[];
  readonly terminationProtection: boolean;
  /** Absent where it needs no bootstrapped environment. */
  readonly bootstrap?: { readonly version: number; readonly parameter: string };
  /** The roles that the CDK assumes for it. */
  readonly assumed: readonly string[];
  /** The role that CloudFormation works with. */
  readonly execution?: string;
}

/** Deeper Stages than these were refused when the templates were loaded. */
const DEEPEST_NESTING = 10;

/** What the manifest of an assembly, and those of its Stages, say about deploying its stacks, in their order. */
export function readDeployment(directory: string): readonly DeployedStack[] {
  return readBelow(directory, 0);
}

function readBelow(directory: string, depth: number): readonly DeployedStack[] {
  if (depth > DEEPEST_NESTING) return [];
  const manifest = readJson(join(directory, 'manifest.json'));
  const artifacts = mapIn(mapIn(manifest).artifacts);
  const stacks = new Map<string, string>();
  for (const [id, artifact] of Object.entries(artifacts)) {
    const found = mapIn(artifact);
    if (found.type === 'aws:cloudformation:stack') stacks.set(id, displayPath(id, found));
  }
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    const found = mapIn(artifact);
    const { directoryName } = mapIn(found.properties);
    if (found.type === 'cdk:cloud-assembly' && typeof directoryName === 'string') {
      return readBelow(join(directory, directoryName), depth + 1);
    }
    return found.type === 'aws:cloudformation:stack'
      ? [stackIn(id, found, directory, stacks, artifacts)]
      : [];
  });
}

function stackIn(
  id: string,
  artifact: JsonMap,
  directory: string,
  stacks: ReadonlyMap<string, string>,
  artifacts: JsonMap,
): DeployedStack {
  const properties = mapIn(artifact.properties);
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(text(artifact.environment) ?? '') ?? [];
  const { requiresBootstrapStackVersion: version, bootstrapStackVersionSsmParameter: parameter } = properties;
  const execution = text(properties.cloudFormationExecutionRoleArn);
  const assets = texts(artifact.dependencies).map((name) => mapIn(artifacts[name]));
  const assumed = [
    text(properties.assumeRoleArn),
    text(mapIn(properties.lookupRole).arn),
    ...assets.flatMap((asset) => publishers(asset, directory)),
  ];
  return {
    name: stacks.get(id) ?? id,
    stackName: text(properties.stackName) ?? id,
    ...(account === undefined || account === 'unknown-account' ? {} : { account }),
    ...(region === undefined || region === 'unknown-region' ? {} : { region }),
    after: texts(artifact.dependencies).flatMap((name) => stacks.get(name) ?? []),
    terminationProtection: properties.terminationProtection === true,
    ...(typeof version === 'number' && typeof parameter === 'string'
      ? { bootstrap: { version, parameter } }
      : {}),
    assumed: [...new Set(assumed.filter((arn) => arn !== undefined))],
    ...(execution === undefined ? {} : { execution }),
  };
}

/** The roles that publish files and images, as the list of a stack's assets names them. */
function publishers(asset: JsonMap, directory: string): readonly string[] {
  const { file } = mapIn(asset.properties);
  if (asset.type !== 'cdk:asset-manifest' || typeof file !== 'string' || !isInside(file)) return [];
  const listed = mapIn(readJson(join(directory, file)));
  return [listed.files, listed.dockerImages]
    .flatMap((group) => Object.values(mapIn(group)))
    .flatMap((each) => Object.values(mapIn(mapIn(each).destinations)))
    .flatMap((destination) => text(mapIn(destination).assumeRoleArn) ?? []);
}

/** A manifest is input like any other: it may not lead out of its folder. */
function isInside(file: string): boolean {
  return !file.startsWith('/') && !file.split(/[\\/]/).includes('..');
}

/**
 * The stacks in the order in which `cdk deploy --all` takes them: each after those that it depends on, else in the
 * order of the manifest.
 */
export function inOrder(
  stacks: readonly DeployedStack[],
  resourcesOf: (stack: DeployedStack) => number,
): Section<readonly StackStep[]> {
  const waiting = [...stacks];
  const placed: DeployedStack[] = [];
  const obstacles: Obstacle[] = [];
  while (waiting.length > 0) {
    const isReady = ({ after }: DeployedStack) => !waiting.some(({ name }) => after.includes(name));
    const ready = waiting.find(isReady);
    const [next] = ready === undefined ? waiting : [ready];
    if (next === undefined) break;
    if (ready === undefined && obstacles.length === 0) obstacles.push(circle(waiting));
    placed.push(next);
    waiting.splice(waiting.indexOf(next), 1);
  }
  const found = placed.map((stack, index) => ({
    step: index + 1,
    name: stack.name,
    stackName: stack.stackName,
    ...(stack.account === undefined ? {} : { account: stack.account }),
    ...(stack.region === undefined ? {} : { region: stack.region }),
    after: stack.after,
    resources: resourcesOf(stack),
  }));
  return { found, obstacles };
}

function circle(waiting: readonly DeployedStack[]): Obstacle {
  return {
    level: 'blocks',
    topic: 'order',
    where: waiting.map(({ name }) => name).join(', '),
    message: 'these stacks depend on each other in a circle, so that none of them can be the first',
    remedy: 'move what both sides need into a stack of its own',
  };
}

/** CDK shows a Stage's stack as `Stage/Stack (Stage-Stack)`. */
function displayPath(id: string, artifact: JsonMap): string {
  return (text(artifact.displayName) ?? id).replace(/ \(.*\)$/, '');
}

function mapIn(value: Json | undefined): JsonMap {
  return isJsonMap(value) ? value : {};
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter((item) => typeof item === 'string') : [];
}

/** Refuses what is no assembly: a template alone does not say how it is deployed. */
export function notAnAssembly(target: string): TransmissionError {
  const message =
    'is not a folder that cdk synth writes, which alone says what is deployed where, give that folder (cdk.out)';
  return new TransmissionError('UnreadableAssembly', message, target);
}
