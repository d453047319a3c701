import { parseHsts } from '../../../lib/judge/hops/hsts';

test('reads every directive, whatever its case and order', () => {
  expect(parseHsts('includeSubDomains; MAX-AGE=63072000 ;preload')).toEqual({
    maxAgeSeconds: 63_072_000,
    includeSubdomains: true,
    preload: true,
  });
});

test('leaves out what is not said', () => {
  expect(parseHsts('max-age=0')).toEqual({ maxAgeSeconds: 0, includeSubdomains: false, preload: false });
});

test('reads a quoted number, as RFC 6797 allows', () => {
  expect(parseHsts('max-age="31536000"')).toMatchObject({ maxAgeSeconds: 31_536_000 });
});

test('takes an empty value for no header', () => {
  expect(parseHsts(' ')).toBe('none');
});

test.each(['includeSubDomains', 'max-age=a year', 'max-age=-1', 'max-age'])(
  'does not know %p, since browsers drop a header without a readable max-age',
  (header) => {
    expect(parseHsts(header)).toBeUndefined();
  },
);
