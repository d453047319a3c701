import { deliveriesTo } from '../../hops/log-target/deliveries';
import type { PackRule } from '../../packs/pack';
import {
  type Cursor,
  isValueList,
  type Resource,
  resourcesIn,
  Text,
  Unresolved,
  type Value,
} from '../../template';
import { arbitrate } from '../arbiter';
import { heldBy } from '../held';
import { isTrue, pointingAt, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { ACCOUNT_DATA, whereHeld } from './account-data';
import { cardholderRow } from './row';

const BUCKET = 'AWS::S3::Bucket';
const TRAIL = 'AWS::CloudTrail::Trail';
const TABLE = 'AWS::DynamoDB::Table';
const GLOBAL_TABLE = 'AWS::DynamoDB::GlobalTable';

/** Three months have to be at hand at once (PCI DSS 10.5.1). */
const ONLINE_DAYS = 90;

/** Objects there are restored before they can be read, for hours. GLACIER_IR answers at once. */
const OFFLINE = ['GLACIER', 'DEEP_ARCHIVE'];

const EVERY_ACCESS = ['10.2.1', '10.2.1.1', '10.2.1.4', '10.2.2'];

/** Rules on where the record of who did what lies, with their levels. */
export const AUDIT_STORE_ROWS: readonly PackRule[] = [
  cardholderRow('warning', {
    id: 'AuditLogStaysOnline',
    title: 'three months of the logs in a bucket can be read at once',
    risk: 'When somebody has broken in, the first hours count: logs in an archive come back tomorrow.',
    fix: 'Set TransitionInDays to 90 or more for GLACIER and DEEP_ARCHIVE in LifecycleConfiguration.Rules, and Days likewise in IntelligentTieringConfigurations; GLACIER_IR can be read at once. CDK: transitions: [{ storageClass: StorageClass.GLACIER, transitionAfter: Duration.days(90) }] in lifecycleRules of Bucket.',
    references: { pciDss: ['10.5.1'], gdpr: ['32(1)(c)', '33(1)'], cwe: ['CWE-778'] },
    resourceTypes: [BUCKET],
    test: staysOnline,
  }),
  cardholderRow('warning', {
    id: 'AuditLogIsKeptAYear',
    title: 'logs in a bucket are not removed within a year',
    risk: 'Intrusions are found after months: a record that is gone by then has nothing to say about them.',
    fix: 'Set ExpirationInDays in LifecycleConfiguration.Rules to 365 or more. CDK: expiration: Duration.days(400) in lifecycleRules of Bucket.',
    references: { pciDss: ['10.5.1'], gdpr: ['32(1)(d)'], cwe: ['CWE-778'] },
    resourceTypes: [BUCKET],
    test: isKept,
  }),
  cardholderRow('info', {
    id: 'AuditLogGroupResistsDeletion',
    title: 'the log group of a trail cannot be deleted by one call',
    risk: 'Whoever may delete log groups removes what alarms and investigators look at; the files in the bucket tell it later.',
    fix: 'Set DeletionProtectionEnabled to true. CDK: deletionProtectionEnabled: true of LogGroup, which is off by default.',
    references: { pciDss: ['10.3.2', '10.3.4'], gdpr: ['32(1)(b)'], cwe: ['CWE-778'] },
    resourceTypes: ['AWS::Logs::LogGroup'],
    test: (group, context) =>
      pointingAt(group, TRAIL, 'CloudWatchLogsLogGroupArn').found.length === 0
        ? NOT_APPLICABLE
        : isTrue('DeletionProtectionEnabled')(group, context),
  }),
  cardholderRow('warning', {
    id: 'AccountDataAccessIsRecorded',
    title: 'a trail records who reads and writes account data in a table',
    risk: 'After a theft nobody can tell which cards were read, and when: every customer has to be told, and every card replaced.',
    fix: 'Add an entry of AdvancedEventSelectors to the AWS::CloudTrail::Trail with eventCategory Data and resources.type AWS::DynamoDB::Table, or DataResources of that Type to EventSelectors. CDK: Trail has no method for tables; set advancedEventSelectors of its CfnTrail.',
    references: { pciDss: EVERY_ACCESS, gdpr: ['32(1)(d)', '33(1)'], cwe: ['CWE-778'] },
    resourceTypes: [TABLE, GLOBAL_TABLE],
    test: whereHeld(ACCOUNT_DATA, isRecorded),
  }),
];

/** A rule of a lifecycle that is on. */
function lifecycleRules(bucket: Cursor): readonly Cursor[] | Verdict {
  const rules = bucket.at('LifecycleConfiguration', 'Rules');
  const list = rules.list();
  if (list.state === 'unresolved') return unknown(rules, list.why);
  return rules.items().filter((rule) => {
    const status = rule.at('Status').string();
    return status.state !== 'given' || status.value === 'Enabled';
  });
}

function staysOnline(bucket: Cursor): Verdict | readonly Verdict[] {
  if (deliveriesTo(bucket.resource, bucket.world).length === 0) return NOT_APPLICABLE;
  const rules = lifecycleRules(bucket);
  if ('verdict' in rules) return rules;
  const moves = rules.flatMap((rule) => [
    ...[...rule.at('Transitions').items(), ...only(rule.at('Transition'))].map(
      (move) => [move.at('StorageClass'), move.at('TransitionInDays')] as const,
    ),
  ]);
  const tierings = bucket
    .at('IntelligentTieringConfigurations')
    .items()
    .flatMap((configuration) => configuration.at('Tierings').items())
    .map((tiering) => [tiering.at('AccessTier'), tiering.at('Days')] as const);
  const bad = [...moves, ...tierings].flatMap(([where, when]) => tooEarly(where, when));
  return bad.length > 0 ? bad : COMPLIANT;
}

function only(at: Cursor): readonly Cursor[] {
  return at.isPresent ? [at] : [];
}

/** Both archives of Intelligent-Tiering are offline. */
function tooEarly(where: Cursor, when: Cursor): readonly Verdict[] {
  const place = where.string();
  if (place.state === 'unresolved') return [unknown(where, place.why)];
  const isOffline =
    place.state === 'given' && (OFFLINE.includes(place.value) || /_ACCESS$/.test(place.value));
  if (!isOffline) return [];
  const days = when.number();
  if (days.state === 'unresolved') return [unknown(when, days.why)];
  // Without days there is a date, after which everything goes there as soon as it comes.
  const after = days.state === 'given' ? days.value : 0;
  return after >= ONLINE_DAYS
    ? []
    : [
        violation(
          when,
          days.state === 'given' ? String(after) : 'absent',
          `${ONLINE_DAYS} or more, before ${place.value}`,
        ),
      ];
}

/** As long as the arbiter between history and erasure says. */
function isKept(bucket: Cursor): Verdict | readonly Verdict[] {
  const { resource, world } = bucket;
  const deliveries = deliveriesTo(resource, world);
  if (deliveries.length === 0) return NOT_APPLICABLE;
  const isAuditRecord = deliveries.some(({ from }) => from.type === TRAIL);
  const { least, because } = arbitrate('log-retention', {
    holds: heldBy(bucket),
    isAuditRecord,
    isLogTarget: true,
  });
  if (least === undefined) return NOT_APPLICABLE;
  const rules = lifecycleRules(bucket);
  if ('verdict' in rules) return rules;
  const bad = rules.flatMap((rule): readonly Verdict[] => {
    const at = rule.at('ExpirationInDays');
    const days = at.number();
    if (days.state === 'unresolved') return [unknown(at, days.why)];
    return days.state === 'given' && days.value < least
      ? [violation(at, String(days.value), `${least} or more`, because)]
      : [];
  });
  return bad.length > 0 ? bad : COMPLIANT;
}

/** One trail that does suffices. Where no trail is at hand, that of the account may. */
function isRecorded(table: Cursor): Verdict {
  const { world } = table;
  const trails = world.app.resourcesOfType(TRAIL).filter((trail) => world.exists(trail));
  if (trails.length === 0) return unknown(table, 'no trail is in a template at hand');
  const answers = trails.map((trail) => recordsTable(world.view(trail), table.resource));
  if (answers.includes(true)) return COMPLIANT;
  const hidden = answers.find((answer) => answer instanceof Unresolved);
  return hidden instanceof Unresolved
    ? unknown(table, hidden.why)
    : violation(table, 'no event selector of a trail', 'one for AWS::DynamoDB::Table');
}

function recordsTable(trail: Cursor, table: Resource): boolean | Unresolved {
  const advanced = trail.at('AdvancedEventSelectors');
  const basic = trail.at('EventSelectors');
  for (const at of [advanced, basic]) {
    const list = at.list();
    if (list.state === 'unresolved') return new Unresolved(list.why);
  }
  return advanced.items().some(advancedChooses(table)) || basic.items().some(basicChooses(table));
}

function advancedChooses(table: Resource) {
  return (selector: Cursor): boolean => {
    const fields = selector.at('FieldSelectors').items();
    const named = (name: string) =>
      fields.find((field) => {
        const read = field.at('Field').string();
        return read.state === 'given' && read.value === name;
      });
    if (named('readOnly') !== undefined || named('eventName') !== undefined) return false;
    const arn = named('resources.ARN');
    return (
      holds(named('eventCategory')?.at('Equals'), 'Data') &&
      holds(named('resources.type')?.at('Equals'), TABLE) &&
      (arn === undefined || names(arn.value(), table))
    );
  };
}

function basicChooses(table: Resource) {
  return (selector: Cursor): boolean => {
    const kind = selector.at('ReadWriteType').string();
    if (kind.state === 'given' && kind.value !== 'All') return false;
    return selector
      .at('DataResources')
      .items()
      .some((data) => {
        const type = data.at('Type').string();
        const values = data.at('Values');
        const isEvery = values.items().some((value) => isWholeService(value.value()));
        return type.state === 'given' && type.value === TABLE && (isEvery || names(values.value(), table));
      });
  };
}

/** `arn:aws:dynamodb` alone, whatever the partition. */
function isWholeService(value: Value | undefined): boolean {
  const parts = value instanceof Text ? value.parts : [value];
  return parts
    .map((part) => (typeof part === 'string' ? part : '?'))
    .join('')
    .endsWith(':dynamodb');
}

function holds(at: Cursor | undefined, wanted: string): boolean {
  const value = at?.value();
  return isValueList(value) ? value.includes(wanted) : value === wanted;
}

function names(value: Value | undefined, table: Resource): boolean {
  return resourcesIn(value).includes(table);
}
