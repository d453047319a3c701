import { inParallel, Pace } from '../../../lib/live/certificates/pace';

async function timeOf(pace: Pace, turns: number): Promise<number> {
  const started = performance.now();
  await Promise.all(Array.from({ length: turns }, () => pace.turn()));
  return performance.now() - started;
}

test('as many as a second holds go at once, and the others one by one after them', async () => {
  expect(await timeOf(new Pace(50), 50)).toBeLessThan(50);
  const time = await timeOf(new Pace(50), 65);
  expect(time).toBeGreaterThan(280);
  expect(time).toBeLessThan(900);
});

test('the first who asks is the first who goes', async () => {
  const pace = new Pace(100);
  const order: number[] = [];
  await Promise.all(Array.from({ length: 110 }, (_, i) => pace.turn().then(() => order.push(i))));
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

test('less than one a second lets one go', async () => {
  expect(await timeOf(new Pace(0.5), 1)).toBeLessThan(50);
});

test('without an end, nobody waits', async () => {
  expect(await timeOf(new Pace(Number.POSITIVE_INFINITY), 10_000)).toBeLessThan(500);
});

test('every item is worked on once, so many at a time', async () => {
  let underWay = 0;
  let most = 0;
  const done: number[] = [];
  await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, 2));
    underWay -= 1;
    done.push(item);
  });
  expect([done.sort(), most]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3]);
  await inParallel([], 3, () => Promise.reject(new Error('nothing to do')));
});
