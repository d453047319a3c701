/** Loaded at synthesis too, so it imports nothing that an app does not have: no package, only Node. */
import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { TransmissionError } from '../../core/errors';
import { shown } from '../../core/schema/words';
import { SIGNATURE_ALGORITHMS, type SignatureAlgorithm, unfitFor } from './algorithm';

/** A public key of a partner. */
export interface PartnerKey {
  /**
   * The name under which its signatures say it (`keyid`): at most 100 letters, digits and `. _ : / -`. No two keys share
   * one, also of different partners.
   */
  readonly keyId: string;
  /** Whose key it is: at most 64 letters, digits and `. _ -`. */
  readonly partner: string;
  /** The only algorithm that the key is used with, whatever a message says. */
  readonly algorithm: SignatureAlgorithm;
  /** The public key: PEM, or a JSON Web Key. A private one is refused. */
  readonly publicKey: string | JsonWebKey;
  /**
   * From when on it is taken, such as `2026-12-01T00:00:00Z`.
   *
   * @default - from the beginning
   */
  readonly notBefore?: string;
  /** Until when it is taken, such as `2027-12-01T00:00:00Z`. */
  readonly notAfter: string;
}

/** A key that was read. */
export interface KnownKey {
  readonly keyId: string;
  readonly partner: string;
  readonly algorithm: SignatureAlgorithm;
  readonly key: KeyObject;
  readonly notBefore: Date | undefined;
  readonly notAfter: Date;
}

/** The old one and the new one, while a partner changes from one to the other. */
export const MOST_KEYS_OF_A_PARTNER = 2;

const KEY_ID = /^[A-Za-z0-9._:/-]{1,100}$/;
const PARTNER = /^[A-Za-z0-9._-]{1,64}$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
/** The members of a JSON Web Key that are secret (RFC 7518, 6). */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];

/** The keys of all partners. */
export class PartnerKeys {
  /**
   * Reads and checks keys.
   *
   * @throws TransmissionError where a key cannot be read, does not fit its algorithm, is private, or there are two of one name
   */
  static of(keys: readonly PartnerKey[]): PartnerKeys {
    if (keys.length === 0) throw wrong('keys', 'must be at least one, got none, name the key of a partner');
    const known = new Map<string, KnownKey>();
    const counts = new Map<string, number>();
    for (const each of keys) {
      const key = read(each);
      if (known.has(key.keyId))
        throw wrong(key.keyId, 'must be named once, got two, give each key a name of its own');
      known.set(key.keyId, key);
      const count = (counts.get(key.partner) ?? 0) + 1;
      counts.set(key.partner, count);
      if (count > MOST_KEYS_OF_A_PARTNER) {
        throw wrong(
          key.keyId,
          `is one key too many of its partner, ${MOST_KEYS_OF_A_PARTNER} are allowed, the old and the new one, take out the oldest`,
        );
      }
    }
    return new PartnerKeys(known);
  }

  private constructor(private readonly known: ReadonlyMap<string, KnownKey>) {}

  /** The key of a name. */
  find(keyId: string): KnownKey | undefined {
    return this.known.get(keyId);
  }
}

function read({ keyId, partner, algorithm, publicKey, notBefore, notAfter }: PartnerKey): KnownKey {
  if (!KEY_ID.test(keyId)) {
    throw wrong(
      'keys',
      `must have a 'keyId' of at most 100 letters, digits and . _ : / -, got ${shown(keyId)}`,
    );
  }
  if (!PARTNER.test(partner)) {
    throw wrong(
      keyId,
      `must have a 'partner' of at most 64 letters, digits and . _ -, got ${shown(partner)}`,
    );
  }
  if (!SIGNATURE_ALGORITHMS.includes(algorithm)) {
    throw wrong(
      keyId,
      `must have one of the algorithms ${SIGNATURE_ALGORITHMS.join(', ')}, got ${shown(algorithm)}`,
    );
  }
  const key = readPublicKey(keyId, publicKey);
  const unfit = unfitFor(algorithm, key);
  if (unfit !== undefined) throw wrong(keyId, `${unfit}, since its algorithm is ${algorithm}`);
  const from = notBefore === undefined ? undefined : readMoment(keyId, 'notBefore', notBefore);
  const until = readMoment(keyId, 'notAfter', notAfter);
  if (from !== undefined && from >= until) {
    throw wrong(keyId, "must have a 'notBefore' that lies before 'notAfter'");
  }
  return { keyId, partner, algorithm, key, notBefore: from, notAfter: until };
}

function readPublicKey(keyId: string, publicKey: string | JsonWebKey): KeyObject {
  // Node would quietly take the public half of a private key, and the private one would lie in the template.
  const secret =
    typeof publicKey === 'string'
      ? publicKey.includes('PRIVATE')
      : SECRET_MEMBERS.some((member) => Object.hasOwn(publicKey, member));
  if (secret) {
    throw wrong(
      keyId,
      'must be a public key, got a private one, replace it since it was shown, and give the public one',
    );
  }
  try {
    return typeof publicKey === 'string'
      ? createPublicKey(publicKey)
      : createPublicKey({ key: publicKey, format: 'jwk' });
  } catch {
    throw wrong(keyId, 'must be a public key as PEM or JSON Web Key, got neither');
  }
}

function readMoment(keyId: string, property: string, text: string): Date {
  const moment = new Date(text);
  if (MOMENT.test(text) && !Number.isNaN(moment.getTime())) return moment;
  throw wrong(keyId, `must have a '${property}' such as 2027-12-01T00:00:00Z, got ${shown(text)}`);
}

function wrong(keyId: string, message: string): TransmissionError {
  const subject = keyId === 'keys' ? 'keys of partners' : `key '${keyId}'`;
  return new TransmissionError('InvalidConfiguration', `${subject} ${message}`, 'partner keys');
}
