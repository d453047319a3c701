import { SEARCH_ROWS } from '../../../../lib/judge/rules/pci/warehouses-search';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const LOG: JsonMap = { Enabled: true, CloudWatchLogsLogGroupArn: HIDDEN };

describe.each(['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'])('a domain of %s', (type) => {
  test.each<[string, string, JsonMap, readonly string[]]>([
    ['SearchDomainIsInVpc', 'passes subnets', { VPCOptions: { SubnetIds: ['subnet-1'] } }, []],
    ['SearchDomainIsInVpc', 'takes hidden subnets for some', { VPCOptions: { SubnetIds: HIDDEN } }, []],
    ['SearchDomainIsInVpc', 'fails none', {}, ['error violation It.Properties.VPCOptions.SubnetIds: absent']],
    [
      'SearchDomainIsInVpc',
      'fails an empty list',
      { VPCOptions: { SubnetIds: [] } },
      ['error violation It.Properties.VPCOptions.SubnetIds: empty'],
    ],
    ['SearchDomainControlsAccess', 'passes what does', { AdvancedSecurityOptions: { Enabled: true } }, []],
    [
      'SearchDomainControlsAccess',
      'fails the default',
      {},
      ['warning violation It.Properties.AdvancedSecurityOptions.Enabled: absent'],
    ],
    [
      'SearchDomainControlsAccess',
      'cannot tell a parameter',
      { AdvancedSecurityOptions: { Enabled: HIDDEN } },
      ['warning unknown It.Properties.AdvancedSecurityOptions.Enabled'],
    ],
    ...(
      [
        ['SearchDomainLogsAudit', 'AUDIT_LOGS'],
        ['SearchDomainLogsErrors', 'ES_APPLICATION_LOGS'],
      ] as const
    ).flatMap(([id, log]): [string, string, JsonMap, readonly string[]][] => [
      [id, 'passes the log', { LogPublishingOptions: { [log]: LOG } }, []],
      [
        id,
        'fails another log, once',
        { LogPublishingOptions: { SEARCH_SLOW_LOGS: LOG } },
        [`warning violation It.Properties.LogPublishingOptions.${log}: absent`],
      ],
      [
        id,
        'fails a log that is off',
        { LogPublishingOptions: { [log]: { ...LOG, Enabled: false } } },
        [`warning violation It.Properties.LogPublishingOptions.${log}.Enabled: false`],
      ],
      [
        id,
        'fails a log without a place',
        { LogPublishingOptions: { [log]: { Enabled: true } } },
        [`warning violation It.Properties.LogPublishingOptions.${log}.CloudWatchLogsLogGroupArn: absent`],
      ],
      [
        id,
        'cannot tell a parameter',
        { LogPublishingOptions: { [log]: { ...LOG, Enabled: HIDDEN } } },
        [`warning unknown It.Properties.LogPublishingOptions.${log}.Enabled`],
      ],
    ]),
  ])('%s %s', (id, _, properties, expected) => {
    expect(says(SEARCH_ROWS, id, one(type, properties))).toEqual(expected);
  });
});
