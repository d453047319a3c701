import type { Connector } from '../connector';
import { acm } from './acm';
import { apiGateway } from './api-gateway';
import { apiGatewayV2 } from './api-gateway-v2';
import { cloudFront } from './cloudfront';
import { dax } from './dax';
import { dms } from './dms';
import { documentDb } from './documentdb';
import { ecr } from './ecr';
import { ecs } from './ecs';
import { eks } from './eks';
import { elastiCache } from './elasticache';
import { elbClassic } from './elb-classic';
import { elbV2 } from './elbv2';
import { eventBridge } from './eventbridge';
import { firehose } from './firehose';
import { iot } from './iot';
import { lambda } from './lambda';
import { memoryDb } from './memorydb';
import { msk } from './msk';
import { neptune } from './neptune';
import { openSearch } from './opensearch';
import { rds } from './rds';
import { redshift } from './redshift';
import { s3 } from './s3';
import { secretsManager } from './secrets-manager';
import { ses } from './ses';
import { sns } from './sns';
import { sqs } from './sqs';
import { transfer } from './transfer';

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
  dms,
  firehose,
  iot,
  transfer,
  ses,
  ecs,
  eks,
  lambda,
];
