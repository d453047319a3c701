import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { IConstruct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { checkReason } from '../loosening';
import type { ManagedRuleGroup } from './managed-rule-group';

/** AWS WAF counts over this many seconds, its own default. */
const RATE_WINDOW_SECONDS = 300;

/** Rules of a managed group that count requests instead of blocking them. */
export interface CountedRule {
  /** The group that holds them. */
  readonly ruleGroup: ManagedRuleGroup;
  /**
   * The rule, as AWS calls it, such as `SizeRestrictions_BODY`.
   *
   * @default - every rule of the group
   */
  readonly ruleName?: string;
  /** Why it must not block, as a sentence. It is written into the template. */
  readonly reason: string;
}

/** The rules of a web ACL: the rate first, then the groups in their order. */
export function webAclRules(
  groups: readonly ManagedRuleGroup[],
  counted: readonly CountedRule[],
  rateLimit: number,
): wafv2.CfnWebACL.RuleProperty[] {
  return [rateRule(rateLimit), ...groups.map((group, index) => groupRule(group, index + 1, counted))];
}

/** Refuses a counted rule without a reason, or of a group that the web ACL does not have. */
export function checkCountedRules(
  scope: IConstruct,
  groups: readonly ManagedRuleGroup[],
  counted: readonly CountedRule[],
): void {
  counted.forEach(({ ruleGroup, reason }, index) => {
    checkReason(scope, `countedRules[${index}].reason`, reason);
    if (groups.includes(ruleGroup)) return;
    throw new TransmissionError(
      'InvalidProperty',
      `'countedRules[${index}].ruleGroup' must be a group of the web ACL, got ${ruleGroup}, remove it or add the group to 'additionalRuleGroups'`,
      scope.node.path,
    );
  });
}

/** What the Metadata of a web ACL says of a counted rule. */
export function countedRuleName({ ruleGroup, ruleName }: CountedRule): string {
  return ruleName === undefined ? `counted:${ruleGroup}` : `counted:${ruleGroup}/${ruleName}`;
}

function rateRule(limit: number): wafv2.CfnWebACL.RuleProperty {
  return {
    name: 'RateLimit',
    priority: 0,
    action: { block: {} },
    statement: {
      rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: RATE_WINDOW_SECONDS },
    },
    visibilityConfig: visibilityOf('RateLimit'),
  };
}

function groupRule(
  group: ManagedRuleGroup,
  priority: number,
  counted: readonly CountedRule[],
): wafv2.CfnWebACL.RuleProperty {
  const { groupName: name } = group;
  const own = counted.filter(({ ruleGroup }) => ruleGroup === group);
  const names = own.flatMap(({ ruleName }) => (ruleName === undefined ? [] : [ruleName]));
  return {
    name,
    priority,
    // `none` keeps the actions of the group, which block.
    overrideAction: own.length > names.length ? { count: {} } : { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides:
          names.length === 0 ? undefined : names.map((each) => ({ name: each, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: visibilityOf(name),
  };
}

/** Metrics and samples; what samples must not show is masked by the web ACL. */
export function visibilityOf(metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
