import { judge } from '../../../../lib/judge/judge';
import type { JsonMap } from '../../../../lib/judge/template';
import { appOf } from '../../support';
import { HIDDEN, IF, rowNamed, saysOf } from './support';

const managed = (more: JsonMap = {}, override: JsonMap = { None: {} }): JsonMap => ({
  Name: 'common',
  OverrideAction: override,
  Statement: {
    ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet', ...more },
  },
});
const own = (Action: JsonMap): JsonMap => ({
  Name: 'own',
  Action,
  Statement: { GeoMatchStatement: { CountryCodes: ['XX'] } },
});
const acl = (Rules: JsonMap[] | JsonMap | undefined, more: JsonMap = {}): JsonMap => ({
  It: {
    Type: 'AWS::WAFv2::WebACL',
    Properties: { DefaultAction: { Allow: {} }, ...(Rules === undefined ? {} : { Rules }), ...more },
  },
});

describe('WebAclBlocks', () => {
  const says = (...args: Parameters<typeof acl>) => saysOf('WebAclBlocks', acl(...args));

  test.each<[string, JsonMap[], JsonMap]>([
    ['a group of AWS', [managed()], {}],
    ['a rule that blocks', [own({ Block: {} })], {}],
    ['a rule that asks for a proof', [own({ Count: {} }), own({ Challenge: {} })], {}],
    ['everything that it does not allow', [own({ Allow: {} })], { DefaultAction: { Block: {} } }],
    [
      'another override of one rule',
      [managed({ RuleActionOverrides: [{ Name: 'A', ActionToUse: { Captcha: {} } }] })],
      {},
    ],
  ])('passes a web ACL that blocks by %s', (_, rules, more) => {
    expect(says(rules, more)).toEqual([]);
  });

  test.each<[string, JsonMap[], string]>([
    ['a group', [managed(), managed({}, { Count: {} })], 'Rules.1.OverrideAction: Count'],
    [
      'a rule of a group',
      [managed({ RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }] })],
      'Rules.0.Statement.ManagedRuleGroupStatement.RuleActionOverrides.0: Count',
    ],
    [
      'a rule of a group, in the old way',
      [managed({ ExcludedRules: [{ Name: 'A' }] })],
      'Rules.0.Statement.ManagedRuleGroupStatement.ExcludedRules.0: Count',
    ],
    [
      'a group of ours',
      [{ OverrideAction: { Count: {} }, Statement: { RuleGroupReferenceStatement: { Arn: 'arn' } } }],
      'Rules.0.OverrideAction: Count',
    ],
    ['everything', [own({ Count: {} })], 'Rules: rules that count or allow'],
  ])('fails a web ACL that counts %s', (_, rules, where) => {
    expect(says(rules)).toEqual([`warning violation It.Properties.${where}`]);
  });

  test('tells the sentence that the author of a counted rule wrote', () => {
    const rules = [
      managed({ RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }] }),
    ];
    const It = {
      ...(acl(rules).It as JsonMap),
      Metadata: {
        SecureTransmission: {
          'counted:AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY': 'pictures are uploaded here',
        },
      },
    };
    const { findings } = judge(appOf({ It }), { name: 'Pack', rules: [rowNamed('WebAclBlocks')] });
    expect(findings.map(({ detail }) => detail)).toEqual([
      'its author says counted:AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY: "pictures are uploaded here"',
    ]);
  });

  test('cannot tell what is hidden, says in which case, and leaves empty lists to another rule', () => {
    expect(says(HIDDEN)).toEqual(['warning unknown It.Properties.Rules']);
    expect(says([managed({}, HIDDEN)])).toEqual(['warning unknown It.Properties.Rules.0.OverrideAction']);
    expect(says([managed({ RuleActionOverrides: HIDDEN })])).toHaveLength(1);
    expect(says([managed({}, IF({ None: {} }, { Count: {} }))])).toEqual([
      'warning violation It.Properties.Rules.0.OverrideAction: Count (Stack.Stage = (any other value))',
    ]);
    expect(says([])).toEqual([]);
    expect(says(undefined)).toEqual([]);
  });
});

describe('LoginHasWebAcl', () => {
  const association = (arn: JsonMap) => ({
    Association: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: { ResourceArn: arn, WebACLArn: 'arn' },
    },
  });
  const page = {
    Domain: {
      Type: 'AWS::Cognito::UserPoolDomain',
      Properties: { UserPoolId: { Ref: 'It' }, Domain: 'shop' },
    },
  };
  const pool = { It: { Type: 'AWS::Cognito::UserPool' } };
  const service = (IsPubliclyAccessible?: JsonMap | boolean) => ({
    It: {
      Type: 'AWS::AppRunner::Service',
      Properties:
        IsPubliclyAccessible === undefined
          ? {}
          : { NetworkConfiguration: { IngressConfiguration: { IsPubliclyAccessible } } },
    },
  });
  const says = (resources: JsonMap) => saysOf('LoginHasWebAcl', resources);

  test('fails a login page and a public service without a web ACL', () => {
    expect(says({ ...pool, ...page })).toEqual(['warning violation It.Properties: no WebACLAssociation']);
    expect(says(service())).toEqual(['warning violation It.Properties: no WebACLAssociation']);
  });

  test('passes those with one, pools without a page, and private services', () => {
    expect(says({ ...pool, ...page, ...association({ 'Fn::GetAtt': ['It', 'Arn'] }) })).toEqual([]);
    expect(says({ ...service(), ...association({ 'Fn::GetAtt': ['It', 'ServiceArn'] }) })).toEqual([]);
    expect(says(pool)).toEqual([]);
    expect(says(service(false))).toEqual([]);
  });

  test('cannot tell hidden associations and hidden access', () => {
    expect(says({ ...pool, ...page, ...association(HIDDEN) })).toEqual([
      'warning unknown Association.Properties.ResourceArn',
    ]);
    expect(says(service(HIDDEN))).toEqual([
      'warning unknown It.Properties.NetworkConfiguration.IngressConfiguration.IsPubliclyAccessible',
    ]);
  });
});
