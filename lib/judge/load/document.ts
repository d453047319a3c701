import { TransmissionError } from '../../core/errors';
import type { Json, TemplateSource } from '../template';
import { refuseUnreasonable, refuseUnreasonableJson } from './bounds';
import { duplicateKeys } from './json-duplicates';
import { partsOfJson } from './json-places';
import { placesIn } from './places';
import { parseYamlTemplate } from './yaml-template';

/**
 * Parses a file that is none of CloudFormation, in JSON or YAML, within the bounds of a template.
 *
 * @param file its name, for messages: JSON is asked for where it ends in `.json`
 */
export function parseDocument(
  text: string,
  file: string,
): { readonly json: Json } & Required<Pick<TemplateSource, 'locate'>> {
  const clean = text.replace(/^\uFEFF/, '');
  refuseUnreasonable(clean, file);
  if (!/\.json$/i.test(file)) return parseYamlTemplate(clean, file);
  const json = jsonOf(clean, file);
  refuseUnreasonableJson(json, file);
  // YAML takes none either. Who reviews the file may have read the first of two.
  const [twice] = duplicateKeys(clean, json, ', remove one');
  if (twice !== undefined) throw new TransmissionError('UnreadableTemplate', twice, file);
  return { json, locate: placesIn(clean, partsOfJson(clean)).locate };
}

function jsonOf(text: string, file: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const message = 'is not JSON, comments and trailing commas are not allowed, correct it';
    throw new TransmissionError('UnreadableTemplate', message, file, error);
  }
}
