import { createHash, createPublicKey } from 'node:crypto';
import type { ReceiptKey } from '../ports/receipt-key';
import { type Operation, operation } from './operation';

/** Gives the public key of receipts as a set of one (RFC 7517), named by its thumbprint (RFC 7638). */
export function receiptsKey(key: () => ReceiptKey): Operation {
  return operation<undefined>('receiptsKey', async () => {
    const der = Buffer.from(await key().publicKey());
    const { crv, kty, x, y } = createPublicKey({ key: der, format: 'der', type: 'spki' }).export({
      format: 'jwk',
    });
    const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
    return { data: { keys: [{ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' }] }, items: 1 };
  });
}
