import type { PackRule } from '../../packs/pack';
import { isPointedAt, isPresent, isTrue, propertyRow, violation } from '../property';
import { endpointHasWebAcl } from './waf-association';

const WEB_ACL = 'AWS::WAFv2::WebACL';
const RULE_GROUP = 'AWS::WAFv2::RuleGroup';

/** Rules on web application firewalls, with their levels. */
export const WAF_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'PublicEndpointHasWebAcl',
    title: 'a web application firewall stands before a load balancer or API that is public',
    risk: 'Attacks that everybody knows reach the program as they are: injection, known holes of libraries, guessing of passwords.',
    fix: 'Add AWS::WAFv2::WebACLAssociation with ResourceArn of the load balancer, the stage of the REST API or the GraphQL API; an association made elsewhere needs a waiver that says so. CDK: there is no L2 construct; CfnWebACLAssociation, or protectLoadBalancer() of WebAcl of this library.',
    references: {
      pciDss: ['1.3.1', '1.4.1', '1.4.2', '6.4.1', '6.4.2', 'A1.1.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['APIGateway.4', 'ELB.16'],
      cwe: ['CWE-693'],
      awsConfig: ['ALB_WAF_ENABLED', 'API_GW_ASSOCIATED_WITH_WAF', 'APPSYNC_ASSOCIATED_WITH_WAF'],
    },
    resourceTypes: [
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      'AWS::ApiGateway::Stage',
      'AWS::AppSync::GraphQLApi',
    ],
    test: endpointHasWebAcl,
  }),
  propertyRow('warning', {
    id: 'DistributionHasWebAcl',
    title: 'a web application firewall stands before a CloudFront distribution',
    risk: 'Attacks that everybody knows reach the program behind it as they are: injection, known holes of libraries, guessing of passwords.',
    fix: 'Set DistributionConfig.WebACLId to the ARN of a web ACL with Scope CLOUDFRONT. CDK: webAclId of Distribution, which has none by default; WebAcl of this library.',
    references: {
      pciDss: ['1.3.1', '1.4.2', '6.4.1', '6.4.2', 'A1.1.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['CloudFront.6'],
      cwe: ['CWE-693'],
      awsConfig: ['CLOUDFRONT_ASSOCIATED_WITH_WAF'],
    },
    resourceTypes: ['AWS::CloudFront::Distribution'],
    test: isPresent('DistributionConfig.WebACLId', 'the ARN of a web ACL'),
  }),
  propertyRow('warning', {
    id: 'WebAclHasRules',
    title: 'a web ACL, and a group of rules for it, has rules',
    risk: 'Requests go through a firewall that looks for nothing, and everybody thinks that it does.',
    fix: 'Add rules to Rules, such as AWSManagedRulesCommonRuleSet and AWSManagedRulesKnownBadInputsRuleSet. CDK: there is no L2 construct; rules of CfnWebACL, or WebAcl of this library, which has both.',
    references: {
      pciDss: ['6.4.1', '6.4.2'],
      gdpr: ['32(1)(b)'],
      securityHub: ['WAF.10'],
      cwe: ['CWE-693'],
      awsConfig: ['WAFV2_WEBACL_NOT_EMPTY', 'WAFV2_RULEGROUP_NOT_EMPTY'],
    },
    resourceTypes: [WEB_ACL, RULE_GROUP],
    test: isPresent('Rules', 'one rule or more'),
  }),
  propertyRow('warning', {
    id: 'WebAclIsMeasured',
    title: 'what a web ACL or a group of its rules did is counted in CloudWatch',
    risk: 'Nobody is told that an attack has begun, or that the firewall stopped looking.',
    fix: 'Set VisibilityConfig.CloudWatchMetricsEnabled to true. CDK: there is no L2 construct; visibilityConfig of CfnWebACL and CfnRuleGroup.',
    references: {
      pciDss: ['10.4.1.1', '10.7.1', '10.7.2', 'A3.3.1'],
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['WAF.12'],
      cwe: ['CWE-778'],
      awsConfig: ['WAFV2_RULEGROUP_LOGGING_ENABLED'],
    },
    resourceTypes: [WEB_ACL, RULE_GROUP],
    test: isTrue('VisibilityConfig.CloudWatchMetricsEnabled'),
  }),
  propertyRow('warning', {
    id: 'WebAclWritesLog',
    title: 'a web ACL writes down the requests that it judged',
    risk: 'Nobody can tell what an attacker tried, and which requests went through.',
    fix: 'Add AWS::WAFv2::LoggingConfiguration with ResourceArn of the web ACL. CDK: there is no L2 construct; CfnLoggingConfiguration, or WebAcl of this library, which logs by default.',
    references: {
      pciDss: ['10.2.1', '10.2.1.4', '10.2.2', 'A1.2.1'],
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['WAF.11'],
      cwe: ['CWE-778'],
      awsConfig: ['WAFV2_LOGGING_ENABLED'],
    },
    resourceTypes: [WEB_ACL],
    test: isPointedAt('AWS::WAFv2::LoggingConfiguration', 'ResourceArn', {
      got: 'no LoggingConfiguration',
      want: 'one',
    }),
  }),
  propertyRow('warning', {
    id: 'WebAclIsNotClassic',
    title: 'a web ACL is one of AWS WAF, not of AWS WAF Classic, which has ended',
    risk: 'AWS ends WAF Classic region by region: it has no managed rules against new attacks, its log cannot be switched on in a template, and one day it stops.',
    fix: 'Replace AWS::WAF::WebACL and AWS::WAFRegional::WebACL by AWS::WAFv2::WebACL. CDK: CfnWebACL of aws-wafv2, or WebAcl of this library.',
    references: {
      pciDss: ['6.4.1', '6.4.2', '10.2.1', '12.3.4'],
      gdpr: ['32(1)(b)'],
      securityHub: ['WAF.1', 'WAF.4', 'WAF.8'],
      cwe: ['CWE-477'],
      awsConfig: [
        'WAF_CLASSIC_LOGGING_ENABLED',
        'WAF_GLOBAL_WEBACL_NOT_EMPTY',
        'WAF_REGIONAL_WEBACL_NOT_EMPTY',
      ],
    },
    resourceTypes: ['AWS::WAF::WebACL', 'AWS::WAFRegional::WebACL'],
    // @see https://docs.aws.amazon.com/waf/latest/developerguide/classic-waf-chapter.html
    test: (properties) => violation(properties, properties.resource.type, 'AWS::WAFv2::WebACL'),
  }),
];
