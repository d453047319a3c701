import { readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isWithin } from '../../judge/load/within';
import { TextLines } from './text-lines';

/** Larger than any file that people write by hand. */
const LARGEST_BYTES = 1024 * 1024;

/**
 * The texts of one working folder, each read once.
 *
 * Names come from templates and traces, which are hostile: nothing outside of the folder is read, whatever links lead
 * there, and nothing that is no plain file.
 */
export class ReadableTexts {
  readonly #texts = new Map<string, TextLines | undefined>();

  constructor(readonly folder: string) {}

  read(file: string): TextLines | undefined {
    const path = resolve(this.folder, file);
    if (!this.#texts.has(path)) this.#texts.set(path, this.#read(path));
    return this.#texts.get(path);
  }

  #read(path: string): TextLines | undefined {
    try {
      const real = realpathSync(path);
      if (!isWithin(real, realpathSync(this.folder))) return undefined;
      const status = statSync(real);
      if (!status.isFile() || status.size > LARGEST_BYTES) return undefined;
      const text = readFileSync(real, 'utf8');
      // What is no text cannot be put together again.
      return text.includes('\u0000') || text.includes('\uFFFD') ? undefined : new TextLines(text);
    } catch {
      // A repair is a courtesy: the finding is there without it.
      return undefined;
    }
  }
}
