import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { isTransmissionError } from '../../../lib/core/errors';
import { linesOf } from '../../../lib/core/several-mistakes';
import { visible } from '../../../lib/report';
import {
  type KnownFindings,
  knownFindingsSchema,
  knownText,
  lastDay,
  parseKnownFindings,
} from '../../../lib/report/known';

const NOW = new Date('2026-11-22T12:00:00Z');
const validate = new Ajv2020({ strict: true }).compile(knownFindingsSchema as object);

const ENTRY = {
  fingerprint: '0123456789abcdef0123456789abcdef',
  rule: 'ListenerIsEncrypted',
  resource: 'Shop/Web',
  property: 'Properties.Protocol',
  level: 'error',
  verdict: 'violation',
  owner: 'team-web',
  since: '2026-11-22',
};

/** The file, or the lines of the error. */
function read(text: string): KnownFindings | readonly string[] {
  try {
    return parseKnownFindings(text, 'known.json', NOW);
  } catch (error) {
    if (isTransmissionError(error)) return linesOf(error);
    throw error;
  }
}

const ANYTHING = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('', 'x', 'error', 1, null, [], '2026-02-31', '\u001b[2J'),
);

/** A file of which one thing is different. */
const ALMOST = fc
  .record({ key: fc.constantFrom(...Object.keys(ENTRY), 'note', 'target', 'more'), value: ANYTHING })
  .map(({ key, value }) => ({ version: 1, findings: [{ ...ENTRY, [key]: value }] }));

test('what does not fit the published schema is refused, and what fits it is refused for its days alone', () => {
  fc.assert(
    fc.property(fc.oneof(ALMOST, fc.jsonValue()), (content) => {
      const result = read(JSON.stringify(content));
      if (!validate(content)) expect(Array.isArray(result)).toBe(true);
      else if (Array.isArray(result)) expect(result.join('\n')).toMatch(/\.since' must be/);
    }),
    { numRuns: 300, seed: 20261122 },
  );
});

test('whatever a file holds is an answer or lines that name it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        ALMOST.map((content) => JSON.stringify(content)),
      ),
      (text) => {
        const result = read(text);
        if (!Array.isArray(result)) return;
        for (const line of result) expect(visible(line, 2000)).toMatch(/^known\.json: ./);
      },
    ),
    { numRuns: 300, seed: 20261122 },
  );
});

test('what is written is read as it was', () => {
  const text = JSON.stringify({ $schema: 'x', version: 1, findings: [{ ...ENTRY, note: 'a', target: 'b' }] });
  const known = read(`\uFEFF${text}`);
  expect(Array.isArray(known)).toBe(false);
  expect(read(knownText(known as KnownFindings))).toEqual(known);
});

test('a file that nobody can read is refused before it is parsed', () => {
  expect(read(' '.repeat(20 * 1024 * 1024 + 1))).toEqual([
    'known.json: is larger than 20 MB, which no list of findings needs, repair some',
  ]);
});

test.each([
  ['2026-11-22', '2027-05-21'],
  ['2024-02-29', '2024-08-27'],
  ['2026-12-31', '2027-06-29'],
])('what is known since %s is until %s', (since, until) => {
  expect(lastDay({ since })).toBe(until);
});
