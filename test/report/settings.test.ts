import { notRunText, settingsOf } from '../../lib/report/settings';

const OFF = { rule: 'A', reason: 'Because of it.', owner: 'team-web', until: '2027-01-31' };

test('settings of several packs are told once, what did not run first', () => {
  const pack = { profile: 'pci', rulesAsOf: '0.1.0', notRun: [OFF] };
  expect(settingsOf([pack, { ...pack, notRun: [OFF, { ...OFF, rule: 'B' }] }])).toEqual([
    ['not run', 'A: Because of it. (owner team-web, until 2027-01-31)'],
    ['not run', 'B: Because of it. (owner team-web, until 2027-01-31)'],
    ['profile', 'pci'],
    ['rules as of', '0.1.0'],
  ]);
});

test('packs without settings tell nothing of them', () => {
  expect(settingsOf([{ notRun: [] }])).toEqual([]);
  expect(notRunText(OFF)).toBe('A: Because of it. (owner team-web, until 2027-01-31)');
});
