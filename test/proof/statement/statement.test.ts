import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { App as CdkApp } from 'aws-cdk-lib';
import FLAGS from 'aws-cdk-lib/recommended-feature-flags.json';
import { parseStatement } from '../../../lib/core/statement';
import { judge } from '../../../lib/judge/judge';
import { loadAssembly } from '../../../lib/judge/load';
import { TRANSMISSION_PACK } from '../../../lib/judge/packs/transmission';
import { App, type JsonMap } from '../../../lib/judge/template';
import {
  renderStatement,
  statementOf,
  whySecurityTxtIsStale,
  whyStatementIsStale,
} from '../../../lib/proof/statement';
import { KNOWN_GOOD } from '../../_fixtures/known-good';
import { LOOKED_UP } from '../../_fixtures/known-good/known-good';
import { LEAST } from '../../core/security-txt/examples';
import { certificate, distribution, loadBalancer } from '../../judge/statement/support';

const schema = JSON.parse(
  readFileSync(path.resolve(__dirname, '../../../schemas/transmission-statement.schema.json'), 'utf8'),
);
const ajv = new Ajv2020({ allErrors: true });
addFormats(ajv);
const validate = ajv.compile(schema);

function made(resources: JsonMap, asOf?: string) {
  const app = new App([{ name: 'Shop', json: { Resources: resources } as unknown as JsonMap }]);
  return statementOf(app, judge(app, TRANSMISSION_PACK), asOf === undefined ? {} : { asOf });
}

const SHOP: JsonMap = {
  Certificate: certificate('shop.example.com'),
  Edge: distribution(),
  ...loadBalancer(),
};

function problemsIn(text: string) {
  validate(JSON.parse(text));
  return validate.errors ?? [];
}

describe('the published schema', () => {
  test.each<[string, JsonMap]>([
    ['an app of nothing', {}],
    ['a shop', SHOP],
    [
      'an app that hides everything',
      { Edge: distribution({ Aliases: { Ref: 'A' }, ViewerCertificate: { Ref: 'B' } }) },
    ],
  ])('describes the statement of %s', (_, resources) => {
    expect(problemsIn(renderStatement(made(resources, '2027-01-01T00:00:00Z')))).toEqual([]);
  });

  test.each(KNOWN_GOOD)('describes the statement of a known-good app: $area', ({ build }) => {
    const cdk = new CdkApp({ analyticsReporting: false, context: { ...FLAGS, ...LOOKED_UP } });
    build(cdk);
    const app = new App(loadAssembly(cdk.synth().directory));
    const statement = statementOf(app, judge(app, TRANSMISSION_PACK));
    expect(problemsIn(renderStatement(statement))).toEqual([]);
    for (const { kind } of statement.endpoints) expect(kind).not.toBe('');
  });

  test.each<[string, (document: Record<string, unknown>) => object]>([
    ['without a digest', ({ generatedFrom: _, ...rest }) => rest],
    ['with prose', (document) => ({ ...document, note: 'we take security seriously' })],
    ['of another version', (document) => ({ ...document, version: 2 })],
    ['with an endpoint that says nothing', (document) => ({ ...document, endpoints: [{}] })],
  ])('refuses a statement %s', (_, edit) => {
    expect(problemsIn(JSON.stringify(edit(JSON.parse(renderStatement(made(SHOP))))))).not.toEqual([]);
  });
});

describe('a statement', () => {
  test('is the same, byte by byte, for the same app', () => {
    expect(renderStatement(made(SHOP))).toBe(renderStatement(made(JSON.parse(JSON.stringify(SHOP)))));
  });

  test('says when it was made only where somebody said so, and has the same digest then', () => {
    const plain = made(SHOP);
    const dated = made(SHOP, '2027-01-01T00:00:00Z');
    expect([plain.asOf, dated.asOf]).toEqual([undefined, '2027-01-01T00:00:00Z']);
    expect(dated.generatedFrom).toBe(plain.generatedFrom);
  });

  test('can be read again', () => {
    expect(parseStatement(renderStatement(made(SHOP)))).toEqual({ statement: made(SHOP) });
  });
});

test('the sample in our documentation is what an app gives, but for the release that made it', () => {
  const sample = JSON.parse(
    readFileSync(path.resolve(__dirname, '../../_fixtures/statement/transmission.json'), 'utf8'),
  );
  const now = made(SHOP);
  expect({ ...sample, generator: now.generator }).toEqual(now);
  expect(whyStatementIsStale(JSON.stringify(sample), now)).toBeUndefined();
});

describe('what is stale', () => {
  const now = made(SHOP);
  const text = renderStatement(now);

  test.each<[string, string | undefined, string | undefined]>([
    ['the same', text, undefined],
    ['the same with other spaces', JSON.stringify(now), undefined],
    ['the same of another day', renderStatement(made(SHOP, '2020-01-01T00:00:00Z')), undefined],
    ['none', undefined, 'is missing'],
    ['that of another app', renderStatement(made({})), 'does not say what the templates say'],
    ['one that was made up', text.replace('"redirected"', '"refused"'), 'was changed by hand'],
    ['no JSON', '{', 'must be JSON, got something else'],
  ])('as a statement: %s', (_, found, why) => {
    expect(whyStatementIsStale(found, now)).toBe(why);
  });

  const before = new Date('2021-01-01T00:00:00Z');

  test.each<[string, string | undefined, Date, readonly string[]]>([
    ['the same', LEAST, before, []],
    ['none', undefined, before, ['is missing']],
    ['another', `# x\n${LEAST}`, before, ['does not say what the options say']],
    ['one that has expired', LEAST, new Date('2022-01-01T00:00:00Z'), ['expired at 2021-12-31T18:37:07Z']],
    [
      'one that breaks RFC 9116',
      'Expires: 2021-12-31T18:37:07Z\n',
      before,
      ["'Contact' must be given, got none, add it", 'does not say what the options say'],
    ],
  ])('as security.txt: %s', (_, found, at, why) => {
    expect(whySecurityTxtIsStale(found, LEAST, at)).toEqual(why);
  });
});
