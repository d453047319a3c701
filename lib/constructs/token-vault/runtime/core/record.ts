import { canonical } from './canonical';
import { deriveKey, KEY_BYTES } from './key-derivation';
import { open, type RandomBytes, seal } from './sealed';

/** How a value is shown: each view is sealed under keys of its own, so that who may open one cannot open another. */
export type View = 'full' | 'masked';

/** Whose a subject key is. */
export interface SubjectKeyIdentity {
  readonly vault: string;
  readonly tenant: string;
  readonly subject: Uint8Array;
  readonly view: View;
  /** The version of the branch key that wraps it. */
  readonly branchVersion: number;
}

/** NIST SP 800-38D, 8.3: a wrapping key with a salt of its own never comes near the bound on random IVs. */
const SALT_BYTES = 16;

/** A new subject key: the unit of erasure, since whatever is sealed below it is lost with it. */
export function newSubjectKey(randomBytes: RandomBytes): Uint8Array {
  return randomBytes(KEY_BYTES);
}

/** Wraps a subject key: a salt, then the key sealed under one derived from the branch key and that salt. */
export function wrapSubjectKey(
  branchKey: Uint8Array,
  subjectKey: Uint8Array,
  identity: SubjectKeyIdentity,
  randomBytes: RandomBytes,
): Buffer {
  const salt = randomBytes(SALT_BYTES);
  const wrappingKey = wrappingKeyOf(branchKey, salt, identity);
  const sealed = seal(wrappingKey, subjectKey, identityOfKey(identity), randomBytes);
  wrappingKey.fill(0);
  return Buffer.concat([salt, sealed]);
}

/** Unwraps what `wrapSubjectKey` made; `undefined` where anything is not as it was. */
export function unwrapSubjectKey(
  branchKey: Uint8Array,
  wrapped: Uint8Array,
  identity: SubjectKeyIdentity,
): Buffer | undefined {
  const wrappingKey = wrappingKeyOf(branchKey, wrapped.subarray(0, SALT_BYTES), identity);
  const key = open(wrappingKey, wrapped.subarray(SALT_BYTES), identityOfKey(identity));
  wrappingKey.fill(0);
  return key?.length === KEY_BYTES ? key : undefined;
}

/** Everything that must hold when a record is opened, and does not stand in what it seals. */
export interface RecordIdentity {
  readonly vault: string;
  readonly tenant: string;
  readonly subject: Uint8Array;
  readonly type: string;
  readonly view: View;
  /** Under which its row stands. */
  readonly tokenIndex: Uint8Array;
  /** When it ends, in seconds since 1970; 0 where it does not. */
  readonly expires: number;
}

/** Seals a record under a key that is used once: derived from the subject key and the token. */
export function sealRecord(
  subjectKey: Uint8Array,
  token: string,
  identity: RecordIdentity,
  plaintext: Uint8Array,
  randomBytes: RandomBytes,
): Buffer {
  const key = recordKey(subjectKey, token, identity);
  const sealed = seal(key, plaintext, identityOfRecord(identity), randomBytes);
  key.fill(0);
  return sealed;
}

/** Opens what `sealRecord` made; `undefined` for another tenant, subject, type, view or end, and for any changed bit. */
export function openRecord(
  subjectKey: Uint8Array,
  token: string,
  identity: RecordIdentity,
  sealed: Uint8Array,
): Buffer | undefined {
  const key = recordKey(subjectKey, token, identity);
  const plaintext = open(key, sealed, identityOfRecord(identity));
  key.fill(0);
  return plaintext;
}

function wrappingKeyOf(branchKey: Uint8Array, salt: Uint8Array, identity: SubjectKeyIdentity): Buffer {
  return deriveKey(branchKey, 'subject-key/1', canonical(identity.tenant, identity.subject, salt));
}

function identityOfKey({ vault, tenant, subject, view, branchVersion }: SubjectKeyIdentity): Buffer {
  return canonical('subject-key/1', vault, tenant, subject, view, String(branchVersion));
}

function recordKey(subjectKey: Uint8Array, token: string, { tenant, view }: RecordIdentity): Buffer {
  return deriveKey(subjectKey, 'record/1', canonical(tenant, view, token));
}

function identityOfRecord(identity: RecordIdentity): Buffer {
  const { vault, tenant, subject, type, view, expires } = identity;
  return canonical('record/1', vault, tenant, subject, type, view, identity.tokenIndex, String(expires));
}
