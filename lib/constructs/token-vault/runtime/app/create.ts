import { idempotentToken, isSame } from '../core/identity';
import { cardLikeToken, randomToken } from '../core/token';
import type { SubjectRow, TokenRow } from '../ports/store';
import {
  answer,
  type CreateCall,
  type Created,
  type CreateItem,
  MOST_DRAWS,
  rowOf,
  type Sound,
} from './create-item';
import { deduplicated } from './deduplicate';
import { hasEnded, isClosed, openedView } from './opened';
import type { ItemResult, ProblemCode } from './problem';
import { addedSubject, bySubject, isLive, subjectRows } from './subjects';
import { fits } from './value';
import type { Vault } from './vault';

/** Creates a token for each item; each has its own result, in the same order. */
export async function createTokens(
  vault: Vault,
  call: CreateCall,
  items: readonly CreateItem[],
): Promise<readonly ItemResult<Created>[]> {
  await vault.assertServes();
  const sound = items.map((item, at) => soundItem(vault, call, item, at));
  const { tenant } = call.caller;
  const named = new Map<Sound, Uint8Array>();
  for (const item of sound) {
    if (!('problem' in item) && item.subject !== undefined)
      named.set(item, await vault.subjectOf(tenant, item.subject));
  }
  const subjects = await liveOrNewSubjects(vault, tenant, [...named.values()]);
  const waiting: Waiting[] = [];
  const results = await Promise.all(
    sound.map((item) => {
      if ('problem' in item) return item;
      const subject = named.get(item);
      return created(vault, call, item, subject && subjects(subject), waiting);
    }),
  );
  const missed = await writeWaiting(vault, waiting);
  return results.map((result) => (missed.has(result) ? { problem: 'store_unavailable' } : result));
}

/** A row that nothing depends on: all of a call are written together. */
interface Waiting {
  readonly row: TokenRow;
  readonly shortLived: boolean;
  readonly result: Created;
}

/** Writes what waits; gives the results of what could not be written. */
async function writeWaiting(vault: Vault, waiting: readonly Waiting[]): Promise<ReadonlySet<object>> {
  const missed = new Set<object>();
  for (const shortLived of [false, true]) {
    const wanted = waiting.filter((one) => one.shortLived === shortLived);
    if (wanted.length === 0) continue;
    const rows = wanted.map(({ row }) => row);
    for (const index of await vault.props.store.putTokens(rows, shortLived)) {
      const one = wanted.find(({ row }) => isSame(row.index, index));
      if (one !== undefined) missed.add(one.result);
    }
  }
  return missed;
}

/** The rows of subjects, each made where there was none. */
async function liveOrNewSubjects(
  vault: Vault,
  tenant: string,
  subjects: readonly Uint8Array[],
): Promise<(subject: Uint8Array) => SubjectRow | undefined> {
  const { each, rowOf } = await subjectRows(vault, tenant, subjects);
  const rows = await Promise.all(
    each.map((subject) => rowOf(subject) ?? addedSubject(vault, tenant, subject)),
  );
  return bySubject(each, rows);
}

function soundItem(
  vault: Vault,
  { mayLookUp, idempotencyKey }: CreateCall,
  item: CreateItem,
  at: number,
): Sound | { readonly problem: ProblemCode } {
  const kind = vault.typeOf(item.type);
  if (kind === undefined) return { problem: 'invalid_request' };
  const { dedupe = 'none', subject, lifeSeconds } = item;
  if (dedupe !== 'none' && !(mayLookUp && kind.searchable)) return { problem: 'forbidden' };
  // A token of two subjects would end for the one when the other is erased.
  if ((dedupe === 'tenant') === (subject !== undefined) && dedupe !== 'none')
    return { problem: 'invalid_request' };
  // A card-like token keeps digits of its value, so that none can be made of the key alone: a retry would make another.
  if (kind.format === 'card-like' && dedupe === 'none' && idempotencyKey !== undefined)
    return { problem: 'invalid_request' };
  if (!fits(item.value, kind)) return { problem: 'invalid_value' };
  const life = Math.min(
    lifeSeconds ?? Number.POSITIVE_INFINITY,
    kind.longestLife ?? Number.POSITIVE_INFINITY,
  );
  return { ...item, at, kind, expires: Number.isFinite(life) ? vault.seconds + life : 0 };
}

async function created(
  vault: Vault,
  call: CreateCall,
  item: Sound,
  subject: SubjectRow | undefined,
  waiting: Waiting[],
): Promise<ItemResult<Created>> {
  if (subject !== undefined && !isLive(subject)) return { problem: 'subject_erased' };
  if (item.dedupe === 'subject' || item.dedupe === 'tenant') return deduplicated(vault, call, item, subject);
  if (item.kind.format === 'card-like') return cardLike(vault, call, item, subject);
  return random(vault, call, item, subject, waiting);
}

async function random(
  vault: Vault,
  call: CreateCall,
  item: Sound,
  named: SubjectRow | undefined,
  waiting: Waiting[],
): Promise<ItemResult<Created>> {
  const { tenant, grantee } = call.caller;
  const { idempotencyKey } = call;
  const token =
    idempotencyKey === undefined
      ? randomToken(vault.props.randomBytes)
      : idempotentToken(await vault.derived('idempotency'), {
          tenant,
          grantee,
          idempotencyKey,
          item: item.at,
        });
  const subject = named ?? (await addedSubject(vault, tenant, await vault.subjectOfToken(tenant, token)));
  if (!isLive(subject)) return { problem: 'token_gone' };
  const row = await rowOf(vault, tenant, token, item, subject);
  if (idempotencyKey === undefined) {
    const result = answer(token, item);
    waiting.push({ row, shortLived: isShortLived(item), result });
    return result;
  }
  if (await vault.props.store.addToken(row, isShortLived(item))) return answer(token, item);
  return repeated(vault, { token, row, subject }, item);
}

/** A call that was made before: the same one has the same answer, another one is told. */
async function repeated(
  vault: Vault,
  made: { readonly token: string; readonly row: TokenRow; readonly subject: SubjectRow },
  item: Sound,
): Promise<ItemResult<Created>> {
  const [stands] = await vault.props.store.tokens([made.row.index]);
  if (stands === undefined || isClosed(stands) || hasEnded(stands, vault)) return { problem: 'token_gone' };
  const isSameSubject = isSame(stands.subject, made.subject.subject);
  if (!isSameSubject || stands.type !== item.kind.name) return { problem: 'idempotency_conflict' };
  const value = await openedView(vault, { ...made, row: stands }, 'full');
  const same = isSame(Buffer.from(value, 'utf8'), Buffer.from(item.value, 'utf8'));
  return same
    ? answer(made.token, { ...item, expires: stands.expires })
    : { problem: 'idempotency_conflict' };
}

async function cardLike(
  vault: Vault,
  call: CreateCall,
  item: Sound,
  named: SubjectRow | undefined,
): Promise<ItemResult<Created>> {
  const { tenant } = call.caller;
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const token = cardLikeToken(item.value, vault.props.randomBytes);
    const subject = named ?? (await addedSubject(vault, tenant, await vault.subjectOfToken(tenant, token)));
    if (!isLive(subject)) continue;
    const row = await rowOf(vault, tenant, token, item, subject);
    if (await vault.props.store.addToken(row, false)) return answer(token, item);
  }
  return { problem: 'format_exhausted' };
}

function isShortLived({ kind }: Sound): boolean {
  return kind.kind === 'security-code';
}
