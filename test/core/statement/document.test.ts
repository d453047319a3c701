import { parseStatement, STATEMENT_SCHEMA, stated } from '../../../lib/core/statement';

const FACTS = { endpoints: [], furtherHops: {}, awsEndpoints: {}, stores: {}, notJudged: {} };
const DOCUMENT = {
  $schema: STATEMENT_SCHEMA,
  version: 1,
  generator: { name: 'x', version: '1', pack: 'p' },
  generatedFrom: `sha256:${'0'.repeat(64)}`,
  ...FACTS,
};

test('a statement is read', () => {
  expect(parseStatement(JSON.stringify(DOCUMENT))).toEqual({ statement: DOCUMENT });
});

test.each<[string, unknown, string]>([
  ['text', 'hello', 'must be JSON, got something else'],
  ['a list', [], 'must be a JSON object, got something else'],
  ['null', null, 'must be a JSON object, got something else'],
  [
    'a later version',
    { ...DOCUMENT, version: 2 },
    'must be of version 1, got a later one, upgrade this package',
  ],
  ['another document', { version: 1 }, 'must be a statement of version 1, got something else'],
  [
    'no digest',
    { ...DOCUMENT, generatedFrom: 'sha256:x' },
    "must have a digest in 'generatedFrom', got none",
  ],
  ['a part that is missing', { ...DOCUMENT, stores: null }, "must state 'stores', got nothing"],
])('%s is no statement', (_, document, problem) => {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  expect(parseStatement(text)).toEqual({ problem });
});

test('what is digested is what is stated, and not who stated it when', () => {
  const reading = parseStatement(JSON.stringify({ ...DOCUMENT, asOf: '2027-01-01T00:00:00Z' }));
  expect('statement' in reading && stated(reading.statement)).toBe(
    '{"awsEndpoints":{},"endpoints":[],"furtherHops":{},"notJudged":{},"stores":{}}',
  );
});

describe('what no digest covers is served too, so that it says nothing but what we write', () => {
  const problemOf = (changes: object) => {
    const reading = parseStatement(JSON.stringify({ ...DOCUMENT, ...changes }));
    return 'problem' in reading ? reading.problem : undefined;
  };
  const GENERATOR = "must name name, version, pack of what made it in 'generator', got something else";

  test.each<[string, object, string]>([
    [
      'a claim',
      { certified: 'PCI DSS Level 1' },
      'must hold nothing but $schema, version, generator, generatedFrom, asOf, endpoints, furtherHops, awsEndpoints, stores, notJudged, got "certified"',
    ],
    [
      'a time that is none',
      { asOf: 'always' },
      "must have a date and time of RFC 3339 in 'asOf', got something else",
    ],
    [
      'a time that is a list',
      { asOf: [] },
      "must have a date and time of RFC 3339 in 'asOf', got something else",
    ],
    ['no generator', { generator: undefined }, GENERATOR],
    ['a generator that says more', { generator: { ...DOCUMENT.generator, note: 'x' } }, GENERATOR],
    ['a generator that says less', { generator: { name: 'x', version: '1' } }, GENERATOR],
    ['a generator that is prose', { generator: { ...DOCUMENT.generator, name: 'we are safe' } }, GENERATOR],
  ])('%s is refused', (_, changes, problem) => {
    expect(problemOf(changes)).toBe(problem);
  });

  test('a package with a scope and a version with a suffix are taken', () => {
    const generator = { name: '@acme/x', version: '1.0.0-rc.1+5', pack: 'P' };
    expect(problemOf({ generator, asOf: '2027-01-01T00:00:00Z' })).toBeUndefined();
  });

  test('a key of a prototype is refused like any other', () => {
    const text = JSON.stringify(DOCUMENT).replace('{', '{"__proto__":{"a":1},');
    expect(parseStatement(text)).toEqual({ problem: expect.stringContaining('got "__proto__"') });
  });
});

test('a statement without end is refused before anything follows it', () => {
  const depth = 100_000;
  const text = JSON.stringify(DOCUMENT).replace(
    '"endpoints":[]',
    `"endpoints":${'['.repeat(depth)}${']'.repeat(depth)}`,
  );
  expect(parseStatement(text)).toEqual({ problem: 'must nest at most 10 levels, got more' });
  expect(parseStatement(' '.repeat(1_000_001))).toEqual({
    problem: 'must have at most 1000000 characters, got 1000001',
  });
});
