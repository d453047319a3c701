import { Token } from 'aws-cdk-lib';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkReason } from '../loosening';
import { checkSameRegion } from '../region';
import { type IWebAcl, WebAcl, WebAclScope } from '../web-acl';

/** The period over which AWS WAF counts requests of one address, in seconds. */
const WAF_PERIOD = 300;
const LEAST_RATE_LIMIT = 2000;

/** What stands before an API. */
export interface FirewallProps {
  /**
   * The web application firewall that stands before the API, of the scope `REGIONAL`, in its region.
   *
   * @default - a new one, which lets one address send as much as the stage takes
   */
  readonly webAcl?: IWebAcl;
  /**
   * Why none stands before it, as a sentence. It is written into the template, and the finding stays until a waiver
   * covers it.
   *
   * @default - one stands before it
   */
  readonly withoutWebAclReason?: string;
}

/**
 * The web ACL that is given, or a new one; none with a reason.
 *
 * Partners call from few addresses: the new one counts what the stage takes, so that its limits bite first.
 */
export function webAclFor(
  scope: Construct,
  props: FirewallProps,
  requestsPerSecond: number,
): IWebAcl | undefined {
  const { webAcl, withoutWebAclReason: reason } = props;
  if (reason !== undefined) {
    checkReason(scope, 'withoutWebAclReason', reason);
    if (webAcl === undefined) return undefined;
    throw invalidProperty(scope, "'webAcl' and 'withoutWebAclReason' must not both be given, leave one out");
  }
  if (webAcl === undefined) {
    const most = Token.isUnresolved(requestsPerSecond) ? 0 : requestsPerSecond * WAF_PERIOD;
    return new WebAcl(scope, 'WebAcl', {
      scope: WebAclScope.REGIONAL,
      rateLimit: Math.max(LEAST_RATE_LIMIT, most),
    });
  }
  if (webAcl.webAclScope !== WebAclScope.REGIONAL) {
    throw invalidProperty(
      scope,
      "'webAcl' must have the scope REGIONAL to stand before an API, got CLOUDFRONT, define a second web ACL in its region",
    );
  }
  checkSameRegion(scope, {
    property: 'webAcl',
    resource: webAcl,
    arn: webAcl.webAclArn,
    of: 'the API',
    remedy: 'define one there',
  });
  return webAcl;
}

/** Puts a web ACL before a stage. */
export function protectStage(scope: Construct, webAcl: IWebAcl, stageArn: string): void {
  new wafv2.CfnWebACLAssociation(scope, 'WebAclAssociation', {
    resourceArn: stageArn,
    webAclArn: webAcl.webAclArn,
  });
}
