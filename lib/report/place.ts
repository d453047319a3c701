import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isTransmissionError } from '../core/errors';
import type { Finding } from '../judge/judgement';
import { childOf, isJsonMap, type Json, type Resource } from '../judge/template';

/** A place in a file. */
export interface Place {
  /** Relative to the folder that the check ran in, with `/` between folders. */
  readonly file: string;
  /** Counted from 1; absent where only the file is known. */
  readonly line?: number;
  readonly column?: number;
}

/** A path relative to a folder, with `/`: the same on every machine that has the same tree. */
export function relativeTo(folder: string, file: string): string {
  const path = relative(folder, resolve(folder, file)).replaceAll('\\', '/');
  return path === '' ? '.' : path;
}

/**
 * Where the property of a finding stands in its template, or the nearest place above it.
 *
 * @param source the line of code, where it is known: then no line of a file is told that nobody kept
 */
export function templatePlace(
  { resource, path }: Pick<Finding, 'resource' | 'path'>,
  folder: string,
  source?: Place,
): Place | undefined {
  const { file: absolute, isGone } = resource.template.source;
  if (absolute === undefined || (isGone === true && source !== undefined)) return undefined;
  const file = relativeTo(folder, absolute);
  const position = positionOf(resource, path);
  return position === undefined ? { file } : { file, line: position.line, column: position.column };
}

function positionOf({ template, logicalId }: Resource, path: string) {
  const { Resources: resources } = template.json;
  const raw = isJsonMap(resources) ? resources[logicalId] : undefined;
  const keys = ['Resources', logicalId, ...keysOf(path, raw)];
  try {
    return template.source.locate?.(template.writtenAt?.(keys) ?? keys);
  } catch (error) {
    // JSON takes a key twice, and what finds positions does not: the file alone is better than no finding.
    if (isTransmissionError(error)) return undefined;
    throw error;
  }
}

/** The keys of a dotted path; those of the template may hold dots themselves, such as `rds.force_ssl`. */
export function keysOf(path: string, raw: Json | undefined): readonly string[] {
  const keys: string[] = [];
  let rest = path.split('.');
  let at = raw;
  while (rest.length > 0) {
    const length = isJsonMap(at) ? longestKey(rest, at) : 1;
    const key = rest.slice(0, length).join('.');
    keys.push(key);
    rest = rest.slice(length);
    at = childOf(at, key);
  }
  return keys;
}

function longestKey(parts: readonly string[], map: { readonly [key: string]: unknown }): number {
  for (let length = parts.length; length > 1; length--) {
    if (Object.hasOwn(map, parts.slice(0, length).join('.'))) return length;
  }
  return 1;
}

/**
 * The line of the user's code that made a resource, from the traces that a synthesis leaves in the assembly.
 *
 * @param path what the finding is about, such as `Properties.SslPolicy`: where one other line alone assigned that property,
 * it is the one to repair. Of several nobody can say which it was.
 */
export function sourcePlace(
  { template, constructPath }: Resource,
  folder: string,
  path = '',
): Place | undefined {
  const { constructs } = template.source;
  if (constructs === undefined || constructPath === undefined) return undefined;
  // What a transform makes of a resource has no line of its own, but that of the construct above it.
  const above = constructPath.slice(0, Math.max(0, constructPath.lastIndexOf('/')));
  const creation = [constructPath, above]
    .map((path) => firstOfUser(constructs.creationTrace(path), folder))
    .find((place) => place !== undefined);
  const [, property] = /^Properties\.([^.]+)/.exec(path) ?? [];
  if (property === undefined) return creation;
  const assigned = new Map<string, Place>();
  for (const trace of constructs.assignmentTraces?.(constructPath, property) ?? []) {
    const place = firstOfUser(trace, folder);
    if (place !== undefined && !isSameLine(place, creation))
      assigned.set(`${place.file}:${place.line}`, place);
  }
  const [only] = assigned.values();
  return assigned.size === 1 ? only : creation;
}

/** Whether two places are on one line. */
export function isSameLine(a: Place, b: Place | undefined): boolean {
  return a.file === b?.file && a.line === b.line;
}

/** The first frame that a user wrote. */
function firstOfUser(trace: readonly string[], folder: string): Place | undefined {
  for (const frame of trace) {
    const place = placeOfFrame(frame.trim());
    if (place !== undefined) return { ...place, file: relativeTo(folder, place.file) };
  }
  return undefined;
}

/** What stands in a package, or in the library of a language, is not what its user can change. */
const OF_OTHERS = /[\\/](node_modules|\.yarn|site-packages|dist-packages|lib[\\/]python\d[\d.]*)[\\/]/;

/** A frame as V8 writes it: `new Shop (/app/lib/shop.ts:12:5)`, or the place alone; other languages tell no column. */
function placeOfFrame(frame: string): Place | undefined {
  const [, whole, at] = MISREAD.exec(frame) ?? [];
  if (whole !== undefined) return userPlace(whole, at, undefined);
  const place = frame.endsWith(')') ? frame.slice(frame.indexOf('(') + 1, -1) : frame.replace(/^at /, '');
  const [, named = '', line, column] = /^(.+?):(\d{1,7})(?::(\d{1,7}))?$/.exec(place) ?? [];
  return userPlace(named, line, column);
}

/**
 * A frame without a function, as modules have at their top, after CDK 2.276 has taken it for one with: `file:///a.mjs:4 (:)`
 * or, with a part of the column, `file:///a.mjs:4: (file:///a.mjs:4:1)`.
 */
const MISREAD = /^(?:async )?((?:file:\/\/|\/|[A-Za-z]:[\\/]).+?):(\d{1,7})(?::\d*)? \(.*:.*\)$/;

function userPlace(named: string, line: string | undefined, column: string | undefined): Place | undefined {
  const file = pathOf(named);
  if (!isAnyAbsolute(file) || OF_OTHERS.test(file)) return undefined;
  return { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
}

function pathOf(named: string): string {
  if (!named.startsWith('file://')) return named;
  try {
    return fileURLToPath(named);
  } catch {
    return '';
  }
}

/** An assembly may have been made on another system. */
function isAnyAbsolute(file: string): boolean {
  return isAbsolute(file) || /^[A-Za-z]:[\\/]/.test(file);
}
