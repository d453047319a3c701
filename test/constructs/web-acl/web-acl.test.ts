import type { Stack } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { TlsLoadBalancer } from '../../../lib/constructs/load-balancer';
import {
  CREDENTIAL_HEADERS,
  ManagedRuleGroup,
  WebAcl,
  type WebAclProps,
  WebAclScope,
} from '../../../lib/constructs/web-acl';
import { findingsOf, nagErrorsOf } from '../judged';
import { certificateIn, rendered, resourcesOf, stackIn, vpcIn } from '../support';

const WEB_ACL = 'AWS::WAFv2::WebACL';
const LOGGING = 'AWS::WAFv2::LoggingConfiguration';
const REASON = 'Customers upload photographs of invoices, which are larger than 8 KiB.';

function define(stack: Stack, props: Partial<WebAclProps> = {}): WebAcl {
  return new WebAcl(stack, 'Firewall', { scope: WebAclScope.REGIONAL, ...props });
}

function loadBalancerIn(stack: Stack): TlsLoadBalancer {
  return new TlsLoadBalancer(stack, 'Entry', {
    vpc: vpcIn(stack),
    certificate: certificateIn(stack, 'entry', stack.region),
  });
}

function propertiesOf(stack: Stack, type: string) {
  const [resource, ...others] = Object.values(resourcesOf(stack, type));
  expect(others).toEqual([]);
  return resource?.Properties;
}

