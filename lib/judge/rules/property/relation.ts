import {
  type App,
  type Cursor,
  explore,
  Reference,
  resourcesIn,
  Text,
  Unresolved,
  type Value,
} from '../../template';
import { COMPLIANT } from '../rule';
import type { PropertyTest } from './property-rule';
import { unknown, violation } from './tests';

/** What points at a resource in one world. */
export interface Pointing {
  /** The properties of each resource that does. */
  readonly found: readonly Cursor[];
  /** Where the template hides what is pointed at, which may be this resource; only told where nothing was found. */
  readonly hidden: Cursor | undefined;
}

/**
 * The resources of `type` whose property at `path` points at the resource that is looked at, in the world that it is
 * looked at in.
 *
 * @param isMeant which of those that name the resource mean it, where its name is part of others' too
 */
export function pointingAt(
  { world, resource }: Cursor,
  type: string,
  path: string,
  isMeant: (place: Cursor) => boolean = () => true,
): Pointing {
  const { app } = world;
  const keys = path.split('.');
  const found = app
    .referring(resource, type, path)
    .filter((from) => world.exists(from))
    .map((from) => world.view(from))
    .filter((view) => {
      const place = view.at(...keys);
      return resourcesIn(place.value()).includes(resource) && isMeant(place);
    });
  if (found.length > 0) return { found, hidden: undefined };
  const hidden = hiding(app, type, path)
    .filter((from) => world.exists(from))
    .map((from) => world.view(from).at(...keys))
    .find((place) => isHidden(place.value()));
  return { found, hidden };
}

/** Those that hide in some world what they point at. */
function hiding(app: App, type: string, path: string) {
  return app.memo(pointingAt, `${type} ${path}`, () =>
    app.resourcesOfType(type).filter((from) => {
      const { outcomes, complete } = explore(app, (world) =>
        isHidden(
          world
            .view(from)
            .at(...path.split('.'))
            .value(),
        ),
      );
      return !complete || outcomes.some(({ value }) => value);
    }),
  );
}

/** A custom resource may answer with any name; a pseudo parameter is part of every ARN, and names nothing. */
function isHidden(value: Value | undefined): boolean {
  if (value instanceof Unresolved) return value.symbol?.includes('AWS::') !== true;
  if (value instanceof Reference) return /^(Custom::|AWS::CloudFormation::)/.test(value.resource.type);
  return value instanceof Text && resourcesIn(value).length === 0 && value.parts.some(isHidden);
}

/** There must be a resource of `type` whose property at `path` points here. */
export function isPointedAt(
  type: string,
  path: string,
  { got, want }: { readonly got: string; readonly want: string },
): PropertyTest {
  return (properties) => {
    const { found, hidden } = pointingAt(properties, type, path);
    if (found.length > 0) return COMPLIANT;
    return hidden === undefined
      ? violation(properties, got, want)
      : unknown(hidden, 'what it points at is hidden, and may be this');
  };
}
