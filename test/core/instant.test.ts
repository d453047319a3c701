import { instantText, parseDayOrInstant, parseEpoch, parseInstant } from '../../lib/core/instant';

test.each([
  ['1985-04-12T23:20:50.52Z', '1985-04-12T23:20:50.520Z'],
  ['1996-12-19T16:39:57-08:00', '1996-12-20T00:39:57.000Z'],
  ['1937-01-01T12:00:27.87+00:20', '1937-01-01T11:40:27.870Z'],
  ['1990-12-31T23:59:60Z', '1990-12-31T23:59:59.000Z'],
  ['2021-12-31t18:37:07z', '2021-12-31T18:37:07.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['2024-01-01T00:00:00.123456789Z', '2024-01-01T00:00:00.123Z'],
])('%s of RFC 3339 is %s', (text, expected) => {
  expect(parseInstant(text)?.toISOString()).toBe(expected);
});

test.each([
  '2023-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2023-02-30T00:00:00Z',
  '2023-04-31T00:00:00Z',
  '2023-13-01T00:00:00Z',
  '2023-00-01T00:00:00Z',
  '2023-01-00T00:00:00Z',
  '2023-01-01T24:00:00Z',
  '2023-01-01T00:60:00Z',
  '2023-01-01T00:00:00',
  '2023-01-01T00:00:00+24:00',
  '2023-01-01 00:00:00Z',
  '2023-01-01',
  'Thu, 31 Dec 2021 18:37:07 -0800',
  ' 2023-01-01T00:00:00Z',
  '',
])('%j is no date-time of RFC 3339', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

test('a bare day begins at midnight, where days are allowed', () => {
  expect(parseDayOrInstant('2027-06-30')).toEqual(new Date('2027-06-30T00:00:00Z'));
  expect(parseDayOrInstant('2027-06-31')).toBeUndefined();
});

test('an instant is written to the second', () => {
  expect(instantText(new Date('2027-06-30T01:02:03.999Z'))).toBe('2027-06-30T01:02:03Z');
});

test('an epoch is whole seconds that a date can hold', () => {
  expect(parseEpoch('1700000000')).toEqual(new Date(1_700_000_000_000));
  expect(['', '-1', '1.5', '1e3', ' 1', '99999999999999', 'now'].map(parseEpoch)).toEqual(
    Array(7).fill(undefined),
  );
});
