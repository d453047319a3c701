import { Stack, Stage, Validations } from 'aws-cdk-lib';
import type { IConstruct, MetadataEntry } from 'constructs';
import type { GivenAcknowledgement } from '../judge/template';

/** A frame that CDK writes for its own code: a hook ran inside of it. */
const NEW_APP = /\bnew App in aws-cdk-lib\b/;

/** What packs of ours acknowledge by themselves, for waivers that hold: nobody gave it. */
const forWaivers = new WeakSet<object>();

/** Acknowledges an id on a construct for a waiver, with the place in code that added the waiver. */
export function acknowledgeForWaiver(
  { node }: IConstruct,
  id: string,
  reason: string,
  trace: readonly string[],
): void {
  // CDK reads this metadata when all packs have run.
  const data = { [id]: reason };
  forWaivers.add(data);
  node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, data, { stackTraceOverride: [...trace] });
}

/** One entry of a construct's metadata that acknowledges something. */
interface Entry {
  readonly ids: Readonly<Record<string, unknown>>;
  readonly trace: readonly string[];
}

/** What somebody acknowledged on a construct itself. */
export function acknowledgedOn({ node }: IConstruct): readonly Entry[] {
  const { metadata } = node;
  // Most constructs have one entry, or none: a tree has thousands of them.
  if (!metadata.some(isAcknowledgement)) return [];
  return metadata.filter(isAcknowledgement).flatMap(({ data, trace = [] }) => {
    if (typeof data !== 'object' || data === null || forWaivers.has(data)) return [];
    return [{ ids: data as Entry['ids'], trace }];
  });
}

const { ACKNOWLEDGED_RULES_METADATA_KEY } = Validations;

function isAcknowledgement({ type }: MetadataEntry): boolean {
  return type === ACKNOWLEDGED_RULES_METADATA_KEY;
}

/**
 * Everything that somebody acknowledged in an app: on constructs, on Stages, and on the app itself.
 *
 * @param constructs all of the app, which a tree of thousands is walked for once
 */
export function givenAcknowledgements(constructs: readonly IConstruct[]): GivenAcknowledgement[] {
  const given: GivenAcknowledgement[] = [];
  for (const construct of constructs) {
    for (const { ids, trace } of acknowledgedOn(construct)) {
      for (const [id, reason] of Object.entries(ids)) given.push(givenOn(construct, id, reason, trace));
    }
  }
  return given;
}

function givenOn(
  construct: IConstruct,
  id: string,
  reason: unknown,
  trace: readonly string[],
): GivenAcknowledgement {
  const { scopes, path } = construct.node;
  const stack = scopes.findLast((scope) => Stack.isStack(scope));
  return {
    at: path,
    on: scopes.length === 1 ? 'app' : Stage.isStage(construct) ? 'stage' : 'construct',
    id,
    reason: String(reason),
    ...(stack === undefined ? {} : { template: stack.node.path }),
    byHook: trace.some((frame) => NEW_APP.test(frame)),
  };
}
