import { labelledAreas } from './labels';
import { type Measured, PACKS } from './measure';
import { type Precision, precisionOf, ruleOf } from './precision';

/** What is printed by `npm run -s precision` and stands in docs/precision.md. */
export interface PrecisionFigures {
  readonly templates: number;
  /** Templates in which something is wrong. */
  readonly bad: number;
  readonly good: number;
  readonly rules: number;
  readonly all: Precision;
  readonly packs: Readonly<Record<string, Precision>>;
  readonly areas: Readonly<Record<string, Precision>>;
}

/** Figures over all labelled templates; a rule counts for each pack that has it. */
export function precisionFigures(measured: readonly Measured[]): PrecisionFigures {
  const areas = labelledAreas();
  const bad = measured.filter(({ expected }) => expected.size > 0).length;
  return {
    templates: measured.length,
    bad,
    good: measured.length - bad,
    rules: new Set(areas.flatMap(({ rules }) => rules)).size,
    all: precisionOf(measured),
    packs: Object.fromEntries(
      PACKS.map(({ name, rules }) => {
        const ids = new Set(rules.map(({ rule }) => rule.id));
        return [name, precisionOf(measured, (fault) => ids.has(ruleOf(fault)))];
      }),
    ),
    areas: Object.fromEntries(
      areas.map(({ area }) => [area, precisionOf(measured.filter((each) => each.area === area))]),
    ),
  };
}
