import { ENCRYPTION_ROWS, OWN_KEY_TYPES } from '../../../../lib/judge/rules/gdpr/encryption';
import { KEY_PLACES } from '../../../../lib/judge/rules/gdpr/keys-of-stores';
import type { JsonMap } from '../../../../lib/judge/template';
import { found, HIDDEN, metadata, resource, store } from './support';

/** Properties with a value at a dotted path. */
function at(path: string, value: JsonMap['x']): JsonMap {
  const [first = '', ...rest] = path.split('.');
  return { [first]: rest.length === 0 ? value : at(rest.join('.'), value) };
}

/** Both of two maps, deep. */
function both(left: JsonMap, right: JsonMap): JsonMap {
  const merged = Object.entries(right).map(([key, value]) => {
    const known = left[key];
    const areMaps = [known, value].every(
      (one) => typeof one === 'object' && one !== null && !Array.isArray(one),
    );
    return [key, areMaps ? both(known as JsonMap, value as JsonMap) : value];
  });
  return { ...left, ...Object.fromEntries(merged) };
}

/** A resource of a type that says in its Metadata that it holds personal data. */
const personal = (Type: string, Properties: JsonMap, changes = {}): JsonMap => ({
  Type,
  Properties,
  Metadata: metadata(changes),
});

describe.each(OWN_KEY_TYPES)('PersonalDataHasOwnKey of %s', (type) => {
  const { key, on, isSwitch } = KEY_PLACES[type] ?? { key: '' };
  const RULE = 'PersonalDataHasOwnKey';
  const switched = (value: boolean | JsonMap) => (on === undefined ? {} : at(on, value));
  const with_ = (value: JsonMap['x']) => ({
    It: personal(type, both(switched(true), at(key, value))),
    Key: resource('AWS::KMS::Key'),
  });

  test('passes a key of its own', () => {
    expect(found(ENCRYPTION_ROWS, RULE, with_({ Ref: 'Key' }))).toEqual([]);
  });

  test('fails a key of AWS, and none', () => {
    expect(found(ENCRYPTION_ROWS, RULE, with_('alias/aws/x'))).toEqual([
      `info violation It.${key}: alias/aws/x`,
    ]);
    expect(found(ENCRYPTION_ROWS, RULE, { It: personal(type, switched(true)) })).toEqual(
      isSwitch === true ? [] : [`info violation It.${key}: absent`],
    );
  });

  test('cannot tell a parameter, and leaves what is not encrypted to another rule', () => {
    expect(found(ENCRYPTION_ROWS, RULE, with_(HIDDEN))).toEqual([`info unknown It.${key}`]);
    expect(found(ENCRYPTION_ROWS, RULE, { It: personal(type, switched(false)) })).toHaveLength(
      on === undefined && isSwitch === undefined ? 1 : 0,
    );
    expect(found(ENCRYPTION_ROWS, RULE, { It: resource(type, switched(true)) })).toEqual([]);
  });
});

describe('PersonalDataKeyIsNotShared', () => {
  const RULE = 'PersonalDataKeyIsNotShared';
  const queue = (changes = {}) => store('AWS::SQS::Queue', { KmsMasterKeyId: { Ref: 'It' } }, changes);
  const topic = (changes = {}) => store('AWS::SNS::Topic', { KmsMasterKeyId: { Ref: 'Alias' } }, changes);
  const app = (left: JsonMap, right: JsonMap) => ({
    It: resource('AWS::KMS::Key'),
    Alias: resource('AWS::KMS::Alias', { AliasName: 'alias/x', TargetKeyId: { Ref: 'It' } }),
    Left: left,
    Right: right,
  });

  test('passes a key of the same kind of data', () => {
    expect(found(ENCRYPTION_ROWS, RULE, app(queue(), topic()))).toEqual([]);
  });

  test('fails a key of pseudonyms and names, also through an alias', () => {
    expect(
      found(ENCRYPTION_ROWS, RULE, app(queue(), topic({ holds: ['pseudonymised-personal-data'] }))),
    ).toEqual(['info violation It: a key of 2 kinds of data']);
  });

  test('leaves keys of account data to another rule, and keys of other data alone', () => {
    const card = { holds: ['personal-data', 'cardholder-data'], categories: ['primary-account-number'] };
    expect(found(ENCRYPTION_ROWS, RULE, app(queue(), topic(card)))).toEqual([]);
    expect(
      found(ENCRYPTION_ROWS, RULE, app(resource('AWS::SQS::Queue'), resource('AWS::SNS::Topic'))),
    ).toEqual([]);
  });
});
