import { inParallel, Pace } from '../../../lib/live/certificates/pace';

// The clock is ours: what is claimed about time holds on a busy machine too.
beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** How long so many turns take together, in milliseconds. */
async function timeOf(pace: Pace, turns: number): Promise<number> {
  const started = performance.now();
  const last = Promise.all(Array.from({ length: turns }, () => pace.turn())).then(() => performance.now());
  await jest.runAllTimersAsync();
  return (await last) - started;
}

test('as many as a second holds go at once, and the others one by one after them', async () => {
  expect(await timeOf(new Pace(50), 50)).toBe(0);
  expect(await timeOf(new Pace(50), 65)).toBe(300);
  expect(await timeOf(new Pace(50), 100)).toBe(1000);
});

test('what nobody took is there later, but never more than a second holds', async () => {
  const pace = new Pace(50);
  await timeOf(pace, 50);
  await jest.advanceTimersByTimeAsync(500);
  expect(await timeOf(pace, 25)).toBe(0);
  await jest.advanceTimersByTimeAsync(3_600_000);
  expect(await timeOf(pace, 51)).toBe(20);
});

test('the first who asks is the first who goes', async () => {
  const pace = new Pace(100);
  const order: number[] = [];
  const all = Promise.all(Array.from({ length: 110 }, (_, i) => pace.turn().then(() => order.push(i))));
  await jest.runAllTimersAsync();
  await all;
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

test('less than one a second lets one go', async () => {
  expect(await timeOf(new Pace(0.5), 1)).toBe(0);
  expect(await timeOf(new Pace(0.5), 2)).toBe(2000);
});

test('without an end, nobody waits', async () => {
  expect(await timeOf(new Pace(Number.POSITIVE_INFINITY), 10_000)).toBe(0);
});

test('every item is worked on once, so many at a time', async () => {
  let underWay = 0;
  let most = 0;
  const done: number[] = [];
  jest.useRealTimers();
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
