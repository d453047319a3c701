import { TransmissionError } from '../../core/errors';

/** CloudFormation takes templates of 1 MB; ours may be larger, since parts are resolved at packaging. */
export const LARGEST_TEMPLATE_BYTES = 5 * 1024 * 1024;

/** Deeper nesting than any CloudFormation schema has; the `yaml` parser aborts the process far beyond it. */
export const DEEPEST_NESTING = 100;

/** Aliases can make a small file huge. */
export const MOST_NODES = 250_000;

/** Refuses text that a parser must not be given. */
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
  if (deepestFlow(text) > DEEPEST_NESTING || deepestBlock(text) > DEEPEST_NESTING) {
    throw tooMuch(file, `nests deeper than ${DEEPEST_NESTING} levels`, 'flatten it');
  }
}

/** The one error for text beyond the limits. */
export function tooMuch(file: string, what: string, remedy: string): TransmissionError {
  return new TransmissionError(
    'UnreadableTemplate',
    `${what}, which no CloudFormation template needs, ${remedy}`,
    file,
  );
}

/** Counts brackets outside double quotes: an upper bound is enough. */
function deepestFlow(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (quoted) {
      if (character === 92) i++;
      else if (character === 34) quoted = false;
    } else if (character === 34) quoted = true;
    else if (character === 91 || character === 123) deepest = Math.max(deepest, ++depth);
    else if ((character === 93 || character === 125) && depth > 0) depth--;
    // A quote that is not closed on its line is an apostrophe's cousin in prose, not a string.
    if (character === 10) quoted = false;
  }
  return deepest;
}

/** Block nesting of YAML costs at least one column a level, and compact `- - -` one dash each. */
function deepestBlock(text: string): number {
  let deepest = 0;
  const indents: number[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const indent = line.length - line.trimStart().length;
    while (indents.length > 0 && (indents.at(-1) ?? 0) >= indent) indents.pop();
    indents.push(indent);
    const dashes = /^\s*((?:[-?]\s+)*)/.exec(line)?.[1]?.replace(/\s/g, '').length ?? 0;
    deepest = Math.max(deepest, indents.length + dashes);
  }
  return deepest;
}
