import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDB, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** It comes without types. */
const dynalite: (options: object) => Server = require('dynalite');

export const TABLE = 'seen';
const SETTINGS = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};

/** A table in dynalite, which answers the protocol of DynamoDB, and the SDK that speaks it. */
export interface LocalTable {
  readonly calls: DynamoDB;
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts it on a port that is free. */
export async function localTable(): Promise<LocalTable> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const calls = new DynamoDB({ ...SETTINGS, endpoint });
  const client = new DynamoDBClient({ ...SETTINGS, endpoint });
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
  return {
    calls,
    client,
    endpoint,
    stop: async () => {
      calls.destroy();
      client.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

/** An SDK whose table is gone. */
export function nobody(): DynamoDB {
  return new DynamoDB({ ...SETTINGS, endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
}
