import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is a folder or lies in it, by their names alone; a name may begin with two dots. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Whether a file, with every symbolic link on the way followed, lies in a folder. */
export function isReallyWithin(file: string, folder: string): boolean {
  try {
    return isWithin(realpathSync(file), realpathSync(folder));
  } catch {
    // What does not exist leads nowhere; whoever reads it says so.
    return true;
  }
}
