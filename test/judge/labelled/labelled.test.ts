import { EVERY_ROW } from '../../../lib/judge';
import { EXCEPTIONS } from '../../_fixtures/labelled/exceptions';
import { precisionFigures } from '../../_fixtures/labelled/figures';
import { expectedOf, labelledAreas, templatesIn } from '../../_fixtures/labelled/labels';
import { type Measured, measuredLabels } from '../../_fixtures/labelled/measure';
import { ruleOf } from '../../_fixtures/labelled/precision';

const AREAS = labelledAreas();
const LABELS = AREAS.flatMap(({ area, rules, templates }) =>
  templates.map((label) => ({ area, rules, label })),
);
const RULES = new Set(AREAS.flatMap(({ rules }) => rules));

let measured: readonly Measured[] = [];
beforeAll(() => {
  measured = measuredLabels();
}, 60_000);

describe('the labels', () => {
  test('are of 200 templates and 150 rules at least, good ones and bad ones', () => {
    const good = LABELS.filter(({ label }) => expectedOf(label).size === 0);
    expect(LABELS.length).toBeGreaterThanOrEqual(200);
    expect(good.length).toBeGreaterThanOrEqual(80);
    expect(LABELS.length - good.length).toBeGreaterThanOrEqual(120);
    expect(RULES.size).toBeGreaterThanOrEqual(150);
  });

  test('have a template each, and there is no template without one', () => {
    for (const { area, templates } of AREAS) {
      expect(templates.map(({ template }) => template).sort()).toEqual(templatesIn(area));
    }
  });

  test('name rules that there are, and that their area is complete for', () => {
    const known = new Set(EVERY_ROW.map(({ rule }) => rule.id));
    expect([...RULES].filter((id) => !known.has(id))).toEqual([]);
    const stray = LABELS.flatMap(({ rules, label }) =>
      [...expectedOf(label)].map(ruleOf).filter((id) => !rules.includes(id)),
    );
    expect(stray).toEqual([]);
  });

  test('show each rule something that is wrong, and something that is not', () => {
    const wrong = new Set(LABELS.flatMap(({ label }) => [...expectedOf(label)].map(ruleOf)));
    const right = (id: string) => {
      const looksAt = EVERY_ROW.find(({ rule }) => rule.id === id)?.rule.resourceTypes ?? [];
      return measured.some(({ resources, expected, found }) => {
        // A rule about every store names no types.
        const isAsked =
          looksAt.length === 0 ||
          looksAt.includes('*') ||
          resources.some(({ type }) => looksAt.includes(type));
        return isAsked && ![...expected, ...found].map(ruleOf).includes(id);
      });
    };
    expect([...RULES].filter((id) => !wrong.has(id))).toEqual([]);
    expect([...RULES].filter((id) => !right(id))).toEqual([]);
  });
});

describe('the judge', () => {
  const excepted = (kind: string) =>
    EXCEPTIONS.filter((each) => each.kind === kind).map(({ template, fault }) => `${template}: ${fault}`);
  const differing = (pick: (each: Measured) => readonly string[]) =>
    measured.flatMap((each) => pick(each).map((fault) => `${each.area}/${each.template}: ${fault}`));

  test('says nothing that a label does not ask for, but for the exceptions', () => {
    const falseAlarms = differing(({ expected, found }) =>
      [...found].filter((fault) => !expected.has(fault)),
    );
    expect(falseAlarms).toEqual(excepted('false alarm'));
  });

  test('misses nothing that a label asks for, but for the exceptions', () => {
    const missed = differing(({ expected, found }) => [...expected].filter((fault) => !found.has(fault)));
    expect(missed).toEqual(excepted('missed'));
  });

  test('has the figures that follow from the exceptions', () => {
    const { all, packs } = precisionFigures(measured);
    const asked = LABELS.flatMap(({ label }) => [...expectedOf(label)]).length;
    const missed = excepted('missed').length;
    const falseAlarms = excepted('false alarm').length;
    expect(all).toMatchObject({ right: asked - missed, falseAlarms, missed });
    expect(all.precision).toBeCloseTo((asked - missed) / (asked - missed + falseAlarms), 3);
    expect(all.recall).toBeCloseTo((asked - missed) / asked, 3);
    expect(Object.keys(packs)).toEqual(['TransmissionChecks', 'PciDss401Checks', 'GdprChecks']);
  });
});
