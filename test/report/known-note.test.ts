import { type CheckReport, renderReport } from '../../lib/report';
import { knownNote } from '../../lib/report/known-note';
import { KNOWN, reportWith, viewWith } from './views';

const ENTRY = {
  fingerprint: 'f'.repeat(32),
  rule: 'ListenerIsEncrypted',
  resource: 'Shop/Listener',
  property: 'Properties.Protocol',
  level: 'error',
  verdict: 'violation',
  owner: 'web',
  since: '2026-01-01',
  expires: '2026-06-30',
} as const;

const REPORT: CheckReport = {
  ...reportWith([viewWith({ known: KNOWN })]),
  known: {
    file: 'known.json',
    entries: 4,
    notes: (['gone', 'ended', 'ended'] as const).map((state) => ({ ...ENTRY, state })),
  },
};

test('says how many findings a file covers, and what somebody has to look at, the gravest first', () => {
  expect(knownNote(REPORT)).toBe('known.json covers 1 of its 4 findings; 2 ended, and counting; 1 gone');
  expect(knownNote(reportWith([]))).toBeUndefined();
});

test.each(['sarif', 'github', 'summary', 'markdown'] as const)('%s says it', (format) => {
  expect(renderReport(REPORT, format)).toContain('known.json');
  expect(renderReport(REPORT, format)).toContain('covers 1 of its 4 findings');
});
