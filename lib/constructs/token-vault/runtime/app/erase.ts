import { canonical } from '../core/canonical';
import type { Caller } from '../ports/audit';
import { ProblemError } from './problem';
import type { Vault } from './vault';

/** Who asks for an erasure. */
export interface EraseCall {
  readonly caller: Caller;
  readonly requestId: string;
}

/** What proves an erasure to whoever has the vault's public key of receipts. */
export interface ErasureReceipt {
  readonly vault: string;
  readonly tenant: string;
  /** The keyed hash of the subject, in base64url. */
  readonly subject: string;
  /** In seconds since 1970. */
  readonly erased: number;
  /** ECDSA with P-256 and SHA-256 over `receiptText`, as DER in base64. */
  readonly signature: string;
}

/** What a receipt signs. */
export function receiptText({ vault, tenant, subject, erased }: Omit<ErasureReceipt, 'signature'>): Buffer {
  return canonical('erasure-receipt/1', vault, tenant, subject, String(erased));
}

/**
 * Erases a subject: its keys are destroyed, and with them all that was sealed below them. It is entered into the ledger
 * first, so that no restore undoes it; again and again it gives the same receipt's facts.
 *
 * @throws ProblemError `legal_hold` where the subject must not be erased yet
 */
export async function eraseSubject(vault: Vault, call: EraseCall, name: string): Promise<ErasureReceipt> {
  await vault.assertServes();
  const { store, ledger, audit, keys, now } = vault.props;
  const { tenant } = call.caller;
  const subject = await vault.subjectOf(tenant, name);
  const erased = vault.seconds;
  const [row] = await store.subjects(tenant, [subject]);
  const isHeld = row?.erased === undefined && row?.heldUntil !== undefined && row.heldUntil > erased;
  let outcome: 'ok' | 'legal_hold' = isHeld ? 'legal_hold' : 'ok';
  if (!isHeld) {
    await ledger.append({ tenant, subject, erased, withdrawn: false });
    if (!(await store.eraseSubject(tenant, subject, erased))) {
      // Somebody held it since: a replay must not erase it either.
      await ledger.append({ tenant, subject, erased, withdrawn: true });
      outcome = 'legal_hold';
    }
  }
  const text = Buffer.from(subject).toString('base64url');
  const { caller, requestId } = call;
  await audit.record([{ action: 'erase', caller, requestId, at: now(), outcome, subject: text }]);
  if (outcome !== 'ok') throw new ProblemError(outcome);
  const facts = { vault: vault.props.name, tenant, subject: text, erased: row?.erased ?? erased };
  const signature = Buffer.from(await keys.sign(receiptText(facts))).toString('base64');
  return { ...facts, signature };
}
