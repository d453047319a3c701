import { type DataHolding, dataHoldings, holders } from '../../../lib/judge/classification';
import { type App, explore, type JsonMap, World } from '../../../lib/judge/template';
import { appOf, type TemplateParts } from '../support';

/** What the stores of an app say, in each of their worlds. */
export function holdingsIn(app: App): readonly DataHolding[] {
  return holders(app).flatMap((resource) => {
    const { outcomes, complete } = explore(app, (world) =>
      world.exists(resource)
        ? dataHoldings.facts(resource, world).map((fact) => ({ ...fact, when: world.when }))
        : [],
    );
    const facts = outcomes.flatMap(({ value }) => value);
    return complete
      ? facts
      : [...facts, ...dataHoldings.untried(new World(app).view(resource), 'it has too many cases')];
  });
}

/** What one resource says. */
export function holdingsOf(type: string, resource: JsonMap, parts?: TemplateParts): readonly DataHolding[] {
  return holdingsIn(appOf({ It: { Type: type, ...resource } }, parts));
}

/** Tags as a list of CloudFormation has them. */
export const tagList = (tags: Readonly<Record<string, string | JsonMap>>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
