/** A partner that signs what it sends, with a key that never leaves AWS KMS or one of its own. */
import { randomUUID } from 'node:crypto';
import { type MessageSigner, type RequestMessage, signRequest } from 'cdk-secure-transmission/target';

// #region partner
/** A request to pay, signed. Whoever sends it again makes it again by the same key, so that its signature is new. */
export async function paymentRequest(
  signer: MessageSigner,
  content: string,
  now: Date,
  idempotencyKey: string = randomUUID(),
): Promise<RequestMessage> {
  const request = {
    method: 'POST',
    url: 'https://partners.example.com/payments',
    headers: { 'content-type': 'application/json', 'idempotency-key': `"${idempotencyKey}"` },
    body: content,
  };
  const fields = await signRequest(request, { signer, now });
  return { ...request, headers: { ...request.headers, ...fields } };
}
// #endregion partner
