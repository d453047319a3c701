import { ArnFormat, type IResource, Names, Resource, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Construct, IConstruct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { checkEdgeRegion } from '../edge-region';
import { checkReason, recordLoosening } from '../loosening';
import { ManagedRuleGroup } from './managed-rule-group';
import { dataProtection, QUERY_STRINGS_IN_LOGS, WebAclLog } from './web-acl-log';
import {
  type CountedRule,
  checkCountedRules,
  countedRuleName,
  visibilityOf,
  webAclRules,
} from './web-acl-rules';

/** Requests of one address in five minutes. */
const DEFAULT_RATE_LIMIT = 2000;
/** The bounds of AWS WAF (API Reference, `RateBasedStatement`). */
const RATE_LIMITS = { min: 10, max: 2_000_000_000 };
const SHORTEST_LOG_RETENTION = logs.RetentionDays.ONE_YEAR;

/** What a web ACL stands before. */
export enum WebAclScope {
  /** Distributions of CloudFront. The web ACL is defined in us-east-1. */
  CLOUDFRONT = 'CLOUDFRONT',
  /** Load balancers and APIs of the region of the stack. */
  REGIONAL = 'REGIONAL',
}

/** A web application firewall. */
export interface IWebAcl extends IResource {
  /**
   * The ARN of the web ACL.
   *
   * @attribute
   */
  readonly webAclArn: string;
  /** What it stands before. */
  readonly webAclScope: WebAclScope;

  /**
   * Puts it before a load balancer of its region.
   *
   * The association stands below the load balancer and not in the stack of the web ACL, which may hold the certificate
   * too and would then need the load balancer's stack, and be needed by it.
   */
  protectLoadBalancer(loadBalancer: ProtectedLoadBalancer): void;
}

/** A load balancer for HTTP: a `TlsLoadBalancer`, or one of the CDK. */
export interface ProtectedLoadBalancer extends IConstruct {
  /** The ARN of the load balancer. */
  readonly loadBalancerArn: string;
}

/** What identifies a web ACL that exists already. */
export interface WebAclAttributes {
  /** The ARN of the web ACL. */
  readonly webAclArn: string;
  /**
   * What it stands before, where the ARN is known at deployment only.
   *
   * @default - read from the ARN, which must then be a literal
   */
  readonly scope?: WebAclScope;
}

/** Properties of a `WebAcl`. */
export interface WebAclProps {
  /** What it stands before. */
  readonly scope: WebAclScope;
  /**
   * How many requests one address may send in five minutes before it is blocked: 10 to 2,000,000,000.
   *
   * @default 2000
   */
  readonly rateLimit?: number;
  /**
   * Groups of rules of AWS that block too, beside `ManagedRuleGroup.DEFAULTS`.
   *
   * @default - none
   */
  readonly additionalRuleGroups?: ManagedRuleGroup[];
  /**
   * Rules that count requests instead of blocking them, each with a reason that is written into the template.
   *
   * @default - every rule blocks
   */
  readonly countedRules?: CountedRule[];
  /**
   * Why query strings must be in logs and samples, as a sentence. They often hold e-mail addresses and tokens.
   *
   * @default - they are masked
   */
  readonly queryStringsInLogsReason?: string;
  /**
   * How long the log is kept: at least `RetentionDays.ONE_YEAR`, since PCI DSS 10.5.1 asks for twelve months.
   *
   * @default RetentionDays.THIRTEEN_MONTHS, 400 days
   */
  readonly logRetention?: logs.RetentionDays;
}

abstract class WebAclBase extends Resource implements IWebAcl {
  abstract readonly webAclArn: string;
  abstract readonly webAclScope: WebAclScope;

  protectLoadBalancer(loadBalancer: ProtectedLoadBalancer): void {
    if (this.webAclScope === WebAclScope.CLOUDFRONT) {
      throw this.invalid(
        "'scope' must be REGIONAL to stand before a load balancer, got CLOUDFRONT, define a second web ACL in its region",
      );
    }
    const { loadBalancerArn } = loadBalancer;
    new wafv2.CfnWebACLAssociation(loadBalancer, 'WebAcl', {
      resourceArn: loadBalancerArn,
      webAclArn: this.webAclArn,
    });
  }

  protected invalid(message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, this.node.path);
  }
}

class ImportedWebAcl extends WebAclBase {
  readonly webAclArn: string;
  readonly webAclScope: WebAclScope;

  constructor(construct: Construct, id: string, { webAclArn, scope }: WebAclAttributes) {
    super(construct, id, { environmentFromArn: webAclArn });
    this.webAclArn = webAclArn;
    this.webAclScope = this.scopeOf(webAclArn, scope);
  }

  private scopeOf(webAclArn: string, told: WebAclScope | undefined): WebAclScope {
    if (Token.isUnresolved(webAclArn)) {
      if (told !== undefined) return told;
      throw this.invalid(
        "'webAclArn' must be a literal, since it says what the web ACL stands before, got an unresolved value, say it in 'scope'",
      );
    }
    const { resource } = Stack.of(this).splitArn(webAclArn, ArnFormat.SLASH_RESOURCE_NAME);
    const read = resource === 'global' ? WebAclScope.CLOUDFRONT : WebAclScope.REGIONAL;
    if (told === undefined || told === read) return read;
    throw this.invalid(`'scope' must be ${read}, which 'webAclArn' says, got ${told}, leave it out`);
  }
}

