import { CERTIFICATE_LIFETIMES } from '../../../lib/constructs/certificate';
import { instantText } from '../../../lib/core/instant';
import {
  type AuditedCertificate,
  LONGEST_COUNTED_DAYS,
  RENEWAL_DUE,
  RENEWAL_OVERDUE,
  remainingDays,
  remainingLifetimeRatio,
} from '../../../lib/live/certificates';
import { NOW } from '../../_fixtures/acm/certificates';

const DAY = 86_400_000;

function living(life: number, left: number): AuditedCertificate {
  const end = NOW.getTime() + left * DAY;
  return {
    region: 'eu-west-1',
    arn: 'a',
    domainName: 'a.example.com',
    names: [],
    status: 'ISSUED',
    type: 'AMAZON_ISSUED',
    notBefore: instantText(new Date(end - life * DAY)),
    notAfter: instantText(new Date(end)),
    inUse: true,
    inUseBy: [],
    exportable: false,
    exported: false,
    complete: true,
  };
}

test.each([
  [198, 198, 1],
  [198, 99, 0.5],
  [198, 66, RENEWAL_DUE],
  [198, 33, RENEWAL_OVERDUE],
  [100, 50, 0.5],
  [47, 47 / 6, RENEWAL_OVERDUE],
  [47, 0, 0],
  [47, -3, 0],
  [198, 200, 1],
])('of a life of %d days with %d left, %d remains', (life, left, ratio) => {
  expect(remainingLifetimeRatio(living(life, left), NOW)).toBeCloseTo(ratio, 5);
});

test.each([
  [395, 45],
  [3650, 45],
])('a life of %d days is late when %d are left, as if it were shorter', (life, left) => {
  expect(remainingLifetimeRatio(living(life, left), NOW)).toBeCloseTo(RENEWAL_OVERDUE, 5);
  expect(remainingLifetimeRatio(living(life, LONGEST_COUNTED_DAYS + 30), NOW)).toBe(1);
});

test.each(CERTIFICATE_LIFETIMES.map(({ days, alarmDays }) => [days, alarmDays]))(
  'of %d days, a renewal is late here before the alarm of a single certificate speaks, which waits for %d days',
  (days, alarmDays) => {
    const due = days * RENEWAL_OVERDUE;
    expect(due).toBeGreaterThan(alarmDays);
    // And no earlier than ACM begins to renew: at 23 % of 198 days.
    expect(due).toBeLessThan((days * 45) / 198);
  },
);

test('what has no time, or no life, has no ratio or none left', () => {
  const { notAfter: _, ...endless } = living(198, 99);
  expect([remainingLifetimeRatio(endless, NOW), remainingDays(endless, NOW)]).toEqual([undefined, undefined]);
  expect(remainingLifetimeRatio(living(0, 10), NOW)).toBe(0);
  expect(remainingLifetimeRatio(living(-5, 10), NOW)).toBe(0);
});

test('days are whole ones, and negative after the end', () => {
  expect([1.9, 1, 0.5, 0, -0.5, -3].map((left) => remainingDays(living(198, left), NOW))).toEqual([
    1, 1, 0, 0, -1, -3,
  ]);
});
