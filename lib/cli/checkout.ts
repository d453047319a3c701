import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { relativeTo } from '../report';

/** The root of a checkout, and the folder in it that the check runs in: `''` for the root itself. */
export interface Checkout {
  readonly root: string;
  readonly below: string;
}

/** Where the folder stands in its Git checkout; a folder outside of any is its own root. */
export function checkoutOf(folder: string): Checkout {
  for (let root = resolve(folder); ; root = dirname(root)) {
    // A file in worktrees and submodules, a folder otherwise.
    if (existsSync(join(root, '.git'))) {
      const below = relativeTo(root, folder);
      return { root, below: below === '.' ? '' : below };
    }
    if (root === dirname(root)) return { root: folder, below: '' };
  }
}
