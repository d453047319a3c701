import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { StoreError } from '../ports/store';
import { type Item, KEY } from './dynamodb-rows';

/** Quotas of DynamoDB on one call. */
const MOST_READ = 100;
const MOST_WRITTEN = 25;

/** How often what was left over is asked for again. */
const ATTEMPTS = 4;
const FIRST_PAUSE = 25;

/** Waits for some milliseconds. */
export type Pause = (milliseconds: number) => Promise<void>;

/** Items by their keys, as of now; what DynamoDB left over to the end is an error, since nobody knows what it is. */
export async function readItems(
  client: DynamoDBClient,
  table: string,
  keys: readonly string[],
  pause: Pause,
): Promise<ReadonlyMap<string, Item>> {
  const found = new Map<string, Item>();
  for (const part of parts([...new Set(keys)], MOST_READ)) {
    let left: Record<string, AttributeValue>[] = part.map((key) => ({ [KEY]: { S: key } }));
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt === ATTEMPTS) throw new StoreError();
      if (attempt > 0) await pause(pauseBefore(attempt));
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
      );
      for (const item of Responses?.[table] ?? []) found.set(item[KEY]?.S ?? '', item);
      left = UnprocessedKeys?.[table]?.Keys ?? [];
    }
  }
  return found;
}

/** Writes items; gives the keys of those that were left over to the end. */
export async function writeItems(
  client: DynamoDBClient,
  table: string,
  items: readonly Item[],
  pause: Pause,
): Promise<ReadonlySet<string>> {
  const missed = new Set<string>();
  for (const part of parts(items, MOST_WRITTEN)) {
    let left: Item[] = [...part];
    for (let attempt = 0; left.length > 0 && attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await pause(pauseBefore(attempt));
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({
          RequestItems: { [table]: left.map((item) => ({ PutRequest: { Item: item } })) },
        }),
      );
      left = (UnprocessedItems?.[table] ?? []).flatMap(({ PutRequest }): Item[] =>
        PutRequest?.Item === undefined ? [] : [PutRequest.Item],
      );
    }
    for (const item of left) missed.add(item[KEY]?.S ?? '');
  }
  return missed;
}

/** Full jitter: those who were refused together do not come back together. */
function pauseBefore(attempt: number): number {
  return Math.random() * FIRST_PAUSE * 2 ** attempt;
}

function parts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}
