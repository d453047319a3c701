import { missingTerms, parseWaiver } from '../../../lib/core/waivers';

const WAIVER = {
  rule: 'TransmissionChecks-ListenerIsEncrypted',
  construct: 'Shop/Listener',
  reason: 'A probe of the old data centre speaks HTTP only.',
  owner: 'team-web',
  ticket: 'SHOP-12',
  expires: '2027-01-31',
};

test('a waiver that says all it must is read, without spaces around its texts', () => {
  const { waiver, incomplete, broad } = parseWaiver({ ...WAIVER, owner: ' team-web ', ticket: 12 });
  expect([incomplete, broad]).toEqual([[], []]);
  expect(waiver).toEqual({
    rule: { pack: 'TransmissionChecks', id: 'ListenerIsEncrypted' },
    scope: { construct: 'Shop/Listener' },
    reason: WAIVER.reason,
    owner: 'team-web',
    ticket: '12',
    expires: '2027-01-31',
  });
});

test.each<[string, object, string, string]>([
  ['no rule', { rule: undefined }, 'rule', 'absent'],
  ['a rule that is no name', { rule: 'A::B' }, 'rule', '"A::B"'],
  ['a word for a reason', { reason: 'because' }, 'reason', '"because"'],
  ['a long word for a reason', { reason: 'x'.repeat(40) }, 'reason', `"${'x'.repeat(40)}"`],
  ['true for a reason', { reason: true }, 'reason', 'true'],
  ['no owner', { owner: '' }, 'owner', '""'],
  ['a list of owners', { owner: ['a', 'b'] }, 'owner', 'a list'],
  ['no ticket', { ticket: undefined }, 'ticket', 'absent'],
  ['words for a ticket', { ticket: 'to be filed' }, 'ticket', '"to be filed"'],
  ['no end', { expires: undefined }, 'expires', 'absent'],
  ['an end that is no day', { expires: 'never' }, 'expires', '"never"'],
  ['a day that does not exist', { expires: '2027-02-30' }, 'expires', '"2027-02-30"'],
  ['its owner as approver', { approvedBy: '@TEAM-web' }, 'approvedBy', 'the owner'],
  ['the same letters in another form', { approvedBy: 'ｔｅａｍ-web' }, 'approvedBy', 'the owner'],
  ['a map for a resource', { resource: [{}] }, 'resource', 'a map'],
  ['a field that nobody knows', { expiry: '2027-01-01' }, '', 'a field "expiry"'],
])('%s makes it incomplete', (_, changed, field, got) => {
  const { waiver, incomplete, broad } = parseWaiver({ ...WAIVER, ...changed });
  expect(waiver).toBeUndefined();
  expect(incomplete.map((problem) => [problem.field, problem.got])).toEqual([[field, got]]);
  expect(broad).toEqual([]);
});

test.each<[string, object, string]>([
  ['a pattern of rules', { rule: 'TransmissionChecks-*' }, 'rule'],
  ['a pattern of constructs', { construct: 'Shop/*' }, 'construct'],
  ['a pattern of resources', { resource: ['One', 'List?ner'] }, 'resource'],
  ['the whole app', { construct: '' }, 'construct'],
  ['the whole app, as a path', { construct: '/' }, 'construct'],
])('%s makes it too broad', (_, changed, field) => {
  const { waiver, incomplete, broad } = parseWaiver({ ...WAIVER, ...changed });
  expect(waiver).toBeUndefined();
  expect(incomplete).toEqual([]);
  expect(broad.map((problem) => problem.field)).toEqual([field]);
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'absent'],
  ['null', null, 'null'],
  ['a text', 'ListenerIsEncrypted', '"ListenerIsEncrypted"'],
  ['a list', [WAIVER], 'a list'],
])('%s is no waiver', (_, value, got) => {
  expect(parseWaiver(value).incomplete).toMatchObject([{ field: '', got }]);
});

test('what could hide or fake a line of a report is refused, and shown', () => {
  for (const hidden of ['\n', '\u001b[2K', '\u202e', '\u200b', '\u2028', '\ufeff', '\ue000']) {
    const reason = `A reason that goes on${hidden}and on, so that it is long enough.`;
    const { waiver, incomplete } = parseWaiver({ ...WAIVER, reason });
    expect(waiver).toBeUndefined();
    expect(incomplete[0]?.got).toMatch(/\\u\{|\\n|\\u001b/);
    expect(incomplete[0]?.got).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Co}]/u);
  }
});

test('what it inherits says nothing', () => {
  expect(parseWaiver(Object.create(WAIVER)).waiver).toBeUndefined();
  expect(parseWaiver({ ...WAIVER, ['__proto__']: 1, constructor: 'x' }).incomplete).toHaveLength(2);
});

describe('terms', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const fieldsOf = (changed: object, isStrict: boolean) => {
    const { waiver } = parseWaiver({ ...WAIVER, ...changed });
    return waiver && missingTerms(waiver, now, isStrict).map(({ field }) => field);
  };
  const CONTROL = { compensatingControl: 'The security group lets in one address.' };
  const BOTH = { ...CONTROL, approvedBy: 'ciso' };

  test('of plaintext and old TLS: 90 days, a compensating control, a second name', () => {
    expect(fieldsOf({}, true)).toEqual(['compensatingControl', 'approvedBy']);
    expect(fieldsOf(CONTROL, true)).toEqual(['approvedBy']);
    expect(fieldsOf({ ...BOTH, expires: '2027-02-20' }, true)).toEqual([]);
    expect(fieldsOf({ ...BOTH, expires: '2027-02-21' }, true)).toEqual(['expires']);
  });

  test('of all else: a year', () => {
    expect(fieldsOf({ expires: '2027-11-22' }, false)).toEqual([]);
    expect(fieldsOf({ expires: '2027-11-23' }, false)).toEqual(['expires']);
    expect(fieldsOf({ expires: '9999-12-31' }, false)).toEqual(['expires']);
  });
});
