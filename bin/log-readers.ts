import { Stack } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { rules } from 'cdk-nag';
import type { Baseline } from '../lib/stacks';
import { ACCEPTED_FINDINGS, accept } from '../lib/stacks/accepted-findings';

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
export function acceptLogReaders({ stacks }: Baseline): void {
  for (const reader of stacks.flatMap(({ readers }) => readers)) {
    for (const policy of reader.node.findAll()) {
      if (!(policy instanceof CfnPolicy)) continue;
      const found = rules.iam.IAMNoWildcardPermissions(policy);
      if (!Array.isArray(found)) continue;
      for (const what of found.filter((each) => OF_READING.some((pattern) => pattern.test(each))))
        accept(policy, ACCEPTED_FINDINGS.logReaders, `[${asSynthesised(what, policy, stacks)}]`);
    }
  }
}

/** A bucket of another stack is named by the export that a synthesis makes of its ARN. */
function asSynthesised(what: string, policy: CfnPolicy, stacks: readonly Stack[]): string {
  const [, logicalId = '', rest = ''] = /^Resource::<(\w+)\.Arn>(.*)$/.exec(what) ?? [];
  const bucket = stacks
    .filter((stack) => stack !== policy.stack)
    .flatMap(bucketsIn)
    .find(
      (each) => each.stack.region === policy.stack.region && each.stack.resolve(each.logicalId) === logicalId,
    );
  const own = bucketsIn(policy.stack).some(({ stack, logicalId: id }) => stack.resolve(id) === logicalId);
  if (bucket === undefined || own) return what;
  const exported: { readonly 'Fn::ImportValue'?: string } = Stack.of(bucket).resolve(
    bucket.stack.exportValue(bucket.attrArn),
  );
  return `Resource::${exported['Fn::ImportValue']}${rest}`;
}

function bucketsIn(stack: Stack): readonly CfnBucket[] {
  return stack.node.findAll().filter((construct) => construct instanceof CfnBucket);
}
