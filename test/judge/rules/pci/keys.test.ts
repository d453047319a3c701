import { KEYS_ROWS } from '../../../../lib/judge/rules/pci/keys';
import type { JsonMap } from '../../../../lib/judge/template';
import { proveRows } from './proof';
import { HIDDEN, it as one, says } from './support';

const SECRET = 'AWS::SecretsManager::Secret';

function root(Status: JsonMap['Status'], Type: JsonMap['Type'] = 'ROOT'): JsonMap {
  const CertificateAuthorityArn = { Ref: 'Authority' };
  return {
    Authority: { Type: 'AWS::ACMPCA::CertificateAuthority', Properties: { Type } },
    It: {
      Type: 'AWS::ACMPCA::CertificateAuthorityActivation',
      Properties: { CertificateAuthorityArn, ...(Status === undefined ? {} : { Status }) },
    },
  };
}

function schedule(SecretId: JsonMap['SecretId']): JsonMap {
  return { Schedule: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId } } };
}

function attachment(): JsonMap {
  return {
    Attachment: {
      Type: 'AWS::SecretsManager::SecretTargetAttachment',
      Properties: { SecretId: { Ref: 'It' } },
    },
  };
}

proveRows(KEYS_ROWS, [
  {
    rule: 'RootCertificateAuthorityIsDisabled',
    good: root('DISABLED'),
    bad: root('ACTIVE'),
    finds: 'violation It.Properties.Status: ACTIVE',
    hidden: root(HIDDEN),
    at: 'It.Properties.Status',
  },
  {
    rule: 'SecretIsRotated',
    good: { ...one(SECRET), ...schedule({ Ref: 'It' }) },
    bad: one(SECRET),
    finds: 'violation It.Properties: no rotation schedule',
    hidden: { ...one(SECRET), ...schedule(HIDDEN) },
    at: 'It.Properties',
  },
  {
    rule: 'SecretHasOwnKey',
    good: { ...one(SECRET, { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }), Key: { Type: 'AWS::KMS::Key' } },
    bad: one(SECRET, { KmsKeyId: 'alias/aws/secretsmanager' }),
    finds: 'violation It.Properties.KmsKeyId: alias/aws/secretsmanager',
    hidden: one(SECRET, { KmsKeyId: HIDDEN }),
    at: 'It.Properties.KmsKeyId',
  },
]);

describe('a root certificate authority', () => {
  test.each<[string, JsonMap, string[]]>([
    [
      'is active unless it is told otherwise',
      root(undefined),
      ['warning violation It.Properties.Status: absent'],
    ],
    ['is none where it is subordinate', root('ACTIVE', 'SUBORDINATE'), []],
    ['may be one that hides its type', root('ACTIVE', HIDDEN), ['warning unknown Authority.Properties.Type']],
    [
      'may stand in another template',
      one('AWS::ACMPCA::CertificateAuthorityActivation', { CertificateAuthorityArn: HIDDEN }),
      ['warning unknown It.Properties.CertificateAuthorityArn'],
    ],
  ])('%s', (_title, resources, expected) => {
    expect(says(KEYS_ROWS, 'RootCertificateAuthorityIsDisabled', resources)).toEqual(expected);
  });
});

describe('a secret', () => {
  test('is rotated by a schedule of its attachment to a database', () => {
    const resources = { ...one(SECRET), ...attachment(), ...schedule({ Ref: 'Attachment' }) };
    expect(says(KEYS_ROWS, 'SecretIsRotated', resources)).toEqual([]);
  });

  test('is not rotated by a schedule of another', () => {
    const resources = { ...one(SECRET), Other: { Type: SECRET }, ...schedule({ Ref: 'Other' }) };
    const found = says(KEYS_ROWS, 'SecretIsRotated', resources);
    expect(found).toEqual(['warning violation It.Properties: no rotation schedule']);
  });

  test('is not rotated where the schedule does not exist', () => {
    const [[id, Schedule] = []] = Object.entries(schedule({ Ref: 'It' }));
    const resources = { ...one(SECRET), [String(id)]: { ...(Schedule as JsonMap), Condition: 'Never' } };
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    const found = says(KEYS_ROWS, 'SecretIsRotated', resources, { Conditions });
    expect(found).toEqual(['warning violation It.Properties: no rotation schedule']);
  });

  test('has the key of AWS where it names none', () => {
    const found = says(KEYS_ROWS, 'SecretHasOwnKey', one(SECRET));
    expect(found).toEqual(['info violation It.Properties.KmsKeyId: absent']);
  });
});
