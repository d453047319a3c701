import { Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type DataDescription, describeAs, encodeTags, SCOPE_TAG } from '../../core/classification';
import { HISTORY_DAYS } from './vault-ledger';

/** What a vault holds, by its stores. */
export interface VaultStores {
  readonly data: Construct;
  readonly keys: Construct;
  readonly shortLived: Construct;
  readonly ledger: Construct;
  readonly logs: readonly Construct[];
  /** Absent where the topic is somebody else's. */
  readonly topic: Construct | undefined;
}

/**
 * Says what the stores of a vault hold, for rules, inventories and the record of processing: what the construct knows. Where
 * values are about persons, who uses it says so of the vault, and that is not heard here: words that are nearer win.
 */
export function describeVault(vault: Construct, stores: VaultStores, owner: string): void {
  const { data, keys, shortLived, ledger, logs, topic } = stores;
  Tags.of(vault).add(SCOPE_TAG, 'cde');
  const purposes = ['tokens in place of data'];
  describe(data, {
    holds: ['cardholder-data'],
    categories: ['primary-account-number'],
    purposes,
    protections: ['field-encryption', 'keyed-hash'],
    owner,
  });
  describe(shortLived, {
    holds: ['sensitive-authentication-data'],
    categories: ['card-verification-code'],
    purposes,
    protections: ['field-encryption'],
    retentionDays: 1,
    owner,
  });
  describe(keys, {
    holds: ['credentials'],
    categories: ['erasure-keys'],
    purposes: ['keys whose destruction erases what they encrypt'],
    owner,
  });
  const erased: DataDescription = {
    holds: ['pseudonymised-personal-data'],
    categories: ['keyed-hashes-of-subjects'],
    subjects: ['persons-with-tokens'],
    lawfulBases: ['legal-obligation'],
    retentionDays: HISTORY_DAYS,
    owner,
  };
  describe(ledger, { ...erased, purposes: ['erasures are repeated after a restore, and can be shown'] });
  for (const log of logs) describe(log, { ...erased, purposes: ['who did what with which token'] });
  if (topic !== undefined) describe(topic, { holds: ['internal'], purposes: ['alarms'], owner });
}

function describe(store: Construct, description: DataDescription): void {
  describeAs(store, description);
  for (const [key, value] of encodeTags(description)) Tags.of(store).add(key, value);
}
