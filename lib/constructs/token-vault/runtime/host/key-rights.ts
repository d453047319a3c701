import type { DerivedKey } from '../core/identity';
import type { View } from '../core/record';
import { type KeyService, KeyServiceError } from '../ports/key-service';

/** What one function does with keys: beside IAM, which says the same, and cannot tell derived keys apart. */
export interface KeyRights {
  readonly derive: readonly DerivedKey[];
  /** Views whose branch keys it may use. */
  readonly unwrap: readonly View[];
  /** Views for which it may make branch keys. */
  readonly make: readonly View[];
  readonly sign: boolean;
}

const NOTHING: KeyRights = { derive: [], unwrap: [], make: [], sign: false };
const BOTH: readonly View[] = ['full', 'masked'];

/** The rights of each function, by the name of its handler. */
export const KEY_RIGHTS = {
  'vault-create': {
    derive: ['token-index', 'subject', 'idempotency', 'fingerprint'],
    unwrap: BOTH,
    make: BOTH,
    sign: false,
  },
  'vault-reveal-masked': { ...NOTHING, derive: ['token-index'], unwrap: ['masked'] },
  'vault-reveal-full': { ...NOTHING, derive: ['token-index'], unwrap: ['full'] },
  'vault-look-up': { ...NOTHING, derive: ['token-index', 'subject', 'fingerprint'] },
  'vault-erase': { ...NOTHING, derive: ['token-index', 'subject'], sign: true },
  'vault-rotate': { ...NOTHING, unwrap: BOTH, make: BOTH },
  'vault-replay': NOTHING,
  'vault-keys': NOTHING,
} as const satisfies Readonly<Record<string, KeyRights>>;

/** A function of a vault, by the name of its handler. */
export type VaultFunction = keyof typeof KEY_RIGHTS;

/** A key service that refuses, without asking KMS, whatever a function has no right to. */
export function limitedKeys(keys: KeyService, rights: KeyRights): KeyService {
  return {
    newBranchKey: async (id) => {
      if (!rights.make.includes(id.view)) throw new KeyServiceError('refused');
      return keys.newBranchKey(id);
    },
    unwrapBranchKey: async (id, wrapped) => {
      if (!rights.unwrap.includes(id.view)) throw new KeyServiceError('refused');
      return keys.unwrapBranchKey(id, wrapped);
    },
    derive: async (key) => {
      if (!rights.derive.includes(key)) throw new KeyServiceError('refused');
      return keys.derive(key);
    },
    sign: async (message) => {
      if (!rights.sign) throw new KeyServiceError('refused');
      return keys.sign(message);
    },
  };
}
