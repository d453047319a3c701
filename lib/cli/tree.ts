import { lstatSync, realpathSync } from 'node:fs';
import { TransmissionError } from '../core/errors';
import { isWithin } from '../judge/load/within';

/**
 * Refuses a symbolic link that leads out of a folder: whoever may put a link into it could have any file of the machine
 * read, and quoted in a report. What was asked for and is not judged must be told, so that it is not just left out.
 *
 * @param folder what nothing may lead out of
 * @param name the file, as messages name it
 */
export function refuseToLeave(folder: string, path: string, name: string): void {
  if (!lstatSync(path).isSymbolicLink()) return;
  if (isWithin(targetOf(path, name), realpathSync(folder))) return;
  const message =
    'is a symbolic link that leads out of the folder, links must stay in it, give the file itself';
  throw new TransmissionError('UnreadableTemplate', message, name);
}

function targetOf(path: string, name: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const message = 'is a symbolic link to nothing that can be read, it must lead to a template, remove it';
    throw new TransmissionError('TargetNotFound', message, name, error);
  }
}
