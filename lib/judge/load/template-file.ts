import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { TransmissionError } from '../../core/errors';
import { isJsonMap, type Json, type JsonMap, type TemplateSource } from '../template';
import { refuseUnreasonable, refuseUnreasonableJson } from './bounds';
import { type Locate, locateInJson, parseYamlTemplate } from './yaml-template';

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
): Required<Pick<TemplateSource, 'file' | 'json' | 'locate'>> {
  return { file, ...parseTemplate(readText(file), file, options) };
}

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
): Required<Pick<TemplateSource, 'json' | 'locate'>> {
  const clean = text.replace(/^\uFEFF/, '');
  refuseUnreasonable(clean, file);
  const asJson = /^\s*[{[]/.test(clean) ? tryJson(clean) : undefined;
  const parsed =
    asJson === undefined ? parseYamlTemplate(clean, file) : { json: asJson, locate: lazily(clean, file) };
  const { json } = parsed;
  if (asJson !== undefined) refuseUnreasonableJson(asJson, file);
  if (!isJsonMap(json)) {
    throw new TransmissionError('UnreadableTemplate', 'is not a map, give a template with Resources', file);
  }
  if (mayBeEmpty && json.Resources === undefined) return { json: json as JsonMap, locate: parsed.locate };
  if (!isJsonMap(json.Resources) || Object.keys(json.Resources).length === 0) {
    throw new TransmissionError(
      'UnreadableTemplate',
      'has no Resources, give a CloudFormation template',
      file,
    );
  }
  return { json: json as JsonMap, locate: parsed.locate };
}

/** The text of a file, or one clear error. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') {
      throw new TransmissionError(
        'TargetNotFound',
        'does not exist, give a template or a cdk.out folder',
        file,
        error,
      );
    }
    throw new TransmissionError(
      'UnreadableTemplate',
      `cannot be read (${code}), check its permissions`,
      file,
      error,
    );
  }
}

/** `JSON.parse` keeps the last of two equal keys, as CloudFormation does; positions come from the YAML parser. */
function tryJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // The YAML parser says where it is wrong.
    return undefined;
  }
}

/** Positions of a JSON template cost a second parse: only where a finding asks. */
function lazily(text: string, file: string): Locate {
  let located: Locate | undefined;
  return (path) => {
    located ??= locateInJson(text, file);
    return located(path);
  };
}
