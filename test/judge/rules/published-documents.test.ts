import { judge } from '../../../lib/judge/judge';
import type { Pack } from '../../../lib/judge/packs/pack';
import { PUBLISHED_DOCUMENTS_PACK_ROWS } from '../../../lib/judge/rules/published-documents';
import { digestOf } from '../../../lib/judge/statement';
import { App, type Json, type JsonMap } from '../../../lib/judge/template';
import { certificate, distribution, statedOf } from '../statement/support';
import { appOf } from '../support';

const PACK: Pack = { name: 'Some', rules: PUBLISHED_DOCUMENTS_PACK_ROWS };
const NOW = new Date('2027-01-01T00:00:00Z');
const OTHER = `sha256:${'0'.repeat(64)}`;

const SHOP: JsonMap = { Certificate: certificate('shop.example.com'), Edge: distribution() };
const CURRENT = digestOf(statedOf(SHOP));

function published(digest: Json, expires: Json = '2027-06-30T00:00:00Z', code?: Json): JsonMap {
  return {
    Type: 'AWS::CloudFront::Function',
    Metadata: { SecureTransmissionPublished: { statementDigest: digest, securityTxtExpires: expires } },
    Properties: { Name: 'f', FunctionCode: code ?? `var documents = "${digest}";` },
  };
}

function findingsIn(app: App, now: Date | undefined = NOW) {
  const { findings } = judge(app, PACK, now === undefined ? {} : { now });
  return findings
    .filter(({ rule }) => rule.id !== 'ResourceCanBeJudged')
    .map(({ level, rule, verdict, path, got, detail }) => ({
      line: `${level} ${rule.id} ${verdict} at ${path}`,
      said: detail ?? got,
    }));
}

const linesOf = (resource: JsonMap, now?: Date) =>
  findingsIn(appOf({ ...SHOP, Documents: resource }), now).map(({ line }) => line);

const DIGEST_PATH = 'Metadata.SecureTransmissionPublished.statementDigest';
const EXPIRY_PATH = 'Metadata.SecureTransmissionPublished.securityTxtExpires';

test('a statement that says what the templates say, with a file that is in time, is fine', () => {
  expect(linesOf(published(CURRENT))).toEqual([]);
});

test('an app that publishes nothing is none of our business', () => {
  expect(findingsIn(appOf(SHOP))).toEqual([]);
});

