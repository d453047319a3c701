import { allSchedules, type Operation } from '../../../../_fixtures/vault/schedules';

/** Cells that operations read and write, and what each operation saw. */
interface Cells {
  readonly cells: Record<string, number>;
  readonly seen: number[][];
}

type Act = readonly [cell: string, write?: number];

const PROGRAMS: readonly (readonly Act[])[] = [
  [['a'], ['b', 1], ['a', 2]],
  [['b'], ['a', 3], ['c', 1]],
  [['c'], ['b', 4]],
];

/** Runs programs in every order, or in those that the search takes to be enough. */
async function ends(programs: readonly (readonly Act[])[], isReduced: boolean) {
  const found = new Set<string>();
  const count = await allSchedules<Cells>(
    async () => {
      const shared: Cells = { cells: {}, seen: programs.map(() => []) };
      const operations = programs.map((program, at): Operation => {
        return async (step) => {
          for (const [cell, write] of program) {
            const rows = isReduced ? [cell] : ['everything'];
            await step({ rows, writes: isReduced ? write !== undefined : true });
            if (write === undefined) shared.seen[at]?.push(shared.cells[cell] ?? 0);
            else shared.cells[cell] = write;
          }
        };
      });
      return { shared, operations };
    },
    async ({ shared, results }) => {
      const cells = Object.entries(shared.cells).sort();
      found.add(JSON.stringify([cells, shared.seen, results.map((result) => result === undefined)]));
    },
  );
  return { count, found };
}

test('the search finds every end that there is, in fewer runs than there are orders', async () => {
  const all = await ends(PROGRAMS, false);
  const reduced = await ends(PROGRAMS, true);
  expect(reduced.found).toEqual(all.found);
  expect(reduced.count).toBeLessThan(all.count / 5);
});

test('operations of three, three and two steps have 560 orders, and more with a crash', async () => {
  const { count } = await ends(PROGRAMS, false);
  // 8! / (3! 3! 2!) without a crash. With one, where all touch the same, each crash stands at each place of each order.
  expect(count).toBeGreaterThan(560);
  const { count: alone } = await ends([[['a'], ['a', 1]]], false);
  // No crash, a crash before the first step, a crash before the second.
  expect(alone).toBe(3);
});
