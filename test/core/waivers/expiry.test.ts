import { daysLeft, isDay, latestDay } from '../../../lib/core/waivers';

const at = (text: string) => new Date(text);

test('the last day is included, whole, in UTC', () => {
  expect(daysLeft('2027-01-31', at('2027-01-31T00:00:00Z'))).toBe(0);
  expect(daysLeft('2027-01-31', at('2027-01-31T23:59:59.999Z'))).toBe(0);
  expect(daysLeft('2027-01-31', at('2027-02-01T00:00:00Z'))).toBe(-1);
  expect(daysLeft('2027-01-31', at('2027-01-31T23:30:00-01:00'))).toBe(-1);
});

test('days are counted over ends of months and leap days', () => {
  expect(daysLeft('2028-03-01', at('2028-02-28T12:00:00Z'))).toBe(2);
  expect(daysLeft('2027-03-01', at('2027-02-28T12:00:00Z'))).toBe(1);
  expect(daysLeft('1971-01-01', at('1969-12-31T23:00:00Z'))).toBe(366);
});

test.each([
  ['2026-11-22T10:00:00Z', false, '2027-11-22'],
  ['2027-02-28T10:00:00Z', false, '2028-02-28'],
  ['2028-02-29T10:00:00Z', false, '2029-02-28'],
  ['2026-11-22T23:59:59Z', true, '2027-02-20'],
  ['2028-01-01T00:00:00Z', true, '2028-03-31'],
])('on %s the latest day (strict: %s) is %s', (now, isStrict, latest) => {
  expect(latestDay(at(now), isStrict)).toBe(latest);
});

test('a day is one of the calendar, and nothing else', () => {
  expect(['2027-01-31', '2028-02-29'].map(isDay)).toEqual([true, true]);
  const none = ['2027-02-29', '2027-1-31', '2027-01-31T00:00:00Z', '31.01.2027', '2027-13-01', ''];
  expect(none.filter(isDay)).toEqual([]);
});
