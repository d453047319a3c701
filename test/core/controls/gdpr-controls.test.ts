import { GDPR_CONTROLS } from '../../../lib/core/controls/gdpr-controls';
import { EVERY_ROW } from '../../../lib/judge/packs/every-row';

/** The normalised controls of the study (`reference/gdpr-map.json`), with their articles. */
// biome-ignore format: a table is read by the row
const CONTROLS: readonly (readonly [control: string, articles: string])[] = [
  ['cloudtrail-to-cloudwatch-logs', '25 30'],
  ['cloudtrail-kms', '25 30 32'],
  ['cloudtrail-log-validation', '25 32'],
  ['cloudtrail-bucket-access-logging', '25'],
  ['cloudtrail-bucket-not-public', '25'],
  ['cloudtrail-multi-region', '25 30'],
  ['cloudtrail-security-trail', '30'],
  ['cloudtrail-s3-data-events', '30'],
  ['metric-filter-config-changes', '25'],
  ['metric-filter-cloudtrail-changes', '25'],
  ['metric-filter-auth-failures', '25'],
  ['metric-filter-cmk-disable', '25'],
  ['metric-filter-bucket-policy', '25'],
  ['metric-filter-iam-policy', '25'],
  ['metric-filter-root-usage', '25'],
  ['metric-filter-security-group', '25'],
  ['metric-filter-no-mfa', '25'],
  ['metric-filter-unauthorized-api', '25'],
  ['metric-filter-network-acl', '25'],
  ['metric-filter-network-gateway', '25'],
  ['metric-filter-route-table', '25'],
  ['metric-filter-vpc', '25'],
  ['config-recorder-all-regions', '25 30'],
  ['iam-no-admin-policies', '25'],
  ['iam-root-no-access-key', '25'],
  ['iam-password-policy', '25'],
  ['iam-root-mfa', '25'],
  ['iam-key-rotation', '25'],
  ['iam-support-role', '25'],
  ['iam-unused-credentials', '25'],
  ['iam-user-mfa', '25'],
  ['iam-user-no-policies', '25'],
  ['kms-rotation', '25 30'],
  ['kms-enclave-attestation', '25 32'],
  ['vpc-flow-logs', '25 30'],
  ['elb-logging', '30'],
  ['redshift-audit-logging', '30 32'],
  ['acm-expiry', '32'],
  ['apigw-cache-encrypted', '32'],
  ['cloudfront-https', '32'],
  ['log-group-kms', '32'],
  ['dax-encrypted', '32'],
  ['dynamodb-kms', '32'],
  ['ebs-encrypted', '32'],
  ['efs-encrypted', '32'],
  ['alb-drop-invalid-headers', '32'],
  ['alb-redirect-https', '32'],
  ['clb-certificate', '32'],
  ['clb-tls-listeners', '32'],
  ['opensearch-at-rest', '32'],
  ['opensearch-n2n', '32'],
  ['rds-backup', '32'],
  ['rds-logging', '32'],
  ['rds-encrypted', '32'],
  ['rds-snapshot-encrypted', '32'],
  ['redshift-snapshots', '32'],
  ['redshift-tls', '32'],
  ['s3-default-encryption', '32'],
  ['s3-ssl', '32'],
  ['sagemaker-kms', '32'],
  ['sns-kms', '32'],
  ['wafv2-logging', '32'],
];

const RULES = new Map(EVERY_ROW.map(({ rule }) => [rule.id, rule]));

describe('the controls of the GDPR', () => {
  test('are those of the study, each with its articles', () => {
    expect(GDPR_CONTROLS.map(({ control, articles }) => [control, articles.join(' ')])).toEqual(CONTROLS);
  });

  test.each(GDPR_CONTROLS.map((control) => [control.control, control] as const))(
    '%s has rules, or a reason',
    (_, control) => {
      if ('why' in control) {
        expect(control.why).toMatch(/^[a-z].{20,}[^.]$/);
        return;
      }
      expect(control.by.filter((id) => !RULES.has(id))).toEqual([]);
      expect(control.by.length).toBeGreaterThan(0);
    },
  );

  test('are asked by rules of the pack', () => {
    const asked = GDPR_CONTROLS.flatMap((control) => ('by' in control ? control.by : []));
    const silent = [...new Set(asked)].filter((id) => (RULES.get(id)?.references.gdpr ?? []).length === 0);
    expect(silent).toEqual([]);
  });
});
