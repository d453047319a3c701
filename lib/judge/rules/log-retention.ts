import type { Cursor } from '../template';
import { arbitrate, type Ruling, type Situation } from './arbiter';
import { heldBy } from './held';
import { decided, type PropertyTest, violation } from './property';
import { NOT_APPLICABLE, type Verdict } from './rule';

type History = NonNullable<Situation['history']>;

/** History has to be there; how much of it, the arbiter between history and erasure says. */
export const keepsHistory =
  (history: History): PropertyTest =>
  (group) => {
    const { least, because } = rulingOn(group, history);
    if (least === undefined || onlyDelivers(group)) return NOT_APPLICABLE;
    const at = group.at('RetentionInDays');
    return told(
      decided(at, at.number(), 'compliant', `at least ${least} days`, (days) => days >= least),
      group,
      because,
    );
  };

/** Entries have to go; after how many days, the arbiter says. What is hidden is told with history, once. */
export const forgetsEntries =
  (history: History): PropertyTest =>
  (group) => {
    const { least, most, because } = rulingOn(group, history);
    if (most === undefined || onlyDelivers(group)) return NOT_APPLICABLE;
    const at = group.at('RetentionInDays');
    const days = at.number();
    if (days.state === 'unresolved' && least !== undefined) return NOT_APPLICABLE;
    const want = `at most ${most} days`;
    const verdict =
      days.state === 'absent'
        ? violation(at, 'absent', want)
        : decided(at, days, 'violation', want, (value) => value <= most);
    return told(verdict, group, because);
  };

function rulingOn(group: Cursor, history: History): Ruling {
  const { resource, world } = group;
  const trails = world.app.referring(resource, 'AWS::CloudTrail::Trail', 'CloudWatchLogsLogGroupArn');
  return arbitrate('log-retention', {
    history,
    holds: heldBy(group),
    isAuditRecord: trails.some((trail) => world.exists(trail)),
  });
}

/** A group of the class for delivery hands its entries on and keeps them for a day, whatever it says. */
function onlyDelivers(group: Cursor): boolean {
  const kind = group.at('LogGroupClass').string();
  return kind.state === 'given' && kind.value === 'DELIVERY';
}

/** Where the group says what it holds, the decision needs its reason. */
function told(verdict: Verdict, group: Cursor, because: string): Verdict {
  const isDecided = heldBy(group)?.retentionDays !== undefined;
  return verdict.verdict === 'violation' && isDecided ? { ...verdict, detail: because } : verdict;
}
