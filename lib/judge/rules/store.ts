import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { judged, proving } from './predicates';
import { propertyRule } from './property';
import { canBeRestored } from './table-recovery';

/** Rules on data at rest, with their levels. */
export const STORE_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'warning',
    rule: defineRule({
      id: 'StoreIsEncrypted',
      title: 'data at rest is encrypted',
      risk: 'Whoever gets a disk, a snapshot or a copy reads what is on it.',
      fix: 'Turn on encryption where the service has a switch for it (StorageEncrypted, Encrypted, EnableAtRestEncryption), and name a key. CDK: many L2 constructs leave the switch to a feature flag; set storageEncrypted or encryption.',
      references: {
        pciDss: ['3.5.1', '8.3.2'],
        awsConfig: [
          'DAX_ENCRYPTION_ENABLED',
          'DOCDB_CLUSTER_ENCRYPTED',
          'DYNAMODB_TABLE_ENCRYPTION_ENABLED',
          'ELASTICACHE_REPL_GRP_ENCRYPTED_AT_REST',
          'ELASTICSEARCH_ENCRYPTED_AT_REST',
          'NEPTUNE_CLUSTER_ENCRYPTED',
          'OPENSEARCH_ENCRYPTED_AT_REST',
          'RDS_CLUSTER_ENCRYPTED_AT_REST',
          'RDS_STORAGE_ENCRYPTED',
          'REDSHIFT_CLUSTER_CONFIGURATION_CHECK',
          'S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED',
          'SNS_ENCRYPTED_KMS',
        ],
        gdpr: ['32(1)(a)'],
        cwe: ['CWE-311'],
      },
      resourceTypes: ['*'],
      reads: 'store',
      judge: ({ encryption }) =>
        proving(
          judged(encryption, 'encryption with a key', (how) => how !== 'none'),
          () => 'whoever is handed its disk, or a copy of it, reads it without asking for a key',
        ),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: propertyRule({
      id: 'TableCanBeRestored',
      title: 'a table can be restored to any second of the last days',
      risk: 'What a faulty release or an intruder overwrites is gone.',
      fix: 'Set PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled to true, for a global table in each of Replicas. CDK: pointInTimeRecoverySpecification of Table and TableV2, which is off by default.',
      references: {
        pciDss: ['10.3.3', '10.5.1'],
        awsConfig: ['DYNAMODB_PITR_ENABLED'],
        gdpr: ['32(1)(c)'],
        securityHub: ['DynamoDB.2'],
      },
      resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
      test: canBeRestored,
    }),
  },
];
