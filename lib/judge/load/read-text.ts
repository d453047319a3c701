import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { TransmissionError } from '../../core/errors';
import { tooMuch } from './bounds';

/** No file that is read as a whole is larger, the manifest of an assembly included. */
const LARGEST_FILE_BYTES = 100 * 1024 * 1024;

/** The text of a file in UTF-8, or one clear error. A byte order mark stays where it is. */
export function readText(file: string): string {
  return textOf(readBytes(file), file);
}

function readBytes(file: string): Buffer {
  let descriptor: number | undefined;
  try {
    // Opening a named pipe would otherwise wait until somebody writes to it.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    refuseOther(fstatSync(descriptor), file);
    return readFileSync(descriptor);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof TransmissionError) throw error;
    if (code === 'ENOENT') {
      const message = 'does not exist, give a template or a cdk.out folder';
      throw new TransmissionError('TargetNotFound', message, file, error);
    }
    const message = `cannot be read (${code}), check its permissions`;
    throw new TransmissionError('UnreadableTemplate', message, file, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** A template is a file: what never ends is none, nor is what is too large to be one. */
function refuseOther(stats: Stats, file: string): void {
  if (!stats.isFile()) {
    const kind = stats.isDirectory() ? 'a folder' : stats.isFIFO() ? 'a named pipe' : 'a device';
    throw new TransmissionError('UnreadableTemplate', `is ${kind}, give a file with a template`, file);
  }
  if (stats.size > LARGEST_FILE_BYTES) {
    throw tooMuch(
      file,
      `is larger than ${LARGEST_FILE_BYTES / 1024 / 1024} MB`,
      'split it into nested stacks',
    );
  }
}

const NOT_UTF8 = 'must be UTF-8, save it as UTF-8';

/** Text in another encoding would be read as other names than its author wrote, and judged by those. */
function textOf(bytes: Buffer, file: string): string {
  const refuse = (what: string) =>
    new TransmissionError('UnreadableTemplate', `${what}, it ${NOT_UTF8}`, file);
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) throw refuse('is UTF-16');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refuse('is not UTF-8');
  }
  const nul = text.indexOf('\0');
  if (nul === -1) return text;
  const line = text.slice(0, nul).split('\n').length;
  throw refuse(`holds a NUL character in line ${line} (is it UTF-16, or no text)`);
}
