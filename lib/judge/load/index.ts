import { existsSync, statSync } from 'node:fs';
import { TransmissionError } from '../../core/errors';
import type { TemplateSource } from '../template';
import { isAssembly, loadAssembly } from './assembly';
import { withLocalTemplates } from './local-templates';
import { withStackSets } from './stack-sets';
import { loadTemplateFile } from './template-file';

export { isAssembly, loadAssembly } from './assembly';
export { baselineSources } from './baseline';
export { parseDocument } from './document';
export { parsingOnce } from './parsed-once';
export { loadTemplateFile, parseTemplate } from './template-file';

/** Reads what a user points at: a `cdk.out` folder, or a template in JSON or YAML. */
export function loadTarget(path: string): TemplateSource[] {
  if (!existsSync(path)) {
    throw new TransmissionError(
      'TargetNotFound',
      'does not exist, give a cdk.out folder or a template',
      path,
    );
  }
  if (!statSync(path).isDirectory()) return withNestedTemplates([loadTemplateFile(path)]);
  if (isAssembly(path)) return withStackSets(loadAssembly(path));
  const message = 'has no manifest.json, give the folder that cdk synth writes (cdk.out) or a template file';
  throw new TransmissionError('UnreadableAssembly', message, path);
}

/** Templates that were read from files, with those that they hold (stack sets) or name by a local path. */
export function withNestedTemplates(sources: readonly TemplateSource[]): TemplateSource[] {
  return withStackSets(withLocalTemplates(sources));
}
