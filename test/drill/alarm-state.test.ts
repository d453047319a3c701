import { type AlarmState, type Series, stateOf } from '../_fixtures/drill/alarm-state';

/** `0` does not breach, `X` does, `-` is missing; the newest stands last. */
function series(text: string): Series {
  return text.split(' ').map((sign) => ({ '0': 0, X: 9 })[sign] ?? null);
}

const STATES: Readonly<Record<string, AlarmState>> = {
  A: 'ALARM',
  O: 'OK',
  I: 'INSUFFICIENT_DATA',
  K: 'kept',
};
const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'];

/** Both tables of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html */
describe.each<[number, readonly (readonly [string, string])[]]>([
  [
    3,
    [
      ['0 - X - X', 'OOOO'],
      ['- - - - 0', 'OOOO'],
      ['- - - - -', 'IKAO'],
      ['0 X X - X', 'AAAA'],
      ['- - X - -', 'AKAO'],
    ],
  ],
  [
    2,
    [
      ['0 - X - X', 'AAAA'],
      ['0 0 X 0 X', 'AAAA'],
      ['0 - X - -', 'OOAO'],
      ['- - - - 0', 'OOAO'],
      ['- - - X -', 'AKAO'],
    ],
  ],
])('an alarm on %d of 3 periods', (datapointsToAlarm, rows) => {
  test.each(rows)('judges %s as the table says', (data, expected) => {
    const states = TREATMENTS.map((treatMissingData) =>
      stateOf(
        {
          operator: 'GreaterThanThreshold',
          threshold: 1,
          evaluationPeriods: 3,
          datapointsToAlarm,
          treatMissingData,
        },
        series(data),
      ),
    );
    expect(states).toEqual([...expected].map((letter) => STATES[letter]));
  });
});

test.each<[string, number, boolean]>([
  ['GreaterThanOrEqualToThreshold', 5, true],
  ['GreaterThanThreshold', 5, false],
  ['GreaterThanThreshold', 6, true],
  ['LessThanThreshold', 5, false],
  ['LessThanThreshold', 4, true],
  ['LessThanOrEqualToThreshold', 5, true],
])('%s 5 with %d', (operator, value, fires) => {
  const state = stateOf({ operator, threshold: 5, evaluationPeriods: 1 }, [value]);
  expect(state).toBe(fires ? 'ALARM' : 'OK');
});

test('a band has two limits', () => {
  const band = { lower: 2, upper: 8 };
  const states = (operator: string) =>
    [1, 5, 9].map((value) =>
      stateOf({ operator, threshold: Number.NaN, evaluationPeriods: 1 }, [value], band),
    );
  expect(states('LessThanLowerOrGreaterThanUpperThreshold')).toEqual(['ALARM', 'OK', 'ALARM']);
  expect(states('GreaterThanUpperThreshold')).toEqual(['OK', 'OK', 'ALARM']);
  expect(states('LessThanLowerThreshold')).toEqual(['ALARM', 'OK', 'OK']);
});

test('an operator that it does not know is refused', () => {
  expect(() => stateOf({ operator: 'Sideways', threshold: 1, evaluationPeriods: 1 }, [1])).toThrow(
    'unknown operator "Sideways"',
  );
});
