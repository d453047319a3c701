import { existsSync, statSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** No synthesis of ours happened then. */
const LONG_AGO = new Date(0);

/**
 * Writes the templates of a tree as it is now, also where it was synthesised before: CDK would keep what it wrote
 * the first time, whatever was changed since.
 *
 * Findings of packs do not stop it, since CDK throws them when all is written. What could not be written does:
 * templates of an earlier synthesis may lie in the same folder, and would be judged in place of these.
 */
export function synthesiseAnew(top: Stage): void {
  const manifest = join(resolve(top.outdir), 'manifest.json');
  const before = existsSync(manifest) ? statSync(manifest) : undefined;
  // A manifest is written last: marked as old, it tells an unfinished run from one that only had findings.
  if (before !== undefined) utimesSync(manifest, before.atime, LONG_AGO);
  try {
    // The outer Stage would take over what an inner one wrote the first time.
    for (const stage of stagesBelow(top)) stage.synth({ force: true });
  } catch (error) {
    if (existsSync(manifest) && statSync(manifest).mtimeMs !== LONG_AGO.getTime()) return;
    if (before !== undefined) utimesSync(manifest, before.atime, before.mtime);
    throw error;
  }
}

/** A Stage and all inside it, the innermost first. */
function stagesBelow(construct: IConstruct): Stage[] {
  const inner = construct.node.children.flatMap(stagesBelow);
  return Stage.isStage(construct) ? [...inner, construct] : inner;
}
