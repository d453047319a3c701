import { NETWORK_EXPOSURE_FIREWALL_ROWS } from '../../../../lib/judge/rules/pci/network-exposure-firewall';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const FIREWALL = 'AWS::NetworkFirewall::Firewall';
const POLICY = 'AWS::NetworkFirewall::FirewallPolicy';
const GROUP = 'AWS::NetworkFirewall::RuleGroup';

const SEE = ['aws:forward_to_sfe'];

const logged = (
  FirewallArn: JsonMap | string,
  LogDestinationConfigs: JsonMap | readonly JsonMap[],
): JsonMap => ({
  ...one(FIREWALL),
  Log: {
    Type: 'AWS::NetworkFirewall::LoggingConfiguration',
    Properties: { FirewallArn, LoggingConfiguration: { LogDestinationConfigs } },
  },
});
const policy = (FirewallPolicy: JsonMap): JsonMap => one(POLICY, { FirewallPolicy });
const defaults = (
  full: JsonMap | readonly (string | JsonMap)[],
  fragments: readonly string[] = SEE,
): JsonMap => policy({ StatelessDefaultActions: full, StatelessFragmentDefaultActions: fragments });
const stateless = (
  StatelessRules: readonly JsonMap[] | JsonMap,
  Type: string | JsonMap = 'STATELESS',
): JsonMap =>
  one(GROUP, {
    Type,
    RuleGroup: { RulesSource: { StatelessRulesAndCustomActions: { StatelessRules } } },
  });

const FULL = 'It.Properties.FirewallPolicy.StatelessDefaultActions';
const RULES = 'It.Properties.RuleGroup.RulesSource.StatelessRulesAndCustomActions.StatelessRules';

describe.each<[string, readonly (readonly [string, JsonMap, readonly string[]])[]]>([
  [
    'NetworkFirewallWritesLog',
    [
      ['passes a firewall with a log', logged({ Ref: 'It' }, [{ LogType: 'FLOW' }]), []],
      ['fails one without', one(FIREWALL), ['warning violation It.Properties: no LoggingConfiguration']],
      [
        'fails one whose log goes nowhere',
        logged({ Ref: 'It' }, []),
        ['warning violation Log.Properties.LoggingConfiguration.LogDestinationConfigs: empty'],
      ],
      [
        'cannot tell a log of a hidden firewall',
        logged(HIDDEN, [{ LogType: 'FLOW' }]),
        ['warning unknown Log.Properties.FirewallArn'],
      ],
    ],
  ],
  [
    'FirewallPolicyPassesNothingUnasked',
    [
      ['passes what is shown to stateful rules', defaults(SEE), []],
      ['passes what is dropped and counted', defaults(['count', 'aws:drop']), []],
      ['fails what goes through', defaults(['aws:pass']), [`warning violation ${FULL}.0: aws:pass`]],
      [
        'fails fragments that go through',
        defaults(SEE, ['aws:pass']),
        ['warning violation It.Properties.FirewallPolicy.StatelessFragmentDefaultActions.0: aws:pass'],
      ],
      ['fails what is only counted', defaults(['count']), [`warning violation ${FULL}: without a default`]],
      [
        'fails what is left out',
        policy({ StatelessFragmentDefaultActions: SEE }),
        [`warning violation ${FULL}: absent`],
      ],
      ['cannot tell a parameter', defaults([HIDDEN]), [`warning unknown ${FULL}.0`]],
      ['cannot tell a list that is hidden', defaults(HIDDEN), [`warning unknown ${FULL}`]],
    ],
  ],
  [
    'FirewallPolicyHasRules',
    [
      ['passes stateful rules', policy({ StatefulRuleGroupReferences: [{ ResourceArn: 'a' }] }), []],
      ['passes stateless rules', policy({ StatelessRuleGroupReferences: [{ ResourceArn: 'a' }] }), []],
      ['passes rules that are named at deployment', policy({ StatefulRuleGroupReferences: HIDDEN }), []],
      [
        'fails none',
        policy({ StatefulRuleGroupReferences: [] }),
        ['warning violation It.Properties.FirewallPolicy.StatefulRuleGroupReferences: empty'],
      ],
    ],
  ],
  [
    'StatelessRuleGroupHasRules',
    [
      ['passes rules', stateless([{ Priority: 1 }]), []],
      ['fails none', stateless([]), [`warning violation ${RULES}: empty`]],
      ['says nothing about stateful rules', stateless([], 'STATEFUL'), []],
      ['cannot tell a hidden kind', stateless([], HIDDEN), ['warning unknown It.Properties.Type']],
    ],
  ],
])('%s', (id, cases) => {
  test.each(cases)('%s', (_, resources, expected) => {
    expect(says(NETWORK_EXPOSURE_FIREWALL_ROWS, id, resources)).toEqual(expected);
  });
});
