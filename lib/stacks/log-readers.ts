import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { rules } from 'cdk-nag';
import { ACCEPTED_FINDINGS, accept } from './accepted-findings';
import type { BaselineStack } from './baseline-stack';

/** The wildcards that reading logs needs: what lies below a bucket that is named, and actions that only read or search. */
const OF_READING = [
  /^Resource::[^*]+\/\*$/,
  /^Resource::\*$/,
  /^Action::s3:(GetBucket|GetObject|List)\*$/,
  /^Action::kms:GenerateDataKey\*$/,
];

/**
 * Accepts, of what reads the logs of the baseline, each wildcard that reading needs. cdk-nag makes a finding of each,
 * spelled by what the role names: its own rule is asked for them.
 */
export function acceptLogReaders(stacks: readonly BaselineStack[]): void {
  for (const reader of stacks.flatMap(({ readers }) => readers)) {
    for (const policy of reader.node.findAll()) {
      if (!(policy instanceof CfnPolicy)) continue;
      const found = rules.iam.IAMNoWildcardPermissions(policy);
      if (!Array.isArray(found)) continue;
      for (const what of found.filter((each) => OF_READING.some((pattern) => pattern.test(each))))
        accept(policy, ACCEPTED_FINDINGS.logReaders, `[${what}]`);
    }
  }
}
