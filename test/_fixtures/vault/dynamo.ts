import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDbStore,
  type TableNames,
} from '../../../lib/constructs/token-vault/runtime/adapters/dynamodb-store';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** dynalite has no types of its own. */
interface Dynalite {
  listen(port: number, host: string, ready: () => void): void;
  address(): { readonly port: number };
  close(done: () => void): void;
}

/** DynamoDB on loopback, in memory, and a client of it. */
export interface LocalDynamo {
  readonly client: DynamoDBClient;
  close(): Promise<void>;
}

export async function localDynamo(): Promise<LocalDynamo> {
  const dynalite = require('dynalite') as (options: object) => Dynalite;
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const client = new DynamoDBClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${server.address().port}`,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not a secret' },
    maxAttempts: 1,
  });
  return {
    client,
    close: async () => {
      client.destroy();
      await new Promise<void>((done) => server.close(done));
    },
  };
}

let made = 0;

/** New tables of a vault, and a store on them. */
export async function storeIn({ client }: LocalDynamo): Promise<DynamoDbStore> {
  made += 1;
  const tables: TableNames = { data: `data-${made}`, keys: `keys-${made}`, shortLived: `short-${made}` };
  for (const TableName of Object.values(tables)) {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    );
  }
  return new DynamoDbStore(client, tables, async () => undefined);
}
