import { Stack, Token } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { regionOf } from '../region';
import { type IWebAcl, WebAclScope } from '../web-acl';
import { checkJwtValidation } from './jwt-validation';
import type { TlsLoadBalancerProps } from './tls-load-balancer-props';

/**
 * Certificates per Application Load Balancer beside the default ones, unless AWS has raised the quota.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const CERTIFICATE_QUOTA = 25;

/** Refuses what a load balancer cannot be put together from: other regions, other scopes, too much of it. */
export function checkSurroundings(
  scope: IConstruct,
  certificates: acm.ICertificate[],
  props: TlsLoadBalancerProps,
): void {
  const region = checkRegion(scope);
  for (const certificate of certificates) checkCertificate(scope, certificate, region);
  checkQuota(scope, certificates.length - 1, props.certificateQuota ?? CERTIFICATE_QUOTA);
  if (props.logBucket !== undefined) checkLogBucket(scope, props.logBucket, region);
  if (props.webAcl !== undefined) checkWebAcl(scope, props.webAcl, region);
  checkJwtValidation(scope, props.jwtValidation);
  props.clientCertificates?.check(scope);
}

function checkRegion(scope: IConstruct): string {
  const { region } = Stack.of(scope);
  if (!Token.isUnresolved(region)) return region;
  throw invalid(
    scope,
    "the stack must have a region, since the account that writes access logs differs between regions, set 'env: { region }' on the stack",
  );
}

function checkCertificate(scope: IConstruct, certificate: acm.ICertificate, region: string): void {
  const arn = certificate.certificateArn;
  const other = regionOf(certificate, arn) ?? region;
  if (other === region) return;
  const got = JSON.stringify(Token.isUnresolved(arn) ? other : arn);
  throw invalid(
    scope,
    `'certificate' must be in the region of the load balancer (${region}), got ${got}, request one there`,
  );
}

function checkQuota(scope: IConstruct, additional: number, quota: number): void {
  if (Token.isUnresolved(quota) || additional <= quota) return;
  throw invalid(
    scope,
    `'additionalCertificates' must leave the listener with at most ${quota} certificates beside its first one, twins included, got ${additional}, define a second load balancer, or have the quota raised and say so in 'certificateQuota'`,
  );
}

function checkLogBucket(scope: IConstruct, bucket: s3.IBucket, region: string): void {
  if (usesKms(bucket)) {
    throw invalid(
      scope,
      "'logBucket' must be encrypted with SSE-S3, load balancers cannot write to a bucket that is encrypted with KMS, use a LogBucket",
    );
  }
  const other = bucket.env.region;
  if (Token.isUnresolved(other) || other === region) return;
  throw invalid(
    scope,
    `'logBucket' must be in the region of the load balancer (${region}), got ${JSON.stringify(other)}, use a LogBucket of that region`,
  );
}

function checkWebAcl(scope: IConstruct, webAcl: IWebAcl, region: string): void {
  if (webAcl.webAclScope !== WebAclScope.REGIONAL) {
    throw invalid(
      scope,
      `'webAcl' must have the scope REGIONAL to stand before a load balancer, got ${webAcl.webAclScope}, define a second web ACL in ${region}`,
    );
  }
  const other = webAcl.env.region;
  if (Token.isUnresolved(other) || other === region) return;
  throw invalid(
    scope,
    `'webAcl' must be in the region of the load balancer (${region}), got ${JSON.stringify(other)}, define one there`,
  );
}

/** Whether a bucket is encrypted with KMS, also by a key that Amazon S3 manages there, which no property names. */
function usesKms(bucket: s3.IBucket): boolean {
  const resource = bucket.node.defaultChild;
  if (bucket.encryptionKey !== undefined) return true;
  if (!s3.CfnBucket.isCfnBucket(resource)) return false;
  const encryption: unknown = Stack.of(resource).resolve(resource.bucketEncryption);
  return JSON.stringify(encryption ?? null).includes('"aws:kms');
}

function invalid(scope: IConstruct, message: string): TransmissionError {
  return new TransmissionError('InvalidProperty', message, scope.node.path);
}
