import { basename } from 'node:path';
import { TransmissionError } from '../../core/errors';
import { isJsonMap, type Json, type JsonMap, type TemplateSource } from '../template';
import { refuseUnreasonable, refuseUnreasonableJson } from './bounds';
import { duplicateKeys } from './json-duplicates';
import { partsOfJson } from './json-places';
import { onceFor } from './parsed-once';
import { placesIn } from './places';
import { readText } from './read-text';
import { parseYamlTemplate } from './yaml-template';

/** Reads one template from a file, JSON or YAML. */
export function loadTemplateFile(file: string): TemplateSource {
  return {
    name: basename(file).replace(/(\.template)?\.(json|ya?ml|template)$/i, ''),
    ...parseTemplateFile(file),
  };
}

/** What a file says, without a name. */
export function parseTemplateFile(
  file: string,
  options: TemplateOptions = {},
): ParsedTemplate & { readonly file: string } {
  return { file, ...parseTemplate(readText(file), file, options) };
}

/** What a template's text says, and where. */
export type ParsedTemplate = Required<Pick<TemplateSource, 'json' | 'locate' | 'valueRange'>> &
  Pick<TemplateSource, 'notJudged'>;

/** What a template may be. */
export interface TemplateOptions {
  /** Whether it may hold no resources, as that of a stack of the CDK into which nothing was put. @default false */
  readonly mayBeEmpty?: boolean;
}

/** Parses a template's text; `file` is only named in errors. */
export function parseTemplate(
  text: string,
  file: string,
  { mayBeEmpty = false }: TemplateOptions = {},
): ParsedTemplate {
  const clean = text.replace(/^\uFEFF/, '');
  refuseUnreasonable(clean, file);
  const { json, ...rest } = onceFor(clean, () => parsedText(clean, file));
  if (!isJsonMap(json)) {
    throw new TransmissionError('UnreadableTemplate', 'is not a map, give a template with Resources', file);
  }
  if (mayBeEmpty && json.Resources === undefined) return { json: json as JsonMap, ...rest };
  if (!isJsonMap(json.Resources) || Object.keys(json.Resources).length === 0) {
    throw new TransmissionError(
      'UnreadableTemplate',
      'has no Resources, give a CloudFormation template',
      file,
    );
  }
  return { json: json as JsonMap, ...rest };
}

/** JSON or YAML; the file is named in errors only. */
function parsedText(text: string, file: string): Omit<ParsedTemplate, 'json'> & { readonly json: Json } {
  const json = /^\s*[{[]/.test(text) ? tryJson(text) : undefined;
  if (json === undefined) return parseYamlTemplate(text, file);
  refuseUnreasonableJson(json, file);
  return written(text, json);
}

function written(text: string, json: Json) {
  const notJudged = duplicateKeys(text, json, ': the last is judged');
  return { json, ...placesIn(text, partsOfJson(text)), ...(notJudged.length === 0 ? {} : { notJudged }) };
}

/** `JSON.parse` keeps the last of two equal keys, as CloudFormation does; so do our places. */
function tryJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // The YAML parser says where it is wrong.
    return undefined;
  }
}
