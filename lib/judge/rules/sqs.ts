import type { PackRule } from '../packs/pack';
import { defineRule } from './define';
import { deniesPlaintext } from './denials';
import type { Rule } from './rule';

/** Rules on SQS queues, with their levels. */
export const SQS_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: defineRule({
      id: 'QueueDeniesPlaintext',
      title: 'the policy of a queue denies every request that does not use TLS',
      risk: 'The endpoints of SQS answer plain HTTP too: a client that uses it shows its messages to whoever is on the path. Encryption at rest does not help.',
      fix: 'Add a statement to the PolicyDocument of its AWS::SQS::QueuePolicy: Effect Deny, Principal "*", Action sqs:*, Resource the ARN of this queue, and Condition Bool aws:SecureTransport false and nothing else. CDK: enforceSSL: true on the Queue; left out there is none.',
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)'], cwe: ['CWE-319'] },
      resourceTypes: ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'AWS::SQS::QueueInlinePolicy'],
      reads: 'plaintext-denial',
      hops: ['sqs.queue'],
      judge: deniesPlaintext('a Deny of sqs:* on the queue for aws:SecureTransport false alone'),
    }),
  },
];

/** Rules on SQS queues. */
export const SQS_RULES: readonly Rule[] = SQS_PACK_ROWS.map(({ rule }) => rule);
