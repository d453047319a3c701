import { type FingerprintOf, isSame } from '../core/identity';
import { cardLikeToken, randomToken } from '../core/token';
import type { FingerprintRow, SubjectRow } from '../ports/store';
import { answer, type CreateCall, type Created, MOST_DRAWS, rowOf, type Sound } from './create-item';
import { fingerprintIndex, fingerprintRow, tokenIn } from './find-token';
import { hasEnded, isClosed } from './opened';
import type { ItemResult } from './problem';
import { addedSubject, isLive } from './subjects';
import type { Vault } from './vault';

/**
 * The token that stands for the value already, or a new one. The fingerprint is written first: whoever comes second, or
 * again after a crash, finds it and completes what is missing.
 */
export async function deduplicated(
  vault: Vault,
  call: CreateCall,
  item: Sound,
  named: SubjectRow | undefined,
): Promise<ItemResult<Created>> {
  const { tenant } = call.caller;
  const { store } = vault.props;
  const of: FingerprintOf = {
    tenant,
    type: item.kind.name,
    scope: named?.subject ?? new Uint8Array(),
    value: item.value,
  };
  const index = await fingerprintIndex(vault, of);
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const [stands] = await store.fingerprints([index]);
    if (stands !== undefined) {
      const found = await completed(vault, tenant, of, stands, item);
      // Erased since its row was read.
      if (found === 'erased' && named !== undefined) return { problem: 'subject_erased' };
      if (found === 'ask again') continue;
      if (found !== 'replace it' && found !== 'erased') return found;
    }
    const token = newToken(vault, item);
    const subject = named ?? (await addedSubject(vault, tenant, await vault.subjectOfToken(tenant, token)));
    if (!isLive(subject)) continue;
    const row = { ...(await rowOf(vault, tenant, token, item, subject)), fingerprint: index };
    const lead = await fingerprintRow(vault, of, { token, subject: subject.subject, expires: item.expires });
    if (!(await store.putFingerprint(lead, stands?.sealedToken))) continue;
    if (await store.addToken(row, false)) return answer(token, item);
    // A card-like token that was taken, or somebody completed ours: the next turn finds out which.
  }
  return { problem: item.kind.format === 'card-like' ? 'format_exhausted' : 'store_unavailable' };
}

/** The token behind a fingerprint, completed where its row is missing. */
async function completed(
  vault: Vault,
  tenant: string,
  of: FingerprintOf,
  lead: FingerprintRow,
  item: Sound,
): Promise<Created | 'replace it' | 'erased' | 'ask again'> {
  const { store } = vault.props;
  const token = await tokenIn(vault, of, lead);
  if (token === undefined || hasEnded(lead, vault)) return 'replace it';
  const [subject] = await store.subjects(tenant, [lead.subject]);
  if (!isLive(subject)) return 'erased';
  const { expires } = lead;
  const wanted = {
    ...(await rowOf(vault, tenant, token, { ...item, expires }, subject)),
    fingerprint: lead.index,
  };
  const [stands] = await store.tokens([wanted.index]);
  if (stands === undefined) {
    // Somebody else was completing it too: only the next look says what stands there now.
    return (await store.addToken(wanted, false)) ? answer(token, { ...item, expires }) : 'ask again';
  }
  const isOurs =
    !isClosed(stands) && stands.fingerprint !== undefined && isSame(stands.fingerprint, lead.index);
  return isOurs ? answer(token, { ...item, expires }) : 'replace it';
}

function newToken(vault: Vault, { kind, value }: Sound): string {
  const { randomBytes } = vault.props;
  return kind.format === 'card-like' ? cardLikeToken(value, randomBytes) : randomToken(randomBytes);
}
