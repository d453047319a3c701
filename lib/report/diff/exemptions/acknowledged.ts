import type { App } from '../../../judge/template';
import type { ViewedFinding } from '../../report';

/** A finding that nothing in `base` acknowledges, as if nothing did: what HEAD acknowledges since then is left out. */
export function withoutNewAcknowledgement({ finding, view }: ViewedFinding, base: App): ViewedFinding {
  const { suppressed, ...open } = view;
  // Waivers were weighed when it was judged.
  if (suppressed === undefined || suppressed.waiver !== undefined) return { finding, view };
  const { constructPath = '' } = view;
  return wasAcknowledged(base, suppressed.id, constructPath) ? { finding, view } : { finding, view: open };
}

/** Whether an id was acknowledged on a construct or above it. */
function wasAcknowledged({ templates }: App, id: string, constructPath: string): boolean {
  return templates.some(({ source: { constructs } }) => {
    const given = constructs?.acknowledgements?.() ?? [];
    if (constructs?.acknowledged(constructPath).has(id) === true) return true;
    return given.some(
      ({ at, id: acknowledged }) =>
        acknowledged === id && (at === '' || at === constructPath || constructPath.startsWith(`${at}/`)),
    );
  });
}
