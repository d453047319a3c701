import { STREAM_DATA_ROWS } from '../../../../lib/judge/rules/pci/streams';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const stream = (Properties: JsonMap = {}): JsonMap => one('AWS::Kinesis::Stream', Properties);
const instance = (Properties: JsonMap = {}): JsonMap => one('AWS::DMS::ReplicationInstance', Properties);
const task = (settings: JsonMap): JsonMap =>
  one('AWS::DMS::ReplicationTask', { ReplicationTaskSettings: JSON.stringify(settings) });
const TEXT = 'It.Properties.ReplicationTaskSettings';

test.each<[string, string, JsonMap, readonly string[]]>([
  [
    'StreamIsEncrypted',
    'passes a key',
    stream({ StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } }),
    [],
  ],
  [
    'StreamIsEncrypted',
    'fails none',
    stream(),
    ['error violation It.Properties.StreamEncryption.EncryptionType: absent'],
  ],
  [
    'StreamIsEncrypted',
    'cannot tell a parameter',
    stream({ StreamEncryption: { EncryptionType: HIDDEN } }),
    ['error unknown It.Properties.StreamEncryption.EncryptionType'],
  ],
  ['ReplicationInstanceIsNotPublic', 'passes a private one', instance({ PubliclyAccessible: false }), []],
  [
    'ReplicationInstanceIsNotPublic',
    'fails the default, which is public',
    instance(),
    ['error violation It.Properties.PubliclyAccessible: absent'],
  ],
  [
    'ReplicationInstanceIsNotPublic',
    'fails a public one',
    instance({ PubliclyAccessible: true }),
    ['error violation It.Properties.PubliclyAccessible: true'],
  ],
  [
    'ReplicationInstanceIsNotPublic',
    'cannot tell a parameter',
    instance({ PubliclyAccessible: HIDDEN }),
    ['error unknown It.Properties.PubliclyAccessible'],
  ],
  [
    'ReplicationLogsTarget',
    'passes a log at the usual level',
    task({ Logging: { EnableLogging: true } }),
    [],
  ],
  [
    'ReplicationLogsTarget',
    'passes a quiet source',
    task({
      Logging: {
        EnableLogging: true,
        LogComponents: [{ Id: 'SOURCE_UNLOAD', Severity: 'LOGGER_SEVERITY_ERROR' }],
      },
    }),
    [],
  ],
  [
    'ReplicationLogsTarget',
    'fails a quiet target',
    task({
      Logging: {
        EnableLogging: true,
        LogComponents: [
          { Id: 'TARGET_LOAD', Severity: 'LOGGER_SEVERITY_DEBUG' },
          { Id: 'TARGET_APPLY', Severity: 'LOGGER_SEVERITY_ERROR' },
        ],
      },
    }),
    [`info violation ${TEXT}.Logging.LogComponents.1.Severity: LOGGER_SEVERITY_ERROR`],
  ],
  [
    'ReplicationLogsTarget',
    'fails a log that is off',
    task({ Logging: { EnableLogging: false } }),
    [`info violation ${TEXT}.Logging.EnableLogging: false`],
  ],
  [
    'ReplicationLogsTarget',
    'fails no settings',
    one('AWS::DMS::ReplicationTask'),
    [`info violation ${TEXT}: absent`],
  ],
  [
    'ReplicationLogsTarget',
    'cannot tell text that is no JSON',
    one('AWS::DMS::ReplicationTask', { ReplicationTaskSettings: '{' }),
    [`info unknown ${TEXT}`],
  ],
  [
    'ReplicationLogsTarget',
    'cannot tell a parameter',
    one('AWS::DMS::ReplicationTask', { ReplicationTaskSettings: HIDDEN }),
    [`info unknown ${TEXT}.Logging.EnableLogging`],
  ],
  [
    'ReplicationLogsTarget',
    'reads the map of a serverless replication',
    one('AWS::DMS::ReplicationConfig', { ReplicationSettings: { Logging: {} } }),
    ['info violation It.Properties.ReplicationSettings.Logging.EnableLogging: absent'],
  ],
  [
    'ReplicationLogsTarget',
    'cannot tell a hidden level',
    one('AWS::DMS::ReplicationConfig', {
      ReplicationSettings: {
        Logging: { EnableLogging: true, LogComponents: [{ Id: 'TARGET_APPLY', Severity: HIDDEN }] },
      },
    }),
    ['info unknown It.Properties.ReplicationSettings.Logging.LogComponents.0.Severity'],
  ],
])('%s %s', (id, _, resources, expected) => {
  expect(says(STREAM_DATA_ROWS, id, resources)).toEqual(expected);
});
