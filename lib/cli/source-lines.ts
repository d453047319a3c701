import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { LinesOf } from '../report';

/** More than a person writes by hand. */
const MOST_BYTES = 1_000_000;

/**
 * Reads the lines of files below a folder, each file once.
 *
 * Which file is up to an assembly that somebody else may have written: none outside the folder is read, links resolved.
 */
export function linesBelow(folder: string): LinesOf {
  const files = new Map<string, readonly string[] | undefined>();
  return (file) => {
    if (!files.has(file)) files.set(file, read(folder, file));
    return files.get(file);
  };
}

function read(folder: string, file: string): readonly string[] | undefined {
  try {
    const path = realpathSync(resolve(folder, file));
    const below = relative(realpathSync(folder), path);
    const stat = statSync(path);
    if (below.startsWith('..') || isAbsolute(below) || !stat.isFile() || stat.size > MOST_BYTES)
      return undefined;
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)).split(/\r?\n/);
  } catch {
    // A repair is told without its lines where they cannot be read, whatever the reason.
    return undefined;
  }
}
