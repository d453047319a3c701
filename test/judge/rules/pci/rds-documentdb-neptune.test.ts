import { DOCUMENTDB_NEPTUNE_ROWS } from '../../../../lib/judge/rules/pci/rds-documentdb-neptune';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const documents = (Properties: JsonMap = {}): JsonMap => one('AWS::DocDB::DBCluster', Properties);
const graph = (Properties: JsonMap = {}): JsonMap => one('AWS::Neptune::DBCluster', Properties);
const LOGS = 'It.Properties.EnableCloudwatchLogsExports';

describe.each([
  ['DocumentDbExportsAuditLog', documents],
  ['NeptuneExportsAuditLog', graph],
])('%s', (id, make) => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes the audit log', make({ EnableCloudwatchLogsExports: ['audit', 'profiler'] }), []],
    ['fails none', make(), [`warning violation ${LOGS}: absent`]],
    [
      'fails another one',
      make({ EnableCloudwatchLogsExports: ['profiler'] }),
      [`warning violation ${LOGS}: profiler`],
    ],
    ['cannot tell a parameter', make({ EnableCloudwatchLogsExports: HIDDEN }), [`warning unknown ${LOGS}`]],
  ])('%s', (_, resources, expected) => {
    expect(says(DOCUMENTDB_NEPTUNE_ROWS, id, resources)).toEqual(expected);
  });
});

test.each<[string, string, JsonMap, readonly string[]]>([
  ['NeptuneAuthenticatesByIam', 'passes what asks', graph({ IamAuthEnabled: true }), []],
  [
    'NeptuneAuthenticatesByIam',
    'fails the default, which asks nobody',
    graph(),
    ['warning violation It.Properties.IamAuthEnabled: absent'],
  ],
  [
    'NeptuneAuthenticatesByIam',
    'cannot tell a parameter',
    graph({ IamAuthEnabled: HIDDEN }),
    ['warning unknown It.Properties.IamAuthEnabled'],
  ],
  ['ClusterBackupsCoverAWeek', 'passes seven days', documents({ BackupRetentionPeriod: 7 }), []],
  [
    'ClusterBackupsCoverAWeek',
    'fails six days',
    graph({ BackupRetentionPeriod: 6 }),
    ['info violation It.Properties.BackupRetentionPeriod: 6'],
  ],
  [
    'ClusterBackupsCoverAWeek',
    'fails the default, which is a day',
    documents(),
    ['info violation It.Properties.BackupRetentionPeriod: absent'],
  ],
  [
    'ClusterBackupsCoverAWeek',
    'cannot tell a parameter',
    graph({ BackupRetentionPeriod: HIDDEN }),
    ['info unknown It.Properties.BackupRetentionPeriod'],
  ],
])('%s %s', (id, _, resources, expected) => {
  expect(says(DOCUMENTDB_NEPTUNE_ROWS, id, resources)).toEqual(expected);
});
