import type { Cursor, Resource } from '../template';

import type { Party, Store } from './fact';
import { hidden, none, type Observed, observe, stated } from './observed';

/** What a connector must say about a store; everything else has an honest default. */
export type StoreParts = Pick<Store, 'kind' | 'encryption'> &
  Partial<Pick<Store, 'key' | 'retentionDays' | 'pointInTimeRecovery'>>;

/** Makes a store; `at` is the view of the resource that keeps the data. */
export function store(at: Cursor, parts: StoreParts): Store {
  const { resource, world } = at;
  return {
    fact: 'store',
    resource,
    key: undefined,
    retentionDays: none(at),
    region: resource.template.region,
    when: world.when,
    ...parts,
  };
}

/** What decides how a store is encrypted. */
export interface EncryptionPlaces {
  /** The property that turns encryption on; none where the service always encrypts. */
  readonly flag?: Cursor;
  /** The property that names the key. */
  readonly key: Cursor;
  /** What the service does where `flag` is absent. */
  readonly flagDefault?: boolean;
  /** Who owns the key that is used when none is named. */
  readonly withoutKey: 'aws-managed-key' | 'service-key';
  /** A property that makes the store a copy of another, whose encryption it inherits. */
  readonly copiedFrom?: readonly Cursor[];
}

/** How a store is encrypted, from the flag and the key that nearly every data service has. */
export function encryptionOf(places: EncryptionPlaces): Observed<NonNullable<Store['encryption']['value']>> {
  const { flag, key, flagDefault = false, withoutKey, copiedFrom = [] } = places;
  if (flag !== undefined) {
    const on = flag.boolean();
    if (on.state === 'unresolved') return hidden(flag, on.why);
    if (on.state === 'given' && !on.value) return stated(flag, 'none', { given: true });
    const source = on.state === 'absent' ? copiedFrom.find((copy) => copy.isPresent) : undefined;
    if (source !== undefined) return hidden(flag, `it is inherited through ${source.path}`);
    if (on.state === 'absent' && !flagDefault) return stated(flag, 'none');
  }
  if (!key.isPresent) return stated(flag ?? key, withoutKey, { given: flag?.isPresent ?? false });
  const named = key.string();
  const isAwsManaged = named.state === 'given' && /(^|:)alias\/aws\//.test(named.value);
  return stated(key, isAwsManaged ? 'aws-managed-key' : 'customer-key', { given: true });
}

/** The key's resource, where it is one of this app. */
export function keyOf(key: Cursor): Resource | undefined {
  const resource = key.reference();
  return resource?.type.startsWith('AWS::KMS::') ? resource : undefined;
}

/** How many days something is kept, where a property says it. */
export function daysOf(cursor: Cursor, otherwise: number | undefined): Observed<number> {
  return observe(cursor, cursor.number(), { otherwise });
}

/** Anyone. */
export const INTERNET: Party = { what: 'internet', name: 'the internet' };

/** Whoever is inside the network. */
export const VPC: Party = { what: 'vpc', name: 'clients in the VPC' };

/** Who can connect, from the property that makes a data store public; a hidden one may be public. */
export function clientsOf(publiclyAccessible: Cursor): Party {
  const reading = publiclyAccessible.boolean();
  return reading.state === 'absent' || (reading.state === 'given' && !reading.value) ? VPC : INTERNET;
}
