import { WAREHOUSE_ROWS } from '../../../../lib/judge/rules/pci/warehouses';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const cluster = (Properties: JsonMap = {}): JsonMap => one('AWS::Redshift::Cluster', Properties);
const namespace = (Properties: JsonMap = {}): JsonMap =>
  one('AWS::RedshiftServerless::Namespace', Properties);
const workgroup = (Properties: JsonMap = {}): JsonMap =>
  one('AWS::RedshiftServerless::Workgroup', Properties);

test.each<[string, string, JsonMap, readonly string[]]>([
  ['WarehouseIsNotPublic', 'passes the default', cluster(), []],
  [
    'WarehouseIsNotPublic',
    'fails a public cluster',
    cluster({ PubliclyAccessible: true }),
    ['error violation It.Properties.PubliclyAccessible: true'],
  ],
  [
    'WarehouseIsNotPublic',
    'fails a public workgroup',
    workgroup({ PubliclyAccessible: true }),
    ['error violation It.Properties.PubliclyAccessible: true'],
  ],
  [
    'WarehouseIsNotPublic',
    'cannot tell a parameter',
    workgroup({ PubliclyAccessible: HIDDEN }),
    ['error unknown It.Properties.PubliclyAccessible'],
  ],
  ['WarehouseLogsConnections', 'passes a log', cluster({ LoggingProperties: { BucketName: 'logs' } }), []],
  [
    'WarehouseLogsConnections',
    'takes a hidden log for one',
    cluster({ LoggingProperties: { BucketName: HIDDEN } }),
    [],
  ],
  [
    'WarehouseLogsConnections',
    'fails none',
    cluster(),
    ['warning violation It.Properties.LoggingProperties: absent'],
  ],
  [
    'WarehouseLogsConnections',
    'passes both logs of a namespace',
    namespace({ LogExports: ['userlog', 'connectionlog'] }),
    [],
  ],
  [
    'WarehouseLogsConnections',
    'fails one of them alone',
    namespace({ LogExports: ['userlog'] }),
    ['warning violation It.Properties.LogExports: userlog'],
  ],
  [
    'WarehouseLogsConnections',
    'cannot tell a parameter',
    namespace({ LogExports: HIDDEN }),
    ['warning unknown It.Properties.LogExports'],
  ],
  ['WarehouseRoutesThroughVpc', 'passes what does', cluster({ EnhancedVpcRouting: true }), []],
  [
    'WarehouseRoutesThroughVpc',
    'fails the default',
    workgroup(),
    ['warning violation It.Properties.EnhancedVpcRouting: absent'],
  ],
  [
    'WarehouseRoutesThroughVpc',
    'cannot tell a parameter',
    cluster({ EnhancedVpcRouting: HIDDEN }),
    ['warning unknown It.Properties.EnhancedVpcRouting'],
  ],
  ['WarehouseUsesOwnKey', 'passes a key', cluster({ Encrypted: true, KmsKeyId: HIDDEN }), []],
  ['WarehouseUsesOwnKey', 'fails none', namespace(), ['info violation It.Properties.KmsKeyId: absent']],
  [
    'WarehouseUsesOwnKey',
    'fails the key of AWS by its name',
    namespace({ KmsKeyId: 'AWS_OWNED_KMS_KEY' }),
    ['info violation It.Properties.KmsKeyId: AWS_OWNED_KMS_KEY'],
  ],
  ['WarehouseUsesOwnKey', 'leaves no encryption to another rule', cluster({ Encrypted: false }), []],
  [
    'WarehouseUsesOwnKey',
    'cannot tell whether there is any',
    cluster({ Encrypted: HIDDEN }),
    ['info unknown It.Properties.Encrypted'],
  ],
  ['WarehouseIsBackedUp', 'passes the default, which is a day', cluster(), []],
  [
    'WarehouseIsBackedUp',
    'fails none',
    cluster({ AutomatedSnapshotRetentionPeriod: 0 }),
    ['info violation It.Properties.AutomatedSnapshotRetentionPeriod: 0'],
  ],
  [
    'WarehouseIsBackedUp',
    'cannot tell a parameter',
    cluster({ AutomatedSnapshotRetentionPeriod: HIDDEN }),
    ['info unknown It.Properties.AutomatedSnapshotRetentionPeriod'],
  ],
  ['WarehouseTakesUpgrades', 'passes the default', cluster(), []],
  [
    'WarehouseTakesUpgrades',
    'fails what is switched off',
    cluster({ AllowVersionUpgrade: false }),
    ['info violation It.Properties.AllowVersionUpgrade: false'],
  ],
  [
    'WarehouseTakesUpgrades',
    'cannot tell a parameter',
    cluster({ AllowVersionUpgrade: HIDDEN }),
    ['info unknown It.Properties.AllowVersionUpgrade'],
  ],
])('%s %s', (id, _, resources, expected) => {
  expect(says(WAREHOUSE_ROWS, id, resources)).toEqual(expected);
});
