import type { App } from '../judge/template';
import { sourcePlace } from './place';

/** Which lines a report on an app can tell. */
export interface Lines {
  /** Lines of the user's code, or of the templates alone. */
  readonly kind: 'code' | 'template';
  /** Why they are those of templates. */
  readonly why?: string;
}

/**
 * Whether an app told a line of code for any of its resources.
 *
 * @param why why it did not, where it did not
 */
export function linesOf(app: App, folder: string, why: string): Lines {
  if (app.templates.every(({ resources }) => resources.size === 0)) return { kind: 'code' };
  for (const { resources } of app.templates) {
    for (const resource of resources.values()) {
      if (sourcePlace(resource, folder) !== undefined) return { kind: 'code' };
    }
  }
  return { kind: 'template', why };
}
