import type { Cursor } from '../../template';
import { isClusterMember } from '../cluster-member';
import { type PropertyTest, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';

/** The list at a place must hold all of these texts. */
export function holds(path: string, wanted: readonly string[]): PropertyTest {
  return (properties) => listHolds(properties.at(...path.split('.')), wanted);
}

/**
 * A database exports the log that shows who logged in, and of engines with an audit log that one. Not all logs: that of
 * every query (`general`) holds the data of persons, which GDPR 5(1)(c) asks to keep out.
 */
export const exportsAuditLog: PropertyTest = (properties) => {
  // The cluster exports for its members.
  if (isClusterMember(properties)) return NOT_APPLICABLE;
  const engine = properties.at('Engine').string();
  const at = properties.at('EnableCloudwatchLogsExports');
  const wanted = engine.state === 'given' ? auditLogOf(engine.value) : undefined;
  if (wanted !== undefined) return listHolds(at, [wanted]);
  const list = at.list();
  if (list.state === 'unresolved') return unknown(at, list.why);
  const isEmpty = list.state === 'absent' || list.value.length === 0;
  return isEmpty ? violation(at, at.isPresent ? 'empty' : 'absent', 'a list of logs') : COMPLIANT;
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-rds-dbinstance.html#cfn-rds-dbinstance-enablecloudwatchlogsexports */
function auditLogOf(engine: string): string | undefined {
  if (/^(aurora-)?postgres/.test(engine)) return 'postgresql';
  if (/^(aurora$|aurora-mysql|mysql|mariadb|oracle)/.test(engine)) return 'audit';
  if (engine.startsWith('sqlserver')) return 'error';
  return engine.startsWith('db2') ? 'diag.log' : undefined;
}

function listHolds(at: Cursor, wanted: readonly string[]): Verdict {
  const want = `a list with ${wanted.join(' and ')}`;
  const list = at.list();
  if (list.state === 'unresolved') return unknown(at, list.why);
  if (list.state === 'absent') return violation(at, 'absent', want);
  const readings = list.value.map((item) => item.string());
  const held = readings.flatMap((reading) => (reading.state === 'given' ? [reading.value] : []));
  if (wanted.every((one) => held.includes(one))) return COMPLIANT;
  const hidden = readings.find((reading) => reading.state === 'unresolved');
  if (hidden?.state === 'unresolved') return unknown(at, hidden.why);
  return violation(at, held.length === 0 ? 'empty' : held.join(', '), want);
}
