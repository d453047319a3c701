import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TransmissionError } from '../core/errors';
import { byCodeUnit } from '../core/order';
import { loadTemplateFile, withNestedTemplates } from '../judge/load';
import type { TemplateSource } from '../judge/template';
import { refuseToLeave } from './tree';

const TEMPLATE_FILE = /\.(json|ya?ml|template)$/i;

/** Whether a path is a folder that no CDK wrote. */
export function isFolderOfTemplates(path: string): boolean {
  if (!existsSync(path) || !statSync(path).isDirectory()) return false;
  // An assembly without a manifest is broken; its templates may be those of stacks that are gone.
  return !['manifest.json', 'cdk.out', 'tree.json'].some((file) => existsSync(join(path, file)));
}

/**
 * Reads a folder of templates: they are one app, so that exports of one are seen by another.
 *
 * @param name the folder, as messages name it
 */
export function loadTemplateFolder(path: string, name: string): readonly TemplateSource[] {
  const files = readdirSync(path, { withFileTypes: true })
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && TEMPLATE_FILE.test(entry.name))
    .map((entry) => entry.name)
    .sort(byCodeUnit);
  if (files.length === 0) {
    throw new TransmissionError(
      'UnreadableAssembly',
      'holds neither a manifest.json nor a template, give the folder that cdk synth writes (cdk.out) or templates',
      name,
    );
  }
  const seen = new Map<string, string>();
  const sources = files.map((file) => {
    refuseToLeave(path, join(path, file), `${name}/${file}`);
    const source = loadTemplateFile(join(path, file));
    const same = seen.get(source.name);
    if (same !== undefined) {
      const message = `would be named as ${same} is, names in a folder must differ, rename one`;
      throw new TransmissionError('UnreadableTemplate', message, join(path, file));
    }
    seen.set(source.name, file);
    return source;
  });
  return withNestedTemplates(sources);
}
