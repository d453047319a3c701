import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { deniesPlaintext } from './denials';
import type { Rule } from './rule';

const DENY = 'a Deny of dynamodb:* for aws:SecureTransport false alone';

/**
 * Rules on DynamoDB tables, with their levels.
 *
 * An error, as for buckets, queues and topics: the endpoint answers plain HTTP, so that data can travel in clear. What
 * speaks for less holds for those as much, and none of it is a refusal: SDKs use HTTPS unless they are told another
 * endpoint; CDK's own `Table` has no policy, and its `Bucket` has none either; a Deny in an endpoint policy binds only
 * who comes by that endpoint, one in an IAM policy only those who have it, and one in the organisation stands in no
 * template. The repair is one statement, which no client that uses TLS notices.
 */
export const DYNAMODB_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: defineRule({
      id: 'TableDeniesPlaintext',
      title: 'the policies of a table and of its stream deny every request that does not use TLS',
      risk: 'The endpoints of DynamoDB answer plain HTTP too: a client that uses it shows items, and signed requests, to whoever is on the path. Encryption at rest does not help.',
      fix: 'Give the table a ResourcePolicy with one statement: Effect Deny, Principal "*", Action dynamodb:*, Resource "*" (it holds for this table and its indexes only), and Condition Bool aws:SecureTransport false and nothing else. The stream has a policy of its own, in StreamSpecification.ResourcePolicy; a global table has both in each of Replicas (ResourcePolicy, ReplicaStreamSpecification.ResourcePolicy). CDK: EncryptedTable of this package; resourcePolicy of Table and TableV2; for the stream streamResourcePolicy of TableV2, and the L1 of Table; both in each of replicas.',
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)'], cwe: ['CWE-319'] },
      resourceTypes: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
      reads: 'plaintext-denial',
      hops: ['dynamodb.table', 'dynamodb.stream'],
      judge: (fact) =>
        deniesPlaintext(fact.kind === 'dynamodb.stream' ? `${DENY}, on the stream` : DENY)(fact),
    }),
  },
];

/** Rules on DynamoDB tables. */
export const DYNAMODB_RULES: readonly Rule[] = DYNAMODB_PACK_ROWS.map(({ rule }) => rule);
