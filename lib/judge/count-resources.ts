import { classify } from './hops/coverage';
import type { Judgement, NotJudgedType } from './judgement';
import type { App, Resource } from './template';

const NESTED_STACK = 'AWS::CloudFormation::Stack';
const NOT_AT_HAND = 'nested stack whose template is not at hand';

/**
 * How many resources of an app a judge looked at, needed not look at, or could not.
 *
 * @param judgedTypes the types that it looked at
 * @param inScope which resources count; all where there is none
 */
export function countResources(
  app: App,
  judgedTypes: ReadonlySet<string>,
  inScope: ((resource: Resource) => boolean) | undefined,
): Judgement['resources'] {
  const notJudged = new Map<string, NotJudgedType>();
  let total = 0;
  let irrelevant = 0;
  let judged = 0;
  for (const type of app.types) {
    const ofType = app.resourcesOfType(type);
    const resources = inScope === undefined ? ofType : ofType.filter(inScope);
    const { traffic, store, judged: hasConnector, note, listed } = classify(type);
    // A nested stack is judged in its own template, where that is at hand.
    const loaded = resources.filter((resource) => app.nestedTemplate(resource) !== undefined).length;
    const rest = resources.length - loaded;
    total += resources.length;
    irrelevant += loaded;
    if (judgedTypes.has(type)) judged += rest;
    // Another pack's concern, or nobody's.
    else if (hasConnector || (!traffic && !store)) irrelevant += rest;
    else if (rest > 0) {
      notJudged.set(type, {
        type,
        count: rest,
        why:
          type === NESTED_STACK
            ? NOT_AT_HAND
            : (note ?? (listed ? 'no connector yet' : 'not a type we know')),
      });
    }
  }
  return {
    total,
    judged,
    irrelevant,
    notJudged: [...notJudged.values()].sort((a, b) => (a.type < b.type ? -1 : 1)),
  };
}
