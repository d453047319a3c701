import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { byCodeUnit } from '../core/order';

/** What looks like a template by its name. */
export const TEMPLATE_FILE = /\.(json|ya?ml|template)$/i;

/** Folders of no templates: packages, and what begins with a dot. */
const LEFT_OUT = /^(\.|node_modules$|asset\.)/;

/** More entries than these are not looked at. */
const MOST_ENTRIES = 5000;

/** Larger than a template may be. */
const MOST_BYTES = 1_000_000;

/** What every template has at its top, and few other files. */
const RESOURCES = /^["']?Resources["']?\s*:/m;

/** Files in the folders below a folder that look like templates, relative to it, links not followed. */
export function templatesBelow(folder: string): readonly string[] {
  const found: string[] = [];
  let left = MOST_ENTRIES;
  const look = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      left -= 1;
      if (left < 0) return;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory() && !LEFT_OUT.test(entry.name)) look(path);
      if (below !== '' && entry.isFile() && isTemplate(join(folder, path))) found.push(path);
    }
  };
  look('');
  return found.sort(byCodeUnit);
}

function isTemplate(file: string): boolean {
  if (!TEMPLATE_FILE.test(file)) return false;
  try {
    if (statSync(file).size > MOST_BYTES) return false;
    const text = readFileSync(file, 'utf8');
    return text.trimStart().startsWith('{') ? hasResources(JSON.parse(text)) : RESOURCES.test(text);
  } catch {
    // What cannot be read is none that anybody meant.
    return false;
  }
}

function hasResources(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || !('Resources' in json)) return false;
  return typeof json.Resources === 'object';
}
