import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbStore } from '../adapters/dynamodb-store';
import { kmsClient } from '../adapters/kms-client';
import { KmsKeyService } from '../adapters/kms-key-service';
import { StdoutAudit } from '../adapters/stdout-audit';
import { pooledRandomBytes } from '../core/random';
import type { ErasureLedger } from '../ports/erasure-ledger';
import { StoreError } from '../ports/store';
import { assembled } from './assemble';
import { readEnvironment, type VaultEnvironment } from './environment';
import type { VaultFunction } from './key-rights';
import { once, type Parts } from './parts';

/** Standard output, or what stands for it. */
export interface Output {
  write(text: string, done?: (failure?: Error | null) => void): unknown;
}

/** A ledger, for the functions that have one. */
export type LedgerOf = (environment: VaultEnvironment) => ErasureLedger;

/**
 * How long a table is waited for: it answers within milliseconds, and who waits for long holds one of the few sandboxes
 * that there are.
 */
const TABLE_ATTEMPTS = 3;
const TABLE_CONNECTION = 400;
const TABLE_ANSWER = 1000;

/**
 * The parts of a function in AWS, from its environment: made when the first call comes, once for each sandbox. Endpoints of
 * a local vault come from `AWS_ENDPOINT_URL_DYNAMODB` and `AWS_ENDPOINT_URL_KMS`, which the SDK reads itself.
 *
 * @param out standard output, to which Lambda's log and metrics are written
 * @param ledgerOf @default - none: what wants to write to one fails
 */
export function awsParts(
  name: VaultFunction,
  out: Output,
  ledgerOf: LedgerOf = () => NO_LEDGER,
): () => Parts {
  return once(() => {
    const environment = readEnvironment(process.env);
    const { vault, tables, keys } = environment;
    const service = new KmsKeyService(kmsClient({}), vault, keys);
    const client = new DynamoDBClient({
      maxAttempts: TABLE_ATTEMPTS,
      requestHandler: {
        connectionTimeout: TABLE_CONNECTION,
        requestTimeout: TABLE_ANSWER,
        httpsAgent: { keepAlive: true, maxSockets: 50 },
      },
    });
    return assembled(name, environment, {
      keys: service,
      receiptKey: service,
      store: new DynamoDbStore(client, tables),
      ledger: ledgerOf(environment),
      audit: new StdoutAudit((text, done) => out.write(text, done), randomUUID()),
      now: Date.now,
      randomBytes: pooledRandomBytes(),
      // Not `console.log`, which Lambda's JSON format would wrap: metrics must be lines as they are.
      write: (line) => out.write(`${line}\n`),
    });
  });
}

const NO_LEDGER: ErasureLedger = {
  append: () => Promise.reject(new StoreError()),
  entries: () => {
    throw new StoreError();
  },
};
