import { randomUUID } from 'node:crypto';
import { TransmissionError } from '../../core/errors';
import { type DynamoDbCalls, isConditionFailed } from './dynamodb';
import { DEFAULT_NAMESPACE, idempotencyPrefix, isNamespace } from './partition-keys';

/** A request that wants to be handled once. */
export interface Attempt {
  /** Whose request it is, and its Idempotency-Key, as one. */
  readonly id: string;
  /** The same for the same request, and for no other. */
  readonly fingerprint: string;
  readonly now: Date;
  /** Until then nobody else handles it. */
  readonly lockedUntil: Date;
  /** Until then its outcome is kept. */
  readonly keptUntil: Date;
}

/** What became of an attempt. */
export type Begun =
  /** Nobody handles it, nobody did: this one does, under a ticket. */
  | { readonly state: 'started'; readonly ticket: string }
  | { readonly state: 'in-progress'; readonly fingerprint: string }
  | { readonly state: 'done'; readonly fingerprint: string; readonly outcome: string };

/** Remembers which requests are handled, and what came of them. Where it cannot tell, it throws. */
export interface IdempotencyStore {
  /** Begins: of two at the same time, one is told that it starts. */
  begin(attempt: Attempt): Promise<Begun>;
  /** Keeps the outcome; false where the lock was lost to another meanwhile. */
  complete(id: string, ticket: string, outcome: string): Promise<boolean>;
  /** Gives the key free, since nothing was done. */
  abandon(id: string, ticket: string): Promise<void>;
}

interface Kept {
  ticket: string;
  fingerprint: string;
  lockedUntil: number;
  keptUntil: number;
  outcome?: string;
}

/** A store in the memory of one process, for tests and for what runs once only. */
export function memoryIdempotencyStore(): IdempotencyStore {
  const kept = new Map<string, Kept>();
  return {
    async begin({ id, fingerprint, now, lockedUntil, keptUntil }) {
      const found = kept.get(id);
      const time = now.getTime();
      const isOver =
        found === undefined ||
        found.keptUntil <= time ||
        (found.outcome === undefined && found.lockedUntil <= time);
      if (!isOver) {
        return found.outcome === undefined
          ? { state: 'in-progress', fingerprint: found.fingerprint }
          : { state: 'done', fingerprint: found.fingerprint, outcome: found.outcome };
      }
      const ticket = randomUUID();
      kept.set(id, {
        ticket,
        fingerprint,
        lockedUntil: lockedUntil.getTime(),
        keptUntil: keptUntil.getTime(),
      });
      return { state: 'started', ticket };
    },
    async complete(id, ticket, outcome) {
      const found = kept.get(id);
      if (found?.ticket !== ticket) return false;
      found.outcome = outcome;
      return true;
    },
    async abandon(id, ticket) {
      if (kept.get(id)?.ticket === ticket) kept.delete(id);
    },
  };
}

/** How often a record that vanished between two calls is asked for again. */
const TRIES = 3;

/**
 * A store in a table of DynamoDB with the partition key `pk` (a string) and the time to live `expiresAt`; one table can
 * hold seen signatures too.
 *
 * DynamoDB deletes days after that, so a record that is over is written anew.
 *
 * @param namespace whose requests they are: backends that share a table have one each, and an IAM policy for it alone
 * (`grantIdempotency`), so that none answers, locks or frees what another handles. 1 to 64 letters, digits and `. _ -`
 * @throws TransmissionError where the namespace is none
 */
export function dynamoDbIdempotencyStore(
  calls: DynamoDbCalls,
  tableName: string,
  namespace = DEFAULT_NAMESPACE,
): IdempotencyStore {
  if (!isNamespace(namespace)) {
    throw new TransmissionError(
      'InvalidConfiguration',
      "'namespace' must be 1 to 64 letters, digits and . _ -, name it after the backend",
      'dynamoDbIdempotencyStore',
    );
  }
  const keyOf = (id: string) => ({ pk: { S: `${idempotencyPrefix(namespace)}${id}` } });

  /** Undefined where another holds it. */
  async function start({
    id,
    fingerprint,
    now,
    lockedUntil,
    keptUntil,
  }: Attempt): Promise<Begun | undefined> {
    const ticket = randomUUID();
    try {
      await calls.putItem({
        TableName: tableName,
        Item: {
          ...keyOf(id),
          ticket: { S: ticket },
          fingerprint: { S: fingerprint },
          lockedUntil: { N: milliseconds(lockedUntil) },
          expiresAt: { N: seconds(keptUntil) },
        },
        // An SDK sends again what was not answered in time: its own ticket is no other's.
        ConditionExpression:
          'attribute_not_exists(pk) OR ticket = :ticket OR expiresAt <= :second OR (attribute_not_exists(outcome) AND lockedUntil <= :now)',
        ExpressionAttributeValues: {
          ':ticket': { S: ticket },
          ':second': { N: String(Math.floor(now.getTime() / 1000)) },
          ':now': { N: milliseconds(now) },
        },
      });
      return { state: 'started', ticket };
    } catch (thrown) {
      if (isConditionFailed(thrown)) return undefined;
      throw thrown;
    }
  }

  async function held(id: string): Promise<Begun | undefined> {
    const { Item } = await calls.getItem({ TableName: tableName, Key: keyOf(id), ConsistentRead: true });
    const fingerprint = Item?.fingerprint?.S;
    const outcome = Item?.outcome?.S;
    if (fingerprint === undefined) return undefined;
    return outcome === undefined
      ? { state: 'in-progress', fingerprint }
      : { state: 'done', fingerprint, outcome };
  }

  return {
    async begin(attempt) {
      for (let attempts = 0; attempts < TRIES; attempts++) {
        const begun = (await start(attempt)) ?? (await held(attempt.id));
        if (begun !== undefined) return begun;
      }
      // It came and went each time: somebody handles it and gives it free again.
      return { state: 'in-progress', fingerprint: attempt.fingerprint };
    },
    async complete(id, ticket, outcome) {
      return ifHeld(
        calls.updateItem({
          TableName: tableName,
          Key: keyOf(id),
          UpdateExpression: 'SET outcome = :outcome',
          ConditionExpression: 'ticket = :ticket',
          ExpressionAttributeValues: { ':ticket': { S: ticket }, ':outcome': { S: outcome } },
        }),
      );
    },
    async abandon(id, ticket) {
      await ifHeld(
        calls.deleteItem({
          TableName: tableName,
          Key: keyOf(id),
          ConditionExpression: 'ticket = :ticket AND attribute_not_exists(outcome)',
          ExpressionAttributeValues: { ':ticket': { S: ticket } },
        }),
      );
    },
  };
}

async function ifHeld(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (thrown) {
    if (isConditionFailed(thrown)) return false;
    throw thrown;
  }
}

const milliseconds = (date: Date) => String(date.getTime());
const seconds = (date: Date) => String(Math.ceil(date.getTime() / 1000));
