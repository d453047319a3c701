import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as signer from 'aws-cdk-lib/aws-signer';
import type { Construct } from 'constructs';
import {
  type IPrivateNetwork,
  PrivateApi,
  PrivateNetwork,
  TokenVault,
  VAULT_FUNCTIONS,
  type VaultFunction,
} from '../../../lib';
import {
  type ConstructSample,
  existingBucket,
  existingKey,
  existingTopic,
  existingVpc,
  REGION,
} from './construct-sample';

function existingNetwork(around: Construct): IPrivateNetwork {
  return PrivateNetwork.fromPrivateNetworkAttributes(around, 'Network', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: [`${REGION}a`, `${REGION}b`],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
    privateSubnetsHaveEgress: false,
  });
}

function existingEndpoint(around: Construct, id: string): ec2.IInterfaceVpcEndpoint {
  return ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(around, id, {
    vpcEndpointId: 'vpce-0123456789abcdef0',
    port: 443,
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(around, `${id}Group`, 'sg-0123456789abcdef0')],
  });
}

const OBJECT_KEYS = Object.fromEntries(VAULT_FUNCTIONS.map((name) => [name, `signed/${name}.zip`])) as Record<
  VaultFunction,
  string
>;

/** Tokens in place of data. */
export const TOKEN_VAULT_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'TokenVault',
    build: (stack, around) =>
      new TokenVault(stack, 'Vault', {
        network: existingNetwork(around),
        tenants: { shop: { grantees: { checkout: ['tokenize', 'reveal-masked'] } } },
        owner: 'payments@shop.example',
      }),
  },
  {
    construct: 'TokenVault',
    options: 'an API in front, two tenants, canaries, a type, endpoints and keys that exist, signed code',
    build: (stack, around) => {
      const topic = existingTopic(around);
      return new TokenVault(stack, 'Vault', {
        network: existingNetwork(around),
        vaultName: 'payments',
        tenants: {
          shop: { grantees: { checkout: ['tokenize', 'look-up'], support: ['reveal-masked'] } },
          marketplace: { grantees: { payouts: ['tokenize', 'reveal-full', 'erase'] } },
        },
        owner: 'payments@shop.example',
        api: new PrivateApi(around, 'Api', { vpc: existingVpc(around), alarmTopic: topic }),
        types: [{ name: 'iban', kind: 'text', format: 'random', searchable: true }],
        backupDays: 1,
        canaryTokens: ['Zm9ydHktdGhyZWUtY2hhcmFjdGVycy1vZi1iYXNlNjQ'.slice(0, 43)],
        encryptionKey: existingKey(around),
        alarmTopic: topic,
        endpoints: {
          kms: existingEndpoint(around, 'KmsEndpoint'),
          logs: existingEndpoint(around, 'LogsEndpoint'),
          dynamodb: ec2.GatewayVpcEndpoint.fromGatewayVpcEndpointId(
            around,
            'DynamoDb',
            'vpce-0123456789abcdef1',
          ),
          s3: ec2.GatewayVpcEndpoint.fromGatewayVpcEndpointId(around, 'S3', 'vpce-0123456789abcdef2'),
        },
        concurrency: { create: 100 },
        thresholds: { revealsPerGrantee: 20, creations: 500 },
        codeSigning: {
          signingProfiles: [
            signer.SigningProfile.fromSigningProfileAttributes(around, 'Profile', {
              signingProfileName: 'release',
              signingProfileVersion: 'abcdefghij',
            }),
          ],
          bucket: existingBucket(around, 'signed-code'),
          objectKeys: OBJECT_KEYS,
        },
      });
    },
  },
];
