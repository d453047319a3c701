import type { Level } from '../judge/packs/pack';

/** How a terminal shows text. */
export interface Style {
  bold(text: string): string;
  faint(text: string): string;
  level(level: Level, text: string): string;
}

/** Text as it is: for files, pipes and whoever asked for no colour. */
export const PLAIN: Style = { bold: (text) => text, faint: (text) => text, level: (_level, text) => text };

const COLOURS: Readonly<Record<Level, number>> = { fatal: 35, error: 31, warning: 33, info: 36 };

/** Text for a terminal. Colour repeats what a word says, and never says it alone. */
export const COLOURED: Style = {
  bold: (text) => sequence(1, text, 22),
  faint: (text) => sequence(2, text, 22),
  level: (level, text) => sequence(COLOURS[level], text, 39),
};

function sequence(on: number, text: string, off: number): string {
  return `\u001b[${on}m${text}\u001b[${off}m`;
}
