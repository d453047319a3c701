import { filterPattern } from '../_fixtures/drill/filter-pattern';

const matches = (pattern: string, line: string | object) =>
  filterPattern(pattern)(typeof line === 'string' ? line : JSON.stringify(line));

/** All entries are those of https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
const SIMPLE = {
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  arrayKey: ['value', 'another value'],
  objectList: [
    { name: 'a', id: 1 },
    { name: 'b', id: 2 },
  ],
  SomeObject: null,
  ThisFlag: true,
};
const NESTED = {
  user: { id: 1, email: 'John.Stiles@example.com' },
  users: [
    { id: 2, email: 'John.Doe@example.com' },
    { id: 3, email: 'Jane.Doe@example.com' },
  ],
  actions: ['GET', 'PUT', 'DELETE'],
  coordinates: [
    [0, 1, 2],
    [4, 5, 6],
    [7, 8, 9],
  ],
};
const NUMBERS = {
  latency: 1200,
  numbers: [0.001],
  errorCode: 400,
  processes: [0, 0, 0, 0, { averageRuntime: 55.5 }],
};

describe('patterns for JSON', () => {
  test.each<[string, object, boolean]>([
    ['{ $.eventType = "UpdateTrail" }', SIMPLE, true],
    ['{ $.sourceIPAddress != 123.123.* }', SIMPLE, true],
    ['{ $.sourceIPAddress != 111.111.* }', SIMPLE, false],
    ['{ $.arrayKey[0] = "value" }', SIMPLE, true],
    ['{ $.arrayKey[1] = "value" }', SIMPLE, false],
    ['{ $.arrayKey[*] = "another value" }', SIMPLE, true],
    ['{ $.objectList[1].id = 2 }', SIMPLE, true],
    ['{ $.eventType[0] = "U" }', SIMPLE, false],
    ['{ $.SomeObject IS NULL }', SIMPLE, true],
    ['{ $.SomeOtherObject IS NULL }', SIMPLE, false],
    ['{ $.SomeOtherObject NOT EXISTS }', SIMPLE, true],
    ['{ $.SomeObject NOT EXISTS }', SIMPLE, false],
    ['{ $.eventType EXISTS }', SIMPLE, true],
    ['{ $.ThisFlag IS TRUE }', SIMPLE, true],
    ['{ $.ThisFlag IS FALSE }', SIMPLE, false],
    ["{ $.['eventType'] = UpdateTrail }", SIMPLE, true],
    ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', NESTED, true],
    ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', NESTED, false],
    [
      '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }',
      NESTED,
      true,
    ],
    [
      '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }',
      NESTED,
      false,
    ],
    ['{ $.users = 1 }', { users: [1, 2, 3] }, false],
    ['{ $.users != 1 }', { users: [1, 2, 3] }, false],
    ['{ $.latency >= 500 }', NUMBERS, true],
    ['{ $.numbers[0] < 10e3 }', NUMBERS, true],
    ['{ $.numbers[0] < 10e-3 }', NUMBERS, true],
    ['{ $.processes[4].averageRuntime <= 55.5 }', NUMBERS, true],
    ['{ $.processes[4].averageRuntime < 55.5 }', NUMBERS, false],
    ['{ $.errorCode = 400 }', NUMBERS, true],
    ['{ $.errorCode != 500 }', NUMBERS, true],
    ['{ $.latency > +1000 }', NUMBERS, true],
    ['{ $.latency = * }', NUMBERS, true],
    ['{ $.foo = bar || $.foo = baz }', { foo: 'baz' }, true],
    ['{ $.eventName = *Event }', { eventName: 'PutEvent' }, true],
    ['{ $.eventName = Event* }', { eventName: 'EventId' }, true],
    ['{ $.eventName = Ev*ent }', { eventName: 'EvXent' }, false],
    ['{ $.eventName = Ev*ent }', { eventName: 'Ev*ent' }, true],
    ['{ $.eventName = %^Put[A-Z]% }', { eventName: 'PutEvent' }, true],
  ])('%s', (pattern, entry, expected) => {
    expect(matches(pattern, entry)).toBe(expected);
  });

  test('match no line that is no JSON', () => {
    expect(matches('{ $.a NOT EXISTS }', 'plain text')).toBe(false);
  });
});

describe('terms', () => {
  const [ONE, TWO, THREE] = ['ERROR WARN message', 'ERROR message', 'WARN message'];
  test.each<[string, string, boolean]>([
    ['', 'anything', true],
    ['ERROR', '[ERROR] A fatal exception has occurred', true],
    ['ERROR', 'Exiting with ERRORCODE: -1', true],
    ['"ERROR" - "Exiting"', 'Exiting with ERRORCODE: -1', false],
    ['"ERROR" - "Exiting"', '[ERROR] A fatal exception has occurred', true],
    ['ERROR Exception', '[ERROR] Caught IllegalArgumentException', true],
    ['"Failed to process the request"', '[ERROR] Unable to continue: Failed to process the request', true],
    ['error', 'ERROR', false],
    ['?ERROR ?WARN', ONE, true],
    ['?ERROR ?WARN', TWO, true],
    ['?ERROR ?WARN', THREE, true],
    ['?ERROR ?WARN', 'INFO message', false],
    ['ERROR WARN', ONE, true],
    ['ERROR WARN', TWO, false],
    ['ERROR -WARN', ONE, false],
    ['ERROR -WARN', TWO, true],
    ['%ERR(OR)?:%', 'an ERR: here', true],
  ])('%s', (pattern, line, expected) => {
    expect(matches(pattern, line)).toBe(expected);
  });
});

describe('fields that spaces part', () => {
  const LINES = [
    '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 200 1534',
    '127.0.0.1 - frank [10/Oct/2000:13:35:22 -0700] "GET /apache_pb.gif HTTP/1.0" 500 5324',
    '127.0.0.1 - frank [10/Oct/2000:13:50:35 -0700] "GET /index.html HTTP/1.0" 404 4355',
    '127.0.0.1 - frank [10/Oct/2000:13:55:35 -0700] "GET /index.html HTTP/1.0" 403 100',
  ];
  test.each<[string, readonly boolean[]]>([
    ['[ip, user, username, timestamp, request, status_code, bytes]', [true, true, true, true]],
    ['[ip, user, username]', [false, false, false, false]],
    ['[..., status_code, bytes]', [true, true, true, true]],
    ['[ip, user, ..., status_code = 5*, bytes]', [false, true, false, false]],
    ['[ip, user, ...]', [true, true, true, true]],
    ['[ip, user, username, timestamp, request, status_code, bytes > 1000]', [true, true, true, false]],
    ['[ip, user, username, timestamp, request, status_code = 200, bytes]', [true, false, false, false]],
    [
      '[ip, user, username, timestamp, request = *html*, status_code = 4*, bytes]',
      [false, false, true, true],
    ],
    [
      '[ip, user, username, timestamp, request, status_code = 4* && bytes > 1000]',
      [false, false, false, false],
    ],
    [
      '[ip, user, username, timestamp, request, status_code = 4* && status_code != 403, bytes]',
      [false, false, true, false],
    ],
    ['[..., request=*.html*, status_code=4*,]', [false, false, true, true]],
  ])('%s', (pattern, expected) => {
    expect(LINES.map((line) => matches(pattern, line))).toEqual(expected);
  });

  test('with alternatives', () => {
    const lines = ['ERROR WARN message', 'ERROR message', 'WARN message'];
    expect(lines.map((line) => matches('[w1=ERROR, w2]', line))).toEqual([false, true, false]);
    expect(lines.map((line) => matches('[w1=ERROR || w1=WARN, w2]', line))).toEqual([false, true, true]);
  });
});

test.each([
  ['{ $.a = }', 'nothing to compare with after ='],
  ['{ ($.a = 1 }', 'a bracket is not closed'],
  ['{ a = 1 }', 'no selector: a'],
  ['{ $.a ~ 1 }', 'unknown operator "~"'],
  ['{ $.a > x }', '> compares numbers, got x'],
  ['{ $.a = 1', 'no pattern for JSON'],
])('what cannot be read is refused: %s', (pattern, message) => {
  expect(() => filterPattern(pattern)).toThrow(new RegExp(message));
});
