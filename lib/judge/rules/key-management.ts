import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import type { KeyParameters } from './parameters';
import { judged } from './predicates';

/** Rules on the keys and secrets that protect data, with their levels. */
export function keyManagementRows(parameters: KeyParameters): readonly PackRule[] {
  const { keyRotationDays, secretRotationDays } = parameters;
  return [
    {
      level: 'warning',
      unknown: 'warning',
      rule: defineRule({
        id: 'KeyRotatesWithinAYear',
        title: 'the material of a KMS key is replaced at least once a year',
        risk: 'The longer one piece of key material is in use, the more data is lost with it.',
        fix: `Set EnableKeyRotation to true and RotationPeriodInDays to ${keyRotationDays} or less. CDK: enableKeyRotation: true, which is off by default, and rotationPeriod.`,
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
            `on, every ${keyRotationDays} days or oftener`,
            (days) => days !== 'never' && days <= keyRotationDays,
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
        fix: `Set RotationRules.AutomaticallyAfterDays to ${secretRotationDays} or less, or a ScheduleExpression that comes as often. CDK: automaticallyAfter: Duration.days(${secretRotationDays}) of addRotationSchedule; its default is 30 days.`,
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
            `${secretRotationDays} days or less`,
            (days) => days !== 'never' && days <= secretRotationDays,
          ),
      }),
    },
  ];
}
