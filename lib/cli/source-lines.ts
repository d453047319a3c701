import type { LinesOf } from '../report';
import { ReadableTexts } from '../report/repairs/readable-text';

/** Reads the lines of files below a folder, as repairs read them: none outside of it, whatever an assembly names. */
export function linesBelow(folder: string): LinesOf {
  const texts = new ReadableTexts(folder);
  return (file) => texts.read(file)?.text.split(/\r?\n/);
}
