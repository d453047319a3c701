import { isTransmissionError } from '../../../lib/core/errors';
import { parseBaselineDocument, readBaselineDocument } from '../../../lib/core/handover';
import { baselineDocument } from './documents';

function problem(read: () => unknown): string {
  try {
    read();
  } catch (thrown) {
    if (!isTransmissionError(thrown)) throw thrown;
    expect(thrown.kind).toBe('input');
    return thrown.message;
  }
  return 'none';
}

const parse = (value: unknown) => parseBaselineDocument(JSON.stringify(value), 'baseline.json');

describe('the document of a baseline', () => {
  test('is read as it was written', () => {
    expect(parse(baselineDocument)).toEqual(baselineDocument);
  });

  test('is read with a byte order mark, as editors of Windows write it', () => {
    expect(parseBaselineDocument(`\uFEFF${JSON.stringify(baselineDocument)}`, 'f')).toEqual(baselineDocument);
  });

  test('may name parameters that a later version hands over: they are left out', () => {
    const parameters = { ...baselineDocument.parameters, 'vault/arn': '/secure-transmission/P/vault/arn' };
    expect(parse({ ...baselineDocument, parameters }).parameters).toEqual(baselineDocument.parameters);
  });

  test('of a later version is refused, with what to install', () => {
    expect(problem(() => parse({ ...baselineDocument, version: 2 }))).toBe(
      'baseline.json: has the version 2, this package reads version 1, install the version of cdk-secure-transmission that the baseline uses',
    );
  });

  test.each<[string, object, string]>([
    ['no region', { region: undefined }, "'region' must be the name of a region"],
    ['an account that is none', { account: '1111' }, "'account' must be twelve digits"],
    ['days that are none', { retentionDays: 0 }, "'retentionDays' must be a whole number of days"],
    ['a name outside of SSM', { parameters: { 'network/vpc-id': 'vpc' } }, "'parameters' must be an object"],
    ['a name that leads elsewhere', { parameters: { 'network/vpc-id': '/a b' } }, "'parameters' must be"],
    ['a stack without a template', { stacks: [{ name: 'N' }] }, "'stacks' must be a list of stacks"],
    ['a stack that is a text', { stacks: ['N'] }, "'stacks' must be a list of stacks"],
    ['no version', { version: undefined }, 'must have the version 1'],
    [
      'a name that would paint on a terminal',
      { name: '\u001b[2Jfine\n' },
      "'name' must be at most 64 letters, digits and hyphens, the first a letter",
    ],
    ['a region that is a sentence', { region: 'eu-west-1, set it' }, "'region' must be the name of a region"],
    ['an edge that is a sentence', { edgeRegion: 'us east' }, "'edgeRegion' must be the name of a region"],
    [
      'a stack in no region',
      { stacks: [{ ...baselineDocument.stacks[0], region: '' }] },
      "'stacks' must be a list",
    ],
    [
      'more zones than a region has',
      { availabilityZoneCount: 1e9 },
      "'availabilityZoneCount' must be 1 to 6",
    ],
    [
      'an edge in no region',
      { edgeRegion: undefined },
      "'edgeRegion' must be given where 'parameters' holds 'edge/certificate-arn'",
    ],
  ])('with %s is refused, and says which file to take', (_, changes, message) => {
    const got = problem(() => parse({ ...baselineDocument, ...changes }));
    expect(got).toContain(`baseline.json: ${message}`);
    expect(got).toContain(
      "take the file 'baseline.json' that a synthesis of the baseline writes into cdk.out",
    );
  });

  test.each(['', '{', '[]', 'null', '"text"'])('that is %j is refused', (text) => {
    expect(problem(() => parseBaselineDocument(text, 'f.json'))).toMatch(
      /^f\.json: (is not valid JSON|must be an object), take/,
    );
  });

  test('that nests without end is refused before anything follows it', () => {
    const depth = 200_000;
    const text = `{"version":1,"stacks":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(problem(() => parseBaselineDocument(text, 'f.json'))).toContain('nests deeper than 100 levels');
  });

  test('is not confused by keys of prototypes', () => {
    const text = JSON.stringify(baselineDocument).replace(
      '"parameters":{',
      '"parameters":{"constructor":"/x",',
    );
    expect(Object.keys(parseBaselineDocument(text, 'f.json').parameters)).toEqual(
      Object.keys(baselineDocument.parameters),
    );
  });

  test('names a TLS profile that exists', () => {
    expect(() => parse({ ...baselineDocument, tlsProfile: 'TLS_1_0' })).toThrow(/TLS_1_2_OR_NEWER/);
  });
});

describe('reading it', () => {
  const failing = (code: string) => () => {
    throw Object.assign(new TypeError('no file'), { code });
  };

  test('works', () => {
    expect(readBaselineDocument(() => JSON.stringify(baselineDocument), 'f.json')).toEqual(baselineDocument);
  });

  test('from a file that is missing, or a folder, says so under the name that was given', () => {
    expect(problem(() => readBaselineDocument(failing('ENOENT'), 'none.json'))).toMatch(
      /^none\.json: does not exist, take the file/,
    );
    expect(problem(() => readBaselineDocument(failing('EISDIR'), 'here'))).toMatch(
      /^here: cannot be read \(EISDIR\), take/,
    );
  });
});
