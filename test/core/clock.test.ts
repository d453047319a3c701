import { fixedTime } from '../../lib/core/clock';

test('SOURCE_DATE_EPOCH fixes the time', () => {
  expect(fixedTime({ SOURCE_DATE_EPOCH: '86400' })).toEqual(new Date('1970-01-02T00:00:00Z'));
});

test('without it the time is not fixed', () => {
  expect([fixedTime({}), fixedTime({ SOURCE_DATE_EPOCH: '' })]).toEqual([undefined, undefined]);
});

test('what is no time is an error, never ignored', () => {
  expect(() => fixedTime({ SOURCE_DATE_EPOCH: 'tomorrow' })).toThrow(
    'SOURCE_DATE_EPOCH: must be seconds since 1970, got "tomorrow", correct it',
  );
});
