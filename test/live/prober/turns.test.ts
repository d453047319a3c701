import { Turns } from '../../../lib/live/prober/turns';

test('so many run at a time, and all of them in the end, one that fails and all', async () => {
  const turns = new Turns(3);
  let running = 0;
  let most = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) =>
      turns.take(async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((done) => setTimeout(done, 2));
        running -= 1;
        if (i === 4) throw new TypeError('fails');
        return i;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(results.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
});
