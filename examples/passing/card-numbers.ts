import { Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as chatbot from 'aws-cdk-lib/aws-chatbot';
import type * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import {
  AlarmTopic,
  AuditTrail,
  DataClassification,
  EncryptedTable,
  EncryptedTopic,
  PrivateNetwork,
  TlsDatabase,
} from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** Card numbers in a table: under a key of their own, never a key of the table, and every access on record. */
export function cardTable(stack: Stack): void {
  // #region cardTable
  const key = new kms.Key(stack, 'CardKey', {
    enableKeyRotation: true,
    rotationPeriod: Duration.days(365),
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const cards = new EncryptedTable(stack, 'Cards', {
    partitionKey: { name: 'token', type: dynamodb.AttributeType.STRING },
    encryptionKey: key,
    timeToLiveAttribute: 'expires',
  });
  DataClassification.of(cards).holdsCardholderData({
    protections: ['field-encryption'],
    retentionDays: 90,
    owner: 'payments@shop.example',
  });
  Tags.of(stack).add('pci:scope', 'cde');
  const trail = new AuditTrail(stack, 'Trail');
  // Beside who changes the account, who reads and writes items.
  (trail.node.defaultChild as cloudtrail.CfnTrail).advancedEventSelectors = [
    { fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] },
    {
      fieldSelectors: [
        { field: 'eventCategory', equalTo: ['Data'] },
        { field: 'resources.type', equalTo: ['AWS::DynamoDB::Table'] },
      ],
    },
  ];
  // #endregion cardTable
}

/** Card numbers in a database, encrypted by what writes them: whoever mounts the disk reads nothing. */
export function cardDatabase(stack: Stack): void {
  // #region cardDatabase
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const disputes = new TlsDatabase(stack, 'Disputes', { vpc });
  DataClassification.of(disputes).holdsCardholderData({
    protections: ['field-encryption'],
    retentionDays: 180,
    owner: 'payments@shop.example',
  });
  Tags.of(disputes).add('pci:scope', 'cde');
  // #endregion cardDatabase
}

/** Hashes of card numbers that nobody finds by trying all numbers. */
export function cardHash(stack: Stack): void {
  // #region cardHash
  const key = new kms.Key(stack, 'HashKey', {
    keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC,
    keySpec: kms.KeySpec.HMAC_256,
  });
  const hasher = new iam.Role(stack, 'Hasher', {
    assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
  });
  key.grantGenerateMac(hasher);
  const seen = new EncryptedTable(stack, 'SeenCards', {
    partitionKey: { name: 'hash', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'expires',
  });
  DataClassification.of(seen).holdsCardholderData({
    protections: ['keyed-hash'],
    retentionDays: 30,
    owner: 'fraud@shop.example',
  });
  // #endregion cardHash
}

/** Messages with card numbers in one topic, and alarms that a chat shows in another. */
export function chat(stack: Stack): void {
  // #region chat
  const disputes = new EncryptedTopic(stack, 'Disputes');
  DataClassification.of(disputes).holdsCardholderData({ owner: 'payments@shop.example' });
  const alarms = new AlarmTopic(stack, 'Alarms');
  new chatbot.SlackChannelConfiguration(stack, 'Chat', {
    slackChannelConfigurationName: 'alarms',
    slackWorkspaceId: 'T0123456789',
    slackChannelId: 'C0123456789',
    notificationTopics: [alarms.topic],
  });
  // #endregion chat
}

/** The environment of card numbers: an API that one network reaches, and a way out to one address. */
export function cardholderEnvironment(stack: Stack): void {
  // #region cardholderEnvironment
  const network = new PrivateNetwork(stack, 'Network');
  const endpoint = network.addInterfaceEndpoint('Api', {
    service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY,
  });
  new apigateway.RestApi(stack, 'Cards', {
    endpointConfiguration: { types: [apigateway.EndpointType.PRIVATE], vpcEndpoints: [endpoint] },
    policy: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          principals: [new iam.AnyPrincipal()],
          actions: ['execute-api:Invoke'],
          resources: ['execute-api:/*'],
          conditions: { StringEquals: { 'aws:SourceVpce': endpoint.vpcEndpointId } },
        }),
      ],
    }),
  }).root.addMethod('GET', new apigateway.HttpIntegration('https://cards.internal.example.com/'), {
    authorizationType: apigateway.AuthorizationType.IAM,
  });
  const service = new ec2.SecurityGroup(stack, 'Service', { vpc: network.vpc, allowAllOutbound: false });
  service.addEgressRule(ec2.Peer.ipv4('203.0.113.10/32'), ec2.Port.tcp(443), 'The acquirer');
  Tags.of(stack).add('pci:scope', 'cde');
  // #endregion cardholderEnvironment
}

/** Accounts of which one holds card numbers, and the other is for trying things out. */
export function accounts(stack: Stack): void {
  const app = stack.node.root;
  // #region accounts
  const production = new Stack(app, 'ShopProduction', {
    env: { account: '111122223333', region: 'eu-west-1' },
  });
  const cards = new EncryptedTable(production, 'Cards', {
    partitionKey: { name: 'token', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'expires',
  });
  DataClassification.of(cards).holdsCardholderData({ owner: 'payments@shop.example' });
  const test = new Stack(app, 'ShopTest', { env: { account: '444455556666', region: 'eu-west-1' } });
  const madeUp = new EncryptedTable(test, 'Cards', {
    partitionKey: { name: 'token', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'expires',
  });
  DataClassification.of(madeUp).holdsInternalData({ owner: 'payments@shop.example' });
  // #endregion accounts
}

/** Samples of this file. */
export const CARD_NUMBERS = samplesOf('card-numbers.ts', {
  'Card numbers in a table': { cardTable },
  'Card numbers in a database': { cardDatabase },
  'Hashes of card numbers': { cardHash },
  'A chat that gets alarms': { chat },
  'A cardholder data environment': { cardholderEnvironment },
  'An account for production': { accounts },
});
