import type { PackRule } from '../../packs/pack';
import { type App, type Cursor, explore, type Resource, resourcesIn } from '../../template';
import { heldBy } from '../held';
import { isAtLeast, POLICY_HOLDERS, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { ACCOUNT_DATA, accountDataStores, HOLDER_TYPES, holdsAny } from './account-data';
import { documentsIn, identityPolicySeparatesDuties, keyPolicySeparatesDuties } from './key-duties';
import { cardholderRow } from './row';
import { scopeOf } from './scope';

const KEY = 'AWS::KMS::Key';
const REPLICA = 'AWS::KMS::ReplicaKey';

/** The longest that KMS waits, and what it does where nothing is said. */
const LONGEST_WAIT_DAYS = 30;

/** Rules on keys that protect account data, with their levels. */
export const KEY_ROWS: readonly PackRule[] = [
  cardholderRow('warning', {
    id: 'KeyDutiesAreSeparate',
    title: 'nobody both administers a key and uses it',
    risk: 'Who may do both reads everything and then removes others from the policy, or destroys the key: one stolen credential suffices, and nobody stands in the way.',
    fix: 'Give one role the administration in KeyPolicy (kms:PutKeyPolicy, kms:ScheduleKeyDeletion, kms:DisableKey) and others the use (kms:Decrypt, kms:GenerateDataKey*, kms:GenerateMac); kms:* is for the root of the account alone. CDK: key.grantAdmin(operators) and key.grantDecrypt(service) for different roles.',
    references: {
      pciDss: ['3.6.1', '3.6.1.2', '3.6.1.3', '3.7.6', '3.7.7', '7.2.2'],
      gdpr: ['32(1)(a)', '32(4)'],
      cwe: ['CWE-250', 'CWE-269'],
    },
    resourceTypes: [KEY, REPLICA, ...POLICY_HOLDERS],
    test: (properties, context) => {
      if (properties.resource.type.startsWith('AWS::KMS::'))
        return keyPolicySeparatesDuties(properties, context);
      const verdicts = documentsIn(properties).flatMap(identityPolicySeparatesDuties);
      return verdicts.length > 0 ? verdicts : COMPLIANT;
    },
  }),
  cardholderRow('warning', {
    id: 'AccountDataKeyIsDedicated',
    title: 'a key that protects account data protects nothing else',
    risk: 'Who needs the key for something harmless can decrypt card numbers with it, and the key cannot be destroyed when the card numbers have to be.',
    fix: 'Name an AWS::KMS::Key of its own in the stores of account data. CDK: a Key for the stores of account data, and others for the rest.',
    references: { pciDss: ['3.6.1', '3.6.1.4', '3.7.5'], gdpr: ['17(1)', '32(1)(a)'], cwe: ['CWE-323'] },
    resourceTypes: [KEY],
    test: isDedicated,
  }),
  cardholderRow('info', {
    id: 'AccountDataKeyWaitsBeforeDeletion',
    title: 'a key that protects account data is destroyed after 30 days of waiting',
    risk: 'Whoever schedules the deletion takes all card numbers hostage: in a week nobody may have noticed.',
    fix: 'Leave PendingWindowInDays out, or set it to 30. CDK: pendingWindow: Duration.days(30) of Key, which is what KMS does when it is left out.',
    references: { pciDss: ['3.7.5', '3.7.7'], gdpr: ['32(1)(b)'], cwe: ['CWE-404'] },
    resourceTypes: [KEY],
    test: (properties, context) =>
      usersOf(properties).some(isOfAccountData)
        ? isAtLeast('PendingWindowInDays', LONGEST_WAIT_DAYS, { absent: 'compliant' })(properties, context)
        : NOT_APPLICABLE,
  }),
];

function isDedicated(properties: Cursor): Verdict {
  const users = usersOf(properties);
  if (!users.some(isOfAccountData)) return NOT_APPLICABLE;
  // What says nothing of itself is told by `DataStoreIsClassified`.
  const other = users.find(
    (view) => heldBy(view) !== undefined && !isOfAccountData(view) && scopeOf(view).value !== 'cde',
  );
  return other === undefined
    ? COMPLIANT
    : violation(properties, `used for ${other.resource.logicalId} too`, 'used for account data alone');
}

function isOfAccountData(view: Cursor): boolean {
  return holdsAny(heldBy(view), ACCOUNT_DATA);
}

/** The stores that name a key, in this world. */
function usersOf({ resource: key, world }: Cursor): readonly Cursor[] {
  if (accountDataStores(world.app).length === 0) return [];
  return (namingOf(world.app).get(key) ?? [])
    .filter((store) => world.exists(store))
    .map((store) => world.view(store))
    .filter((view) => resourcesIn(view.value()).includes(key));
}

/** For every key, the stores that name it in some world; other stacks' keys are found by their exports. */
function namingOf(app: App): ReadonlyMap<Resource, readonly Resource[]> {
  return app.memo(namingOf, 'stores by key', () => {
    const index = new Map<Resource, Resource[]>();
    for (const store of HOLDER_TYPES.flatMap((type) => app.resourcesOfType(type))) {
      const { outcomes } = explore(app, (world) => resourcesIn(world.view(store).value()));
      for (const made of new Set(outcomes.flatMap(({ value }) => value))) {
        if (made.type === KEY) index.set(made, [...(index.get(made) ?? []), store]);
      }
    }
    return index;
  });
}
