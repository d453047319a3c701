import type { Stack } from 'aws-cdk-lib';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as organizations from 'aws-cdk-lib/aws-organizations';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { TrustMaterialBucket, WebAcl, WebAclScope } from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** A login page under a name of yours, behind a firewall. */
export function loginPage(stack: Stack): void {
  // #region loginPage
  const pool = new cognito.UserPool(stack, 'Customers', {
    mfa: cognito.Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: { minLength: 12, requireDigits: true, requireLowercase: true },
  });
  // The L2 construct does not set the TLS policy; the certificate is one of us-east-1, wherever the pool is.
  new cognito.CfnUserPoolDomain(stack, 'Page', {
    userPoolId: pool.userPoolId,
    domain: 'login.example.com',
    customDomainConfig: {
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
      securityPolicy: 'TLS_V1_2_2021',
    },
  });
  const firewall = new WebAcl(stack, 'Firewall', { scope: WebAclScope.REGIONAL });
  new wafv2.CfnWebACLAssociation(stack, 'BeforeLogin', {
    resourceArn: pool.userPoolArn,
    webAclArn: firewall.webAclArn,
  });
  // #endregion loginPage
}

/** An organisation whose content trains nobody's models, with a user for what knows no roles. */
export function organisation(stack: Stack): void {
  // #region organisation
  const organization = new organizations.CfnOrganization(stack, 'Organization', { featureSet: 'ALL' });
  new organizations.CfnPolicy(stack, 'NoTraining', {
    name: 'no-training',
    type: 'AISERVICES_OPT_OUT_POLICY',
    content: { services: { default: { opt_out_policy: { '@@assign': 'optOut' } } } },
    targetIds: [organization.attrRootId],
  });
  // In a group, and without a password for the console.
  new iam.User(stack, 'Exporter', { groups: [new iam.Group(stack, 'Exporters')] });
  // #endregion organisation
}

/** A private root authority that rests, whose revoked certificates everybody can look up. */
export function rootAuthority(stack: Stack): void {
  // #region rootAuthority
  const { bucket } = new TrustMaterialBucket(stack, 'Revoked');
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('acm-pca.amazonaws.com')],
      actions: ['s3:PutObject', 's3:PutObjectAcl', 's3:GetBucketAcl', 's3:GetBucketLocation'],
      resources: [bucket.bucketArn, bucket.arnForObjects('*')],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  const root = new acmpca.CfnCertificateAuthority(stack, 'Root', {
    type: 'ROOT',
    keyAlgorithm: 'EC_secp384r1',
    signingAlgorithm: 'SHA384WITHECDSA',
    subject: { commonName: 'Shop Root' },
    revocationConfiguration: {
      crlConfiguration: {
        enabled: true,
        expirationInDays: 7,
        s3BucketName: bucket.bucketName,
        s3ObjectAcl: 'BUCKET_OWNER_FULL_CONTROL',
      },
    },
  });
  const self = new acmpca.CfnCertificate(stack, 'RootCertificate', {
    certificateAuthorityArn: root.attrArn,
    certificateSigningRequest: root.attrCertificateSigningRequest,
    signingAlgorithm: 'SHA384WITHECDSA',
    templateArn: `arn:${stack.partition}:acm-pca:::template/RootCACertificate/V1`,
    validity: { type: 'YEARS', value: 10 },
  });
  // ACTIVE in the deployment that signs the authority below it, DISABLED from the next one on.
  new acmpca.CfnCertificateAuthorityActivation(stack, 'RootActivation', {
    certificateAuthorityArn: root.attrArn,
    certificate: self.attrCertificate,
    status: 'DISABLED',
  });
  // #endregion rootAuthority
}

/** Samples of this file. */
export const ACCOUNTS = samplesOf('accounts.ts', {
  'A login page': { loginPage },
  'An organisation and a user': { organisation },
  'A private root authority': { rootAuthority },
});
