import type { Schema } from '../../core/schema';
import { AUDITOR_EXAMPLE, flag } from './values';

/** The record of who called which API. */
export const audit: Schema = {
  type: 'object',
  title: 'the audit trail of the account, in every region',
  description: 'an object: the settings of the audit trail',
  additionalProperties: false,
  properties: {
    enabled: flag('there is one; switch it off where the organisation has a trail for this account', true),
    lock: {
      type: 'string',
      title: 'whether somebody may lift the lock on the record, or nobody until the year is over',
      description: 'one of governance, compliance',
      enum: ['governance', 'compliance'],
      default: 'governance',
    },
    organization: {
      type: 'object',
      title:
        'the organisation whose accounts are recorded, all of them; the stack is then in its management account, or in that of a delegated administrator',
      description: 'an object: the id of an organisation',
      additionalProperties: false,
      required: ['organizationId'],
      properties: {
        organizationId: {
          type: 'string',
          title: 'its id',
          description: 'the id of an organisation of AWS Organizations',
          pattern: '^o-[a-z0-9]{10,32}$',
          examples: ['o-a1b2c3d4e5'],
        },
        managementAccountId: {
          type: 'string',
          title: 'its management account, where the stack is in another one',
          description: 'the id of an AWS account, twelve digits in quotes',
          pattern: '^\\d{12}$',
          examples: ['111122223333'],
        },
      },
    },
    auditors: {
      type: 'array',
      title:
        'the roles and users that may decrypt the record, and nobody else; left out, whoever an IAM policy of the account lets',
      description: 'a list of at most 20 ARNs of roles and users',
      uniqueItems: true,
      maxItems: 20,
      items: {
        type: 'string',
        description: 'the ARN of a role or user',
        pattern: '^arn:aws[a-z-]*:iam::\\d{12}:(role|user)/[\\w+=,.@/-]{1,512}$',
        examples: [AUDITOR_EXAMPLE],
      },
      examples: [[AUDITOR_EXAMPLE]],
    },
    buckets: {
      type: 'array',
      title: 'the buckets of which it is recorded who reads and writes objects; each call is charged',
      description: 'a list of at most 100 names of buckets',
      uniqueItems: true,
      maxItems: 100,
      items: {
        type: 'string',
        description: 'the name of a bucket',
        pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
        examples: ['customer-documents'],
      },
      default: [],
      examples: [['customer-documents']],
    },
    refusedAtEndpoints: {
      type: 'array',
      title:
        'the services whose calls are recorded where the policy of a VPC endpoint refuses them; each is charged',
      description: 'a list of at most 20 services as CloudTrail names them',
      uniqueItems: true,
      maxItems: 20,
      items: {
        type: 'string',
        description: 'a service as CloudTrail names it',
        pattern: '^[a-z0-9-]{1,60}\\.amazonaws\\.com$',
        examples: ['kms.amazonaws.com'],
      },
      default: [],
      examples: [['kms.amazonaws.com', 'secretsmanager.amazonaws.com']],
    },
    insights: flag('CloudTrail looks for an unusual number of calls and errors; charged by what it looks at'),
  },
};
