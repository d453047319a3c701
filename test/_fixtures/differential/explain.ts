import { DIFFERENCES, type Difference } from './differences';
import type { Outcome } from './measure';

/** Whether both sides say something else. */
export function differs({ theirs, ours }: Outcome): boolean {
  return theirs !== ours;
}

/** The entry of the table that explains a difference. */
export function explanationOf(outcome: Outcome): Difference | undefined {
  return DIFFERENCES.find((difference) => explains(difference, outcome));
}

function explains({ theirs, forms, where = {}, says }: Difference, outcome: Outcome): boolean {
  const { pair, form, choice } = outcome.of;
  return (
    (theirs === undefined || theirs === pair.theirs) &&
    (forms === undefined || forms.includes(form)) &&
    says[0] === outcome.theirs &&
    says[1] === outcome.ours &&
    Object.entries(where).every(([axis, names]) => [names].flat().includes(choice[axis] ?? ''))
  );
}

/** One line for a test that fails. */
export function describeOutcome({ of, theirs, ours }: Outcome): string {
  const { pair, form, choice } = of;
  return `${pair.theirs} / ${pair.ours.join(', ')} ${form} ${JSON.stringify(choice)}: ${theirs}, ours ${ours}`;
}
