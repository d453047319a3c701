import { accessSync, constants, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
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
    throw notWritten(codeOf(error), where, error);
  }
}

/**
 * Refuses a file that could not be written, before the minutes that what is to be written takes.
 *
 * @param where the option and its file, as messages name them
 */
export function refuseUnwritable(path: string, where: string): void {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw notWritten('EISDIR', where);
    const folder = dirname(path);
    if (!statSync(folder).isDirectory()) throw notWritten('ENOTDIR', where);
    accessSync(there === undefined ? folder : path, constants.W_OK);
  } catch (error) {
    if (isTransmissionError(error)) throw error;
    throw notWritten(codeOf(error), where, error);
  }
}

function notWritten(code: string, where: string, cause?: unknown): TransmissionError {
  const message = `cannot be written (${code}), give a file in a folder that exists`;
  return new TransmissionError('InvalidArgument', message, where, cause);
}

/** The code of a failed call to the file system, such as `ENOENT`. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : 'unknown reason';
}
