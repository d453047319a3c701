import fc from 'fast-check';
import { secretIn } from '../../lib/judge/rules/cardholder/secret-text';
import { REDACTED, reportWithoutSecrets, withoutSecrets } from '../../lib/report/redact';
import { hostileReport, reportWith, viewWith } from './views';

const PEM = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

// Card numbers that the networks publish for tests; key ids and the token from AWS' and RFC 7519's examples.
test.each([
  ['AKIAIOSFODNN7EXAMPLE', REDACTED],
  ['key AKIAIOSFODNN7EXAMPLE.', `key ${REDACTED}.`],
  ['ASIAIOSFODNN7EXAMPLE', REDACTED],
  [`a ${PEM} b`, `a ${REDACTED} b`],
  [PEM.replaceAll('\n', '\\n'), REDACTED],
  ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk', REDACTED],
  ['-----BEGIN PGP PRIVATE KEY BLOCK-----\nlQOYBF', REDACTED],
  [`Bearer ${JWT}`, `Bearer ${REDACTED}`],
  ['https://user:s3cr3t@host/path', `https://${REDACTED}@host/path`],
  ['jdbc:postgresql://u:p@ss@db:5432/x', `jdbc:postgresql://${REDACTED}@db:5432/x`],
  ['mongodb://:pass@db', `mongodb://${REDACTED}@db`],
  ['Server=db;Password=hunter2;Encrypt=true', `Server=db;Password=${REDACTED};Encrypt=true`],
  ['?api_key=abcdef&x=1', `?api_key=${REDACTED}&x=1`],
  ['{"password": "hunter2"}', `{"password": "${REDACTED}"}`],
  ['{\\"password\\":\\"hunter2\\"}', `{\\"password\\":\\"${REDACTED}\\"}`],
  [
    'whose aws:Referer is not open sesame, is not denied',
    `whose aws:Referer is not ${REDACTED}, is not denied`,
  ],
  ['Server=db; Pwd = x; Encrypt=true', `Server=db; Pwd = ${REDACTED}; Encrypt=true`],
  [`sk_test_${'a'.repeat(16)}`, REDACTED],
  [`ghp_${'a'.repeat(36)}`, REDACTED],
  ['xoxb-1234567890-abcdef', REDACTED],
  ['4111111111111111', REDACTED],
  ['card 4111 1111 1111 1111 is', `card ${REDACTED} is`],
  ['5555-5555-5555-4444', REDACTED],
  ['378282246310005', REDACTED],
  ['6011111111111117', REDACTED],
  ['3530111333300000', REDACTED],
  ['30569309025904', REDACTED],
  ['1 2 4111 1111 1111 1111 3', `1 2 ${REDACTED} 3`],
])('%j becomes %j', (text, left) => {
  expect(withoutSecrets(text)).toBe(left);
  // What the rules call a secret is none any more.
  expect(secretIn(left.replaceAll(REDACTED, '${X}'))).toBeUndefined();
});

test.each([
  'a listener speaks TLS: Protocol is HTTP, but must be HTTPS',
  'arn:aws:iam::123456789012:role/Shop',
  'https://example.com:8443/path?x=1',
  '4111111111111112',
  '1234567812345670',
  '1795305600000',
  '99994111111111111111',
  'v4.1111.1111.1111.1111',
  'AROAIOSFODNN7EXAMPLE',
  'AKIAIOSFODNN7EXAMPLES',
  '-----BEGIN PUBLIC KEY-----',
  'password: cannot be told, since the template hides it',
  'MasterUserPassword={{resolve:secretsmanager:Db:SecretString:password}}',
  'password=${DatabasePassword}',
  'eyJhbGciOiJIUzI1NiJ9',
  'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
])('%j stays', (text) => {
  expect(withoutSecrets(text)).toBe(text);
});

test('nothing that was taken out can be told apart by a second look', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(PEM, JWT, '4111 1111 1111 1111', 'pwd=abcd', ' ', '\n', 'x:')),
      (parts) => {
        const once = withoutSecrets(parts.join(' '));
        expect(withoutSecrets(once)).toBe(once);
      },
    ),
  );
});

test.each([
  ['digits', '1 '.repeat(500_000)],
  ['cards', '4111111111111111 '.repeat(60_000)],
  ['beginnings of keys', '-----BEGIN PRIVATE KEY-----'.repeat(40_000)],
  ['beginnings of tokens', 'eyJ'.repeat(300_000)],
  ['beginnings of addresses', '://a:'.repeat(200_000)],
  ['passwords', 'password='.repeat(100_000)],
  ['conditions', 'aws:Referer is '.repeat(60_000)],
])('a megabyte of %s takes time in proportion: anything quadratic would take minutes', (_, text) => {
  const start = performance.now();
  withoutSecrets(text);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('paths, rules and fingerprints stay, and a repair that would write the word into code goes', () => {
  const key = 'AKIAIOSFODNN7EXAMPLE';
  const edit = { file: 'a.ts', start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const [leaky, fine] = reportWithoutSecrets(
    reportWith([
      viewWith({
        got: key,
        source: { file: `lib/${key}.ts` },
        repair: { about: 'x', edits: [{ ...edit, text: key }] },
      }),
      viewWith({ repair: { about: 'x', edits: [{ ...edit, text: 'HTTPS' }] } }),
    ]),
  ).targets.flatMap(({ findings }) => findings);
  expect(leaky).toMatchObject({ got: REDACTED, source: { file: `lib/${key}.ts` } });
  expect(leaky).not.toHaveProperty('repair');
  expect(fine?.repair?.edits).toHaveLength(1);
});

test('a report without secrets stays the same', () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      expect(reportWithoutSecrets(report)).toEqual(report);
    }),
    { numRuns: 30 },
  );
});
