import { awsParts } from './host/aws';
import { s3Ledger } from './host/aws-ledger';
import { replaying } from './host/maintenance';

/** Erases again what was erased, after a restore. */
export const handler = replaying(awsParts('vault-replay', process.stdout, s3Ledger));
