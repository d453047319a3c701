import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { rules as nagRules } from 'cdk-nag';
import { judge } from '../../../lib/judge/judge';
import type { PackRule } from '../../../lib/judge/packs/pack';
import { type Json, type JsonMap, App as RenderedApp } from '../../../lib/judge/template';
import { type Case, CHOSEN, HIDDEN } from './cases';

/** What one side says about all resources of a case together. `cannot tell`: cdk-nag threw, or ours is unknown. */
export type Said = 'silent' | 'violation' | 'cannot tell' | 'failed';

/** What both say. */
export interface Outcome {
  readonly of: Case;
  readonly theirs: Said;
  readonly ours: Said;
}

type NagRule = (node: CfnResource) => string | readonly string[];

/** Every rule that cdk-nag exports, by `folder.Rule`. */
export const NAG_RULES: ReadonlyMap<string, NagRule> = new Map(
  Object.entries(nagRules).flatMap(([folder, rules]) =>
    Object.entries(rules as Readonly<Record<string, NagRule>>).map(
      ([name, rule]) => [`${folder}.${name}`, rule] as const,
    ),
  ),
);

/** By when everything is judged; nothing that is generated expires. */
const NOW = new Date('2026-11-22T00:00:00Z');

/** Builds every case as a stack of one app, asks cdk-nag about its constructs, and us about its template. */
export function measured(cases: readonly Case[], rows: readonly PackRule[]): readonly Outcome[] {
  const folder = mkdtempSync(join(tmpdir(), 'differential-'));
  try {
    const app = new App({ outdir: join(folder, 'cdk.out'), analyticsReporting: false, treeMetadata: false });
    mkdirSync(join(folder, 'in'));
    const built = cases.map((one, index) => {
      const stack = new Stack(app, `Case${index}`, { env: { region: 'eu-west-1' } });
      build(one, stack, join(folder, 'in', `${index}.json`));
      return { one, stack, theirs: theirsOf(one, stack) };
    });
    const assembly = app.synth({ skipValidation: true });
    return built.map(({ one, stack, theirs }) => {
      const { template } = assembly.getStackArtifact(stack.artifactId);
      return { of: one, theirs, ours: oursOf(one, template as JsonMap, rows) };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const PARTS: JsonMap = {
  Parameters: { [HIDDEN]: { Type: 'String' }, Stage: { Type: 'String' } },
  Conditions: { [CHOSEN]: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
};

function build({ form, resources, from }: Case, stack: Stack, templateFile: string): void {
  if (form === 'plain') {
    for (const [id, resource] of Object.entries(resources)) plain(stack, id, resource as JsonMap);
    return;
  }
  writeFileSync(templateFile, JSON.stringify({ ...PARTS, Resources: from ?? resources }));
  const included = new CfnInclude(stack, 'Template', { templateFile });
  if (from === undefined) return;
  const ids = Object.keys(resources).filter((id) => id in from);
  for (const id of ids) {
    const made = included.getResource(id);
    for (const [path, value] of edits(propertiesOf(from[id]), propertiesOf(resources[id]))) {
      if (value === undefined) made.addPropertyDeletionOverride(path);
      else made.addPropertyOverride(path, value);
    }
  }
}

function plain(stack: Stack, id: string, { Type, Properties }: JsonMap): void {
  const properties = Properties as { [name: string]: unknown };
  const made = new CfnResource(stack, id, { type: String(Type), properties });
  made.overrideLogicalId(id);
}

function propertiesOf(resource: Json | undefined): JsonMap {
  return ((resource as JsonMap | undefined)?.Properties ?? {}) as JsonMap;
}

type Edit = readonly [path: string, value: Json | undefined];

/** What to override, by dotted path, so that one becomes the other; `undefined` deletes. */
function edits(from: JsonMap, to: JsonMap): readonly Edit[] {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key): Edit[] => {
    const [before, after] = [from[key], to[key]];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    const escaped = key.replaceAll('.', '\\.');
    if (isMap(before) && isMap(after)) {
      return edits(before, after).map(([path, value]) => [`${escaped}.${path}`, value]);
    }
    return [[escaped, after]];
  });
}

function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function theirsOf({ pair }: Case, stack: Stack): Said {
  const rule = NAG_RULES.get(pair.theirs);
  if (rule === undefined) throw new RangeError(`cdk-nag has no rule ${pair.theirs}`);
  const said = stack.node
    .findAll()
    .filter((construct) => CfnResource.isCfnResource(construct))
    .map((resource) => verdictOf(rule, resource));
  return gravest(said);
}

function verdictOf(rule: NagRule, resource: CfnResource): Said {
  try {
    const result = rule(resource);
    if (typeof result !== 'string') return result.length === 0 ? 'silent' : 'violation';
    return result === 'Non-Compliant' ? 'violation' : 'silent';
  } catch {
    return 'cannot tell';
  }
}

function oursOf({ pair }: Case, json: JsonMap, rows: readonly PackRule[]): Said {
  const app = new RenderedApp([{ name: 'Stack', stackName: 'Stack', region: 'eu-west-1', json }]);
  const rules = rows.filter(({ rule }) => pair.ours.includes(rule.id));
  const { findings } = judge(app, { name: 'Differential', rules }, { now: NOW });
  return gravest(findings.map(({ verdict }) => (verdict === 'unknown' ? 'cannot tell' : verdict)));
}

function gravest(said: readonly Said[]): Said {
  const order: readonly Said[] = ['failed', 'violation', 'cannot tell'];
  return order.find((one) => said.includes(one)) ?? 'silent';
}
