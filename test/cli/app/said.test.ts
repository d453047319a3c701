import { linesSaid, quoteApp } from '../../../lib/cli/app/said';

test('each line says who said it, so that no CI takes it for a command', () => {
  expect(quoteApp('one\r\n::set-output name=a::b\n\n##[add-path]x\n')).toBe(
    'app: one\napp: \\u{3a}:set-output name=a::b\napp:\napp: #\\u{23}[add-path]x\n',
  );
});

test('colours go, what else a terminal obeys is shown', () => {
  expect(linesSaid('\u001b[31mred\u001b[0m')).toEqual(['red']);
  expect(quoteApp('a\u202eb\u0007')).toBe('app: a\\u{202e}b\\u{7}\n');
});

test('what looks like a secret is not repeated', () => {
  const key = ['-----BEGIN PRIVATE KEY-----', 'MIIabc', '-----END PRIVATE KEY-----'].join('\n');
  expect(quoteApp(`postgres://shop:hunter2@db/shop\n${key}\nAKIAIOSFODNN7EXAMPLE`)).toBe(
    'app: postgres://(redacted)@db/shop\napp: (redacted)\napp: (redacted)\n',
  );
});

test.each(['', '\n', ' \n\n'])('an app that says %j says nothing', (said) => {
  expect(quoteApp(said)).toBe('');
});

test('a long line is cut', () => {
  expect(quoteApp('x'.repeat(100_000)).length).toBeLessThan(1100);
});
