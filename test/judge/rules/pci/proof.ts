import type { PackRule } from '../../../../lib/judge/packs/pack';
import type { JsonMap } from '../../../../lib/judge/template';
import { says } from './support';

/** What shows that a rule tells right from wrong, and says where it cannot. */
export interface Proof {
  readonly rule: string;
  readonly good: JsonMap;
  readonly bad: JsonMap;
  /** All that is said of `bad`: `violation It.Properties.A: got`. */
  readonly finds: string;
  readonly hidden: JsonMap;
  /** Where it cannot be told: `It.Properties.A`. */
  readonly at: string;
}

/** Proves each rule of a table by one good, one bad and one hidden template; each must have its proof. */
export function proveRows(rows: readonly PackRule[], proofs: readonly Proof[], now?: Date): void {
  const parts = now === undefined ? {} : { now };

  test('every rule of the table is proved', () => {
    expect([...new Set(proofs.map(({ rule }) => rule))].sort()).toEqual(
      rows.map(({ rule }) => rule.id).sort(),
    );
  });

  describe.each(proofs.map((proof) => [proof.rule, proof] as const))('%s', (id, proof) => {
    const row = rows.find(({ rule }) => rule.id === id);

    test('says nothing of what is right', () => {
      expect(says(rows, id, proof.good, parts)).toEqual([]);
    });

    test('finds what is wrong, at its place', () => {
      expect(says(rows, id, proof.bad, parts)).toEqual([`${row?.level} ${proof.finds}`]);
    });

    test('cannot tell what the template hides', () => {
      expect(says(rows, id, proof.hidden, parts)).toEqual([`${row?.unknown} unknown ${proof.at}`]);
    });

    test('is asked of a condition only where it holds', () => {
      const Conditions: JsonMap = { Never: { 'Fn::Equals': ['a', 'b'] } };
      const off = Object.fromEntries(
        Object.entries(proof.bad).map(([key, one]) => [key, { ...(one as JsonMap), Condition: 'Never' }]),
      );
      expect(says(rows, id, off, { ...parts, Conditions })).toEqual([]);
    });
  });
}
