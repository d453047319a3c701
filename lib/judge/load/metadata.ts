import { type ConstructTable, type GivenAcknowledgement, isJsonMap, type Json } from '../template';
import { readText } from './read-text';

const NO_TRACE: readonly string[] = [];

/** What the metadata of one stack says; nested stacks are part of their parent's file. */
export interface StackMetadata {
  /** The constructs whose template is `templateFile` (a bare file name). */
  tableFor(templateFile: string): ConstructTable;
}

interface Entry {
  readonly type: string;
  readonly data: Json | undefined;
  readonly trace: Json | undefined;
}

/**
 * Reads `<Stack>.metadata.json`; a stack without one has no source lines.
 *
 * @param inManifest what a CDK that writes no such file has in the manifest instead
 */
export function readStackMetadata(file: string | undefined, inManifest?: Json): StackMetadata {
  const entries = entriesIn(file === undefined ? inManifest : jsonIn(file));
  const stackOf = new Map<string, string>();
  for (const [path, list] of entries) {
    const template = list.find(({ type }) => type === 'aws:cdk:templateFile')?.data;
    if (typeof template === 'string') stackOf.set(path, template);
  }
  const paths = new Map<string, string>();
  for (const [path, list] of entries) {
    const logicalId = list.find(({ type }) => type === 'aws:cdk:logicalId')?.data;
    const template = nearest(path, stackOf);
    if (typeof logicalId === 'string') paths.set(`${template ?? ''}\n${logicalId}`, path);
  }
  return {
    tableFor: (templateFile) => ({
      pathOf: (logicalId) =>
        (paths.get(`${templateFile}\n${logicalId}`) ?? paths.get(`\n${logicalId}`))?.replace(/^\//, ''),
      creationTrace: (path) => traceOf(entries.get(`/${path}`)),
      assignmentTraces: (path, property) => assignmentsIn(entries.get(`/${path}`) ?? [], property),
      acknowledged: (path) => acknowledgedAt(path, entries),
      acknowledgements: () =>
        [...entries].flatMap(([path, list]) =>
          (nearest(path, stackOf) ?? templateFile) === templateFile ? acknowledgedOn(path, list) : [],
        ),
    }),
  };
}

function jsonIn(file: string): Json | undefined {
  try {
    return JSON.parse(readText(file)) as Json;
  } catch {
    // Source lines are a courtesy: without them the template's own lines are shown.
    return undefined;
  }
}

function entriesIn(json: Json | undefined): Map<string, readonly Entry[]> {
  const found = new Map<string, readonly Entry[]>();
  if (!isJsonMap(json)) return found;
  for (const [path, list] of Object.entries(json)) {
    if (!Array.isArray(list)) continue;
    const entries = (list as readonly Json[]).flatMap((item) =>
      isJsonMap(item) && typeof item.type === 'string'
        ? [{ type: item.type, data: item.data, trace: item.trace }]
        : [],
    );
    found.set(path, entries);
  }
  return found;
}

function nearest(path: string, stackOf: ReadonlyMap<string, string>): string | undefined {
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const template = stackOf.get(at);
    if (template !== undefined) return template;
  }
  return undefined;
}

function traceOf(entries: readonly Entry[] | undefined): readonly string[] {
  const data = entries?.find(({ type }) => type === 'aws:cdk:creationStack')?.data;
  // Before CDK had an entry of its own for it, the entry of the logical id had the stack.
  const { trace } = entries?.find(({ type }) => type === 'aws:cdk:logicalId') ?? {};
  return data === undefined ? linesIn(trace) : linesIn(data);
}

/** A synthesis with `CDK_DEBUG` tells who assigned a property after the resource was made, or overrode it. */
function assignmentsIn(entries: readonly Entry[], property: string): readonly (readonly string[])[] {
  return entries.flatMap(({ type, data }) =>
    type === 'aws:cdk:propertyAssignment' && isJsonMap(data) && data.propertyName === property
      ? [linesIn(data.stackTrace)]
      : [],
  );
}

function linesIn(trace: Json | undefined): readonly string[] {
  return Array.isArray(trace) ? (trace as readonly Json[]).map(String) : NO_TRACE;
}

function acknowledgedAt(path: string, entries: ReadonlyMap<string, readonly Entry[]>): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = `/${path}`; ; at = at.slice(0, at.lastIndexOf('/'))) {
    for (const { type, data } of entries.get(at === '' ? '/' : at) ?? []) {
      if (type !== 'aws:cdk:acknowledged-rules' || !isJsonMap(data)) continue;
      for (const [id, reason] of Object.entries(data)) if (!found.has(id)) found.set(id, String(reason));
    }
    if (at === '') return found;
  }
}

function acknowledgedOn(path: string, list: readonly Entry[]): GivenAcknowledgement[] {
  return list.flatMap(({ type, data }) =>
    type !== 'aws:cdk:acknowledged-rules' || !isJsonMap(data)
      ? []
      : Object.entries(data).map(([id, reason]) => ({
          at: path.replace(/^\//, ''),
          on: 'construct' as const,
          id,
          reason: String(reason),
        })),
  );
}
