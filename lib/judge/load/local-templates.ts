import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { TransmissionError } from '../../core/errors';
import { isJsonMap, type Json, type TemplateSource } from '../template';
import { MOST_NESTED_STACKS } from './bounds';
import { loadTemplateFile } from './template-file';
import { isReallyWithin } from './within';

/** The property by which a resource names a template, by type. */
const NAMED_BY: Readonly<Record<string, string>> = {
  'AWS::CloudFormation::Stack': 'TemplateURL',
  'AWS::Serverless::Application': 'Location',
};

/**
 * Templates with those that they name by a local path, as `aws cloudformation package` and `sam package` take them:
 * `TemplateURL: ./child.yaml`. A template that another names is judged within it, with the parameters that it is given,
 * and not alone.
 *
 * Paths that lead out of the folder of the outermost template, also by a symbolic link, are not followed: the stack is
 * then reported as *not judged*.
 *
 * @param sources templates that were read from files
 */
export function withLocalTemplates(sources: readonly TemplateSource[]): TemplateSource[] {
  const reader = new Reader(sources);
  const named = new Set(sources.flatMap((source) => reader.filesNamedIn(source)));
  const isNamed = ({ file }: TemplateSource) => file !== undefined && named.has(resolve(file));
  const found = sources.filter((source) => !isNamed(source)).flatMap((source) => reader.withNested(source));
  // Those that name each other in a circle have none above them.
  const seen = new Set(found.map(({ file }) => file));
  for (const source of sources) {
    if (seen.has(source.file)) continue;
    const nested = reader.withNested(source);
    found.push(...nested);
    for (const { file } of nested) seen.add(file);
  }
  return found;
}

class Reader {
  readonly #byFile = new Map<string, TemplateSource>();
  #left = MOST_NESTED_STACKS;

  constructor(sources: readonly TemplateSource[]) {
    for (const source of sources)
      if (source.file !== undefined) this.#byFile.set(resolve(source.file), source);
  }

  filesNamedIn(source: TemplateSource): readonly string[] {
    return namedIn(source).map(({ file }) => file);
  }

  withNested(source: TemplateSource, root = source, above: readonly string[] = []): TemplateSource[] {
    const own = source.file === undefined ? [] : [resolve(source.file)];
    const around = [...above, ...own];
    const nested = namedIn(source).flatMap(({ logicalId, file }) => {
      const isFree = !around.includes(file) && isReallyWithin(file, dirname(root.file ?? ''));
      const template = isFree ? this.#read(file) : undefined;
      if (template === undefined) return [];
      this.#left -= 1;
      if (this.#left < 0) {
        const message = `nests more than ${MOST_NESTED_STACKS} stacks, split the stack`;
        throw new TransmissionError('UnreadableTemplate', message, root.file);
      }
      const name = `${source.name}/${logicalId}`;
      const child: TemplateSource = { ...template, name, parent: { name: source.name, logicalId } };
      return this.withNested(child, root, around);
    });
    return [source, ...nested];
  }

  #read(file: string): TemplateSource | undefined {
    const known = this.#byFile.get(file);
    if (known !== undefined) return known;
    if (!isFile(file)) return undefined;
    const source = loadTemplateFile(file);
    this.#byFile.set(file, source);
    return source;
  }
}

/** What no file can be called, and what nobody may look at, is none. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

interface Named {
  readonly logicalId: string;
  readonly file: string;
}

function namedIn({ json, file }: TemplateSource): readonly Named[] {
  if (file === undefined || !isJsonMap(json.Resources)) return [];
  return Object.entries(json.Resources).flatMap(([logicalId, resource]): readonly Named[] => {
    const path = pathIn(resource);
    return path === undefined ? [] : [{ logicalId, file: resolve(dirname(file), path) }];
  });
}

/** What is no URL and no function is a path. */
function pathIn(resource: Json | undefined): string | undefined {
  if (!isJsonMap(resource) || typeof resource.Type !== 'string' || !isJsonMap(resource.Properties)) {
    return undefined;
  }
  const property = Object.hasOwn(NAMED_BY, resource.Type) ? NAMED_BY[resource.Type] : undefined;
  const value = property === undefined ? undefined : resource.Properties[property];
  return typeof value === 'string' && value !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(value) ? value : undefined;
}
