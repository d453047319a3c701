import { ACM_PACK_ROWS } from '../rules/acm';
import { API_GATEWAY_PACK_ROWS } from '../rules/api-gateway';
import { CLIENT_TRUST_STORE_PACK_ROWS } from '../rules/client-trust-store';
import { CLOUDFRONT_PACK_ROWS } from '../rules/cloudfront';
import { DAX_PACK_ROWS } from '../rules/dax';
import { DMS_PACK_ROWS } from '../rules/dms';
import { DOCUMENTDB_PACK_ROWS } from '../rules/documentdb';
import { DYNAMODB_PACK_ROWS } from '../rules/dynamodb';
import { ECR_PACK_ROWS } from '../rules/ecr';
import { ECS_PACK_ROWS } from '../rules/ecs';
import { ELASTICACHE_PACK_ROWS } from '../rules/elasticache';
import { ELB_CLASSIC_PACK_ROWS } from '../rules/elb-classic';
import { ELBV2_PACK_ROWS } from '../rules/elbv2';
import { EMR_PACK_ROWS } from '../rules/emr';
import { EVENTBRIDGE_PACK_ROWS } from '../rules/eventbridge';
import { FIREHOSE_PACK_ROWS } from '../rules/firehose';
import { IOT_PACK_ROWS } from '../rules/iot';
import { LAMBDA_PACK_ROWS } from '../rules/lambda';
import { LOG_TARGET_PACK_ROWS } from '../rules/log-target';
import { LOOSENING_PACK_ROWS } from '../rules/loosening';
import { MEMORYDB_PACK_ROWS } from '../rules/memorydb';
import { MSK_PACK_ROWS } from '../rules/msk';
import { NEPTUNE_PACK_ROWS } from '../rules/neptune';
import { OPENSEARCH_PACK_ROWS } from '../rules/opensearch';
import { PUBLISHED_DOCUMENTS_PACK_ROWS } from '../rules/published-documents';
import { RDS_PACK_ROWS } from '../rules/rds';
import { REDSHIFT_PACK_ROWS } from '../rules/redshift';
import { RESOURCE_CAN_BE_JUDGED_ROW } from '../rules/resource-can-be-judged';
import { ROUTE53_PACK_ROWS } from '../rules/route53';
import { S3_PACK_ROWS } from '../rules/s3';
import { SECRETS_MANAGER_PACK_ROWS } from '../rules/secrets-manager';
import { SES_PACK_ROWS } from '../rules/ses';
import { SNS_PACK_ROWS } from '../rules/sns';
import { SQS_PACK_ROWS } from '../rules/sqs';
import { TRANSFER_PACK_ROWS } from '../rules/transfer';
import { VPC_ENCRYPTION_PACK_ROWS } from '../rules/vpc-encryption';
import { VPC_LATTICE_PACK_ROWS } from '../rules/vpc-lattice';
import { EXEMPTION_PACK_ROWS } from '../waivers/rules';
import type { Pack } from './pack';

/** Data in transit is encrypted on every hop that the templates configure. */
export const TRANSMISSION_PACK: Pack = {
  name: 'TransmissionChecks',
  rules: [
    RESOURCE_CAN_BE_JUDGED_ROW,
    ...ACM_PACK_ROWS,
    ...API_GATEWAY_PACK_ROWS,
    ...CLIENT_TRUST_STORE_PACK_ROWS,
    ...CLOUDFRONT_PACK_ROWS,
    ...DAX_PACK_ROWS,
    ...DMS_PACK_ROWS,
    ...DOCUMENTDB_PACK_ROWS,
    ...DYNAMODB_PACK_ROWS,
    ...ECR_PACK_ROWS,
    ...ECS_PACK_ROWS,
    ...ELASTICACHE_PACK_ROWS,
    ...ELB_CLASSIC_PACK_ROWS,
    ...ELBV2_PACK_ROWS,
    ...EMR_PACK_ROWS,
    ...EVENTBRIDGE_PACK_ROWS,
    ...FIREHOSE_PACK_ROWS,
    ...IOT_PACK_ROWS,
    ...LAMBDA_PACK_ROWS,
    ...LOG_TARGET_PACK_ROWS,
    ...LOOSENING_PACK_ROWS,
    ...MEMORYDB_PACK_ROWS,
    ...MSK_PACK_ROWS,
    ...NEPTUNE_PACK_ROWS,
    ...OPENSEARCH_PACK_ROWS,
    ...PUBLISHED_DOCUMENTS_PACK_ROWS,
    ...RDS_PACK_ROWS,
    ...REDSHIFT_PACK_ROWS,
    ...ROUTE53_PACK_ROWS,
    ...S3_PACK_ROWS,
    ...SECRETS_MANAGER_PACK_ROWS,
    ...SES_PACK_ROWS,
    ...SNS_PACK_ROWS,
    ...SQS_PACK_ROWS,
    ...TRANSFER_PACK_ROWS,
    ...VPC_ENCRYPTION_PACK_ROWS,
    ...VPC_LATTICE_PACK_ROWS,
    ...EXEMPTION_PACK_ROWS,
  ],
};
