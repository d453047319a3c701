import type { DataDescription } from '../../core/classification';
import type { App, Resource } from '../template';

/** The resources behind what a description names as its erasure handler. */
export function erasureHandlersOf(
  app: App,
  store: Resource,
  { erasureHandler }: DataDescription,
): readonly Resource[] {
  return handlersNamed(app, store, erasureHandler);
}

/**
 * The resources behind the name of a handler: those that the construct of that path made, or that has that logical id
 * in the template of the store. None where the handler is not of this app.
 */
export function handlersNamed(app: App, store: Resource, named: string | undefined): readonly Resource[] {
  if (named === undefined) return [];
  const ofConstruct = app.templates.flatMap(({ resources }) =>
    [...resources.values()].filter(
      ({ constructPath: path }) => path === named || path?.startsWith(`${named}/`) === true,
    ),
  );
  if (ofConstruct.length > 0) return ofConstruct;
  const sameTemplate = store.template.resources.get(named);
  return sameTemplate === undefined ? [] : [sameTemplate];
}
