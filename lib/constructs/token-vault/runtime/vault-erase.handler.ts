import { awsParts } from './host/aws';
import { s3Ledger } from './host/aws-ledger';
import { serve } from './host/serve';
import { deleteOperation, erase, hold } from './http/erase';

/** Deletes tokens, erases and holds subjects: it can open nothing. */
export const handler = serve(
  [deleteOperation, erase, hold],
  awsParts('vault-erase', process.stdout, s3Ledger),
  process.stdout,
);
