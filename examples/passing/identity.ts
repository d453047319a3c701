import type { Stack } from 'aws-cdk-lib';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** A user pool whose clients pass no passwords on and come back over https only. */
export function signIn(stack: Stack): void {
  // #region signIn
  const pool = new cognito.UserPool(stack, 'Customers', {
    mfa: cognito.Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: { minLength: 12, requireDigits: true, requireLowercase: true },
    standardAttributes: { email: { required: true, mutable: true } },
  });
  pool.addClient('Shop', {
    authFlows: { userSrp: true },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      callbackUrls: ['https://shop.example.com/signed-in'],
      logoutUrls: ['https://shop.example.com/'],
    },
  });
  // #endregion signIn
}

/** A role that may do what it needs, to what it needs. */
export function leastPrivilege(stack: Stack): void {
  // #region leastPrivilege
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const role = new iam.Role(stack, 'Reader', {
    assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
  });
  role.addToPolicy(
    new iam.PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] }),
  );
  // #endregion leastPrivilege
}

/** A build that holds no credentials, and an image repository that looks for faults. */
export function build(stack: Stack): void {
  // #region build
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  new codebuild.Project(stack, 'Build', {
    source: codebuild.Source.s3({
      bucket: s3.Bucket.fromBucketName(stack, 'Sources', 'sources-of-shop'),
      path: 'shop.zip',
    }),
    environment: { buildImage: codebuild.LinuxBuildImage.STANDARD_7_0, privileged: false },
    encryptionKey: key,
    logging: {
      cloudWatch: {
        logGroup: new logs.LogGroup(stack, 'Log', { retention: logs.RetentionDays.THIRTEEN_MONTHS }),
      },
    },
  });
  new ecr.Repository(stack, 'Images', {
    imageScanOnPush: true,
    encryption: ecr.RepositoryEncryption.KMS,
    encryptionKey: key,
    lifecycleRules: [{ maxImageCount: 20 }],
  });
  // #endregion build
}
