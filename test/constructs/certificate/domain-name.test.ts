import { commonNameProblem, domainNameProblem, isInZone, zoneFor } from '../../../lib/constructs/certificate';

const label = (length: number) => 'a'.repeat(length);

describe('domainNameProblem', () => {
  test.each([
    'example.com',
    'pay.example.com',
    '*.example.com',
    'xn--bcher-kva.example',
    '1-800.example.com',
    `${label(63)}.example.com`,
    `${label(63)}.${label(63)}.${label(63)}.${label(61)}`,
  ])('takes %s', (name) => {
    expect(domainNameProblem(name)).toBeUndefined();
  });

  test.each([
    [
      'https://example.com',
      'must be a fully qualified domain name without scheme, port and path, got "https://example.com"',
    ],
    [
      'example.com:443',
      'must be a fully qualified domain name without scheme, port and path, got "example.com:443"',
    ],
    [
      'example.com\n',
      'must be a fully qualified domain name without scheme, port and path, got "example.com\\n"',
    ],
    ['example.com.', 'must be a fully qualified domain name without a dot at the end, got "example.com."'],
    [
      'Example.com',
      'must be a fully qualified domain name in lower case, as ACM stores it, got "Example.com"',
    ],
    [
      'bücher.example',
      'must be a fully qualified domain name in ASCII, got "bücher.example", write it in Punycode (xn--…)',
    ],
    ['192.0.2.1', 'must be a fully qualified domain name, not an IP address, got "192.0.2.1"'],
    [
      'pay.*.example.com',
      'must be a fully qualified domain name with a wildcard only as its first label, got "pay.*.example.com"',
    ],
    [
      'p*.example.com',
      'must be a fully qualified domain name with a wildcard only as its first label, got "p*.example.com"',
    ],
    ['localhost', 'must be a fully qualified domain name, such as pay.example.com, got "localhost"'],
    ['*.com', 'must be a fully qualified domain name, such as pay.example.com, got "*.com"'],
    ['', 'must be a fully qualified domain name, such as pay.example.com, got ""'],
    [
      '-pay.example.com',
      'must be a fully qualified domain name of labels of 1 to 63 letters, digits and inner hyphens, got "-pay" in it',
    ],
    [
      'pay_1.example.com',
      'must be a fully qualified domain name of labels of 1 to 63 letters, digits and inner hyphens, got "pay_1" in it',
    ],
    [
      'pay..example.com',
      'must be a fully qualified domain name of labels of 1 to 63 letters, digits and inner hyphens, got "" in it',
    ],
    [
      'ab--cd.example.com',
      'must be a fully qualified domain name of labels of 1 to 63 letters, digits and inner hyphens, got "ab--cd" in it',
    ],
    [
      `${label(64)}.example.com`,
      `must be a fully qualified domain name of labels of 1 to 63 letters, digits and inner hyphens, got "${label(64)}" in it`,
    ],
    [
      `${label(63)}.${label(63)}.${label(63)}.${label(62)}`,
      'must be a fully qualified domain name of at most 253 characters, got 254',
    ],
  ])('says what is wrong with %j', (name, problem) => {
    expect(domainNameProblem(name)).toBe(problem);
  });
});

describe('commonNameProblem', () => {
  const ofLength = (length: number) => `${label(length - '.example.com'.length)}.example.com`;

  test('takes 64 characters', () => {
    expect(commonNameProblem(ofLength(64))).toBeUndefined();
  });

  test('says where a longer name belongs', () => {
    expect(commonNameProblem(ofLength(65))).toBe(
      "must be a fully qualified domain name of at most 64 characters, got 65, move the longer name to 'subjectAlternativeNames'",
    );
  });
});

describe('isInZone', () => {
  test.each([
    ['example.com', 'example.com', true],
    ['pay.example.com', 'example.com', true],
    ['*.example.com', 'example.com', true],
    ['pay.example.com', 'Example.com.', true],
    ['badexample.com', 'example.com', false],
    ['example.com', 'pay.example.com', false],
  ])('%s in %s: %s', (name, zone, expected) => {
    expect(isInZone(name, zone)).toBe(expected);
  });
});

test('of several zones that a name lies in, the longest is the one for its records', () => {
  const zones = ['example.com', 'shop.example.com', 'p.example.com'].map((zoneName) => ({ zoneName }));
  const zoneNameFor = (name: string) => zoneFor(name, zones)?.zoneName;
  expect(zoneNameFor('a.shop.example.com')).toBe('shop.example.com');
  expect(zoneNameFor('*.shop.example.com')).toBe('shop.example.com');
  expect(zoneNameFor('workshop.example.com')).toBe('example.com');
  expect(zoneNameFor('shop.example.org')).toBeUndefined();
});
