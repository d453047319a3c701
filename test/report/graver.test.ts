import { isGraver } from '../../lib/report/graver';

const WARNING = { level: 'warning', verdict: 'violation' } as const;

test.each([
  ['a graver level is', { ...WARNING, level: 'error' }, WARNING, true],
  ['the same is not', WARNING, WARNING, false],
  ['a lighter level is not', { ...WARNING, level: 'info' }, WARNING, false],
  [
    'a violation that could not be told is, at a lighter level too',
    WARNING,
    { level: 'error', verdict: 'unknown' },
    true,
  ],
  ['what cannot be told any more is not', { ...WARNING, verdict: 'unknown' }, WARNING, false],
] as const)('%s', (_, now, before, expected) => {
  expect(isGraver(now, before)).toBe(expected);
});
