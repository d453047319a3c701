import { Duration, type Stack } from 'aws-cdk-lib';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { samplesOf } from './passing-code';

/** A build whose secrets are fetched when it runs, and whose results and logs are encrypted. */
export function buildSecrets(stack: Stack): void {
  // #region buildSecrets
  const logs = new s3.Bucket(stack, 'BuildLogs', { enforceSSL: true, minimumTLSVersion: 1.2 });
  new codebuild.Project(stack, 'Release', {
    source: codebuild.Source.s3({
      bucket: s3.Bucket.fromBucketName(stack, 'Sources', 'sources-of-shop'),
      path: 'shop.zip',
    }),
    artifacts: codebuild.Artifacts.s3({
      bucket: s3.Bucket.fromBucketName(stack, 'Results', 'results-of-shop'),
      name: 'shop',
      encryption: true,
    }),
    environment: { buildImage: codebuild.LinuxBuildImage.STANDARD_7_0 },
    environmentVariables: {
      // The build itself has a role, and no access key.
      REGISTRY_TOKEN: {
        type: codebuild.BuildEnvironmentVariableType.SECRETS_MANAGER,
        value: 'shop/registry:token',
      },
    },
    encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    logging: { s3: { bucket: logs, encrypted: true } },
  });
  // #endregion buildSecrets
}

/** Programs elsewhere that take a role for an hour, instead of a key that nobody takes back. */
export function federation(stack: Stack): void {
  // #region federation
  const forge = new iam.OidcProviderNative(stack, 'Forge', {
    url: 'https://token.actions.githubusercontent.com',
    clientIds: ['sts.amazonaws.com'],
  });
  new iam.Role(stack, 'Deployment', {
    assumedBy: new iam.OpenIdConnectPrincipal(forge, {
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:example/shop:environment:production',
      },
    }),
    maxSessionDuration: Duration.hours(1),
  });
  // #endregion federation
}

/** A group that somebody is in. */
export function group(stack: Stack): void {
  // #region group
  const auditors = new iam.Group(stack, 'Auditors', {
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('SecurityAudit')],
  });
  auditors.addUser(new iam.User(stack, 'Auditor'));
  // #endregion group
}

/** Samples of this file. */
export const CREDENTIALS = samplesOf('credentials.ts', {
  'A build with secrets': { buildSecrets },
  'A role for programs elsewhere': { federation },
  'A group': { group },
});
