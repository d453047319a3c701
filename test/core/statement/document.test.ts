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