describe('WebAcl', () => {
  test('blocks by rate, then by the groups of AWS, and lets the rest through', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    const { DefaultAction, Rules, Scope } = propertiesOf(stack, WEB_ACL);
    expect({ DefaultAction, Scope }).toEqual({ DefaultAction: { Allow: {} }, Scope: 'REGIONAL' });
    expect(Rules.map(({ Name, Priority }: Record<string, unknown>) => [Priority, Name])).toEqual([
      [0, 'RateLimit'],
      [1, 'AWSManagedRulesAmazonIpReputationList'],
      [2, 'AWSManagedRulesCommonRuleSet'],
      [3, 'AWSManagedRulesKnownBadInputsRuleSet'],
      [4, 'AWSManagedRulesSQLiRuleSet'],
    ]);
    expect(Rules[0]).toMatchObject({
      Action: { Block: {} },
      Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP', EvaluationWindowSec: 300 } },
    });
    for (const { Name, OverrideAction, Statement } of Rules.slice(1)) {
      expect(OverrideAction).toEqual({ None: {} });
      expect(Statement).toEqual({ ManagedRuleGroupStatement: { VendorName: 'AWS', Name } });
    }
  });

  test('fits with its own rules into the capacity that its price includes', () => {
    const capacities = ManagedRuleGroup.DEFAULTS.map(({ capacity }) => capacity);
    expect(capacities.reduce((sum, capacity) => sum + capacity, 2)).toBeLessThanOrEqual(1500);
  });

  test('measures and samples every rule', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    const { Rules, VisibilityConfig } = propertiesOf(stack, WEB_ACL);
    const all = [VisibilityConfig, ...Rules.map((rule: Record<string, unknown>) => rule.VisibilityConfig)];
    for (const each of all) {
      expect(each).toMatchObject({ CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true });
    }
  });

  test('masks credentials, cookies, bodies and query strings wherever requests are stored', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    const mask = (FieldType: string, FieldKeys?: readonly string[]) => ({
      Action: 'SUBSTITUTION',
      Field: FieldKeys === undefined ? { FieldType } : { FieldType, FieldKeys },
    });
    expect(propertiesOf(stack, WEB_ACL).DataProtectionConfig.DataProtections).toEqual([
      mask('SINGLE_HEADER', CREDENTIAL_HEADERS),
      mask('SINGLE_COOKIE'),
      mask('BODY'),
      mask('QUERY_STRING'),
    ]);
    expect(CREDENTIAL_HEADERS).toEqual(expect.arrayContaining(['authorization', 'cookie']));
  });

  test('logs every request to a group of its own for 400 days, without credentials', () => {
    const stack = stackIn('eu-west-1');
    const { webAclArn } = define(stack);
    rendered(stack).hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Retain',
      Properties: { LogGroupName: Match.anyValue(), RetentionInDays: 400 },
    });
    const [group] = Object.keys(resourcesOf(stack, 'AWS::Logs::LogGroup'));
    const [policy] = Object.keys(resourcesOf(stack, 'AWS::Logs::ResourcePolicy'));
    rendered(stack).hasResource(LOGGING, {
      DependsOn: [policy],
      Properties: {
        ResourceArn: stack.resolve(webAclArn),
        LogDestinationConfigs: [
          {
            'Fn::Join': [
              '',
              ['arn:aws:logs:eu-west-1:', { Ref: 'AWS::AccountId' }, ':log-group:', { Ref: group }],
            ],
          },
        ],
        RedactedFields: [
          ...CREDENTIAL_HEADERS.map((Name) => ({ SingleHeader: { Name } })),
          { QueryString: {} },
        ],
        LoggingFilter: Match.absent(),
      },
    });
  });

  test('admits deliveries of logs of this account to its group, and nothing else', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    const { PolicyDocument } = propertiesOf(stack, 'AWS::Logs::ResourcePolicy');
    const text = PolicyDocument['Fn::Join'][1].map((part: unknown) =>
      typeof part === 'string' ? part : 'X',
    );
    expect(JSON.parse(text.join('')).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: 'X',
        Condition: {
          StringEquals: { 'aws:SourceAccount': 'X' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:logs:eu-west-1:X:*' },
        },
      },
    ]);
  });

  test('has no finding by our pack and no error by cdk-nag', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    expect([findingsOf(stack), nagErrorsOf(stack)]).toEqual([[], []]);
  });

  test('stands before a load balancer of its region', () => {
    const stack = stackIn('eu-west-1');
    const loadBalancer = loadBalancerIn(stack);
    const webAcl = define(stack);
    webAcl.protectLoadBalancer(loadBalancer);
    rendered(stack).hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      ResourceArn: stack.resolve(loadBalancer.loadBalancerArn),
      WebACLArn: stack.resolve(webAcl.webAclArn),
    });
  });

  test('takes another rate, and more groups', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { rateLimit: 100, additionalRuleGroups: [ManagedRuleGroup.LINUX] });
    const { Rules } = propertiesOf(stack, WEB_ACL);
    expect(Rules[0].Statement.RateBasedStatement.Limit).toBe(100);
    expect(Rules[5]).toMatchObject({
      Name: 'AWSManagedRulesLinuxRuleSet',
      Priority: 5,
      OverrideAction: { None: {} },
    });
  });

  test('counts by a rule instead of blocking only with a reason, which the template carries', () => {
    const stack = stackIn('eu-west-1');
    define(stack, {
      countedRules: [
        { ruleGroup: ManagedRuleGroup.COMMON, ruleName: 'SizeRestrictions_BODY', reason: REASON },
        { ruleGroup: ManagedRuleGroup.SQL_INJECTION, reason: REASON },
      ],
    });
    const { Rules } = propertiesOf(stack, WEB_ACL);
    expect(Rules[2]).toMatchObject({
      OverrideAction: { None: {} },
      Statement: {
        ManagedRuleGroupStatement: {
          RuleActionOverrides: [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }],
        },
      },
    });
    expect(Rules[4]).toMatchObject({ OverrideAction: { Count: {} } });
    rendered(stack).hasResource(WEB_ACL, {
      Metadata: Match.objectLike({
        SecureTransmission: {
          'counted:AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY': REASON,
          'counted:AWSManagedRulesSQLiRuleSet': REASON,
        },
      }),
    });
  });

  test('shows query strings only with a reason, which the template carries', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { queryStringsInLogsReason: REASON });
    const Metadata = Match.objectLike({ SecureTransmission: { queryStringsInLogs: REASON } });
    rendered(stack).hasResource(WEB_ACL, { Metadata });
    rendered(stack).hasResource(LOGGING, { Metadata });
    expect(JSON.stringify(rendered(stack).toJSON())).not.toMatch(/QUERY_STRING|QueryString"/);
  });

  test('keeps its log for longer, and never shorter than PCI DSS asks', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { logRetention: logs.RetentionDays.TEN_YEARS });
    expect(propertiesOf(stack, 'AWS::Logs::LogGroup').RetentionInDays).toBe(3653);
    expect(() => define(stackIn('eu-west-1'), { logRetention: logs.RetentionDays.SIX_MONTHS })).toThrow(
      "Stack/Firewall: 'logRetention' must be at least 365 days (PCI DSS 10.5.1), got 180, raise it",
    );
  });

  test('logical id and name of its log do not change', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    expect(Object.keys(resourcesOf(stack, 'AWS::Logs::LogGroup'))).toEqual(['FirewallLogB96BDBE4']);
    expect(propertiesOf(stack, 'AWS::Logs::LogGroup').LogGroupName).toEqual({
      'Fn::Join': [
        '',
        [
          'aws-waf-logs-Stack-Firewall-Log-BEC77B1C-',
          // The log stays when its stack goes: that of the next stack has another name.
          { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] },
        ],
      ],
    });
    expect(propertiesOf(stack, 'AWS::Logs::ResourcePolicy').PolicyName).toBe('Stack-Firewall-Log-BEC77B1C');
  });

  test.each([
    ['eu-west-1', WebAclScope.REGIONAL, { Region: 'eu-west-1' }],
    ['us-east-1', WebAclScope.CLOUDFRONT, {}],
  ])('measures in %s under the dimensions that AWS WAF reports', (region, scope, place) => {
    const stack = stackIn(region);
    const webAcl = define(stack, { scope });
    const { MetricName } = propertiesOf(stack, WEB_ACL).VisibilityConfig;
    expect([webAcl.metricBlockedRequests(), webAcl.metricAllowedRequests()]).toMatchObject([
      { namespace: 'AWS/WAFV2', metricName: 'BlockedRequests', statistic: 'Sum' },
      { namespace: 'AWS/WAFV2', metricName: 'AllowedRequests', statistic: 'Sum' },
    ]);
    expect(webAcl.metricBlockedRequests().dimensions).toEqual({ WebACL: MetricName, Rule: 'ALL', ...place });
  });

  test.each([
    ['global', WebAclScope.CLOUDFRONT],
    ['regional', WebAclScope.REGIONAL],
  ])('knows by the ARN of an imported one what it stands before: %s', (kind, scope) => {
    const webAclArn = `arn:aws:wafv2:us-east-1:111122223333:${kind}/webacl/shared/1`;
    const imported = WebAcl.fromWebAclAttributes(stackIn('us-east-1'), 'Shared', { webAclArn });
    expect([imported.webAclArn, imported.webAclScope]).toEqual([webAclArn, scope]);
  });
});

