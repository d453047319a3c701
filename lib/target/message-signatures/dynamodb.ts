/** A value of an item. */
export type DynamoDbValue = { readonly S: string } | { readonly N: string };

/** An item, as it is written. */
export type DynamoDbItem = Record<string, DynamoDbValue>;

/** What a write depends on. */
interface Condition {
  readonly TableName: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues: DynamoDbItem;
}

/**
 * The calls of DynamoDB that the stores make. `new DynamoDB({})` of any version 3 of the AWS SDK for JavaScript has them;
 * this package brings no SDK along.
 */
export interface DynamoDbCalls {
  putItem(input: Condition & { readonly Item: DynamoDbItem }): Promise<unknown>;
  updateItem(
    input: Condition & { readonly Key: DynamoDbItem; readonly UpdateExpression: string },
  ): Promise<unknown>;
  deleteItem(input: Condition & { readonly Key: DynamoDbItem }): Promise<unknown>;
  getItem(input: {
    readonly TableName: string;
    readonly Key: DynamoDbItem;
    readonly ConsistentRead: boolean;
  }): Promise<{ readonly Item?: Readonly<Record<string, { readonly S?: string; readonly N?: string }>> }>;
}

/** Whether DynamoDB refused a write because its condition does not hold. */
export function isConditionFailed(thrown: unknown): boolean {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'name' in thrown &&
    thrown.name === 'ConditionalCheckFailedException'
  );
}
