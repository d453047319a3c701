/** Reads our own source files, for the tests that judge how they are written. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';

/** The folder that holds package.json. */
export const ROOT = path.resolve(__dirname, '../..');

/** A file and what stands in it; the path is relative to the project, with slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** A node of the syntax tree, as the parser gives it. */
export interface SyntaxNode {
  readonly type: string;
  readonly [property: string]: unknown;
}

const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'cdk.out']);

/** All files below a folder of the project whose name ends like that; none when there is no such folder. */
export function filesBelow(folder: string, ...endings: readonly string[]): string[] {
  let entries: ReturnType<typeof readFolder>;
  try {
    entries = readFolder(folder);
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      return SKIPPED_FOLDERS.has(entry.name) ? [] : filesBelow(name, ...endings);
    }
    return endings.some((ending) => name.endsWith(ending)) ? [name] : [];
  });
}

function readFolder(folder: string) {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true });
}

/** Every TypeScript and JavaScript file below some folders. */
export function sourcesBelow(...folders: readonly string[]): Source[] {
  return folders
    .flatMap((folder) => filesBelow(folder, '.ts', '.mjs', '.js'))
    .map((name) => ({ path: name, text: readFileSync(path.join(ROOT, name), 'utf8') }));
}

const parsed = new WeakMap<Source, SyntaxNode>();

/** The syntax tree of a file; the same one when asked again. */
function parse(source: Source): SyntaxNode {
  const known = parsed.get(source);
  if (known !== undefined) {
    return known;
  }
  const tree = parseSync(source.text, { syntax: 'typescript', target: 'es2022' });
  const node = asNode(tree);
  if (node === undefined) {
    throw new Error(`${source.path}: the parser gave no tree`);
  }
  parsed.set(source, node);
  return node;
}

/** A value as a syntax node, when it is one. */
export function asNode(value: unknown): SyntaxNode | undefined {
  return isObject(value) && typeof value.type === 'string' ? (value as SyntaxNode) : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const flattened = new WeakMap<Source, readonly SyntaxNode[]>();

/** Every node of a file, each before what is below it; the same list when asked again, since many questions are asked. */
export function nodesOf(source: Source): readonly SyntaxNode[] {
  const known = flattened.get(source);
  if (known !== undefined) {
    return known;
  }
  const nodes: SyntaxNode[] = [];
  walk(parse(source), (node) => nodes.push(node));
  flattened.set(source, nodes);
  return nodes;
}

/** Visits a node and everything below it. */
export function walk(value: unknown, visit: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) {
      walk(item, visit);
    }
  } else if (isObject(value)) {
    const node = asNode(value);
    if (node !== undefined) {
      visit(node);
    }
    for (const child of Object.values(value)) {
      walk(child, visit);
    }
  }
}

/** The text of an identifier, or undefined for anything else. */
export function identifierName(value: unknown): string | undefined {
  const node = asNode(value);
  return node?.type === 'Identifier' && typeof node.value === 'string' ? node.value : undefined;
}

/** The value of a string literal, or of a template without holes. */
export function stringValue(value: unknown): string | undefined {
  const node = asNode(value);
  if (node?.type === 'StringLiteral' && typeof node.value === 'string') {
    return node.value;
  }
  if (node?.type === 'TemplateLiteral' && Array.isArray(node.quasis) && node.quasis.length === 1) {
    const cooked = isObject(node.quasis[0]) ? node.quasis[0].cooked : undefined;
    return typeof cooked === 'string' ? cooked : undefined;
  }
  return undefined;
}

/** The line of a node, from 1. */
export function lineOf(source: Source, node: SyntaxNode): number {
  const start = isObject(node.span) && typeof node.span.start === 'number' ? node.span.start : 1;
  // The parser counts bytes, from 1.
  const before = Buffer.from(source.text, 'utf8').subarray(0, start - 1);
  return before.toString('utf8').split('\n').length;
}
