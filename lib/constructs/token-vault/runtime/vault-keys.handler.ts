import { awsParts } from './host/aws';
import { serve } from './host/serve';
import { receiptsKey } from './http/receipts-key';

const parts = awsParts('vault-keys', process.stdout);

/** Gives public keys. */
export const handler = serve([receiptsKey(() => parts().receiptKey)], parts, process.stdout);
