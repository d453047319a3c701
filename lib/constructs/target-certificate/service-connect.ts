import { Stack, Tags, Token } from 'aws-cdk-lib';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { TARGET_TLS_ENVIRONMENT } from '../../target/environment';
import { customerKey } from '../customer-key';
import { invalidProperty } from '../invalid-property';
import {
  type BoundTargetCertificate,
  type CertificateSource,
  type CertificateTarget,
  HopAssurance,
} from './certificate-source';

/** What ECS may ask of authorities: only of those with this tag. */
const MANAGED = { key: 'AmazonECSManaged', value: 'true' };
const MANAGED_POLICY =
  'service-role/AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity';

/** Properties of certificates that ECS has signed by a private authority. */
export interface ServiceConnectCertificateProps {
  /**
   * The authority (AWS Private CA), of the region of the service: a `CfnCertificateAuthority`, or an import.
   *
   * One of mode `SHORT_LIVED_CERTIFICATE` does, and costs a fraction of the other: ECS asks for 7 days and
   * renews after 5. ECS uses an authority only where its tag `AmazonECSManaged` is `true`: one that is
   * defined here gets it; see that one that is imported has it.
   */
  readonly certificateAuthority: acmpca.ICertificateAuthorityRef;
  /**
   * What makes an authority of this app usable. The service waits for it.
   *
   * @default - the authority is active before the service is made
   */
  readonly activation?: acmpca.CfnCertificateAuthorityActivation;
  /**
   * The key that encrypts the private keys of certificates in AWS Secrets Manager. The policy of an imported
   * key is not extended.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * The role by which ECS has certificates signed and keeps them. It is given the use of the key, and nothing
   * else.
   *
   * @default - a new role with the policy of AWS for it
   */
  readonly role?: iam.IRole;
}

/**
 * Certificates of a private authority, in the proxies of ECS Service Connect.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-tls.html
 */
export function serviceConnectSource(props: ServiceConnectCertificateProps): CertificateSource {
  return {
    assurance: HopAssurance.ENCRYPTED_AND_AUTHENTICATED,
    why: 'the proxies of ECS Service Connect have certificates of one private authority, which those of callers verify; load balancers do not, to them it is encrypted',
    inProxy: true,
    bind: (scope, target) => bind(new Construct(scope, 'TargetCertificate'), target, props),
  };
}

function bind(
  scope: Construct,
  { container }: CertificateTarget,
  { certificateAuthority, activation, encryptionKey, role }: ServiceConnectCertificateProps,
): BoundTargetCertificate {
  const { certificateAuthorityArn } = certificateAuthority.certificateAuthorityRef;
  checkAuthority(scope, certificateAuthorityArn);
  if (acmpca.CfnCertificateAuthority.isCfnCertificateAuthority(certificateAuthority)) {
    Tags.of(certificateAuthority).add(MANAGED.key, MANAGED.value);
  }
  const kmsKey = customerKey(scope, 'the private keys of Service Connect', encryptionKey);
  const ecsRole = role ?? createRole(scope);
  kmsKey.grantEncryptDecrypt(ecsRole);
  container.addEnvironment(TARGET_TLS_ENVIRONMENT.source, 'proxy');
  return {
    serviceConnectTls: { awsPcaAuthorityArn: certificateAuthorityArn, kmsKey, role: ecsRole },
    // Without what the role may do, the service would not get its first certificate.
    dependencies: [ecsRole, ...(activation === undefined ? [] : [activation])],
  };
}

/** Its trust names no service: ECS does not say for which one it takes the role, and would be refused. */
function createRole(scope: Construct): iam.Role {
  return new iam.Role(scope, 'Role', {
    description: 'Lets ECS have certificates signed for Service Connect, and keep them',
    assumedBy: new iam.ServicePrincipal('ecs.amazonaws.com'),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(MANAGED_POLICY)],
  });
}

function checkAuthority(scope: Construct, arn: string): void {
  if (Token.isUnresolved(arn)) return;
  const [, , service, region, , resource = ''] = arn.split(':');
  const problem = (must: string, remedy: string) =>
    invalidProperty(
      scope,
      `'certificateAuthority' must be ${must}, got ${JSON.stringify(arn.slice(0, 120))}, ${remedy}`,
    );
  if (service !== 'acm-pca' || !resource.startsWith('certificate-authority/')) {
    throw problem('an authority of AWS Private CA', 'name its ARN');
  }
  const own = Stack.of(scope).region;
  if (Token.isUnresolved(own) || Token.isUnresolved(region) || region === own) return;
  throw problem(`in the region of the service (${own})`, 'use one of that region');
}
