import { renderReport } from '../../lib/report';
import { remarksOn, remarksOnAll } from '../../lib/report/remarks';
import { reportWith, viewWith } from './views';

const REPORT = {
  ...reportWith([viewWith()], {
    notJudged: [{ template: 'Shop', why: 'a macro' }],
    lines: { kind: 'template', why: 'the app told none' },
    packs: [
      {
        name: 'TransmissionChecks',
        rules: [],
        notRun: [{ rule: 'A', reason: 'b', owner: 'c', until: '2027-01-31' }],
        profile: 'pci',
      },
    ],
  }),
  configuration: 'settings.yaml',
};

test('what was not judged and what did not run are gaps, settings are not', () => {
  expect([...REPORT.targets.flatMap(remarksOn), ...remarksOnAll(REPORT)]).toEqual([
    { name: 'not judged', text: 'Shop: a macro', isGap: true },
    { name: 'not run', text: 'A: b (owner c, until 2027-01-31)', isGap: true },
    { name: 'profile', text: 'pci', isGap: false },
    { name: 'lines', text: 'those of templates: the app told none', isGap: false },
    { name: 'settings', text: 'those of settings.yaml', isGap: false },
  ]);
});

test.each(['text', 'json', 'sarif', 'summary', 'markdown', 'junit'] as const)('%s says them', (format) => {
  const text = renderReport(REPORT, format);
  for (const said of ['a macro', 'pci', 'the app told none']) expect(text).toContain(said);
});
