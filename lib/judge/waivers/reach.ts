import type { WaiverProblem } from '../../core/waivers';
import type { App } from '../template';
import type { WaiverEntry } from './entry';

/** Where a waiver reaches further in an app than its author can have weighed. */
export function reachProblems(app: App, entry: WaiverEntry): readonly WaiverProblem[] {
  if (entry.broad.length > 0) return [];
  return [...wholeStacks(app, entry), ...namesakes(app, entry)];
}

/** A construct around stacks, such as a Stage, is an app in all but the name. */
function wholeStacks({ templates }: App, { scope: { construct } }: WaiverEntry): WaiverProblem[] {
  if (construct === undefined || construct === '') return [];
  const isStack = templates.some(({ name }) => name === construct);
  const isAround = templates.some(
    ({ name, parent }) => parent === undefined && name.startsWith(`${construct}/`),
  );
  if (isStack || !isAround) return [];
  const got = `${JSON.stringify(construct.slice(0, 60))}, which holds whole stacks`;
  return [{ field: 'construct', got, want: 'the construct that the finding is about' }];
}

/** Logical ids are the same in every copy of a stack. */
function namesakes({ templates }: App, { carrier, scope }: WaiverEntry): WaiverProblem[] {
  const { construct, template, resources = [] } = scope;
  if (carrier === 'template' || construct !== undefined || template !== undefined) return [];
  const shared = resources.find((id) => templates.filter((each) => each.resources.has(id)).length > 1);
  if (shared === undefined) return [];
  const want = `the template that is meant, since several have a resource ${JSON.stringify(shared.slice(0, 60))}`;
  return [{ field: 'template', got: 'absent', want }];
}
