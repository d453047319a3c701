import { transfer } from '../../../lib/judge/hops/connectors/transfer';
import { TRANSFER_PACK_ROWS, TRANSFER_RULES } from '../../../lib/judge/rules/transfer';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { factsOf, ruleNamed, wordsOf } from '../support';

const words = (id: string, properties: JsonMap, type = 'Server') =>
  wordsOf(
    ruleNamed(TRANSFER_RULES, id),
    factsOf(
      transfer,
      { It: { Type: `AWS::Transfer::${type}`, Properties: properties } },
      { Parameters: { Value: { Type: 'String' }, Values: { Type: 'CommaDelimitedList' } } },
    ),
  );

describe('TransferServerIsEncrypted', () => {
  const judge = (protocols: Json) => words('TransferServerIsEncrypted', { Protocols: protocols });

  test('passes SFTP and FTPS, and a server without protocols, which offers SFTP', () => {
    expect(judge(['SFTP', 'FTPS'])).toEqual(['compliant', 'compliant']);
    expect(words('TransferServerIsEncrypted', {})).toEqual(['compliant']);
  });

  test('fails FTP beside others, at its place in the list', () => {
    expect(judge(['SFTP', 'FTP'])).toEqual(['compliant', 'violation at Properties.Protocols.1: FTP']);
  });

  test('fails AS2, which arrives over HTTP', () => {
    expect(judge(['AS2'])).toEqual(['violation at Properties.Protocols.0: AS2']);
  });

  test('cannot tell a hidden list, a hidden entry or a new protocol', () => {
    expect(judge({ Ref: 'Values' })).toEqual(['unknown at Properties.Protocols']);
    expect(judge([{ Ref: 'Value' }])).toEqual(['unknown at Properties.Protocols.0']);
    expect(judge(['GOPHER'])).toEqual(['unknown at Properties.Protocols.0']);
  });
});

describe('the policy of a server', () => {
  const server = (protocols: string[], policy?: Json): JsonMap => ({
    Protocols: protocols,
    ...(policy !== undefined && { SecurityPolicyName: policy }),
  });

  test('of 2025 passes every rung, for SFTP and FTPS', () => {
    const properties = server(['SFTP', 'FTPS'], 'TransferSecurityPolicy-2025-03');
    expect(words('TransferServerTlsPolicyIsClassified', properties)).toEqual(['compliant', 'compliant']);
    expect(words('TransferServerRequiresTls12', properties)).toEqual(['compliant']);
    expect(words('TransferServerTlsPolicyIsForwardSecret', properties)).toEqual(['compliant']);
    expect(words('TransferServerRefusesSha1', properties)).toEqual(['compliant']);
    expect(words('TransferServerIsPostQuantum', properties)).toEqual(['compliant']);
  });

  test('that is absent is that of 2018: no forward secrecy for FTPS, SHA-1 for SFTP', () => {
    expect(words('TransferServerTlsPolicyIsForwardSecret', server(['FTPS']))).toEqual([
      'violation at Properties.SecurityPolicyName: absent',
    ]);
    expect(words('TransferServerRefusesSha1', server(['SFTP']))).toEqual([
      'violation at Properties.SecurityPolicyName: absent',
    ]);
  });

  test('is judged for the protocols that the server offers, and once', () => {
    expect(words('TransferServerTlsPolicyIsForwardSecret', server(['SFTP']))).toEqual([]);
    expect(words('TransferServerRefusesSha1', server(['FTPS']))).toEqual([]);
    expect(words('TransferServerIsPostQuantum', server(['SFTP'], 'TransferSecurityPolicy-2018-11'))).toEqual([
      'compliant',
    ]);
  });

  test('of 2024 lacks post-quantum key exchange, which is information', () => {
    expect(words('TransferServerIsPostQuantum', server(['SFTP'], 'TransferSecurityPolicy-2024-01'))).toEqual([
      'violation at Properties.SecurityPolicyName: TransferSecurityPolicy-2024-01',
    ]);
    const row = TRANSFER_PACK_ROWS.find(({ rule }) => rule.id === 'TransferServerIsPostQuantum');
    expect(row?.level).toBe('info');
  });

  test('that nobody has classified is not fine for SFTP either', () => {
    expect(
      words('TransferServerTlsPolicyIsClassified', server(['SFTP'], 'TransferSecurityPolicy-2031-01')),
    ).toEqual(['violation at Properties.SecurityPolicyName: TransferSecurityPolicy-2031-01']);
  });

  test('that a parameter without default names cannot be told', () => {
    expect(words('TransferServerTlsPolicyIsClassified', server(['SFTP'], { Ref: 'Value' }))).toEqual([
      'unknown at Properties.SecurityPolicyName',
    ]);
  });

  test('matters nothing to FTP', () => {
    expect(words('TransferServerTlsPolicyIsClassified', server(['FTP'], 'nonsense'))).toEqual([]);
  });
});

describe('connectors', () => {
  const connector = (id: string, properties: JsonMap) => words(id, properties, 'Connector');

  test('pass https:// and sftp://, and fail http://', () => {
    expect(connector('TransferConnectorIsEncrypted', { Url: 'https://as2.example' })).toEqual(['compliant']);
    expect(connector('TransferConnectorIsEncrypted', { Url: 'sftp://sftp.example' })).toEqual(['compliant']);
    expect(connector('TransferConnectorIsEncrypted', { Url: 'http://as2.example:80/x' })).toEqual([
      'violation at Properties.Url: http://as2.example:80',
    ]);
  });

  test('pass SFTP through VPC Lattice, which has no URL', () => {
    expect(connector('TransferConnectorIsEncrypted', { SftpConfig: { UserSecretId: 's' } })).toEqual([
      'compliant',
    ]);
  });

  test('cannot tell a hidden address or an unknown scheme', () => {
    expect(connector('TransferConnectorIsEncrypted', { Url: { Ref: 'Value' } })).toEqual([
      'unknown at Properties.Url',
    ]);
    expect(connector('TransferConnectorIsEncrypted', { Url: 'gopher://x' })).toEqual([
      'unknown at Properties.Url',
    ]);
  });

  test('are judged by their SSH policy where they speak SFTP', () => {
    const sftp = (policy?: string): JsonMap => ({
      Url: 'sftp://sftp.example',
      ...(policy !== undefined && { SecurityPolicyName: policy }),
    });
    expect(connector('TransferConnectorPolicyIsClassified', sftp())).toEqual(['compliant']);
    expect(connector('TransferConnectorPolicyIsClassified', sftp('nonsense'))).toEqual([
      'violation at Properties.SecurityPolicyName: nonsense',
    ]);
    expect(
      connector('TransferConnectorRefusesSha1', sftp('TransferSFTPConnectorSecurityPolicy-2023-07')),
    ).toEqual(['violation at Properties.SecurityPolicyName: TransferSFTPConnectorSecurityPolicy-2023-07']);
    expect(connector('TransferConnectorRefusesSha1', sftp())).toEqual(['compliant']);
    expect(connector('TransferConnectorPolicyIsClassified', { Url: 'https://as2.example' })).toEqual([]);
  });
});
