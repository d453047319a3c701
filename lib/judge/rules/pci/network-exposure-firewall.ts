import type { PackRule } from '../../packs/pack';
import {
  allOf,
  anyOf,
  isOneOf,
  isPresent,
  onlyWhere,
  type PropertyTest,
  pointingAt,
  propertyRow,
  unknown,
  violation,
} from '../property';
import { COMPLIANT } from '../rule';

const POLICY = 'AWS::NetworkFirewall::FirewallPolicy';
const LOGGING = 'AWS::NetworkFirewall::LoggingConfiguration';
const DESTINATIONS = 'LoggingConfiguration.LogDestinationConfigs';

/** What becomes of a packet that no stateless rule fits: dropped, or shown to the stateful rules. */
const SAFE = ['aws:drop', 'aws:forward_to_sfe'];

const writesLog: PropertyTest = (firewall, context) => {
  const { found, hidden } = pointingAt(firewall, LOGGING, 'FirewallArn');
  if (hidden !== undefined) return unknown(hidden, 'which firewall it is about is hidden');
  const [logging] = found;
  if (logging === undefined) return violation(firewall, 'no LoggingConfiguration', 'one');
  return isPresent(DESTINATIONS, 'where the log goes')(logging, context);
};

/** Rules on firewalls between networks, with their levels. */
export const NETWORK_EXPOSURE_FIREWALL_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'NetworkFirewallWritesLog',
    title: 'a network firewall writes down what it saw',
    risk: 'Attacks that the firewall stopped, and those that it let through, are known to nobody.',
    fix: 'Add AWS::NetworkFirewall::LoggingConfiguration with FirewallArn of the firewall and LogDestinationConfigs for ALERT and FLOW. CDK: there is no L2 construct; CfnLoggingConfiguration.',
    references: {
      pciDss: ['10.2.1', '10.2.1.4', '10.2.2', 'A1.2.1'],
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['NetworkFirewall.2'],
      cwe: ['CWE-778'],
      awsConfig: ['NETFW_LOGGING_ENABLED'],
    },
    resourceTypes: ['AWS::NetworkFirewall::Firewall'],
    test: writesLog,
  }),
  propertyRow('warning', {
    id: 'FirewallPolicyPassesNothingUnasked',
    title: 'a firewall drops packets that no rule is about, or shows them to its stateful rules',
    risk: 'What nobody thought of goes through; fragments do, so that whoever cuts an attack into pieces is not looked at.',
    fix: 'Set StatelessDefaultActions and StatelessFragmentDefaultActions to aws:forward_to_sfe or aws:drop. CDK: there is no L2 construct; firewallPolicy of CfnFirewallPolicy.',
    references: {
      pciDss: ['1.3.1', '1.3.2', '1.4.2', '1.4.3'],
      gdpr: ['25(2)', '32(1)(b)'],
      securityHub: ['NetworkFirewall.4', 'NetworkFirewall.5'],
      cwe: ['CWE-284'],
      awsConfig: ['NETFW_POLICY_DEFAULT_ACTION_FULL_PACKETS', 'NETFW_POLICY_DEFAULT_ACTION_FRAGMENT_PACKETS'],
    },
    resourceTypes: [POLICY],
    test: allOf(
      hasSafeDefault('FirewallPolicy.StatelessDefaultActions'),
      hasSafeDefault('FirewallPolicy.StatelessFragmentDefaultActions'),
    ),
  }),
  propertyRow('warning', {
    id: 'FirewallPolicyHasRules',
    title: 'the policy of a firewall has rules',
    risk: 'Traffic goes through a firewall that looks for nothing, and everybody thinks that it does.',
    fix: 'Add rule groups to StatefulRuleGroupReferences or StatelessRuleGroupReferences. CDK: there is no L2 construct; firewallPolicy of CfnFirewallPolicy.',
    references: {
      pciDss: ['1.3.1', '1.3.2', '1.4.1', '1.4.2'],
      gdpr: ['32(1)(b)'],
      securityHub: ['NetworkFirewall.3'],
      cwe: ['CWE-284'],
      awsConfig: ['NETFW_POLICY_RULE_GROUP_ASSOCIATED'],
    },
    resourceTypes: [POLICY],
    test: anyOf(
      isPresent('FirewallPolicy.StatefulRuleGroupReferences', 'rule groups, here or of the stateless kind'),
      isPresent('FirewallPolicy.StatelessRuleGroupReferences', 'rule groups'),
    ),
  }),
  propertyRow('warning', {
    id: 'StatelessRuleGroupHasRules',
    title: 'a stateless rule group of a firewall has rules',
    risk: 'A group without rules looks like protection in a policy, and stops nothing.',
    fix: 'Add rules to RuleGroup.RulesSource.StatelessRulesAndCustomActions.StatelessRules, or remove the group. CDK: there is no L2 construct; ruleGroup of CfnRuleGroup.',
    references: {
      pciDss: ['1.3.1', '1.3.2', '1.4.2'],
      gdpr: ['32(1)(b)'],
      securityHub: ['NetworkFirewall.6'],
      cwe: ['CWE-284'],
      awsConfig: ['NETFW_STATELESS_RULE_GROUP_NOT_EMPTY'],
    },
    resourceTypes: ['AWS::NetworkFirewall::RuleGroup'],
    test: onlyWhere(
      isOneOf('Type', ['STATELESS']),
      isPresent('RuleGroup.RulesSource.StatelessRulesAndCustomActions.StatelessRules', 'rules'),
    ),
  }),
];

/** A list of actions of which one says what becomes of the packet; others are of the user's making. */
function hasSafeDefault(path: string): PropertyTest {
  return (properties) => {
    const at = properties.at(...path.split('.'));
    const want = SAFE.join(' or ');
    const list = at.list();
    if (list.state === 'unresolved') return unknown(at, list.why);
    if (list.state === 'absent') return violation(at, 'absent', want);
    const actions = list.value.map((item) => [item, item.string()] as const);
    const passed = actions.find(([, action]) => action.state === 'given' && action.value === 'aws:pass');
    if (passed !== undefined) return violation(passed[0], 'aws:pass', want);
    if (actions.some(([, action]) => action.state === 'given' && SAFE.includes(action.value)))
      return COMPLIANT;
    const hidden = actions.find(([, action]) => action.state === 'unresolved');
    return hidden?.[1].state === 'unresolved'
      ? unknown(hidden[0], hidden[1].why)
      : violation(at, 'without a default', want);
  };
}
