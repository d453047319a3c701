import {
  CERTIFICATE_LIFETIMES,
  certificateLifetimeOn,
  synthesisTime,
} from '../../../lib/constructs/certificate';

describe('certificateLifetimeOn', () => {
  test.each([
    ['2020-01-01T00:00:00Z', 198, 30],
    ['2026-11-22T12:00:00Z', 198, 30],
    ['2027-03-14T23:59:59Z', 198, 30],
    ['2027-03-15T00:00:00Z', 100, 15],
    ['2029-03-14T23:59:59Z', 100, 15],
    ['2029-03-15T00:00:00Z', 47, 7],
    ['2040-01-01T00:00:00Z', 47, 7],
  ])('on %s certificates live %i days, and renewal is overdue at %i', (now, days, alarmDays) => {
    expect(certificateLifetimeOn(new Date(now))).toMatchObject({ days, alarmDays });
  });

  test('the table is in order, and shortens', () => {
    const sorted = [...CERTIFICATE_LIFETIMES].sort((one, other) => (one.since < other.since ? -1 : 1));
    expect(CERTIFICATE_LIFETIMES).toEqual(sorted);
    const days = CERTIFICATE_LIFETIMES.map((lifetime) => lifetime.days);
    expect(days).toEqual([...days].sort((one, other) => other - one));
  });

  test.each(CERTIFICATE_LIFETIMES)(
    'an alarm at $alarmDays of $days days is later than renewal, which comes at 23 %, and leaves a week',
    ({ days, alarmDays }) => {
      expect(alarmDays).toBeLessThan(days * (45 / 198));
      expect(alarmDays).toBeGreaterThanOrEqual(7);
    },
  );
});

describe('synthesisTime', () => {
  const before = process.env.SOURCE_DATE_EPOCH;
  afterEach(() => {
    if (before === undefined) delete process.env.SOURCE_DATE_EPOCH;
    else process.env.SOURCE_DATE_EPOCH = before;
  });

  test('is SOURCE_DATE_EPOCH where it is set', () => {
    process.env.SOURCE_DATE_EPOCH = '1805068800';
    expect(synthesisTime()).toEqual(new Date('2027-03-15T00:00:00Z'));
  });

  test.each(['', undefined])('is the clock where it is %j', (value) => {
    if (value === undefined) delete process.env.SOURCE_DATE_EPOCH;
    else process.env.SOURCE_DATE_EPOCH = value;
    expect(Math.abs(synthesisTime().getTime() - Date.now())).toBeLessThan(10_000);
  });

  test.each(['tomorrow', '1.5', '-1', '9'.repeat(14)])('refuses %j', (value) => {
    process.env.SOURCE_DATE_EPOCH = value;
    expect(synthesisTime).toThrow(
      `SOURCE_DATE_EPOCH: must be seconds since 1970, got "${value}", correct it`,
    );
  });
});
