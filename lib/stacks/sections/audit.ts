import type { Schema } from '../../core/schema';
import { flag } from './values';

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
  },
};
