import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { judged } from './predicates';

/** How long one piece of key material, or one secret, may be in use. */
const LONGEST_KEY_PERIOD = 365;
const LONGEST_SECRET_PERIOD = 90;

/** Rules on the keys and secrets that protect data, with their levels. */
export const KEY_MANAGEMENT_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'KeyRotatesWithinAYear',
      title: 'the material of a KMS key is replaced at least once a year',
      risk: 'The longer one piece of key material is in use, the more data is lost with it.',
      fix: 'Set EnableKeyRotation to true and RotationPeriodInDays to 365 or less. CDK: enableKeyRotation: true, which is off by default, and rotationPeriod.',
      references: {
        pciDss: ['3.7.4', '3.7.5'],
        gdpr: ['32(1)(a)'],
        securityHub: ['KMS.4'],
        cwe: ['CWE-324'],
        awsConfig: ['CMK_BACKING_KEY_ROTATION_ENABLED'],
      },
      resourceTypes: ['AWS::KMS::Key'],
      reads: 'key-rotation',
      judge: ({ period }) =>
        judged(
          period,
          `on, every ${LONGEST_KEY_PERIOD} days or oftener`,
          (days) => days !== 'never' && days <= LONGEST_KEY_PERIOD,
        ),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'SecretRotatesWithin90Days',
      title: 'a secret with a rotation schedule is replaced at least every 90 days',
      risk: 'A stolen password works until it is replaced; a schedule of a thousand days replaces it in name only.',
      fix: 'Set RotationRules.AutomaticallyAfterDays to 90 or less, or a ScheduleExpression that comes as often. CDK: automaticallyAfter: Duration.days(90) of addRotationSchedule; its default is 30 days.',
      references: {
        pciDss: ['8.3.9', '8.6.3', '8.3.10.1'],
        gdpr: ['32(1)(b)'],
        securityHub: ['SecretsManager.4'],
        cwe: ['CWE-262'],
        awsConfig: ['SECRETSMANAGER_SECRET_PERIODIC_ROTATION'],
      },
      resourceTypes: ['AWS::SecretsManager::RotationSchedule'],
      reads: 'secret-rotation',
      judge: ({ period }) =>
        judged(
          period,
          `${LONGEST_SECRET_PERIOD} days or less`,
          (days) => days !== 'never' && days <= LONGEST_SECRET_PERIOD,
        ),
    }),
  },
];
