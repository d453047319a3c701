import { isTransmissionError } from '../../core/errors';
import {
  isJsonMap,
  type Json,
  type JsonMap,
  type TemplatePath,
  type TemplateSource,
  type ValueRange,
} from '../template';
import { parseTemplate } from './template-file';

/** Stack sets in stack sets; nobody nests them deeper. */
const DEEPEST = 3;

/**
 * Templates with those that their stack sets hold (`TemplateBody`), each as one of its own that is nested in the other.
 *
 * One that is not written out stays with its `AWS::CloudFormation::StackSet`, which is reported as *not judged*.
 */
export function withStackSets(sources: readonly TemplateSource[]): TemplateSource[] {
  return sources.flatMap((source) => [source, ...within(source, 1)]);
}

function within(parent: TemplateSource, depth: number): TemplateSource[] {
  if (depth > DEEPEST || !isJsonMap(parent.json.Resources)) return [];
  return Object.entries(parent.json.Resources).flatMap(([logicalId, resource]) => {
    if (!isJsonMap(resource) || resource.Type !== 'AWS::CloudFormation::StackSet') return [];
    const text = bodyOf(resource);
    const parsed = text === undefined ? undefined : parse(text);
    if (text === undefined || parsed === undefined) return [];
    const at = ['Resources', logicalId, 'Properties', 'TemplateBody'];
    const { locate } = parsed;
    const source: TemplateSource = {
      name: `${parent.name}/${logicalId}`,
      parent: { name: parent.name, logicalId },
      json: parsed.json,
      ...(parsed.notJudged === undefined ? {} : { notJudged: parsed.notJudged }),
      ...(parent.file === undefined ? {} : { file: parent.file }),
      locate: (path) => {
        const block = blockAt(parent.valueRange?.(bodyPath(parent, at)), text);
        const inner = block === undefined ? undefined : locate(path);
        if (block === undefined || inner === undefined) return parent.locate?.(at);
        return { line: block.line + inner.line, column: block.indent + inner.column };
      },
    };
    return [source, ...within(source, depth + 1)];
  });
}

/** The text of a template, where it is written out: as text, or as text in which `Fn::Sub` has nothing to put. */
function bodyOf(resource: JsonMap): string | undefined {
  const body = isJsonMap(resource.Properties) ? resource.Properties.TemplateBody : undefined;
  if (typeof body === 'string') return body;
  const text = substituted(body);
  if (text === undefined || /\$\{(?!!)/.test(text)) return undefined;
  return text.replaceAll('${!', '${');
}

function substituted(body: Json | undefined): string | undefined {
  const text = isJsonMap(body) && Object.keys(body).length === 1 ? body['Fn::Sub'] : undefined;
  return typeof text === 'string' ? text : undefined;
}

/** `!Sub` has its text at its own place, `Fn::Sub:` a step below. */
function bodyPath({ valueRange }: TemplateSource, at: TemplatePath): TemplatePath {
  const below = [...at, 'Fn::Sub'];
  return valueRange?.(below) === undefined ? at : below;
}

function parse(text: string): ReturnType<typeof parseTemplate> | undefined {
  try {
    return parseTemplate(text, 'TemplateBody');
  } catch (error) {
    if (isTransmissionError(error)) return undefined;
    throw error;
  }
}

/** A literal block keeps the lines of its text, each with the same indent; other styles fold them. */
function blockAt(
  range: ValueRange | undefined,
  text: string,
): { readonly line: number; readonly indent: number } | undefined {
  const lines = text.trimEnd().split('\n');
  if (range === undefined || range.end.line - range.start.line !== lines.length) return undefined;
  return { line: range.start.line, indent: range.end.column - 1 - (lines.at(-1)?.length ?? 0) };
}
