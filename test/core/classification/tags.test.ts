import fc from 'fast-check';
import {
  CLASSIFICATION_TAG,
  type DataDescription,
  type DecodedTags,
  decodeTags,
  encodeTags,
  FIELD_OF_TAG,
  FIELDS,
  LONGEST_TAG_KEY,
  LONGEST_TAG_VALUE,
  MOST_TAGS,
  problemsOf,
  TAG_CHARACTERS,
} from '../../../lib/core/classification';
import { description } from './arbitrary';

const of = (...tags: readonly (readonly [string, string])[]) => decodeTags(new Map(tags));
const messages = (read: DecodedTags) =>
  read.state === 'wrong' ? read.problems.map(({ message }) => message) : [];

describe('a description', () => {
  test('survives tags, in any order of theirs, among tags of others', () => {
    fc.assert(
      fc.property(description, fc.boolean(), (said, backwards) => {
        expect(problemsOf(said)).toEqual([]);
        const tags = [...encodeTags(said), ['team', 'orders'] as const, ['Name', 'x;y'] as const];
        expect(decodeTags(new Map(backwards ? tags.reverse() : tags))).toEqual({
          state: 'given',
          description: said,
        });
      }),
    );
  });

  test('makes tags that AWS takes on any resource', () => {
    fc.assert(
      fc.property(description, (said) => {
        const tags = [...encodeTags(said)];
        expect(tags.length).toBeLessThanOrEqual(MOST_TAGS);
        for (const [key, value] of tags) {
          expect(key.length).toBeLessThanOrEqual(LONGEST_TAG_KEY);
          // DataSync takes no `@` in keys.
          expect(key).toMatch(/^(?!aws:)[a-zA-Z0-9\s+=._:/-]+$/);
          expect(value.length).toBeLessThanOrEqual(LONGEST_TAG_VALUE);
          expect(value.length).toBeGreaterThan(0);
          expect(value).toMatch(TAG_CHARACTERS);
          expect(value).toMatch(/^(?!aws:)[a-zA-Z0-9\s_./=+\-@:]+$/);
        }
      }),
    );
  });

  test('that tags hold makes the same tags again', () => {
    fc.assert(
      fc.property(description, (said) => {
        const tags = encodeTags(said);
        const read = decodeTags(tags);
        if (read.state !== 'given') throw new TypeError(read.state);
        expect([...encodeTags(read.description)]).toEqual([...tags]);
      }),
    );
  });

  test('names each part by a tag of its own', () => {
    expect(new Set(FIELDS.values()).size).toBe(FIELDS.size);
    expect([...FIELD_OF_TAG].map(([key, field]) => FIELDS.get(field) === key)).not.toContain(false);
  });
});

describe('tags', () => {
  test('are read without a throw, and never as something that has problems, whatever they hold', () => {
    const key = fc.oneof(fc.constantFrom(...FIELD_OF_TAG.keys()), fc.string());
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('personal-data', 'none', '1', 'a+b', '__proto__'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { maxLength: 8 }), (tags) => {
        const read = decodeTags(new Map(tags));
        if (read.state === 'given') expect(problemsOf(read.description)).toEqual([]);
        if (read.state === 'wrong') expect(read.problems.length).toBeGreaterThan(0);
      }),
    );
  });

  test('of others say nothing', () => {
    expect(of(['Name', 'orders'], ['data:lineage', 'x'], ['classification', 'secret'])).toEqual({
      state: 'absent',
    });
    expect(of()).toEqual({ state: 'absent' });
  });

  test('without the one that says what is held are wrong', () => {
    expect(messages(of(['data:owner', 'orders team']))).toEqual([
      'data:classification must say what is held, got other tags without it, add it',
    ]);
  });

  test.each<[string, string, RegExp]>([
    [
      CLASSIFICATION_TAG,
      'confidential',
      /must be of cardholder-data, .*, got "confidential", use one of those/,
    ],
    [CLASSIFICATION_TAG, 'Personal-Data', /got "Personal-Data"/],
    [CLASSIFICATION_TAG, 'constructor', /got "constructor"/],
    [CLASSIFICATION_TAG, '__proto__', /got "__proto__"/],
    [CLASSIFICATION_TAG, '', /must be a list with \+ between words of cardholder-data/],
    [CLASSIFICATION_TAG, 'personal-data, credentials', /must be a list with \+ between/],
    [CLASSIFICATION_TAG, 'personal-data+personal-data', /must name each once, got "personal-data" twice/],
    [CLASSIFICATION_TAG, 'public+personal-data', /must have 'public' alone, got personal-data beside it/],
    [CLASSIFICATION_TAG, 'none', /data:none-reason must be a sentence of at least 20 characters/],
  ])('say of %s: %s what is wrong', (key, value, message) => {
    const read = of([key, value]);
    expect(messages(read).join('\n')).toMatch(message);
  });

  test.each(['0', '-1', '1.5', '007', '1e3', 'forever', '', '36501', '9999999', '١٢'])(
    'refuse %j days',
    (days) => {
      const read = of([CLASSIFICATION_TAG, 'personal-data'], ['data:retention-days', days]);
      expect(messages(read)).toEqual([expect.stringMatching(/data:retention-days must be whole days/)]);
    },
  );

  test.each([
    ['Data:Classification', 'data:classification'],
    ['data:classifications', 'data:classification'],
    ['data:retention_days', 'data:retention-days'],
    ['data:purpose', 'data:purposes'],
  ])('that are misspelt as %s are told, not passed over', (key, meant) => {
    const read = of([CLASSIFICATION_TAG, 'credentials'], [key, 'x']);
    expect(messages(read)).toEqual([`${key} must be spelt ${meant}, rename the tag`]);
  });

  test('tell every problem, each at its tag, with what stands there', () => {
    const read = of([CLASSIFICATION_TAG, 'personal-data'], ['data:owner', 'a;b'], ['data:purposes', '+']);
    expect(read).toMatchObject({
      state: 'wrong',
      problems: [
        { key: 'data:purposes', got: '+' },
        { key: 'data:owner', got: 'a;b' },
      ],
    });
  });

  test('may be incomplete: what is missing is for another rule', () => {
    const said: DataDescription = { holds: ['personal-data'] };
    expect(of([CLASSIFICATION_TAG, 'personal-data'])).toEqual({ state: 'given', description: said });
  });
});
