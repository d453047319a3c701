import type { PackRule } from '../../packs/pack';
import { type Cursor, resourcesIn, Text, Unresolved } from '../../template';
import { placeOfHolding } from '../held';
import { unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { ACCOUNT_DATA, HOLDER_TYPES, whereHeld } from './account-data';
import { environmentAt, environmentNamed, environmentOf } from './environment-name';
import { cardholderRow } from './row';
import { SCOPED_TYPES } from './scope-rows';

/** What a store is made from, by the property that names it: each is a copy of what others have entered. */
export const COPIED_FROM: readonly string[] = [
  'BackupId',
  'ClusterSnapshotIdentifier',
  'DBClusterSnapshotIdentifier',
  'DBSnapshotIdentifier',
  'RestoreFrom',
  'SnapshotArn',
  'SnapshotArns',
  'SnapshotId',
  'SnapshotIdentifier',
  'SnapshotName',
  'SourceDBClusterIdentifier',
  'SourceDBInstanceIdentifier',
];

/** Rules on environments before production, with their levels. */
export const ENVIRONMENT_ROWS: readonly PackRule[] = [
  cardholderRow('warning', {
    id: 'LiveCardNumbersStayInProduction',
    title: 'nothing before production holds account data',
    risk: 'Test environments are open to many and watched by nobody: card numbers of customers in them are as good as published.',
    fix: 'Use numbers of test cards and say public or internal of the store, or protect the environment as production is, with a waiver that says so. CDK: no holdsCardholderData() in Stages before production; Tags.of(stage).add("environment", "test") says it where names do not.',
    references: { pciDss: ['6.5.5', '6.5.6', '6.5.3'], gdpr: ['5(1)(b)', '25(1)'], cwe: ['CWE-668'] },
    resourceTypes: HOLDER_TYPES,
    test: whereHeld(ACCOUNT_DATA, (view, held) => {
      const kind = environmentAt(view);
      if (kind === undefined) return NOT_APPLICABLE;
      if (kind === 'production') return COMPLIANT;
      const got = `${held.holds.join(', ')} in ${view.resource.template.name}`;
      return { verdict: 'violation', ...placeOfHolding(view), got, want: 'data that belongs to nobody' };
    }),
  }),
  cardholderRow('warning', {
    id: 'CardholderEnvironmentHasOwnAccount',
    title: 'account data lies in an account without environments before production',
    risk: 'Who may experiment in an account finds the way to everything in it: one role with too much, and a test reads card numbers.',
    fix: 'Deploy production to an account of its own. CDK: env: { account, region } of each Stage, with another account for production.',
    references: { pciDss: ['6.5.3', '6.5.4', '2.2.3'], gdpr: ['32(1)(b)'], cwe: ['CWE-653'] },
    resourceTypes: HOLDER_TYPES,
    test: whereHeld(ACCOUNT_DATA, hasOwnAccount),
  }),
  cardholderRow('warning', {
    id: 'PreproductionUsesNothingOfProduction',
    title: 'no environment before production reads from production',
    risk: 'What a test may read, a test can lose, and what it may write it will: the data and the keys of production are in reach of everybody who develops.',
    fix: 'Remove the reference to the stack of production, and the snapshot of it; make test data, or copies without what is about persons and cards. CDK: no props handed from the Stage of production to others.',
    references: { pciDss: ['6.5.3', '6.5.5'], gdpr: ['5(1)(b)', '32(1)(b)'], cwe: ['CWE-653'] },
    resourceTypes: [...new Set([...SCOPED_TYPES, ...HOLDER_TYPES])],
    test: usesNothingOfProduction,
  }),
];

/** Where the account is the same for all, and known: without one, every deployment may go elsewhere. */
function hasOwnAccount(view: Cursor): Verdict {
  const { template } = view.resource;
  if (environmentAt(view) !== 'production') return NOT_APPLICABLE;
  const others = view.world.app.templates.filter((other) => environmentOf(other) === 'pre-production');
  if (others.length === 0) return NOT_APPLICABLE;
  const { account } = template.source;
  if (account === undefined) return unknown(view, `the stack ${template.name} is bound to no account`);
  const [shared] = others.filter(({ source }) => source.account === account);
  if (shared !== undefined) return violation(view, `in the account of ${shared.name}`, 'in one of its own');
  const [unbound] = others.filter(({ source }) => source.account === undefined);
  return unbound === undefined
    ? COMPLIANT
    : unknown(view, `the stack ${unbound.name} is bound to no account`);
}

function usesNothingOfProduction(view: Cursor): Verdict | readonly Verdict[] {
  const { world } = view;
  if (environmentAt(view) !== 'pre-production') return NOT_APPLICABLE;
  const entries = view.entries();
  if (entries.state === 'unresolved') return unknown(view, entries.why);
  if (entries.state === 'absent') return COMPLIANT;
  const bad = entries.value.flatMap(([key, at]): readonly Verdict[] => {
    const value = at.value();
    const [other] = resourcesIn(value).filter(
      (one) => one !== view.resource && world.exists(one) && environmentAt(world.view(one)) === 'production',
    );
    if (other !== undefined) {
      return [violation(at, `${other.logicalId} of ${other.template.name}`, 'nothing of production')];
    }
    if (!COPIED_FROM.includes(key)) return [];
    if (value instanceof Unresolved) return [unknown(at, value.why)];
    const name = value instanceof Text || typeof value === 'string' ? String(value) : '';
    return environmentNamed(name) === 'production' ? [violation(at, name, 'no copy of production')] : [];
  });
  return bad.length > 0 ? bad : COMPLIANT;
}
