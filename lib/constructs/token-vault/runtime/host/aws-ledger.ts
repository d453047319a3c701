import { S3Client } from '@aws-sdk/client-s3';
import { TransmissionError } from '../../../../core/errors';
import { S3ErasureLedger } from '../adapters/s3-erasure-ledger';
import { S3LedgerObjects } from '../adapters/s3-ledger-objects';
import type { LedgerOf } from './aws';

/** An erasure waits longer than a table is waited for: it is rare, and must not be lost. */
const ATTEMPTS = 3;
const CONNECTION = 1000;
const ANSWER = 3000;

/** The ledger in its bucket; in a module of its own, so that functions without one carry no client of S3. */
export const s3Ledger: LedgerOf = ({ ledgerBucket }) => {
  if (ledgerBucket === '')
    throw new TransmissionError(
      'InvalidConfiguration',
      'is missing, a text is allowed, correct it',
      'LEDGER_BUCKET',
    );
  const client = new S3Client({
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECTION,
      requestTimeout: ANSWER,
      httpsAgent: { keepAlive: true },
    },
  });
  return new S3ErasureLedger(new S3LedgerObjects(client, ledgerBucket), Date.now);
};
