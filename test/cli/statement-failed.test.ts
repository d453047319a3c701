import { existsSync } from 'node:fs';
import path from 'node:path';
import { listener, run, workFolder, write } from './support';

jest.mock('../../lib/judge/packs/transmission', () => ({ TRANSMISSION_PACK: require('./pack').PACK }));

test('where something could not be judged at all nothing is stated', () => {
  write('explodes.json', { Resources: { Explodes: listener('HTTPS') } });
  const line = 'statement explodes.json --contact=mailto:security@example.com --now=2027-01-01';
  expect(run(line.split(' '))).toEqual({
    code: 3,
    out: '',
    err: 'error: explodes.json: 1 could not be judged at all, so that nothing is stated, see secure-transmission check explodes.json\n',
  });
  expect(existsSync(path.join(workFolder(), 'trust'))).toBe(false);
});
