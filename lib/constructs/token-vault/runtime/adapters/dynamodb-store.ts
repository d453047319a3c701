import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { View } from '../core/record';
import type {
  BranchKeyRow,
  ClosedTokenRow,
  FingerprintRow,
  Store,
  SubjectRow,
  TokenRow,
  WrappedKey,
} from '../ports/store';
import { StoreError } from '../ports/store';
import { type Pause, readItems, writeItems } from './dynamodb-batches';
import * as rows from './dynamodb-rows';
import { type Item, KEY } from './dynamodb-rows';

/** The names of the tables of a vault. */
export interface TableNames {
  /** Tokens and fingerprints. */
  readonly data: string;
  /** Keys of subjects and branches: its backups end within days, so that erasure reaches them. */
  readonly keys: string;
  /** Tokens that must not be in any backup. */
  readonly shortLived: string;
}

/** A vault's tables in DynamoDB. */
export class DynamoDbStore implements Store {
  /**
   * @param client with its own bounds on time and attempts
   * @param pause how it waits before it asks again
   */
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tables: TableNames,
    private readonly pause: Pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  ) {}

  tokens(indexes: readonly Uint8Array[]): Promise<readonly (TokenRow | ClosedTokenRow | undefined)[]> {
    return guarded(async () => {
      const keys = indexes.map(rows.tokenKey);
      const lasting = await readItems(this.client, this.tables.data, keys, this.pause);
      const others = keys.filter((key) => !lasting.has(key));
      const short = await readItems(this.client, this.tables.shortLived, others, this.pause);
      return indexes.map((index, at) => {
        const item = lasting.get(keys[at] ?? '') ?? short.get(keys[at] ?? '');
        return item && rows.tokenRowOf(item, index);
      });
    });
  }

  putTokens(all: readonly TokenRow[], shortLived: boolean): Promise<readonly Uint8Array[]> {
    return guarded(async () => {
      const missed = await writeItems(
        this.client,
        this.tableOf(shortLived),
        all.map(rows.tokenItem),
        this.pause,
      );
      return all.filter(({ index }) => missed.has(rows.tokenKey(index))).map(({ index }) => index);
    });
  }

  addToken(row: TokenRow, shortLived: boolean): Promise<boolean> {
    return this.#add(this.tableOf(shortLived), rows.tokenItem(row));
  }

  closeToken(index: Uint8Array, now: number, shortLived: boolean): Promise<boolean> {
    return this.#put(this.tableOf(shortLived), rows.closedItem({ index, closed: now }), {
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(closed)',
    });
  }

  fingerprints(indexes: readonly Uint8Array[]): Promise<readonly (FingerprintRow | undefined)[]> {
    return guarded(async () => {
      const keys = indexes.map(rows.fingerprintKey);
      const found = await readItems(this.client, this.tables.data, keys, this.pause);
      return indexes.map((index, at) => {
        const item = found.get(keys[at] ?? '');
        return item && rows.fingerprintRowOf(item, index);
      });
    });
  }

  putFingerprint(row: FingerprintRow, instead?: Uint8Array): Promise<boolean> {
    const condition =
      instead === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'attribute_not_exists(pk) OR k = :instead',
            ExpressionAttributeValues: { ':instead': { B: instead } },
          };
    return this.#put(this.tables.data, rows.fingerprintItem(row), condition);
  }

  subjects(tenant: string, subjects: readonly Uint8Array[]): Promise<readonly (SubjectRow | undefined)[]> {
    return guarded(async () => {
      const keys = subjects.map((subject) => rows.subjectKey(tenant, subject));
      const found = await readItems(this.client, this.tables.keys, keys, this.pause);
      return keys.map((key) => {
        const item = found.get(key);
        return item && rows.subjectRowOf(item, tenant);
      });
    });
  }

  addSubject(row: SubjectRow): Promise<boolean> {
    return this.#add(this.tables.keys, rows.subjectItem(row));
  }

  async eraseSubject(tenant: string, subject: Uint8Array, now: number): Promise<boolean> {
    const erased = await this.#update(this.tables.keys, rows.subjectKey(tenant, subject), {
      UpdateExpression: 'SET erased = :now, s = :subject REMOVE f, fv, m, mv, held',
      ConditionExpression: 'attribute_not_exists(erased) AND (attribute_not_exists(held) OR held <= :now)',
      ExpressionAttributeValues: { ':now': { N: String(now) }, ':subject': { B: subject } },
    });
    if (erased) return true;
    const [stands] = await this.subjects(tenant, [subject]);
    return stands?.erased !== undefined;
  }

  holdSubject(tenant: string, subject: Uint8Array, until: number | undefined): Promise<boolean> {
    return this.#update(this.tables.keys, rows.subjectKey(tenant, subject), {
      UpdateExpression: until === undefined ? 'REMOVE held' : 'SET held = :until',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(erased)',
      ...(until === undefined ? {} : { ExpressionAttributeValues: { ':until': { N: String(until) } } }),
    });
  }

  rewrapSubject(row: SubjectRow, view: View, before: number, after: WrappedKey): Promise<boolean> {
    const { key, version } = rows.WRAPPED[view];
    return this.#update(this.tables.keys, rows.subjectKey(row.tenant, row.subject), {
      UpdateExpression: 'SET #key = :key, #version = :after',
      ConditionExpression: 'attribute_not_exists(erased) AND #version = :before',
      ExpressionAttributeNames: { '#key': key, '#version': version },
      ExpressionAttributeValues: {
        ':key': { B: after.wrapped },
        ':after': { N: String(after.branchVersion) },
        ':before': { N: String(before) },
      },
    });
  }

  async *subjectsOf(tenant: string): AsyncIterable<SubjectRow> {
    let from: Item | undefined;
    do {
      const page = await guarded(() =>
        this.client.send(
          new ScanCommand({
            TableName: this.tables.keys,
            ConsistentRead: true,
            FilterExpression: 'begins_with(pk, :prefix) AND attribute_not_exists(erased)',
            ExpressionAttributeValues: { ':prefix': { S: rows.subjectPrefix(tenant) } },
            ...(from === undefined ? {} : { ExclusiveStartKey: from }),
          }),
        ),
      );
      for (const item of page.Items ?? []) yield rows.subjectRowOf(item, tenant);
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
  }

  async newestBranchKey(tenant: string, view: View): Promise<BranchKeyRow | undefined> {
    const newest = await this.#get(rows.newestKey(tenant, view));
    const version = newest?.v?.N;
    return version === undefined ? undefined : this.branchKey(tenant, view, Number(version));
  }

  async branchKey(tenant: string, view: View, version: number): Promise<BranchKeyRow | undefined> {
    const item = await this.#get(rows.branchKeyKey(tenant, view, version));
    return item && rows.branchKeyRowOf(item, tenant, view);
  }

  async addBranchKey(row: BranchKeyRow): Promise<boolean> {
    const isAdded = await this.#add(this.tables.keys, rows.branchKeyItem(row));
    // Also where it stood already: whoever wrote it may have stopped before this.
    await this.#update(this.tables.keys, rows.newestKey(row.tenant, row.view), {
      UpdateExpression: 'SET v = :version',
      ConditionExpression: 'attribute_not_exists(v) OR v < :version',
      ExpressionAttributeValues: { ':version': { N: String(row.version) } },
    });
    return isAdded;
  }

  async restoreMark(): Promise<string | undefined> {
    return (await this.#get(rows.MARK_KEY))?.mark?.S;
  }

  async setRestoreMark(mark: string): Promise<void> {
    await this.#put(this.tables.keys, { [KEY]: { S: rows.MARK_KEY }, mark: { S: mark } }, {});
  }

  private tableOf(shortLived: boolean): string {
    return shortLived ? this.tables.shortLived : this.tables.data;
  }

  #get(key: string): Promise<Item | undefined> {
    return guarded(async () => {
      const { keys: TableName } = this.tables;
      const command = new GetItemCommand({ TableName, Key: { [KEY]: { S: key } }, ConsistentRead: true });
      return (await this.client.send(command)).Item;
    });
  }

  #add(table: string, item: Item): Promise<boolean> {
    return this.#put(table, item, { ConditionExpression: 'attribute_not_exists(pk)' });
  }

  #put(
    TableName: string,
    item: Item,
    condition: Pick<UpdateItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeValues'>,
  ): Promise<boolean> {
    return guarded(() =>
      whetherDone(this.client.send(new PutItemCommand({ TableName, Item: item, ...condition }))),
    );
  }

  #update(
    TableName: string,
    key: string,
    change: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>,
  ): Promise<boolean> {
    return guarded(() =>
      whetherDone(
        this.client.send(new UpdateItemCommand({ TableName, Key: { [KEY]: { S: key } }, ...change })),
      ),
    );
  }
}

async function whetherDone(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent;
    return true;
  } catch (failure) {
    if (failure instanceof ConditionalCheckFailedException) return false;
    throw failure;
  }
}

/** Whatever went wrong, no word of the SDK goes further: it may hold what was to be written. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw new StoreError();
  }
}