/**
 * A web application firewall that blocks: by the groups of AWS for common attacks, known exploits, SQL injection
 * and bad addresses, and by rate.
 *
 * It logs every request to CloudWatch Logs, for 400 days unless `logRetention` says longer. Credentials, cookies, bodies and query strings are masked
 * in the log, in samples and in what a rule matched. It adds one resource policy to CloudWatch Logs, of which an
 * account has ten per region.
 */
export class WebAcl extends WebAclBase {
  /**
   * A web ACL that exists already.
   *
   * Its rules, whether they block or count, and what its log shows are not known here, and not checked; what it stands
   * before is, and the region of its ARN where that is a literal.
   */
  static fromWebAclAttributes(scope: Construct, id: string, attributes: WebAclAttributes): IWebAcl {
    return new ImportedWebAcl(scope, id, attributes);
  }

  readonly webAclArn: string;
  readonly webAclScope: WebAclScope;
  /** The log. */
  readonly logGroup: logs.ILogGroup;
  /** The groups of rules, in the order in which they judge. */
  readonly ruleGroups: readonly ManagedRuleGroup[];

  private readonly metricsName: string;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const { countedRules = [], queryStringsInLogsReason, rateLimit = DEFAULT_RATE_LIMIT } = props;
    const { logRetention = logs.RetentionDays.THIRTEEN_MONTHS } = props;
    this.webAclScope = props.scope;
    this.ruleGroups = [...ManagedRuleGroup.DEFAULTS, ...(props.additionalRuleGroups ?? [])];
    this.check(props, rateLimit);
    this.checkLogRetention(logRetention);
    this.metricsName = Names.uniqueResourceName(this, { maxLength: 128 });

    const resource = new wafv2.CfnWebACL(this, 'Resource', {
      scope: this.webAclScope,
      defaultAction: { allow: {} },
      rules: webAclRules(this.ruleGroups, countedRules, rateLimit),
      visibilityConfig: visibilityOf(this.metricsName),
      dataProtectionConfig: dataProtection(queryStringsInLogsReason !== undefined),
    });
    for (const rule of countedRules) recordLoosening(resource, countedRuleName(rule), rule.reason);
    if (queryStringsInLogsReason !== undefined) {
      recordLoosening(resource, QUERY_STRINGS_IN_LOGS, queryStringsInLogsReason);
    }
    this.webAclArn = resource.attrArn;
    this.logGroup = new WebAclLog(this, 'Log', {
      webAcl: resource,
      queryStringsReason: queryStringsInLogsReason,
      retention: logRetention,
    }).logGroup;
  }

  /** A metric of the web ACL, over all its rules. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const isRegional = this.webAclScope === WebAclScope.REGIONAL;
    const place: cloudwatch.DimensionsMap = isRegional ? { Region: Stack.of(this).region } : {};
    return new cloudwatch.Metric({
      namespace: 'AWS/WAFV2',
      metricName,
      dimensionsMap: { WebACL: this.metricsName, Rule: 'ALL', ...place },
      statistic: cloudwatch.Stats.SUM,
      ...options,
    });
  }

  /** Requests that were blocked. */
  metricBlockedRequests(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('BlockedRequests', options);
  }

  /** Requests that were let through. */
  metricAllowedRequests(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('AllowedRequests', options);
  }

  private check({ countedRules = [], queryStringsInLogsReason }: WebAclProps, rateLimit: number): void {
    if (this.webAclScope === WebAclScope.CLOUDFRONT) checkEdgeRegion(this, 'a web ACL for CloudFront');
    checkCountedRules(this, this.ruleGroups, countedRules);
    if (queryStringsInLogsReason !== undefined) {
      checkReason(this, 'queryStringsInLogsReason', queryStringsInLogsReason);
    }
    this.checkRateLimit(rateLimit);
    const twice = this.ruleGroups.find((group, index) => this.ruleGroups.indexOf(group) !== index);
    if (twice !== undefined) {
      throw this.invalid(`'additionalRuleGroups' repeats ${twice}, remove it`);
    }
  }

  private checkLogRetention(retention: logs.RetentionDays): void {
    if (Token.isUnresolved(retention) || retention >= SHORTEST_LOG_RETENTION) return;
    throw this.invalid(
      `'logRetention' must be at least ${SHORTEST_LOG_RETENTION} days (PCI DSS 10.5.1), got ${retention}, raise it`,
    );
  }

  private checkRateLimit(rateLimit: number): void {
    if (Token.isUnresolved(rateLimit)) return;
    const { min, max } = RATE_LIMITS;
    if (Number.isInteger(rateLimit) && rateLimit >= min && rateLimit <= max) return;
    throw this.invalid(`'rateLimit' must be a whole number from ${min} to ${max}, got ${rateLimit}`);
  }
}
