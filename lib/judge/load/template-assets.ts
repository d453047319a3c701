import { existsSync } from 'node:fs';
import { isTransmissionError } from '../../core/errors';
import { isJsonMap, type Json } from '../template';
import { readText } from './read-text';

/** The digest by which an asset's object in S3 is named. */
const DIGEST = /[0-9a-f]{64}/g;

/** The files behind the assets of an assembly: a nested stack names its template by a digest in its URL. */
export class TemplateAssets {
  #files: ReadonlyMap<string, string> | undefined;

  /** @param manifests the files that list assets, such as `Shop.assets.json` */
  constructor(readonly manifests: readonly string[]) {}

  /** The file, relative to the assembly, that a template's URL stands for; URLs are made by functions, mostly. */
  fileBehind(url: Json | undefined): string | undefined {
    const digests = new Set(JSON.stringify(url ?? null).match(DIGEST) ?? []);
    const [digest] = digests;
    if (digest === undefined || digests.size > 1) return undefined;
    this.#files ??= new Map(this.manifests.flatMap(filesIn));
    return this.#files.get(digest);
  }
}

/** Without a manifest of assets, or with a broken one, the nested stack is *not judged*, which is said. */
function filesIn(manifest: string): readonly [string, string][] {
  const json = existsSync(manifest) ? parsed(manifest) : undefined;
  const files = isJsonMap(json) && isJsonMap(json.files) ? json.files : {};
  return Object.entries(files).flatMap(([digest, file]): [string, string][] => {
    const source = isJsonMap(file) ? file.source : undefined;
    const isFile = isJsonMap(source) && (source.packaging ?? 'file') === 'file';
    return isFile && typeof source.path === 'string' ? [[digest, source.path]] : [];
  });
}

function parsed(manifest: string): Json | undefined {
  try {
    return JSON.parse(readText(manifest)) as Json;
  } catch (error) {
    if (error instanceof SyntaxError || isTransmissionError(error)) return undefined;
    throw error;
  }
}
