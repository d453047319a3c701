import type { Connector } from '../connector';
import { acm } from './acm';
import { apiGateway } from './api-gateway';
import { apiGatewayV2 } from './api-gateway-v2';
import { cloudFront } from './cloudfront';
import { cloudTrail } from './cloudtrail';
import { dax } from './dax';
import { dms } from './dms';
import { documentDb } from './documentdb';
import { dynamoDb } from './dynamodb';
import { ecr } from './ecr';
import { ecs } from './ecs';
import { eks } from './eks';
import { elastiCache } from './elasticache';
import { elbClassic } from './elb-classic';
import { elbV2 } from './elbv2';
import { emr } from './emr';
import { eventBridge } from './eventbridge';
import { firehose } from './firehose';
import { iam } from './iam';
import { iot } from './iot';
import { kms } from './kms';
import { lambda } from './lambda';
import { logDelivery } from './log-delivery';
import { logs } from './logs';
import { memoryDb } from './memorydb';
import { mq } from './mq';
import { msk } from './msk';
import { neptune } from './neptune';
import { openSearch } from './opensearch';
import { rds } from './rds';
import { redshift } from './redshift';
import { route53 } from './route53';
import { s3 } from './s3';
import { secretRotation } from './secret-rotation';
import { secretsManager } from './secrets-manager';
import { securityGroup } from './security-group';
import { ses } from './ses';
import { sns } from './sns';
import { sqs } from './sqs';
import { transfer } from './transfer';
import { vpcEncryption } from './vpc-encryption';
import { vpcLattice } from './vpc-lattice';
import { waf } from './waf';

/** One connector per AWS service. */
export const CONNECTORS: readonly Connector[] = [
  cloudFront,
  elbV2,
  elbClassic,
  apiGateway,
  apiGatewayV2,
  acm,
  s3,
  sns,
  sqs,
  secretsManager,
  eventBridge,
  ecr,
  openSearch,
  rds,
  documentDb,
  neptune,
  redshift,
  elastiCache,
  memoryDb,
  dax,
  msk,
  mq,
  dms,
  firehose,
  iot,
  transfer,
  ses,
  ecs,
  eks,
  lambda,
  cloudTrail,
  dynamoDb,
  emr,
  iam,
  kms,
  logs,
  secretRotation,
  securityGroup,
  vpcLattice,
  route53,
  vpcEncryption,
  waf,
  logDelivery,
];
