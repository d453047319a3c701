import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { TransmissionError } from '../../core/errors';
import { isJsonMap, type Json, type JsonMap, type TemplateSource } from '../template';
import { readStackMetadata, type StackMetadata } from './metadata';
import { parseTemplateFile, readText } from './template-file';

/** A nested stack may hold nested stacks, and a Stage Stages; nobody nests them deeper than this. */
const DEEPEST_NESTING = 10;

/** Nested stacks that share a template multiply; nobody nests more than these below one stack. */
const MOST_NESTED_STACKS = 1000;

/**
 * Reads a cloud assembly (`cdk.out`) through its manifest.
 *
 * Never by a glob: CDK leaves the templates of removed stacks in the folder, and judging those would be judging
 * ghosts.
 */
export function loadAssembly(directory: string): TemplateSource[] {
  return loadBelow(directory, 0);
}

function loadBelow(directory: string, depth: number): TemplateSource[] {
  if (depth > DEEPEST_NESTING) {
    const message = `holds assemblies deeper than ${DEEPEST_NESTING} levels, synthesise the app again (cdk synth)`;
    throw new TransmissionError('UnreadableAssembly', message, directory);
  }
  const manifest = readManifest(directory);
  const artifacts = isJsonMap(manifest.artifacts) ? manifest.artifacts : {};
  const sources: TemplateSource[] = [];
  for (const [id, artifact] of Object.entries(artifacts)) {
    if (!isJsonMap(artifact)) continue;
    const properties = isJsonMap(artifact.properties) ? artifact.properties : {};
    if (artifact.type === 'cdk:cloud-assembly') {
      const below = join(directory, contained(String(properties.directoryName), directory));
      sources.push(...loadBelow(below, depth + 1));
    } else if (artifact.type === 'aws:cloudformation:stack') {
      sources.push(...loadStack(directory, id, artifact, properties));
    }
  }
  return sources;
}

/** Whether a folder is a cloud assembly. */
export function isAssembly(directory: string): boolean {
  return existsSync(join(directory, 'manifest.json'));
}

function loadStack(directory: string, id: string, artifact: JsonMap, properties: JsonMap): TemplateSource[] {
  const templateFile = contained(String(properties.templateFile), directory);
  const metadataFile = artifact.additionalMetadataFile;
  const metadata = readStackMetadata(
    typeof metadataFile === 'string' ? join(directory, contained(metadataFile, directory)) : undefined,
  );
  const [account, region] = environmentOf(artifact.environment);
  const stack: TemplateSource = {
    name: typeof artifact.displayName === 'string' ? displayPath(artifact.displayName) : id,
    stackName: typeof properties.stackName === 'string' ? properties.stackName : id,
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    ...parseTemplateFile(join(directory, templateFile), { mayBeEmpty: true }),
    constructs: metadata.tableFor(basename(templateFile)),
  };
  return [stack, ...nestedStacks(stack, directory, metadata, [templateFile], { left: MOST_NESTED_STACKS })];
}

/**
 * Those that cannot be read are left out: their `AWS::CloudFormation::Stack` is then reported as *not judged*.
 *
 * @param above the files of the stacks around `parent`: one that holds itself would never end
 */
function nestedStacks(
  parent: TemplateSource,
  directory: string,
  metadata: StackMetadata,
  above: readonly string[],
  budget: { left: number },
): TemplateSource[] {
  if (above.length > DEEPEST_NESTING || !isJsonMap(parent.json.Resources)) return [];
  return Object.entries(parent.json.Resources).flatMap(([logicalId, resource]) => {
    if (!isJsonMap(resource) || resource.Type !== 'AWS::CloudFormation::Stack') return [];
    const path = isJsonMap(resource.Metadata) ? resource.Metadata['aws:asset:path'] : undefined;
    const file = typeof path === 'string' ? contained(path, directory) : undefined;
    if (file === undefined || above.includes(file) || !existsSync(join(directory, file))) return [];
    budget.left -= 1;
    if (budget.left < 0) {
      const message = `nests more than ${MOST_NESTED_STACKS} stacks, split the stack`;
      throw new TransmissionError('UnreadableAssembly', message, parent.file);
    }
    const nested: TemplateSource = {
      name: `${parent.name}/${logicalId}`,
      ...(parent.region === undefined ? {} : { region: parent.region }),
      ...(parent.account === undefined ? {} : { account: parent.account }),
      parent: { name: parent.name, logicalId },
      ...parseTemplateFile(join(directory, file)),
      constructs: metadata.tableFor(basename(file)),
    };
    return [nested, ...nestedStacks(nested, directory, metadata, [...above, file], budget)];
  });
}

function readManifest(directory: string): JsonMap {
  const file = join(directory, 'manifest.json');
  let manifest: Json;
  try {
    manifest = JSON.parse(readText(file)) as Json;
  } catch (error) {
    const message = 'is not a readable manifest, synthesise the app again (cdk synth)';
    throw new TransmissionError('UnreadableAssembly', message, file, error);
  }
  if (isJsonMap(manifest)) return manifest;
  throw new TransmissionError(
    'UnreadableAssembly',
    'is not a manifest, synthesise the app again (cdk synth)',
    file,
  );
}

/** A manifest is input like any other: it may not lead out of its folder. */
function contained(path: string, directory: string): string {
  if (path.startsWith('/') || path.split(/[\\/]/).includes('..')) {
    throw new TransmissionError(
      'UnreadableAssembly',
      `names ${JSON.stringify(path)}, which lies outside of it`,
      directory,
    );
  }
  return path;
}

/** `aws://account/region`, either of which may be unknown. */
function environmentOf(environment: Json | undefined): [string | undefined, string | undefined] {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(environment)) ?? [];
  return [
    account === 'unknown-account' ? undefined : account,
    region === 'unknown-region' ? undefined : region,
  ];
}

/** CDK shows a Stage's stack as `Stage/Stack (Stage-Stack)`. */
function displayPath(displayName: string): string {
  return displayName.replace(/ \(.*\)$/, '');
}
