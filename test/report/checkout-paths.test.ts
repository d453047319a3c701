import { renderReport } from '../../lib/report';
import { reportFromRoot } from '../../lib/report/checkout-paths';
import { reportWith, viewWith } from './views';

const EDIT = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 }, text: 'x' };
const REPORT = reportWith([
  viewWith({ repair: { about: 'x', edits: [{ ...EDIT, file: 'lib/shop.ts' }] } }),
  viewWith({ source: { file: '../shared/hop.ts', line: 3 }, template: { file: '/tmp/a.json' } }),
  viewWith({ source: { file: 'C:/app/a.ts' } }),
]);

test('paths and targets lead from the root of the checkout, absolute ones stay', () => {
  const { targets } = reportFromRoot(REPORT, 'apps/shop');
  const [target] = targets;
  expect(target?.target).toBe('apps/shop/cdk.out');
  expect(target?.findings).toMatchObject([
    {
      source: { file: 'apps/shop/lib/shop.ts', line: 12 },
      template: { file: 'apps/shop/cdk.out/Shop.template.json' },
      repair: { edits: [{ file: 'apps/shop/lib/shop.ts' }] },
    },
    { source: { file: 'apps/shared/hop.ts' }, template: { file: '/tmp/a.json' } },
    { source: { file: 'C:/app/a.ts' } },
  ]);
  expect(reportFromRoot(REPORT, '')).toBe(REPORT);
});

test.each([
  ['sarif', true],
  ['github', true],
  ['summary', true],
  ['markdown', true],
  ['junit', true],
  ['gitlab', true],
  ['text', false],
  ['json', false],
] as const)('%s: %s', (format, isFromRoot) => {
  expect(renderReport(REPORT, format, { below: 'apps/shop' }).includes('apps/shop/lib/shop.ts')).toBe(
    isFromRoot,
  );
});
