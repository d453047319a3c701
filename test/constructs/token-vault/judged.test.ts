import { AwsSolutionsChecks } from 'cdk-nag';
import { GdprChecks, PciDss401Checks, TransmissionChecks } from '../../../lib/checks';
import { LogBucket, LogKind } from '../../../lib/constructs/log-store';
import { vaultStack } from './support';

/** A pack, as far as it is used. */
interface Pack {
  validateScope(scope: object): {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly severity?: string;
      readonly violatingResources: readonly { readonly resourceLogicalId?: string }[];
    }[];
  };
}

const stack = vaultStack((each) => ({
  serverAccessLogBucket: new LogBucket(each, 'AccessLog', { kind: LogKind.S3_SERVER_ACCESS }).bucket,
}));

/** Errors and warnings on the vault: level, rule and, where the pack names it, the resource. */
function findingsOf(pack: unknown): readonly string[] {
  const found = (pack as Pack)
    .validateScope(stack)
    .violations.flatMap(({ ruleName, severity, violatingResources }) =>
      violatingResources
        .filter(({ resourceLogicalId = '' }) => !resourceLogicalId.startsWith('AccessLog'))
        .map(({ resourceLogicalId = '' }) =>
          `${severity} ${ruleName} ${resourceLogicalId.replace(/[0-9A-F]{8}$/, '')}`.trim(),
        ),
    );
  return [...new Set(found.filter((each) => !each.startsWith('info ')))].sort();
}

describe('a vault, without a waiver', () => {
  test('transmits nothing in clear', () => {
    expect(findingsOf(new TransmissionChecks())).toEqual([]);
  });

  /** Whether a trail records who reads the tables is for the account to say. */
  const WITHOUT_TRAIL = (pack: string) =>
    ['VaultTablesData', 'VaultTablesShortLived'].map(
      (table) => `warning ${pack}-AccountDataAccessIsRecorded ${table}`,
    );

  test('is what PCI DSS asks for, but for the trail of the account: what it never copies is no finding', () => {
    expect(findingsOf(new PciDss401Checks())).toEqual(WITHOUT_TRAIL('PciDss401Checks'));
  });

  test('is what the GDPR asks for, but for the trail of the account', () => {
    expect(findingsOf(new GdprChecks())).toEqual(WITHOUT_TRAIL('GdprChecks'));
  });

  /**
   * Lambda attaches functions to a network by actions that know no resource (`BundledFunction`), and cdk-nag does not know
   * that security codes must not be in a backup (PCI DSS v4.0.1, 3.3.1). `AwsSolutions-S1` is about the bucket of the access
   * log, which would log itself.
   */
  test('is what cdk-nag asks for, but for what it cannot know', () => {
    expect(findingsOf(new AwsSolutionsChecks()).filter((each) => !each.includes('-S1'))).toEqual([
      'error AwsSolutions-IAM5[Resource::*]',
      'warning AwsSolutions-DDB3',
    ]);
  });
});
