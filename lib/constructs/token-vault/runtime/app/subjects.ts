import {
  newSubjectKey,
  type SubjectKeyIdentity,
  unwrapSubjectKey,
  type View,
  wrapSubjectKey,
} from '../core/record';
import { KeyServiceError } from '../ports/key-service';
import type { SubjectRow, WrappedKey } from '../ports/store';
import type { Vault } from './vault';

/** The views that every subject has a key for. */
export const VIEWS: readonly View[] = ['full', 'masked'];

/** The keys of a subject that was not there; where somebody else was faster, theirs. */
export async function addedSubject(vault: Vault, tenant: string, subject: Uint8Array): Promise<SubjectRow> {
  const row: SubjectRow = {
    tenant,
    subject,
    keys: {
      full: await newWrappedKey(vault, tenant, subject, 'full'),
      masked: await newWrappedKey(vault, tenant, subject, 'masked'),
    },
  };
  if (await vault.props.store.addSubject(row)) return row;
  const [winner] = await vault.props.store.subjects(tenant, [subject]);
  // Rows of subjects never go away.
  if (winner === undefined) throw new KeyServiceError('refused');
  return winner;
}

/** Whether a subject can be read and written. */
export function isLive(row: SubjectRow | undefined): row is SubjectRow & Required<Pick<SubjectRow, 'keys'>> {
  return row?.keys !== undefined && row.erased === undefined;
}

/**
 * The key of a subject for a view.
 *
 * @throws KeyServiceError where the row is not what this vault wrote
 */
export async function subjectKeyOf(vault: Vault, row: SubjectRow, view: View): Promise<Uint8Array> {
  const stored = row.keys?.[view];
  if (stored === undefined) throw new KeyServiceError('refused');
  const branchKey = await vault.branchKeys.of(row.tenant, view, stored.branchVersion);
  const key = unwrapSubjectKey(branchKey, stored.wrapped, identityOf(vault, row, view, stored.branchVersion));
  if (key === undefined) throw new KeyServiceError('refused');
  return key;
}

/**
 * Wraps the key of a subject under the newest branch key; `undefined` where it is already, or under a newer one than is
 * known here: another sandbox may have rotated since, and nothing goes back.
 */
export async function rewrapped(vault: Vault, row: SubjectRow, view: View): Promise<WrappedKey | undefined> {
  const { version, key: branchKey } = await vault.branchKeys.newest(row.tenant, view);
  const before = row.keys?.[view].branchVersion;
  if (before === undefined || before >= version) return undefined;
  const key = await subjectKeyOf(vault, row, view);
  const identity = identityOf(vault, row, view, version);
  return {
    branchVersion: version,
    wrapped: wrapSubjectKey(branchKey, key, identity, vault.props.randomBytes),
  };
}

/** Subjects, each once, and their rows. */
export interface SubjectRows {
  readonly each: readonly Uint8Array[];
  readonly rowOf: (subject: Uint8Array) => SubjectRow | undefined;
}

/** The rows of subjects, each asked for once however many items name it. */
export async function subjectRows(
  vault: Vault,
  tenant: string,
  subjects: readonly Uint8Array[],
): Promise<SubjectRows> {
  const each = [...new Map(subjects.map((subject) => [nameOf(subject), subject])).values()];
  const rows = each.length === 0 ? [] : await vault.props.store.subjects(tenant, each);
  return { each, rowOf: bySubject(each, rows) };
}

/** Finds what stands for a subject, in lists of the same order. */
export function bySubject<T>(
  subjects: readonly Uint8Array[],
  found: readonly T[],
): (subject: Uint8Array) => T | undefined {
  const places = new Map(subjects.map((subject, at) => [nameOf(subject), at]));
  return (subject) => found[places.get(nameOf(subject)) ?? -1];
}

/** The hash of a subject as a key of a map: it is no secret. */
function nameOf(subject: Uint8Array): string {
  return Buffer.from(subject).toString('latin1');
}

async function newWrappedKey(
  vault: Vault,
  tenant: string,
  subject: Uint8Array,
  view: View,
): Promise<WrappedKey> {
  const { randomBytes } = vault.props;
  const { version, key: branchKey } = await vault.branchKeys.newest(tenant, view);
  const key = newSubjectKey(randomBytes);
  const identity = identityOf(vault, { tenant, subject }, view, version);
  const wrapped = wrapSubjectKey(branchKey, key, identity, randomBytes);
  key.fill(0);
  return { branchVersion: version, wrapped };
}

function identityOf(
  vault: Vault,
  { tenant, subject }: Pick<SubjectRow, 'tenant' | 'subject'>,
  view: View,
  branchVersion: number,
): SubjectKeyIdentity {
  return { vault: vault.props.name, tenant, subject, view, branchVersion };
}
