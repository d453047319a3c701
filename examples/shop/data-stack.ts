import { Stack, type StackProps } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import {
  type CacheUser,
  EncryptedQueue,
  EncryptedTable,
  PrivateNetwork,
  TlsCache,
  TlsDatabase,
} from 'cdk-secure-transmission';
import type { Construct } from 'constructs';
import type { SETTINGS } from './settings';

/** What the data stack is told. */
export interface DataStackProps extends StackProps {
  readonly settings: typeof SETTINGS;
}

/** Where data rests, and the network in which it travels there. */
export class DataStack extends Stack {
  readonly network: PrivateNetwork;
  /** Where the layers of images come from. */
  readonly imageLayers: ec2.GatewayVpcEndpoint;
  /** By what containers reach services of AWS, without a way to the internet. */
  readonly awsEndpoints: ec2.IConnectable[];
  /** What the shop sells. */
  readonly products: EncryptedTable;
  /** Who bought what. */
  readonly orders: TlsDatabase;
  /** Who is logged in. */
  readonly sessions: TlsCache;
  /** As whom the shop logs in to the cache. */
  readonly sessionsUser: CacheUser;
  /** What has been paid and waits to be sent. */
  readonly shipments: EncryptedQueue;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    const { settings } = props;
    // #region network
    this.network = new PrivateNetwork(this, 'Network', { vpcOrigins: true });
    // #endregion
    // #region endpoints
    const { S3, DYNAMODB } = ec2.GatewayVpcEndpointAwsService;
    this.imageLayers = this.network.addGatewayEndpoint('S3', {
      service: S3,
      exceptions: [
        {
          actions: ['s3:GetObject'],
          resources: [`arn:${this.partition}:s3:::prod-${settings.region}-starport-layer-bucket/*`],
          reason: 'Amazon ECR keeps the layers of images in a bucket of its own account.',
        },
      ],
    });
    this.network.addGatewayEndpoint('DynamoDb', { service: DYNAMODB });
    const { ECR, ECR_DOCKER, CLOUDWATCH_LOGS, SQS } = ec2.InterfaceVpcEndpointAwsService;
    const services = { Ecr: ECR, EcrDocker: ECR_DOCKER, Logs: CLOUDWATCH_LOGS, Sqs: SQS };
    this.awsEndpoints = [
      ...Object.entries(services).map(([id, service]) => this.network.addInterfaceEndpoint(id, { service })),
      // Gateway endpoints have no security group: what is behind them is named by its prefix list.
      ...Object.values(settings.prefixLists).map((list) => ec2.Peer.prefixList(list)),
    ];
    // #endregion

    // #region stores
    this.products = new EncryptedTable(this, 'Products', {
      partitionKey: { name: 'sku', type: dynamodb.AttributeType.STRING },
    });
    this.orders = new TlsDatabase(this, 'Orders', {
      vpc: this.network.vpc,
      databaseName: 'shop',
      // A statement that fails is not logged, nor the row at which it failed: customers stand in both.
      parameters: { log_min_error_statement: 'panic', log_error_verbosity: 'terse' },
    });
    this.sessions = new TlsCache(this, 'Sessions', { vpc: this.network.vpc });
    this.sessionsUser = this.sessions.addUser('Shop');
    this.shipments = new EncryptedQueue(this, 'Shipments');
    // #endregion
  }
}
