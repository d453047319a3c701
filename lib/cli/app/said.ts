import { stripVTControlCharacters } from 'node:util';
import { visible } from '../../report/escape';
import { withoutSecrets } from '../../report/redact';

/** As much of a line as anybody reads. */
const LONGEST_LINE = 1000;

/** The lines that an app printed, without colours and without what looks like a secret: logs are kept for long. */
export function linesSaid(said: string): readonly string[] {
  return withoutSecrets(stripVTControlCharacters(said)).split(/\r?\n/);
}

/** The same for people: each begins with who says it, so that none is taken for a word of ours, or for a command by a CI. */
export function quoteApp(said: string): string {
  const lines = linesSaid(said.trimEnd());
  return lines.every((line) => line.trim() === '')
    ? ''
    : lines
        .map((line) => `app: ${visible(line, LONGEST_LINE)}`.trimEnd())
        .join('\n')
        .concat('\n');
}
