import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { byCodeUnit } from '../core/order';
import { isWithin } from '../judge/load/within';
import { relativeTo } from '../report/place';
import { refuseToLeave } from './tree';

/** Loaded where a pattern is given; as CommonJS, since its module form needs a URL that a bundle has not. */
const glob = () => require('tinyglobby') as typeof import('tinyglobby');

/** What looks as if it were a pattern, before anybody asks who knows. */
const MAY_BE_PATTERN = /[*?[\]{}()!+@]/;

/** What no pattern means: packages, and what CDK stages for upload. */
const LEFT_OUT = ['**/node_modules/**', '**/asset.*/**', '**/.git/**'];

/**
 * The paths that operands stand for: a pattern for every file that it matches, sorted; no operands for the CDK app of the
 * working folder.
 *
 * @param command the command, for messages
 */
export function targetPaths(operands: readonly string[], cwd: string, command = 'check'): readonly string[] {
  if (operands.length === 0) return [appHere(cwd, command)];
  return operands.flatMap((operand) => (isPattern(operand, cwd) ? matches(operand, cwd) : [operand]));
}

function appHere(cwd: string, command: string): string {
  if (existsSync(join(cwd, 'cdk.json'))) return '.';
  const message = 'needs a target, since there is no cdk.json here';
  const remedy = `write secure-transmission ${command} cdk.out, or run it where a CDK app is`;
  throw new TransmissionError('MissingArgument', `${message}, ${remedy}`, command);
}

/** What exists is meant as it stands: names of files may hold brackets. */
function isPattern(operand: string, cwd: string): boolean {
  return (
    !existsSync(resolve(cwd, operand)) &&
    MAY_BE_PATTERN.test(operand) &&
    glob().isDynamicPattern(withSlashes(operand))
  );
}

function matches(pattern: string, cwd: string): readonly string[] {
  const files = glob()
    .globSync(withSlashes(pattern), {
      cwd,
      ignore: LEFT_OUT,
      followSymbolicLinks: false,
      fs: { readdirSync: linksAsFiles as typeof readdirSync },
      onlyFiles: true,
      expandDirectories: false,
    })
    .sort(byCodeUnit);
  if (files.length === 0) {
    const but = 'node_modules, .git and the assets of a cdk.out are left out';
    const message = `matches no file (${but}), correct the pattern, and quote it so that no shell expands it`;
    throw new TransmissionError('TargetNotFound', message, pattern);
  }
  const tree = treeOf(pattern, cwd);
  for (const file of files) refuseToLeave(tree, resolve(cwd, file), relativeTo(cwd, file));
  return files;
}

/**
 * The entries of a folder, in which links that are none to folders stand as files: the search would leave them out, and what
 * is left out is not judged. Links to folders are not followed: they may lead anywhere.
 */
function linksAsFiles(folder: string, options: { withFileTypes: true }): Dirent[] {
  return readdirSync(folder, options).map((entry) => {
    if (!entry.isSymbolicLink()) return entry;
    const isFolder = statSync(join(folder, entry.name), { throwIfNoEntry: false })?.isDirectory() === true;
    return isFolder ? entry : Object.assign(entry, { isSymbolicLink: () => false, isFile: () => true });
  });
}

/** What links may lead to: all that lies below the working folder; for a pattern that leaves it, below where it begins. */
function treeOf(pattern: string, cwd: string): string {
  const fixed: string[] = [];
  for (const part of withSlashes(pattern).split('/')) {
    if (glob().isDynamicPattern(part)) break;
    fixed.push(part);
  }
  const begin = resolve(cwd, fixed.join('/') || (pattern.startsWith('/') ? '/' : '.'));
  return isWithin(begin, cwd) ? cwd : begin;
}

/** A pattern escapes with a backslash, except where that separates folders. */
function withSlashes(pattern: string): string {
  return process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern;
}
