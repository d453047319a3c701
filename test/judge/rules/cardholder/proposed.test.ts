import { GDPR, PCI_DSS_4_0_1 } from '../../../../lib/core/controls';
import { SUPPORTING_PACK } from '../../../../lib/judge/packs/supporting';
import { TRANSMISSION_PACK } from '../../../../lib/judge/packs/transmission';
import { CARDHOLDER_ROWS } from '../../../../lib/judge/rules/cardholder';
import { PROPOSED_PCI_RULES } from '../../../../lib/judge/rules/cardholder/proposed';
import { PCI_ROWS } from '../../../../lib/judge/rules/pci';

/** The rules that the study proposed, in its order. */
const STUDY = [
  'CloudFrontViewerHttpsOnly',
  'CloudFrontViewerTlsPolicy',
  'CloudFrontOriginTls',
  'Elbv2ListenerTlsPolicy',
  'Elbv2NoPlaintextForward',
  'Elbv2TargetGroupEncrypted',
  'EndpointHsts',
  'ApiGwTlsPolicy',
  'ApiGwDefaultEndpointDisabled',
  'ApiGwPrivateForCde',
  'OpenSearchHttps',
  'DbTransitTls',
  'CacheTransitTls',
  'StreamTransitTls',
  'TransferServerTls',
  'QueueTopicBucketTls',
  'NoPanOverMessaging',
  'CertificateInventory',
  'CertificateStrength',
  'CertificateExpiryAlarm',
  'CipherSuiteInventoryReviewed',
  'PqcReadiness (info)',
  'KmsRotationPeriod',
  'KmsDutySeparation',
  'KmsKeyDedicated',
  'VaultKeyedHash',
  'NoDiskOnlyEncryption',
  'SadNotPersisted',
  'NoPanInLogs',
  'WafBlocking',
  'PaymentPageCsp',
  'PaymentPageTamperDetection',
  'CdeEgressRestricted',
  'CdeIngressNormalised',
  'TrailComplete',
  'AuditStoreImmutable',
  'ControlFailureAlarms',
  'NoHardcodedSecrets',
  'NoLongLivedUsers',
  'ScopeTagging',
  'EnvironmentSeparation',
].map((name) => `Pci401-${name}`);

const ELSEWHERE = [...TRANSMISSION_PACK.rules, ...SUPPORTING_PACK.rules, ...PCI_ROWS].map(
  ({ rule }) => rule.id,
);
const OURS = CARDHOLDER_ROWS.map(({ rule }) => rule.id);

describe('the rules that a study proposed for PCI DSS', () => {
  test('are all decided, each once', () => {
    expect(PROPOSED_PCI_RULES.map(({ proposed }) => proposed)).toEqual(STUDY);
  });

  test('are asked by rules that there are, or it says why not', () => {
    const known = new Set([...ELSEWHERE, ...OURS]);
    const missing = PROPOSED_PCI_RULES.flatMap((row) =>
      'by' in row ? row.by.filter((id) => !known.has(id)) : [],
    );
    expect(missing).toEqual([]);
    const undecided = PROPOSED_PCI_RULES.filter((row) =>
      'by' in row ? row.by.length === 0 : row.why === '',
    );
    expect(undecided).toEqual([]);
  });

  test('are what every rule of the tables is for', () => {
    const asked = new Set(PROPOSED_PCI_RULES.flatMap((row) => ('by' in row ? row.by : [])));
    expect(OURS.filter((id) => !asked.has(id))).toEqual([]);
  });
});

describe('the tables of own rules', () => {
  test('have ids that no other rule has', () => {
    expect(OURS.filter((id, i) => OURS.indexOf(id) !== i || ELSEWHERE.includes(id))).toEqual([]);
  });

  test.each(CARDHOLDER_ROWS.map(({ rule }) => [rule.id, rule] as const))(
    '%s names requirements that there are',
    (_, { references }) => {
      const requirements = PCI_DSS_4_0_1.requirements.map(({ id }) => id);
      const articles = GDPR.requirements.map(({ id }) => id);
      expect(references.pciDss).not.toEqual([]);
      expect((references.pciDss ?? []).filter((id) => !requirements.includes(id))).toEqual([]);
      expect((references.gdpr ?? []).filter((id) => !articles.includes(id))).toEqual([]);
    },
  );

  test.each(CARDHOLDER_ROWS.map(({ rule }) => [rule.id, rule] as const))(
    '%s says what it means',
    (_, { id, title, risk, fix }) => {
      expect(id).toMatch(/^[A-Z][A-Za-z0-9]+$/);
      expect(title).toMatch(/^[a-z].*[^.!]$/);
      for (const text of [risk, fix]) {
        expect(text).toMatch(/^[A-Z].*[.]$/);
        expect(text).not.toMatch(/ {2}|[^.]\.\.$|undefined/);
      }
      expect(fix).toMatch(/CDK: /);
    },
  );
});
