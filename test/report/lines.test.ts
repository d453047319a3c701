import { App, type ConstructTable } from '../../lib/judge/template';
import { linesOf } from '../../lib/report/lines';
import { LISTENER } from './support';

const WHY = 'nobody told';

function linesWith(trace: readonly string[], resources: object = { Listener: LISTENER }) {
  const constructs: ConstructTable = {
    pathOf: (logicalId) => `Shop/${logicalId}`,
    creationTrace: () => trace,
    acknowledged: () => new Map(),
  };
  const json = { Resources: resources } as never;
  return linesOf(new App([{ name: 'Shop', json, constructs }]), '/work/shop', WHY);
}

test('one line of the user is enough for lines of code', () => {
  expect(linesWith(['new Shop (/work/shop/lib/shop.ts:12:5)'])).toEqual({ kind: 'code' });
});

test('without one they are those of templates, and why', () => {
  expect(linesWith(['x (/work/shop/node_modules/a/b.js:1:1)'])).toEqual({ kind: 'template', why: WHY });
});

test('an app without resources lacks none', () => {
  expect(linesWith([], {})).toEqual({ kind: 'code' });
});
