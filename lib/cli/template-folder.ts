import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TransmissionError } from '../core/errors';
import { byCodeUnit } from '../core/order';
import { loadTemplateFile, withNestedTemplates } from '../judge/load';
import type { TemplateSource } from '../judge/template';
import { TEMPLATE_FILE, templatesBelow } from './folders-below';
import { refuseToLeave } from './tree';

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
  return sayingWhatIsBelow(withNestedTemplates(sources), path);
}

/** Templates in folders below are told, unless one that was read names them: they would be missed without a word. */
function sayingWhatIsBelow(sources: readonly TemplateSource[], path: string): readonly TemplateSource[] {
  const read = new Set(sources.map(({ file = '' }) => resolve(file)));
  const missed = templatesBelow(path).filter((file) => !read.has(resolve(path, file)));
  const [first, ...others] = sources;
  const [one] = missed;
  if (first === undefined || one === undefined) return sources;
  const many = missed.length === 1 ? 'a template' : `${missed.length} templates`;
  const why = `${many} in folders below (${one}): give them too, or a pattern ("**/*.yaml")`;
  return [{ ...first, notJudged: [...(first.notJudged ?? []), why] }, ...others];
}
