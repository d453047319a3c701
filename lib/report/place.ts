import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isTransmissionError } from '../core/errors';
import type { Finding } from '../judge/judgement';
import { isJsonMap, type Json, type Resource } from '../judge/template';

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

/** Where the property of a finding stands in its template, or the nearest place above it. */
export function templatePlace({ resource, path }: Finding, folder: string): Place | undefined {
  const { file: absolute } = resource.template.source;
  if (absolute === undefined) return undefined;
  const file = relativeTo(folder, absolute);
  const position = positionOf(resource, path);
  return position === undefined ? { file } : { file, line: position.line, column: position.column };
}

function positionOf({ template, logicalId }: Resource, path: string) {
  const raw = isJsonMap(template.source.json.Resources)
    ? template.source.json.Resources[logicalId]
    : undefined;
  try {
    return template.source.locate?.(['Resources', logicalId, ...keysOf(path, raw)]);
  } catch (error) {
    // JSON takes a key twice, and what finds positions does not: the file alone is better than no finding.
    if (isTransmissionError(error)) return undefined;
    throw error;
  }
}

/** The keys of a dotted path; those of the template may hold dots themselves, such as `rds.force_ssl`. */
function keysOf(path: string, raw: Json | undefined): readonly string[] {
  const keys: string[] = [];
  let rest = path.split('.');
  let at = raw;
  while (rest.length > 0) {
    const length = isJsonMap(at) ? longestKey(rest, at) : 1;
    const key = rest.slice(0, length).join('.');
    keys.push(key);
    rest = rest.slice(length);
    at = Array.isArray(at) ? (at as readonly Json[])[Number(key)] : isJsonMap(at) ? at[key] : undefined;
  }
  return keys;
}

function longestKey(parts: readonly string[], map: { readonly [key: string]: unknown }): number {
  for (let length = parts.length; length > 1; length--) {
    if (Object.hasOwn(map, parts.slice(0, length).join('.'))) return length;
  }
  return 1;
}

/** The line of the user's code that made a resource, from the traces that a synthesis leaves in the assembly. */
export function sourcePlace({ template, constructPath }: Resource, folder: string): Place | undefined {
  if (constructPath === undefined) return undefined;
  for (const frame of template.source.constructs?.creationTrace(constructPath) ?? []) {
    const place = placeOfFrame(frame.trim());
    if (place !== undefined) return { ...place, file: relativeTo(folder, place.file) };
  }
  return undefined;
}

/** A frame as V8 writes it: `new Shop (/app/lib/shop.ts:12:5)`, or the place alone. */
function placeOfFrame(frame: string): Required<Place> | undefined {
  const place = frame.endsWith(')') ? frame.slice(frame.indexOf('(') + 1, -1) : frame.replace(/^at /, '');
  const [, named = '', line, column] = /^(.+?):(\d{1,7}):(\d{1,7})$/.exec(place) ?? [];
  const file = pathOf(named);
  // What stands in a package is not what its user can change.
  if (!isAnyAbsolute(file) || /[\\/]node_modules[\\/]/.test(file)) return undefined;
  return { file, line: Number(line), column: Number(column) };
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
