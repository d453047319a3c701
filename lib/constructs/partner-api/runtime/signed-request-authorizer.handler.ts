import { readFileSync } from 'node:fs';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamoDbReplayStore, type PartnerKey, PartnerKeys } from '../../../target/message-signatures';
import { type Authorization, type Authorizer, authorize, type Decision } from './authorize';
import type { GatewayEvent } from './gateway-request';
import { SIGNED_REQUEST_ENVIRONMENT as NAMES, PARTNER_KEYS_FILE } from './signed-request-settings';

/** Where Lambda puts the files of layers. */
const LAYER = '/opt';

/** A caller waits for the answer: a store that does not answer within this is down. In milliseconds. */
const CLIENT = { maxAttempts: 2, requestHandler: { connectionTimeout: 1000, requestTimeout: 1500 } };

/** Read once in a process; what is wrong then fails the start, and nobody is admitted. */
function started(environment: NodeJS.ProcessEnv, folder: string): Authorizer {
  const text = (name: string) => environment[name] ?? '';
  const list = (name: string) =>
    text(name)
      .split(',')
      .filter((each) => each !== '');
  const client = new DynamoDBClient(CLIENT);
  const keys: readonly PartnerKey[] = JSON.parse(readFileSync(`${folder}/${PARTNER_KEYS_FILE}`, 'utf8'));
  return {
    options: {
      keys: PartnerKeys.of(keys),
      authorities: list(NAMES.authorities),
      windowSeconds: Number(text(NAMES.windowSeconds)),
      skewSeconds: Number(text(NAMES.skewSeconds)),
      tag: text(NAMES.tag),
      alsoCovered: list(NAMES.alsoCovered),
      // The name only: messages of AWS hold ARNs, and other texts nobody knows.
      onStoreError: (thrown) => writeLine({ storeError: thrown instanceof Error ? thrown.name : 'unknown' }),
      replayStore: dynamoDbReplayStore(
        { putItem: (input) => client.send(new PutItemCommand(input)) },
        text(NAMES.table),
      ),
    },
    clock: () => new Date(),
    usageScope: text(NAMES.usageScope),
    record: (decision: Decision) =>
      writeLine({ ...decision, function: environment.AWS_LAMBDA_FUNCTION_NAME }),
  };
}

/** A line of its own: what goes through the console is wrapped, and metric filters look at the line. */
function writeLine(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

let authorizer: Authorizer | undefined;

/** The Lambda authoriser of REST and HTTP APIs whose callers sign their requests. */
export async function handler(event: GatewayEvent): Promise<Authorization> {
  authorizer ??= started(process.env, process.env.SIGNED_REQUESTS_LAYER ?? LAYER);
  return authorize(event, authorizer);
}
