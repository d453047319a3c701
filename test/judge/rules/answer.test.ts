import { anyAnswer } from '../../../lib/judge/rules/answer';
import { Unresolved } from '../../../lib/judge/template';

const HIDDEN = new Unresolved('parameter Stage has no value');

test.each([
  ['one that says yes decides, whatever is hidden', [false, HIDDEN, true], true],
  ['what is hidden may be yes', [false, HIDDEN], HIDDEN],
  ['where all say no, it is no', [false, false], false],
  ['where nobody is asked, it is no', [], false],
])('%s', (_, answers, expected) => {
  expect(anyAnswer(answers)).toBe(expected);
});
