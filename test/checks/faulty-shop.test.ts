import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TransmissionChecks } from '../../lib/checks';
import { buildShop } from '../_fixtures/faulty-shop/shop';
import { synthesised } from './synthesised';

const FILE = join(__dirname, '../_fixtures/faulty-shop/shop.ts');

/** `Rule at shop.ts:line`, for each fault that the fixture marks above the line. */
const PLANTED = readFileSync(FILE, 'utf8')
  .split('\n')
  .flatMap((text, i) => {
    const rule = /^\s*\/\/ fault: (\w+)$/.exec(text)?.[1];
    return rule === undefined ? [] : [`${rule} at shop.ts:${i + 2}`];
  });

beforeAll(() => {
  // CDK keeps as many frames as V8 gives it: ten are too few for a pattern.
  Error.stackTraceLimit = 60;
});

const shop = (repaired: boolean) =>
  synthesised(
    (app) => buildShop(app, repaired),
    (app) => [new TransmissionChecks(app)],
  );

describe('the faulty shop', () => {
  test('has at least fifteen planted faults', () => {
    expect(PLANTED.length).toBeGreaterThanOrEqual(15);
  });

  test('has every planted fault found, on the line that made it, and none beside them', () => {
    const { findings } = shop(false);
    const found = findings
      .filter(({ constructPath }) => constructPath !== '')
      .map(({ rule, traces }) => `${rule.replace('TransmissionChecks-', '')} at ${traces[0]?.[0]}`);
    expect(found.sort()).toEqual([...PLANTED].sort());
  });

  test('is silent once it is repaired', () => {
    const { findings } = shop(true);
    expect(
      findings.map(({ rule, constructPath, description }) => `${rule} ${constructPath} ${description}`),
    ).toEqual([]);
  });
});
