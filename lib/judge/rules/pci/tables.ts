import type { PackRule } from '../../packs/pack';
import { isTrue, propertyRow } from '../property';
import { AT_REST } from './requirements';

/** Rules on DynamoDB tables, with their levels. */
export const TABLE_DATA_ROWS: readonly PackRule[] = [
  propertyRow('info', {
    id: 'TableUsesKmsKey',
    title: 'a table is encrypted with a key of the account',
    risk: 'With the key that AWS owns, no second permission stands in the way of reading, no use of the key is logged, and no key can be destroyed to destroy the data.',
    fix: 'Set SSESpecification.SSEEnabled to true, and KMSMasterKeyId (for a global table SSESpecification.KMSMasterKeyId of each of Replicas) to a key of yours. CDK: encryption: TableEncryption.CUSTOMER_MANAGED on Table, TableEncryptionV2.customerManagedKey(key) on TableV2; the default is the key that AWS owns.',
    references: {
      pciDss: AT_REST,
      gdpr: ['32(1)(a)'],
      cwe: ['CWE-320'],
      awsConfig: ['DYNAMODB_TABLE_ENCRYPTED_KMS'],
    },
    resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
    test: isTrue('SSESpecification.SSEEnabled'),
  }),
];
