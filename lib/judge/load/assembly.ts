import { existsSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { TransmissionError } from '../../core/errors';
import { byCodeUnit } from '../../core/order';
import { isJsonMap, type Json, type JsonMap, type TemplateSource } from '../template';
import { MOST_NESTED_STACKS } from './bounds';
import { readStackMetadata, type StackMetadata } from './metadata';
import { readText } from './read-text';
import { TemplateAssets } from './template-assets';
import { parseTemplateFile } from './template-file';
import { isReallyWithin } from './within';

/** A nested stack may hold nested stacks, and a Stage Stages; nobody nests them deeper than this. */
const DEEPEST_NESTING = 10;

/**
 * Reads a cloud assembly (`cdk.out`) through its manifest.
 *
 * Never by a glob: CDK leaves the templates of removed stacks in the folder, and judging those would be judging
 * ghosts.
 */
export function loadAssembly(directory: string): TemplateSource[] {
  const missing = new Set<string>();
  const sources = loadBelow(directory, 0, missing);
  if (missing.size > 0) throw missingContext(directory, [...missing].sort(byCodeUnit));
  return sources;
}

/** How many look-ups a message names. */
const MOST_NAMED = 3;

/** Instead of an answer CDK writes a dummy, such as `vpc-12345`: a template with that in it is none that is deployed. */
function missingContext(directory: string, keys: readonly string[]): TransmissionError {
  const named = keys.slice(0, MOST_NAMED).map((key) => JSON.stringify(key));
  const others = keys.length > MOST_NAMED ? ` and ${keys.length - MOST_NAMED} others` : '';
  const lacks = `lacks the results of look-ups: ${named.join(', ')}${others}`;
  const remedy = 'run cdk synth with credentials and check cdk.context.json in';
  return new TransmissionError(
    'MissingContext',
    `${lacks}, cdk.context.json must hold them, ${remedy}`,
    directory,
  );
}

function loadBelow(directory: string, depth: number, missing: Set<string>): TemplateSource[] {
  if (depth > DEEPEST_NESTING) {
    const message = `holds assemblies deeper than ${DEEPEST_NESTING} levels, synthesise the app again (cdk synth)`;
    throw new TransmissionError('UnreadableAssembly', message, directory);
  }
  const manifest = readManifest(directory);
  const artifacts = isJsonMap(manifest.artifacts) ? manifest.artifacts : {};
  for (const key of missingIn(manifest)) missing.add(key);
  const assets = new TemplateAssets(assetManifests(artifacts, directory));
  const sources: TemplateSource[] = [];
  for (const [id, artifact] of Object.entries(artifacts)) {
    if (!isJsonMap(artifact)) continue;
    const properties = isJsonMap(artifact.properties) ? artifact.properties : {};
    if (artifact.type === 'cdk:cloud-assembly') {
      const below = join(directory, contained(String(properties.directoryName), directory));
      sources.push(...loadBelow(below, depth + 1, missing));
    } else if (artifact.type === 'aws:cloudformation:stack') {
      sources.push(...loadStack(directory, id, artifact, properties, assets));
    }
  }
  return sources;
}

function assetManifests(artifacts: JsonMap, directory: string): readonly string[] {
  return Object.values(artifacts).flatMap((artifact) => {
    if (!isJsonMap(artifact) || artifact.type !== 'cdk:asset-manifest') return [];
    const file = isJsonMap(artifact.properties) ? artifact.properties.file : undefined;
    return typeof file === 'string' ? [join(directory, contained(file, directory))] : [];
  });
}

/** What CDK says of it beside the URL. A URL without a function is of somebody's own making, and of nothing here. */
function assetPathIn(resource: JsonMap): string | undefined {
  if (typeof templateUrlOf(resource) === 'string') return undefined;
  const path = isJsonMap(resource.Metadata) ? resource.Metadata['aws:asset:path'] : undefined;
  return typeof path === 'string' ? path : undefined;
}

function templateUrlOf({ Properties: properties }: JsonMap): Json | undefined {
  return isJsonMap(properties) ? properties.TemplateURL : undefined;
}

function missingIn(manifest: JsonMap): readonly string[] {
  const { missing } = manifest;
  if (!Array.isArray(missing)) return [];
  return (missing as readonly Json[]).map((each) =>
    isJsonMap(each) && typeof each.key === 'string' ? each.key : 'an unnamed one',
  );
}

/** Whether a folder is a cloud assembly. */
export function isAssembly(directory: string): boolean {
  return existsSync(join(directory, 'manifest.json'));
}

function loadStack(
  directory: string,
  id: string,
  artifact: JsonMap,
  properties: JsonMap,
  assets: TemplateAssets,
): TemplateSource[] {
  const templateFile = contained(String(properties.templateFile), directory);
  const metadataFile = artifact.additionalMetadataFile;
  const metadata = readStackMetadata(
    typeof metadataFile === 'string' ? join(directory, contained(metadataFile, directory)) : undefined,
    artifact.metadata,
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
  const budget = { left: MOST_NESTED_STACKS };
  return [stack, ...nestedStacks(stack, directory, metadata, [templateFile], budget, assets)];
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
  assets: TemplateAssets,
): TemplateSource[] {
  if (above.length > DEEPEST_NESTING || !isJsonMap(parent.json.Resources)) return [];
  return Object.entries(parent.json.Resources).flatMap(([logicalId, resource]) => {
    if (!isJsonMap(resource) || resource.Type !== 'AWS::CloudFormation::Stack') return [];
    // What is deployed is what the URL leads to, whatever the metadata says.
    const path = assets.fileBehind(templateUrlOf(resource)) ?? assetPathIn(resource);
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
    return [nested, ...nestedStacks(nested, directory, metadata, [...above, file], budget, assets)];
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
  const isWithin = !isAbsolute(path) && !path.split(/[\\/]/).includes('..');
  if (!isWithin || !isReallyWithin(join(directory, path), directory)) {
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
