import { type CST, Lexer, Parser } from 'yaml';
import { TransmissionError } from '../../core/errors';
import type { Json } from '../template';

/** CloudFormation takes templates of 1 MB; ours may be larger, since parts are resolved at packaging. */
const LARGEST_TEMPLATE_BYTES = 5 * 1024 * 1024;

/** Deeper nesting than any CloudFormation schema has; the `yaml` parser aborts the process far beyond it. */
export const DEEPEST_NESTING = 100;

/** A template of 5 MB that CDK writes has half of it; aliases can make a small file huge. */
export const MOST_NODES = 500_000;

/** Nested stacks that share a template multiply; nobody nests more than these below one stack. */
export const MOST_NESTED_STACKS = 1000;

/** Refuses text that no parser must be given. */
export function refuseUnreasonable(text: string, file: string): void {
  if (text.length > LARGEST_TEMPLATE_BYTES) {
    throw tooMuch(
      file,
      `is larger than ${LARGEST_TEMPLATE_BYTES / 1024 / 1024} MB`,
      'split it into nested stacks',
    );
  }
  if (text.trim() === '') {
    throw new TransmissionError('UnreadableTemplate', 'is empty, give a CloudFormation template', file);
  }
}

/** Refuses JSON that everything after would have to follow by recursion. */
export function refuseUnreasonableJson(json: Json, file: string): void {
  walk<Json | undefined>([json], (node) => (typeof node === 'object' ? Object.values(node ?? {}) : []), file);
}

/** A template of 5 MB has half of it. */
const MOST_TOKENS = 2_000_000;

/** The document, and what is being read, stand on the parser's stack beside the levels. */
const BESIDE_LEVELS = 3;

/**
 * The tokens of a YAML text, refused where the parser must not be given more of it.
 *
 * It composes documents by recursion, and takes gigabytes for what is open at the same time. Its tokens come without
 * recursion: what is far too deep is seen while they come, and the rest is counted exactly.
 */
export function yamlTokens(text: string, file: string, onNewLine: (offset: number) => void): CST.Token[] {
  const parser = new Parser(onNewLine);
  onNewLine(0);
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    lexemes += 1;
    refuseDepth(parser.stack.length - BESIDE_LEVELS, file);
    if (lexemes > MOST_TOKENS) throw tooMuch(file, `has more than ${MOST_TOKENS} tokens`, 'split it');
  }
  for (const token of parser.end()) tokens.push(token);
  walk<CST.Token>(tokens, childrenOf, file);
  return tokens;
}

/** Counts nodes and levels, itself without recursion. */
function walk<T>(roots: readonly T[], childrenOf: (node: T) => readonly T[], file: string): void {
  let nodes = 0;
  const open = roots.map((node) => ({ node, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    nodes += 1;
    refuseDepth(depth, file);
    if (nodes > MOST_NODES) throw tooMuch(file, `has more than ${MOST_NODES} nodes`, 'split it');
    for (const child of childrenOf(node)) open.push({ node: child, depth: depth + 1 });
  }
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) =>
    [key, value].filter((child): child is CST.Token => child !== undefined && child !== null),
  );
}

/** Refuses what nests too deep. */
export function refuseDepth(depth: number, file: string): void {
  if (depth > DEEPEST_NESTING)
    throw tooMuch(file, `nests deeper than ${DEEPEST_NESTING} levels`, 'flatten it');
}

/** The one error for text beyond the limits. */
export function tooMuch(file: string, what: string, remedy: string): TransmissionError {
  return new TransmissionError(
    'UnreadableTemplate',
    `${what}, which no CloudFormation template needs, ${remedy}`,
    file,
  );
}
