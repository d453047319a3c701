import path from 'node:path';
import { App, type JudgeOptions, judgeTogether, loadTarget, OUR_PACKS } from '../../../lib/judge';
import { DEFAULT_RULE_PARAMETERS } from '../../../lib/judge/rules/parameters';
import { expectedOf, FOLDER, HIDDEN, labelledAreas } from './labels';

/** What the judge says of one labelled template, as far as its label is complete. */
export interface Measured {
  readonly area: string;
  readonly template: string;
  /** `rule logicalId`, from the label. */
  readonly expected: ReadonlySet<string>;
  /** The same, from the judge. */
  readonly found: ReadonlySet<string>;
  /** What stands in it. */
  readonly resources: readonly { readonly id: string; readonly type: string }[];
}

/** The packs that people register, with the settings of somebody who sets nothing. */
export const PACKS = Object.values(OUR_PACKS).map((factory) => factory(DEFAULT_RULE_PARAMETERS));

/** One day for all, since rules on what expires ask for one. */
const OPTIONS: JudgeOptions = { now: new Date('2026-11-22T00:00:00Z') };

/**
 * Judges every labelled template by all packs together.
 *
 * A label is complete for the rules of its area. Errors of any other labelled rule count too: an area need not list
 * what would be wrong everywhere for it to be a false alarm.
 */
export function measuredLabels(): readonly Measured[] {
  const areas = labelledAreas();
  const labelled = new Set(areas.flatMap(({ rules }) => rules));
  return areas.flatMap(({ area, rules, templates }) =>
    templates.map((label) => {
      const app = new App(loadTarget(path.join(FOLDER, area, label.template)));
      const judgements = judgeTogether(app, PACKS, OPTIONS);
      const told = judgements
        .flatMap(({ findings }) => findings)
        .filter(({ rule, level }) => rules.includes(rule.id) || (level === 'error' && labelled.has(rule.id)));
      return {
        area,
        template: label.template,
        expected: expectedOf(label),
        found: new Set(
          told.map(
            ({ rule, resource, verdict }) =>
              `${rule.id} ${resource.logicalId}${verdict === 'unknown' ? HIDDEN : ''}`,
          ),
        ),
        resources: app.templates.flatMap(({ resources }) =>
          [...resources.values()].map(({ logicalId: id, type }) => ({ id, type })),
        ),
      };
    }),
  );
}
