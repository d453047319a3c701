import { EVERY_ROW } from '../../../lib/judge';
import { comparedWithGuard, hasGuard } from '../../_fixtures/labelled/guard';
import recorded from '../../_fixtures/labelled/guard-figures.json';
import { GUARD_PAIRS } from '../../_fixtures/labelled/guard-pairs';
import { measuredLabels } from '../../_fixtures/labelled/measure';

test('each rule of cfn-guard is paired once, with rules of ours that there are', () => {
  const theirs = GUARD_PAIRS.map((pair) => pair.theirs);
  expect(new Set(theirs).size).toBe(theirs.length);
  const known = new Set(EVERY_ROW.map(({ rule }) => rule.id));
  expect(GUARD_PAIRS.flatMap(({ ours }) => ours).filter((id) => !known.has(id))).toEqual([]);
});

test('we have no false alarm and miss nothing where both look', () => {
  const wrong = recorded.filter(({ ours }) => ours.falseAlarms + ours.missed > 0);
  expect(wrong.map(({ rule }) => rule)).toEqual([]);
});

(hasGuard() ? test : test.skip)(
  'what is recorded is what cfn-guard says: else run `node tools/precision.mjs --record`',
  () => {
    expect(comparedWithGuard(measuredLabels())).toEqual(recorded);
  },
  60_000,
);
