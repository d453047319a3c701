import { CONSTRUCT_SAMPLES } from '../construct-samples';
import { resourcesAdded, sampleApp } from '../construct-samples/synthesise';
import handlers from './handlers.json';

/** What CloudFormation calls to make, change and remove a resource of one type. */
export interface HandlerPermissions {
  /** The schema in which the provider of the type says so. */
  readonly source: string;
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly delete: readonly string[];
}

/** One of the calls that change something. */
export type Operation = 'create' | 'update' | 'delete';

export const OPERATIONS: readonly Operation[] = ['create', 'update', 'delete'];

/**
 * By type. Read on 2026-11-22 by hand from schemas of CloudFormation's registry that are stored in a public repository;
 * `tools/read-handler-permissions.mjs` writes the file anew from a folder of such schemas.
 */
export const HANDLERS: Readonly<Partial<Record<string, HandlerPermissions>>> = handlers;

/** The types of resources that each public construct makes, over all its samples. */
export function typesByConstruct(outdir: string): ReadonlyMap<string, ReadonlySet<string>> {
  const { app, built } = sampleApp(CONSTRUCT_SAMPLES, { outdir });
  const assembly = app.synth();
  const types = new Map<string, Set<string>>();
  for (const each of built) {
    const { template } = assembly.getStackArtifact(each.stack.artifactId);
    const known = types.get(each.sample.construct) ?? new Set();
    for (const { type } of resourcesAdded(each, template)) known.add(type);
    types.set(each.sample.construct, known);
  }
  return types;
}

/** The actions of an operation on all types, those whose schema was read. */
export function actionsOn(types: Iterable<string>, operation: Operation): readonly string[] {
  return [...new Set([...types].flatMap((type) => HANDLERS[type]?.[operation] ?? []))].sort();
}

/** The types whose schema was not read. Custom ones have none: CloudFormation invokes their function. */
export function unread(types: Iterable<string>): readonly string[] {
  return [...types].filter((type) => !type.startsWith('Custom::') && HANDLERS[type] === undefined).sort();
}
