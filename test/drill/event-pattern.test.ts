import { AT_DEPLOYMENT } from '../_fixtures/drill';
import { eventMatches } from '../_fixtures/drill/event-pattern';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html, and the README of aws/event-ruler */
const EVENT = {
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account: '111122223333',
  time: '2017-10-02T16:24:49Z',
  region: 'us-west-1',
  resources: ['arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0'],
  detail: {
    'instance-id': 'i-1234567890abcdef0',
    state: 'running',
    'c-count': 5,
    'd-count': 3,
    'x-limit': 301.8,
    'source-ip': '10.0.0.33',
    'source-ip-6': '2001:db8::17',
    FileName: 'logo.png',
    FilePath: '/opt/lib/a.so',
    LastName: '',
    UserID: null,
    tags: ['team:payments', 'stage:production'],
    findings: [
      { id: 'one', level: 'HIGH' },
      { id: 'two', level: 'LOW' },
    ],
  },
};

describe('a pattern of the documentation matches', () => {
  test.each<[string, object]>([
    ['values', { source: ['aws.ec2'], detail: { state: ['terminated', 'running'] } }],
    [
      'one of a list in the event',
      { resources: ['arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0'] },
    ],
    ['prefix', { time: [{ prefix: '2017-10-02' }], region: [{ prefix: 'us-' }] }],
    ['prefix, ignoring case', { source: [{ prefix: { 'equals-ignore-case': 'AWS.' } }] }],
    ['suffix', { detail: { FileName: [{ suffix: '.png' }] } }],
    ['suffix, ignoring case', { detail: { FileName: [{ suffix: { 'equals-ignore-case': '.PNG' } }] } }],
    ['equals, ignoring case', { detail: { state: [{ 'equals-ignore-case': 'RUNNING' }] } }],
    ['wildcard', { detail: { FilePath: [{ wildcard: '*/lib/*' }] } }],
    ['anything but', { detail: { state: [{ 'anything-but': 'initializing' }] } }],
    ['anything but a number', { detail: { 'x-limit': [{ 'anything-but': 123 }] } }],
    ['anything but of a list', { detail: { state: [{ 'anything-but': ['stopped', 'overloaded'] }] } }],
    ['anything but of numbers', { detail: { 'x-limit': [{ 'anything-but': [100, 200, 300] }] } }],
    ['anything but with prefix', { detail: { state: [{ 'anything-but': { prefix: 'init' } }] } }],
    [
      'anything but with suffixes',
      { detail: { FileName: [{ 'anything-but': { suffix: ['.txt', '.gif'] } }] } },
    ],
    ['anything but with wildcard', { detail: { FileName: [{ 'anything-but': { wildcard: '*/lib/*' } }] } }],
    [
      'anything but, ignoring case',
      { detail: { state: [{ 'anything-but': { 'equals-ignore-case': 'STOPPED' } }] } },
    ],
    [
      'numeric',
      { detail: { 'c-count': [{ numeric: ['>', 0, '<=', 5] }], 'd-count': [{ numeric: ['<', 10] }] } },
    ],
    ['numeric equality', { detail: { 'x-limit': [{ numeric: ['=', 3.018e2] }] } }],
    ['IPv4', { detail: { 'source-ip': [{ cidr: '10.0.0.0/24' }] } }],
    ['IPv6', { detail: { 'source-ip-6': [{ cidr: '2001:db8::/32' }] } }],
    ['exists', { detail: { state: [{ exists: true }] } }],
    ['does not exist', { detail: { 'e-count': [{ exists: false }] } }],
    ['empty', { detail: { LastName: [''] } }],
    ['null', { detail: { UserID: [null] } }],
    ['or, of fields', { $or: [{ source: ['aws.s3'] }, { region: ['us-west-1'] }] }],
    [
      'or, deeper',
      { detail: { $or: [{ 'c-count': [{ numeric: ['>', 9] }] }, { 'd-count': [{ numeric: ['<', 10] }] }] } },
    ],
    ['one of several operators', { detail: { state: ['stopped', { prefix: 'run' }] } }],
    ['fields of one object in a list', { detail: { findings: { id: ['one'], level: ['HIGH'] } } }],
    ['an intermediate node that is no leaf, as not existing', { detail: [{ exists: false }] }],
  ])('%s', (_, pattern) => {
    expect(eventMatches(pattern, EVENT)).toBe(true);
  });
});

describe('a pattern does not match', () => {
  test.each<[string, object]>([
    ['another value', { detail: { state: ['terminated'] } }],
    ['the same in another case', { detail: { state: ['Running'] } }],
    ['where one of its fields differs', { source: ['aws.ec2'], region: ['eu-west-1'] }],
    ['a field that is not there', { detail: { 'e-count': [5] } }],
    ['anything but of a field that is not there', { detail: { 'e-count': [{ 'anything-but': 5 }] } }],
    ['anything but of what it is', { detail: { state: [{ 'anything-but': ['running', 'stopped'] }] } }],
    ['anything but of its prefix', { detail: { state: [{ 'anything-but': { prefix: ['init', 'run'] } }] } }],
    ['a number outside', { detail: { 'c-count': [{ numeric: ['>', 5] }] } }],
    ['a text as a number', { detail: { state: [{ numeric: ['>', 0] }] } }],
    ['a number as a text', { detail: { 'c-count': ['5'] } }],
    ['an address outside', { detail: { 'source-ip': [{ cidr: '10.0.1.0/24' }] } }],
    ['an address of the other family', { detail: { 'source-ip-6': [{ cidr: '10.0.0.0/8' }] } }],
    ['a text that is no address', { detail: { state: [{ cidr: '10.0.0.0/8' }] } }],
    ['what exists, as not existing', { detail: { state: [{ exists: false }] } }],
    ['empty, where it is not', { detail: { state: [''] } }],
    ['a wildcard that is escaped', { detail: { state: [{ wildcard: 'runn\\*' }] } }],
    ['fields of two objects in a list', { detail: { findings: { id: ['one'], level: ['LOW'] } } }],
  ])('%s', (_, pattern) => {
    expect(eventMatches(pattern, EVENT)).toBe(false);
  });
});

test('what is known at deployment matches what a recording puts there, and nothing else', () => {
  const pattern = { resources: [{ Ref: 'Certificate' }, { 'Fn::GetAtt': ['Other', 'Arn'] }] };
  expect(eventMatches(pattern, { resources: [AT_DEPLOYMENT] })).toBe(true);
  expect(eventMatches(pattern, { resources: ['arn:aws:acm:eu-west-1:111122223333:certificate/1'] })).toBe(
    false,
  );
});

test.each<[object, string]>([
  [{ source: [{ contains: 'aws' }] }, 'unknown operator "contains"'],
  [{ source: [{ prefix: 'a', suffix: 'b' }] }, 'one operator at a time'],
  [{ detail: { state: [{ 'anything-but': [true] }] } }, 'anything-but takes texts and numbers, got true'],
  [{ source: 'aws.ec2' }, "'source' must be a list or a map"],
])('what it does not know is refused: %j', (pattern, message) => {
  expect(() => eventMatches(pattern, EVENT)).toThrow(message);
});
