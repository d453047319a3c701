import { headerDifferences, watchedHeaders } from '../../../lib/live/payment-page/headers';

const difference = (name: string, got: string, want: string) =>
  headerDifferences(watchedHeaders([name, got]), [{ name, value: want }]).map(({ kind }) => kind);
const csp = (got: string, want: string) => difference('content-security-policy', got, want);

describe('a policy', () => {
  test.each([
    [
      'in other order',
      "script-src https://a.test 'self'; default-src 'none'",
      "default-src 'none'; script-src 'self' https://a.test",
    ],
    [
      'with other spaces and capitals',
      "Script-Src  'SELF' HTTPS://A.TEST;",
      "script-src 'self' https://a.test",
    ],
    ['with another nonce', "script-src 'nonce-abc123=='", "script-src 'nonce-*'"],
    ['that says the same twice', "script-src 'self'; script-src *", "script-src 'self'"],
  ])('is the same %s', (_, got, want) => {
    expect(csp(got, want)).toEqual([]);
  });

  test.each([
    ['allows another host', "script-src 'self' https://x.test", "script-src 'self'"],
    ['allows what is inline', "script-src 'self' 'unsafe-inline'", "script-src 'self'"],
    ['lacks a directive', "script-src 'self'", "script-src 'self'; form-action 'self'"],
    ['lacks one of two policies', "script-src 'self'", "script-src 'self', form-action 'self'"],
    ['reports elsewhere', "script-src 'self'; report-to x", "script-src 'self'; report-to a"],
    ['names another digest', "script-src 'sha256-A='", "script-src 'sha256-a='"],
  ])('is weaker when it %s', (_, got, want) => {
    expect(csp(got, want)).toEqual(['weakened']);
  });

  test.each([
    ['allows less', "script-src 'self'", "script-src 'self' https://a.test"],
    ['says more', "script-src 'self'; form-action 'self'", "script-src 'self'"],
  ])('is another one when it %s, which somebody should know of too', (_, got, want) => {
    expect(csp(got, want)).toEqual(['changed']);
  });
});

test.each([
  ['max-age=63072000; includeSubDomains; preload', []],
  ['max-age="63072000";includesubdomains; PRELOAD', []],
  ['max-age=300; includeSubDomains; preload', ['weakened']],
  ['max-age=63072000; preload', ['weakened']],
  ['includeSubDomains; preload', ['weakened']],
  ['max-age=70000000; includeSubDomains; preload', ['changed']],
])('Strict-Transport-Security: %s', (got, kinds) => {
  expect(
    difference('strict-transport-security', got, 'max-age=63072000; includeSubDomains; preload'),
  ).toEqual(kinds);
});

test('headers that protect nothing are left out, and those that came twice go together', () => {
  const raw = ['Date', 'today', 'Content-Security-Policy', "script-src 'self'", 'Set-Cookie', 'a=b'];
  expect(watchedHeaders([...raw, 'content-security-policy', "form-action 'self'"])).toEqual([
    { name: 'content-security-policy', value: "script-src 'self', form-action 'self'" },
  ]);
});

test('of two Strict-Transport-Security browsers read the first', () => {
  const raw = ['Strict-Transport-Security', 'max-age=1', 'Strict-Transport-Security', 'max-age=2'];
  expect(watchedHeaders(raw)).toEqual([{ name: 'strict-transport-security', value: 'max-age=1' }]);
});

test('addresses for reports are compared without what is made for each visitor', () => {
  const value = (token: string) =>
    `{"endpoints":[{"url":"https:\\/\\/a.test\\/report?s=${token}"}],"group":"a"}`;
  expect(difference('report-to', value('abc'), value('xyz'))).toEqual([]);
  expect(difference('report-to', value('abc').replace('a.test', 'x.test'), value('xyz'))).toEqual([
    'changed',
  ]);
});

test('what is gone and what is new is told, by name', () => {
  const found = watchedHeaders(['Refresh', '0; url=https://x.test', 'X-Frame-Options', 'DENY']);
  const approved = [
    { name: 'x-frame-options', value: 'deny' },
    { name: 'referrer-policy', value: 'no-referrer' },
  ];
  expect(headerDifferences(found, approved)).toEqual([
    { kind: 'missing', name: 'referrer-policy', got: undefined, want: 'no-referrer' },
    { kind: 'new', name: 'refresh', got: '0; url=https://x.test', want: undefined },
  ]);
});
