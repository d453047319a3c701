import type { Cursor, World } from '../template';

/** The properties of each resource of a type that exists in a world. */
export function viewsOf(type: string, world: World): readonly Cursor[] {
  return world.app
    .resourcesOfType(type)
    .filter((resource) => world.exists(resource))
    .map((resource) => world.view(resource));
}
