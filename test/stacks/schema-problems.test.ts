import type { Schema } from '../../lib/core/schema';
import { schemaProblems } from '../../lib/stacks/schema-problems';

const text: Schema = {
  type: 'string',
  description: 'a word of 2 to 4 letters',
  minLength: 2,
  maxLength: 4,
  pattern: '^[a-zé]+$',
};
const list: Schema = {
  type: 'array',
  description: 'a list of words',
  minItems: 1,
  maxItems: 2,
  uniqueItems: true,
  items: { type: 'string', enum: ['eu-west-1', 'eu-west-2', 'us-east-1'] },
};
const schema: Schema = {
  type: 'object',
  description: 'an object',
  additionalProperties: false,
  required: ['text'],
  properties: {
    text,
    list,
    count: {
      type: 'integer',
      description: 'a whole number from 1 to 3',
      minimum: 1,
      maximum: 3,
      examples: [2],
    },
    flag: { type: 'boolean', description: 'true or false' },
    inner: { type: 'object', description: 'an object', required: ['text'], properties: { text } },
  },
};

describe('schemaProblems', () => {
  test.each<[unknown]>([
    [{ text: 'ab' }],
    [{ text: 'ééé', list: ['eu-west-1'], count: 3, flag: false, inner: { text: 'ab', more: 1 } }],
  ])('finds nothing in %j', (value) => {
    expect(schemaProblems(schema, value)).toEqual([]);
  });

  test.each<[unknown, string[]]>([
    [7, ['the configuration must be an object, got 7']],
    [null, ['the configuration must be an object, got null']],
    [[], ['the configuration must be an object, got a list']],
    [{}, ["'text' is missing, add a word of 2 to 4 letters"]],
    [{ text: 'a' }, ['\'text\' must be a word of 2 to 4 letters, got "a"']],
    [{ text: 'abcde' }, ['\'text\' must be a word of 2 to 4 letters, got "abcde"']],
    [{ text: 'a\u0007' }, ['\'text\' must be a word of 2 to 4 letters, got "a\\u0007"']],
    [{ text: 'x'.repeat(500) }, [`'text' must be a word of 2 to 4 letters, got "${'x'.repeat(58)}…`]],
    [{ text: {} }, ["'text' must be a word of 2 to 4 letters, got an object"]],
    [{ text: 'ab', flag: 'true' }, ['\'flag\' must be true or false, got "true"']],
    [{ text: 'ab', count: 0 }, ["'count' must be a whole number from 1 to 3, such as 2, got 0"]],
    [{ text: 'ab', count: 4 }, ["'count' must be a whole number from 1 to 3, such as 2, got 4"]],
    [{ text: 'ab', count: 1.5 }, ["'count' must be a whole number from 1 to 3, such as 2, got 1.5"]],
    [{ text: 'ab', list: [] }, ["'list' is empty, add at least one entry: it must be a list of words"]],
    [{ text: 'ab', list: [1, 2, 3] }, ["'list' must have at most 2 entries, got 3"]],
    [{ text: 'ab', list: ['eu-west-1', 'eu-west-1'] }, ['\'list[1]\' repeats "eu-west-1", remove it']],
    [
      { text: 'ab', list: ['eu-wset-1', 'mars'] },
      [
        "'list[0]' must be an entry of a list of words, got \"eu-wset-1\", did you mean 'eu-west-1'?",
        '\'list[1]\' must be an entry of a list of words, got "mars"',
      ],
    ],
    [{ text: 'ab', txet: 1 }, ['"txet" is not a property, did you mean \'text\'?']],
    [{ text: 'ab', zebra: 1 }, ['"zebra" is not a property, use one of text, list, count, flag, inner']],
    [
      { text: 'ab', constructor: 1 },
      ['"constructor" is not a property, use one of text, list, count, flag, inner'],
    ],
    [
      JSON.parse('{"text":"ab","__proto__":1}'),
      ['"__proto__" is not a property, use one of text, list, count, flag, inner'],
    ],
    [{ text: 'ab', inner: {} }, ["'inner.text' is missing, add a word of 2 to 4 letters"]],
    [
      { inner: [] },
      ["'text' is missing, add a word of 2 to 4 letters", "'inner' must be an object, got a list"],
    ],
  ])('%j', (value, problems) => {
    expect(schemaProblems(schema, value)).toEqual(problems);
  });
});
