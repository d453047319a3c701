import type { DataDescription } from '../../../lib/core/classification';
import { SUPPORTING_PACK } from '../../../lib/judge/packs/supporting';
import { TRANSMISSION_PACK } from '../../../lib/judge/packs/transmission';
import {
  arbitrate,
  CONFLICTS,
  type ConflictId,
  ERASURE_KEYS,
  type Situation,
} from '../../../lib/judge/rules/arbiter';
import { BACKUP_ROWS } from '../../../lib/judge/rules/pci/backup';
import { found, resource, store } from './gdpr/support';

const persons: DataDescription = { holds: ['personal-data'], retentionDays: 30 };
const cards: DataDescription = { holds: ['sensitive-authentication-data'] };
const internal: DataDescription = { holds: ['internal'] };

describe('the arbiter', () => {
  test.each<[ConflictId, string, Situation, string]>([
    ['replication', 'of other data', { holds: internal }, 'stands'],
    ['replication', 'of what nobody says', {}, 'stands'],
    ['replication', 'of personal data', { holds: persons }, 'bounded'],
    ['replication', 'of data that nobody keeps', { holds: cards }, 'yields'],
    ['log-retention', 'of any log', {}, 'bounded 365 400'],
    ['log-retention', 'of an application with personal data', { holds: persons }, 'yields - 30'],
    [
      'log-retention',
      'of personal data that is needed for longer',
      { holds: { ...persons, retentionDays: 730 } },
      'bounded 365 730',
    ],
    [
      'log-retention',
      'of the audit record, whatever it says',
      { holds: persons, isAuditRecord: true },
      'bounded 365 365',
    ],
    ['log-retention', 'by other bounds', { history: { least: 90, most: 180 } }, 'bounded 90 180'],
    ['immutability', 'of other data', { holds: internal }, 'stands'],
    ['immutability', 'of the audit record', { holds: persons, isAuditRecord: true }, 'stands'],
    ['immutability', 'of personal data', { holds: persons }, 'bounded - 30'],
    [
      'immutability',
      'of personal data with a key of its own',
      { holds: persons, isErasedByKey: true },
      'stands',
    ],
    ['immutability', 'of logs that refuse it', { writersTakeLock: false, isAuditRecord: true }, 'yields'],
    ['versions', 'of other data', { holds: internal }, 'stands'],
    ['versions', 'of personal data', { holds: persons }, 'bounded - 30'],
    ['backups', 'of other data', { holds: internal }, 'stands'],
    ['backups', 'of personal data', { holds: persons }, 'bounded - 30'],
    [
      'backups',
      'of personal data of which nobody says how long',
      { holds: { holds: ['personal-data'] } },
      'bounded - 35',
    ],
    ['backups', 'of data that nobody keeps', { holds: cards }, 'yields'],
    [
      'backups',
      'of keys that erase',
      { holds: { holds: ['credentials'], categories: [ERASURE_KEYS] } },
      'yields',
    ],
    ['backups', 'of what lives a day', { livesDays: 1 }, 'yields'],
    ['backups', 'of what lives two', { livesDays: 2 }, 'stands'],
    ['request-logging', 'of anything', {}, 'bounded'],
    ['log-target-encryption', 'of a bucket', {}, 'stands'],
    ['log-target-encryption', 'of a bucket whose writers take no key', { writersTakeKeys: false }, 'yields'],
    ['log-target-logging', 'of a bucket', {}, 'stands'],
    ['log-target-logging', 'of a bucket for logs', { isLogTarget: true }, 'yields'],
    ['client-certificates', 'of a domain', {}, 'stands'],
    ['client-certificates', 'of a domain with mutual TLS', { asksForCertificates: true }, 'yields'],
    ['redirect-listener', 'that serves', {}, 'stands'],
    ['redirect-listener', 'that redirects', { onlyRedirects: true }, 'yields'],
  ])('%s %s', (conflict, _, situation, ruling) => {
    const decided = arbitrate(conflict, situation);
    const { least, most } = decided;
    const bounds = least === undefined && most === undefined ? '' : ` ${least ?? '-'} ${most ?? '-'}`;
    expect(`${decided.ruling}${bounds}`).toBe(ruling);
    expect(decided.because).toMatch(/^\S.*[^.]$/);
  });

  test('names both sides of every conflict, and who asks', () => {
    for (const { asks, askedBy, against, againstBy, cases } of Object.values(CONFLICTS)) {
      expect([asks, against].filter((text) => /^[A-Z]|[.]$/.test(text))).toEqual([]);
      expect([askedBy.length, againstBy.length, cases.length]).not.toContain(0);
    }
  });
});

describe('rules that the arbiter decides for', () => {
  const GROUP = 'AWS::Logs::LogGroup';
  const supporting = (id: string, resources: Parameters<typeof found>[2]) =>
    found(SUPPORTING_PACK.rules, id, resources);

  test('a log of an application with personal data forgets it in time, and need not keep a year', () => {
    const it = (RetentionInDays: number) => ({ It: store(GROUP, { RetentionInDays }) });
    expect(supporting('LogRetentionCoversAYear', it(90))).toEqual([]);
    expect(supporting('LogRetentionEnds', it(90))).toEqual([]);
    expect(supporting('LogRetentionEnds', it(365))).toEqual(['warning violation It.RetentionInDays: 365']);
  });

  test('the log group of a trail keeps a year, whatever it says', () => {
    const app = {
      It: store(GROUP, { RetentionInDays: 90 }),
      Trail: resource('AWS::CloudTrail::Trail', {
        CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['It', 'Arn'] },
      }),
    };
    expect(supporting('LogRetentionCoversAYear', app)).toEqual(['warning violation It.RetentionInDays: 90']);
  });

  test('nobody asks for recovery or backups of keys whose destruction erases', () => {
    const table = (categories: readonly string[]) => ({
      It: store('AWS::DynamoDB::Table', {}, { categories }),
    });
    expect(supporting('TableCanBeRestored', table([ERASURE_KEYS]))).toEqual([]);
    expect(supporting('TableCanBeRestored', table(['order-history']))).toHaveLength(1);
    expect(found(BACKUP_ROWS, 'StoreIsInBackupPlan', table([ERASURE_KEYS]))).toEqual([]);
    expect(found(BACKUP_ROWS, 'StoreIsInBackupPlan', table(['order-history']))).toHaveLength(1);
  });

  test('a domain with mutual TLS is asked for no TLS policy that it cannot have', () => {
    const domain = (more: object) => ({
      It: resource('AWS::ApiGateway::DomainName', {
        SecurityPolicy: 'TLS_1_2',
        EndpointConfiguration: { Types: ['REGIONAL'] },
        ...more,
      }),
    });
    const rules = [
      'ApiDomainIsForwardSecret',
      'ApiDomainTlsPolicyIsOnSecurityHubList',
      'ApiDomainIsPostQuantum',
    ];
    const says = (more: object) => rules.flatMap((id) => found(TRANSMISSION_PACK.rules, id, domain(more)));
    expect(says({})).not.toEqual([]);
    expect(says({ MutualTlsAuthentication: { TruststoreUri: 's3://trust/store.pem' } })).toEqual([]);
  });
});
