import { GDPR } from '../../../../lib/core/controls';
import { EVERY_ROW } from '../../../../lib/judge/packs/every-row';
import { GDPR_ROWS } from '../../../../lib/judge/rules/gdpr';
import { PROPOSED_GDPR_RULES } from '../../../../lib/judge/rules/gdpr/proposed';

/** The rules that a study proposed (`reference/proposed-rules.json`). */
const PROPOSED = [
  'Gdpr-StackRegionPinned',
  'Gdpr-DynamoDbReplicaRegionAllowed',
  'Gdpr-S3ReplicationRegionAllowed',
  'Gdpr-S3MultiRegionAccessPointAllowed',
  'Gdpr-BackupCopyRegionAllowed',
  'Gdpr-SecretReplicaRegionAllowed',
  'Gdpr-KmsReplicaRegionAllowed',
  'Gdpr-DatabaseCrossRegionAllowed',
  'Gdpr-NetworkPeeringRegionAllowed',
  'Gdpr-EdgeCacheDisabled',
  'Gdpr-EdgeGeoAllowList',
  'Gdpr-EdgeComputeLogging',
  'Gdpr-ExternalEndpointRegistered',
  'Gdpr-CrossAccountRecipientRegistered',
  'Gdpr-LogRetentionBounded',
  'Gdpr-S3ExpiryConfigured',
  'Gdpr-DynamoDbTtlConfigured',
  'Gdpr-BackupRetentionBounded',
  'Gdpr-StreamRetentionBounded',
  'Gdpr-ImmutabilityErasureConflict',
  'Gdpr-CryptoShreddable',
  'Gdpr-ErasureHandlerDeclared',
  'Gdpr-SubjectAccessExport',
  'Gdpr-ClassificationTagPresent',
  'Gdpr-RopaTagsComplete',
  'Gdpr-LawfulBasisValid',
  'Gdpr-DpiaReferencePresent',
  'Gdpr-PersonalDataCmk',
  'Gdpr-PersonalDataTls',
  'Gdpr-PersonalStoreNotPublic',
  'Gdpr-LogMasking',
  'Gdpr-MinimalUserAttributes',
  'Gdpr-NoPersonalDataInNonProd',
  'Gdpr-AccessAuditCoverage',
  'Gdpr-BreachDetectionWired',
  'Gdpr-BreachNotificationOwned',
  'Gdpr-RestoreCapability',
  'Gdpr-PseudonymisationKeySeparated',
  'Gdpr-AiServicesOptOut',
];

const RULES = new Map(EVERY_ROW.map(({ rule }) => [rule.id, rule]));

describe('proposed rules for the GDPR', () => {
  test('are decided, each once', () => {
    expect(PROPOSED_GDPR_RULES.map(({ proposed }) => proposed)).toEqual(PROPOSED);
  });

  test.each(PROPOSED_GDPR_RULES.map((one) => [one.proposed, one] as const))(
    '%s is asked, or has a reason',
    (_, one) => {
      if ('why' in one) {
        expect(one.why).toMatch(/^[a-z].{20,}[^.]$/);
        return;
      }
      expect(one.by.filter((id) => !RULES.has(id))).toEqual([]);
      expect(one.by.length).toBeGreaterThan(0);
    },
  );

  test('have every rule of the tables among those that ask', () => {
    const asked = new Set(PROPOSED_GDPR_RULES.flatMap((one) => ('by' in one ? one.by : [])));
    // Two come from the controls that tools attach to the law.
    const others = GDPR_ROWS.map(({ rule }) => rule.id).filter((id) => !asked.has(id));
    expect(others).toEqual(['TrailReadsAreRecorded', 'LoadBalancerDropsInvalidHeaders']);
  });
});

describe('the rules of the tables', () => {
  test('speak for provisions that the table of the law has', () => {
    const known = new Set(GDPR.requirements.map(({ id }) => id));
    const unknown = GDPR_ROWS.flatMap(({ rule }) =>
      (rule.references.gdpr ?? []).filter((id) => !known.has(id)),
    );
    expect(unknown).toEqual([]);
  });

  test('have ids of their own', () => {
    const ids = EVERY_ROW.map(({ rule }) => rule.id);
    const twice = GDPR_ROWS.map(({ rule }) => rule.id).filter(
      (id) => ids.indexOf(id) !== ids.lastIndexOf(id),
    );
    expect(twice).toEqual([]);
  });

  test.each(GDPR_ROWS.map(({ rule }) => [rule.id, rule] as const))(
    '%s has texts as all rules have',
    (_, { title, risk, fix }) => {
      expect(title).toMatch(/^[a-z].*[^.!]$/);
      for (const text of [risk, fix]) {
        expect(text).toMatch(/^[A-Z]/);
        expect(text).toMatch(/[.]$/);
        expect(text).not.toMatch(/ {2}|[^.]\.\.$|undefined/);
      }
      expect(fix).toMatch(/CDK: /);
    },
  );
});
