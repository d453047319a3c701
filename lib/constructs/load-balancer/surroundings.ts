import { Token } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkLogTarget } from '../log-store';
import { checkSameRegion } from '../region';
import { type IWebAcl, WebAclScope } from '../web-acl';
import { REQUEST_LOGS } from './access-logs';
import { checkJwtValidation } from './jwt-validation';
import type { TlsLoadBalancerProps } from './tls-load-balancer-props';

/**
 * Certificates per Application Load Balancer beside the default ones, unless AWS has raised the quota.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const CERTIFICATE_QUOTA = 25;
const OF = 'the load balancer';

/** Refuses what a load balancer cannot be put together from: other regions, other scopes, too much of it. */
export function checkSurroundings(
  scope: IConstruct,
  certificates: acm.ICertificate[],
  props: TlsLoadBalancerProps,
): void {
  for (const certificate of certificates) checkCertificate(scope, certificate);
  checkQuota(scope, certificates.length - 1, props.certificateQuota ?? CERTIFICATE_QUOTA);
  if (props.logBucket !== undefined) {
    checkLogTarget(scope, { property: 'logBucket', bucket: props.logBucket, kinds: REQUEST_LOGS });
  }
  if (props.webAcl !== undefined) checkWebAcl(scope, props.webAcl);
  checkJwtValidation(scope, props.jwtValidation);
  props.clientCertificates?.check(scope);
}

function checkCertificate(scope: IConstruct, resource: acm.ICertificate): void {
  const arn = resource.certificateArn;
  checkSameRegion(scope, { property: 'certificate', resource, arn, of: OF, remedy: 'request one there' });
}

function checkQuota(scope: IConstruct, additional: number, quota: number): void {
  if (Token.isUnresolved(quota) || additional <= quota) return;
  throw invalidProperty(
    scope,
    `'additionalCertificates' must leave the listener with at most ${quota} certificates beside its first one, twins included, got ${additional}, define a second load balancer, or have the quota raised and say so in 'certificateQuota'`,
  );
}

function checkWebAcl(scope: IConstruct, webAcl: IWebAcl): void {
  if (webAcl.webAclScope !== WebAclScope.REGIONAL) {
    throw invalidProperty(
      scope,
      `'webAcl' must have the scope REGIONAL to stand before a load balancer, got ${webAcl.webAclScope}, define a second web ACL in its region`,
    );
  }
  const arn = webAcl.webAclArn;
  checkSameRegion(scope, { property: 'webAcl', resource: webAcl, arn, of: OF, remedy: 'define one there' });
}