describe('WebAcl refuses', () => {
  test('to be for CloudFront in another region', () => {
    expect(() => define(stackIn('eu-west-1'), { scope: WebAclScope.CLOUDFRONT })).toThrow(
      'Stack/Firewall: the stack of a web ACL for CloudFront must be in us-east-1, got eu-west-1, ',
    );
  });

  test.each([9, 2_000_000_001, 1.5])('the rate %d', (rateLimit) => {
    expect(() => define(stackIn('eu-west-1'), { rateLimit })).toThrow(
      `Stack/Firewall: 'rateLimit' must be a whole number from 10 to 2000000000, got ${rateLimit}`,
    );
  });

  test('no rate that is not known yet', () => {
    const stack = stackIn('eu-west-1');
    const rateLimit = new CfnParameter(stack, 'Rate', { type: 'Number' }).valueAsNumber;
    expect(() => define(stack, { rateLimit })).not.toThrow();
  });

  test.each<[string, Partial<WebAclProps>, string]>([
    [
      'a group twice',
      { additionalRuleGroups: [ManagedRuleGroup.COMMON] },
      "'additionalRuleGroups' repeats AWSManagedRulesCommonRuleSet, remove it",
    ],
    [
      'to count for no reason',
      { countedRules: [{ ruleGroup: ManagedRuleGroup.COMMON, reason: 'no' }] },
      '\'countedRules[0].reason\' must be a sentence of 20 to 500 characters that says why the default cannot be kept, got "no"',
    ],
    [
      'to count by a group that it does not have',
      { countedRules: [{ ruleGroup: ManagedRuleGroup.PHP, reason: REASON }] },
      "'countedRules[0].ruleGroup' must be a group of the web ACL, got AWSManagedRulesPHPRuleSet, remove it or add the group to 'additionalRuleGroups'",
    ],
    [
      'to show query strings for no reason',
      { queryStringsInLogsReason: 'debugging' },
      '\'queryStringsInLogsReason\' must be a sentence of 20 to 500 characters that says why the default cannot be kept, got "debugging"',
    ],
  ])('%s', (_, props, message) => {
    expect(() => define(stackIn('eu-west-1'), props)).toThrow(`Stack/Firewall: ${message}`);
  });

  test('to stand before a load balancer where it is for CloudFront', () => {
    const stack = stackIn('us-east-1');
    const loadBalancer = loadBalancerIn(stack);
    expect(() => define(stack, { scope: WebAclScope.CLOUDFRONT }).protectLoadBalancer(loadBalancer)).toThrow(
      "Stack/Firewall: 'scope' must be REGIONAL to stand before a load balancer, got CLOUDFRONT, define a second web ACL in its region",
    );
  });

  test('an imported one whose ARN is not known yet, unless its scope is', () => {
    const stack = stackIn('us-east-1');
    const webAclArn = new CfnParameter(stack, 'Arn').valueAsString;
    expect(() => WebAcl.fromWebAclAttributes(stack, 'Shared', { webAclArn })).toThrow(
      "Stack/Shared: 'webAclArn' must be a literal, since it says what the web ACL stands before, got an unresolved value, say it in 'scope'",
    );
    const scope = WebAclScope.CLOUDFRONT;
    expect(WebAcl.fromWebAclAttributes(stack, 'Known', { webAclArn, scope }).webAclScope).toBe(scope);
  });

  test('an imported one whose scope is not that of its ARN', () => {
    const webAclArn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/shared/1';
    const scope = WebAclScope.REGIONAL;
    expect(() => WebAcl.fromWebAclAttributes(stackIn('us-east-1'), 'Shared', { webAclArn, scope })).toThrow(
      "Stack/Shared: 'scope' must be CLOUDFRONT, which 'webAclArn' says, got REGIONAL, leave it out",
    );
  });
});

test('the names of a WebAcl fit into what AWS takes, and differ, however long its path is', () => {
  const stack = stackIn('eu-west-1');
  const deep = new Construct(new Construct(stack, 'a'.repeat(200)), 'b'.repeat(200));
  for (const id of ['One', 'Two']) new WebAcl(deep, id, { scope: WebAclScope.REGIONAL });
  const metrics = Object.values(resourcesOf(stack, WEB_ACL)).map(
    ({ Properties }) => Properties.VisibilityConfig.MetricName,
  );
  const groups = Object.values(resourcesOf(stack, 'AWS::Logs::LogGroup')).map(
    ({ Properties }) => Properties.LogGroupName['Fn::Join'][1][0],
  );
  expect([new Set(metrics).size, new Set(groups).size]).toEqual([2, 2]);
  for (const name of metrics) expect(name).toMatch(/^[\w]{1,128}$/);
  for (const name of groups) expect(name).toMatch(/^aws-waf-logs-[\w.#/-]{1,450}$/);
});
