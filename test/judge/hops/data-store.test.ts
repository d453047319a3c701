import { encryptionOf, keyOf, store } from '../../../lib/judge/hops';
import { type JsonMap, World } from '../../../lib/judge/template';
import { appOf } from '../support';

const viewOf = (properties: JsonMap) => {
  const app = appOf(
    { Db: { Type: 'AWS::RDS::DBInstance', Properties: properties }, Key: { Type: 'AWS::KMS::Key' } },
    { Parameters: { Value: { Type: 'String' } } },
  );
  const [resource] = app.resourcesOfType('AWS::RDS::DBInstance');
  if (resource === undefined) throw new RangeError('no database');
  return new World(app).view(resource);
};
const encryption = (properties: JsonMap) => {
  const view = viewOf(properties);
  return encryptionOf({
    flag: view.at('StorageEncrypted'),
    key: view.at('KmsKeyId'),
    withoutKey: 'aws-managed-key',
    copiedFrom: [view.at('SnapshotIdentifier')],
  });
};

test.each([
  ['no flag', {}, 'none'],
  ['the flag off', { StorageEncrypted: false }, 'none'],
  ['the flag on', { StorageEncrypted: true }, 'aws-managed-key'],
  ['a key', { StorageEncrypted: true, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }, 'customer-key'],
  ['a key of AWS', { StorageEncrypted: true, KmsKeyId: 'alias/aws/rds' }, 'aws-managed-key'],
])('a store with %s is encrypted accordingly', (_, properties, expected) => {
  expect(encryption(properties as JsonMap).value).toBe(expected);
});

test('a copy inherits its encryption, which nobody can tell, unless it says otherwise', () => {
  expect(encryption({ SnapshotIdentifier: 's' }).unknown).toContain('Properties.SnapshotIdentifier');
  expect(encryption({ SnapshotIdentifier: 's', StorageEncrypted: true }).value).toBe('aws-managed-key');
});

test('a hidden flag leaves the encryption unknown', () => {
  expect(encryption({ StorageEncrypted: { Ref: 'Value' } }).unknown).toContain('Value');
});

test('only a KMS resource of this app is the key', () => {
  expect(keyOf(viewOf({ KmsKeyId: { Ref: 'Key' } }).at('KmsKeyId'))?.logicalId).toBe('Key');
  expect(keyOf(viewOf({ KmsKeyId: { Ref: 'Db' } }).at('KmsKeyId'))).toBeUndefined();
  expect(keyOf(viewOf({ KmsKeyId: 'arn:aws:kms:eu-west-1:1:key/x' }).at('KmsKeyId'))).toBeUndefined();
});

test('a store that says nothing about retention keeps data without end', () => {
  const fact = store(viewOf({}), { kind: 'rds', encryption: encryption({}) });
  expect([fact.retentionDays.value, fact.retentionDays.unknown]).toEqual([undefined, undefined]);
});
