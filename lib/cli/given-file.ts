import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { isTransmissionError, TransmissionError } from '../core/errors';

/**
 * The text of a file that an option names.
 *
 * @param name the file, as messages name it
 * @param remedy what to give in its place
 */
export function readGiven(path: string, name: string, remedy: string): string {
  try {
    refuseDevice(path, name, remedy);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isTransmissionError(error)) throw error;
    const message = `cannot be read (${codeOf(error)}), ${remedy}`;
    throw new TransmissionError('UnreadableConfiguration', message, name, error);
  }
}

/** A link in a checkout may lead to a device that never ends. A pipe is what a shell makes of `<(…)`, and does. */
function refuseDevice(path: string, name: string, remedy: string): void {
  const status = statSync(path);
  if (!status.isCharacterDevice() && !status.isBlockDevice()) return;
  throw new TransmissionError('UnreadableConfiguration', `is a device, ${remedy}`, name);
}

/**
 * Writes a file that an option names.
 *
 * @param where the option and its file, as messages name them
 */
export function writeGiven(path: string, text: string, where: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    const message = `cannot be written (${codeOf(error)}), give a file in a folder that exists`;
    throw new TransmissionError('InvalidArgument', message, where, error);
  }
}

/** The code of a failed call to the file system, such as `ENOENT`. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : 'unknown reason';
}
