import { SecretValue, type Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as events from 'aws-cdk-lib/aws-events';
import * as eventschemas from 'aws-cdk-lib/aws-eventschemas';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sesActions from 'aws-cdk-lib/aws-ses-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as transfer from 'aws-cdk-lib/aws-transfer';
import { EncryptedTopic, PrivateNetwork } from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** Files of partners by FTPS, with TLS 1.2 or newer and forward secrecy. */
export function fileServer(stack: Stack): void {
  // #region fileServer
  const { vpc } = new PrivateNetwork(stack, 'Network');
  new transfer.CfnServer(stack, 'Files', {
    protocols: ['FTPS'],
    protocolDetails: { tlsSessionResumptionMode: 'ENFORCED' },
    securityPolicyName: 'TransferSecurityPolicy-2025-03',
    certificate: 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    endpointType: 'VPC',
    endpointDetails: { vpcId: vpc.vpcId, subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId) },
    identityProviderType: 'AWS_LAMBDA',
    identityProviderDetails: {
      function: 'arn:aws:lambda:eu-west-1:111122223333:function:partners',
    },
    loggingRole: 'arn:aws:iam::111122223333:role/transfer-log',
  });
  // #endregion fileServer
}

/** Files that are fetched from a partner whose key is known. */
export function fileConnector(stack: Stack): void {
  // #region fileConnector
  const login = new secretsmanager.Secret(stack, 'Login', {
    encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
  });
  new transfer.CfnConnector(stack, 'Bank', {
    url: 'sftp://files.bank.example',
    accessRole: 'arn:aws:iam::111122223333:role/transfer-connector',
    loggingRole: 'arn:aws:iam::111122223333:role/transfer-log',
    securityPolicyName: 'TransferSFTPConnectorSecurityPolicy-2024-03',
    sftpConfig: {
      userSecretId: login.secretArn,
      trustedHostKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPGk7vTz6nTtq7sXxJ0bT2hV9oQn3w8b1c5Yd0Zr4eKm'],
    },
  });
  // #endregion fileConnector
}

/** Mail that is taken over TLS only, from senders and from servers of ours. */
export function mailIn(stack: Stack): void {
  // #region mailIn
  const received = new EncryptedTopic(stack, 'Received');
  new ses.ReceiptRuleSet(stack, 'Rules', {
    rules: [
      {
        recipients: ['invoices@example.com'],
        tlsPolicy: ses.TlsPolicy.REQUIRE,
        scanEnabled: true,
        actions: [new sesActions.Sns({ topic: received.topic })],
      },
    ],
  });
  new ses.CfnMailManagerIngressPoint(stack, 'Printers', {
    type: 'AUTH',
    tlsPolicy: 'REQUIRED',
    ingressPointConfiguration: {
      secretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:printers-AbCdEf',
    },
    ruleSetId: 'rs-0123456789abcdef',
    trafficPolicyId: 'tp-0123456789abcdef',
  });
  // #endregion mailIn
}

/** A topic that logs whether a function got what it was sent. */
export function deliveries(stack: Stack): void {
  // #region deliveries
  const orders = new EncryptedTopic(stack, 'Orders');
  const handler = new lambda.Function(stack, 'Packing', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
  });
  orders.addSubscription(new subscriptions.LambdaSubscription(handler));
  const feedback = new iam.Role(stack, 'Feedback', {
    assumedBy: new iam.ServicePrincipal('sns.amazonaws.com'),
  });
  orders.topic.addLoggingConfig({
    protocol: sns.LoggingProtocol.LAMBDA,
    failureFeedbackRole: feedback,
  });
  // #endregion deliveries
}

/** Passwords that nobody writes down: made by the service, fetched when a program starts, refused in clear. */
export function passwords(stack: Stack): void {
  // #region passwords
  const password = new secretsmanager.Secret(stack, 'Password', {
    encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    generateSecretString: { passwordLength: 32, excludePunctuation: true },
  });
  password.addToResourcePolicy(
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['secretsmanager:*'],
      resources: ['*'],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
  const handler = new lambda.Function(stack, 'Shop', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 204 });'),
    environment: { PASSWORD_ARN: password.secretArn },
  });
  password.grantRead(handler);
  // #endregion passwords
}

/** The API of a partner, whose password stands in no template, and who is told what events look like. */
export function partnerApi(stack: Stack): void {
  // #region partnerApi
  const connection = new events.Connection(stack, 'Login', {
    authorization: events.Authorization.basic('shop', SecretValue.secretsManager('parcels/password')),
  });
  new events.ApiDestination(stack, 'Parcels', {
    connection,
    endpoint: 'https://api.parcels.example/orders',
    httpMethod: events.HttpMethod.POST,
  });
  const registry = new eventschemas.CfnRegistry(stack, 'Events', { registryName: 'shop' });
  new eventschemas.CfnRegistryPolicy(stack, 'Readers', {
    registryName: registry.attrRegistryName,
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::444455556666:role/parcels' },
          Action: ['schemas:DescribeSchema', 'schemas:ListSchemas'],
          Resource: registry.attrRegistryArn,
        },
      ],
    },
  });
  // #endregion partnerApi
}

/** Images that are fetched over TLS, and not otherwise. */
export function images(stack: Stack): void {
  // #region images
  const repository = new ecr.Repository(stack, 'Images', {
    imageScanOnPush: true,
    imageTagMutability: ecr.TagMutability.IMMUTABLE,
    encryption: ecr.RepositoryEncryption.KMS,
    lifecycleRules: [{ maxImageCount: 20 }],
  });
  repository.addToResourcePolicy(
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['ecr:*'],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
  // #endregion images
}

/** Samples of this file. */
export const EXCHANGE = samplesOf('exchange.ts', {
  'Files by FTPS': { fileServer },
  'Files from a partner': { fileConnector },
  'Mail that comes in': { mailIn },
  'Messages that are known to arrive': { deliveries },
  'A password that nobody writes down': { passwords },
  'An API of a partner and its events': { partnerApi },
  'Images of containers': { images },
});
