import { createHash, randomUUID } from 'node:crypto';
import { TransmissionError } from '../../core/errors';
import { type DynamoDbCalls, isConditionFailed } from './dynamodb';
import { REPLAY_PREFIX } from './partition-keys';
import { MessageRefusal } from './problem';
import type { Times } from './times';

/** A signature that was seen. */
export interface SeenSignature {
  readonly keyId: string;
  readonly nonce: string;
  /** Until then it has to be remembered: after that, its age refuses it. */
  readonly until: Date;
}

/** Remembers which signatures were seen. */
export interface ReplayStore {
  /**
   * Remembers a signature, at once for all who ask.
   *
   * @returns whether it is new: of two that ask at the same time, one is told so
   * @throws where it cannot be told; the request is then refused
   */
  remember(seen: SeenSignature): Promise<boolean>;
}

/** Clocks of two receivers differ by less. */
const MARGIN_SECONDS = 60;

/**
 * Refuses what was seen before, and everything while that is not known.
 *
 * @throws MessageRefusal
 */
export async function checkNotReplayed(
  {
    replayStore,
    onStoreError,
  }: { readonly replayStore: ReplayStore; readonly onStoreError?: (thrown: unknown) => void },
  { keyId, nonce, created }: { readonly keyId: string; readonly nonce: string; readonly created: Date },
  { windowSeconds, skewSeconds }: Times,
): Promise<void> {
  const kept = windowSeconds + skewSeconds + MARGIN_SECONDS;
  const until = new Date(created.getTime() + kept * 1000);
  let isNew: boolean;
  try {
    isNew = await replayStore.remember({ keyId, nonce, until });
  } catch (thrown) {
    onStoreError?.(thrown);
    throw new MessageRefusal(
      'replay-unknown',
      'the store of signatures that were seen does not answer, send again with a new nonce in a few seconds',
    );
  }
  if (!isNew) {
    throw new MessageRefusal(
      'message-replayed',
      'nonce must be new with every message, sign again when sending again',
    );
  }
}

/**
 * A store in the memory of one process, for tests and for what runs once only: two processes do not see each other's.
 *
 * @param clock the clock by which it forgets
 * @param most how many signatures it keeps; while it is full, it throws
 */
export function memoryReplayStore(clock: () => Date, most = 100_000): ReplayStore {
  const seen = new Map<string, number>();
  return {
    async remember({ keyId, nonce, until }) {
      const id = idOf(keyId, nonce);
      if (seen.size >= most) forget(seen, clock().getTime());
      if (seen.has(id)) return false;
      if (seen.size >= most) throw full(most);
      seen.set(id, until.getTime());
      return true;
    },
  };
}

function full(most: number): TransmissionError {
  const message = `holds ${most} signatures, which is all that it may, raise 'most' or keep them in a table`;
  return new TransmissionError('InvalidConfiguration', message, 'memoryReplayStore');
}

function forget(seen: Map<string, number>, now: number): void {
  for (const [id, until] of seen) {
    if (until < now) seen.delete(id);
  }
}

/**
 * A store in a table of DynamoDB with the partition key `pk` (a string) and the time to live `expiresAt`.
 *
 * DynamoDB deletes days after that; until then a nonce stays taken, which refuses nobody who makes new ones.
 */
export function dynamoDbReplayStore(calls: Pick<DynamoDbCalls, 'putItem'>, tableName: string): ReplayStore {
  return {
    async remember({ keyId, nonce, until }) {
      // An SDK sends again what was not answered in time: that must not look like a second message.
      const claim = randomUUID();
      try {
        await calls.putItem({
          TableName: tableName,
          Item: {
            pk: { S: `${REPLAY_PREFIX}${idOf(keyId, nonce)}` },
            claim: { S: claim },
            expiresAt: { N: String(Math.ceil(until.getTime() / 1000)) },
          },
          ConditionExpression: 'attribute_not_exists(pk) OR claim = :claim',
          ExpressionAttributeValues: { ':claim': { S: claim } },
        });
        return true;
      } catch (thrown) {
        if (isConditionFailed(thrown)) return false;
        throw thrown;
      }
    },
  };
}

/** Of one length, and the same for nobody else: a nonce is as long as its sender likes. */
function idOf(keyId: string, nonce: string): string {
  return createHash('sha256')
    .update(JSON.stringify([keyId, nonce]))
    .digest('base64url');
}