describe('PublishedStatementIsCurrent', () => {
  test('finds another statement, and tells both digests', () => {
    const { findings } = judge(appOf({ ...SHOP, Documents: published(OTHER) }), PACK, { now: NOW });
    expect(findings).toMatchObject([
      {
        level: 'warning',
        verdict: 'violation',
        path: DIGEST_PATH,
        got: 'sha256:000000000000',
        want: `${CURRENT.slice(0, 19)}, the digest of what the templates say now`,
        rule: {
          id: 'PublishedStatementIsCurrent',
          fix: expect.stringContaining('secure-transmission statement'),
        },
      },
    ]);
  });

  test.each<[string, Json, string]>([
    ['nothing', null, 'null is not a digest of a statement'],
    ['text', 'trust me', '"trust me" is not a digest of a statement'],
    ['an intrinsic', { Ref: 'Digest' }, '{"Ref":"Digest"} is not a digest of a statement'],
    ['a list', [CURRENT], `["${CURRENT.slice(0, 57)}… is not a digest of a statement`],
  ])('cannot tell from %s where a digest should stand', (_, digest, why) => {
    expect(findingsIn(appOf({ ...SHOP, Documents: published(digest) }))).toContainEqual({
      line: `warning PublishedStatementIsCurrent unknown at ${DIGEST_PATH}`,
      said: why,
    });
  });

  test.each<[string, Json]>([
    ['another document', 'var documents = {};'],
    ['what nobody can read', { Ref: 'Code' }],
  ])('does not believe metadata beside code that holds %s', (_, code) => {
    expect(findingsIn(appOf({ ...SHOP, Documents: published(CURRENT, undefined, code) }))).toContainEqual({
      line: `warning PublishedStatementIsCurrent unknown at ${DIGEST_PATH}`,
      said: 'the code of the function does not hold the statement of that digest',
    });
  });

  test.each<[string, Json]>([
    ['a section that is text', 'yes'],
    ['a section that is a list', []],
    ['a section that is null', null],
  ])('finds %s', (_, section) => {
    const resource = { ...published(CURRENT), Metadata: { SecureTransmissionPublished: section } };
    expect(linesOf(resource)).toContain(`warning PublishedStatementIsCurrent unknown at ${DIGEST_PATH}`);
  });

  test('is not about the function that serves it: adding it makes nothing stale', () => {
    const withIt = statedOf({ ...SHOP, Documents: published(CURRENT) });
    expect(digestOf(withIt)).toBe(CURRENT);
    const withAnother = statedOf({ ...SHOP, Code: { Type: 'AWS::CloudFront::Function', Properties: {} } });
    expect(digestOf(withAnother)).not.toBe(CURRENT);
  });

  test('takes the statement of the whole app, or of the Stage that publishes it', () => {
    const other = { Entry: distribution({ ViewerCertificate: { CloudFrontDefaultCertificate: true } }) };
    const appWith = (digest: string) =>
      new App([
        {
          name: 'Prod/Edge',
          json: { Resources: { ...SHOP, Documents: published(digest) } } as unknown as JsonMap,
        },
        { name: 'Dev/Edge', json: { Resources: other } as unknown as JsonMap },
        { name: 'Production/Edge', json: { Resources: other } as unknown as JsonMap },
      ]);
    expect(findingsIn(appWith(CURRENT))).toEqual([]);
    expect(findingsIn(appWith(digestOf(statedOf(other)))).map(({ line }) => line)).toEqual([
      `warning PublishedStatementIsCurrent violation at ${DIGEST_PATH}`,
    ]);
  });

  test('judges nothing that conditions take away', () => {
    const app = appOf(
      { ...SHOP, Documents: { ...published(OTHER), Condition: 'Never' } },
      { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
    );
    expect(findingsIn(app)).toEqual([]);
  });
});

describe('the expiry of security.txt', () => {
  const expired = `warning SecurityTxtIsNotExpired violation at ${EXPIRY_PATH}`;
  const soon = `info SecurityTxtIsRenewedInTime violation at ${EXPIRY_PATH}`;
  const late = `info SecurityTxtExpiresWithinAYear violation at ${EXPIRY_PATH}`;

  test.each<[string, readonly string[]]>([
    ['2026-12-31T23:59:59Z', [expired]],
    ['2027-01-01T00:00:00Z', [expired]],
    ['2027-01-01T00:00:01Z', [soon]],
    ['2027-01-31T00:00:00Z', [soon]],
    ['2027-01-31T00:00:01Z', []],
    ['2027-12-31T00:00:00Z', []],
    ['2028-01-02T00:00:00Z', [late]],
  ])('%s, one fault one finding', (expires, lines) => {
    expect(linesOf(published(CURRENT, expires))).toEqual(lines);
  });

  test('cannot be told without a clock, which is never a pass', () => {
    const app = appOf({ ...SHOP, Documents: published(CURRENT) });
    expect(judge(app, PACK).findings.map(({ rule, verdict, detail }) => [rule.id, verdict, detail])).toEqual([
      [
        'SecurityTxtIsNotExpired',
        'unknown',
        'nobody said what time it is, and it expires at 2027-06-30T00:00:00Z',
      ],
    ]);
  });

  test.each<[string, Json]>([
    ['nothing', null],
    ['a date of another format', '31 December 2027'],
    ['a number', 1_800_000_000],
    ['a day that does not exist', '2027-02-30T00:00:00Z'],
  ])('cannot be told from %s', (_, expires) => {
    expect(linesOf(published(CURRENT, expires))).toEqual([
      `warning SecurityTxtIsNotExpired unknown at ${EXPIRY_PATH}`,
    ]);
  });
});
