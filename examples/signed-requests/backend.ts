/** The backend of an API whose authoriser verified the signature: it verifies the content, and pays once. */
import {
  type DynamoDbCalls,
  dynamoDbIdempotencyStore,
  idempotent,
  type MessageProblem,
  PROBLEM_MEDIA_TYPE,
  verifySignedBody,
} from 'cdk-secure-transmission/target';

/** What API Gateway hands over, of which this is the part that is used. */
export interface Event {
  readonly httpMethod: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
  readonly requestContext: {
    readonly authorizer: { readonly partner: string; readonly contentDigest: string };
  };
}

/** What it takes back. */
export interface Answer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is behind: pays, and says under which id. */
export type Pay = (partner: string, content: string) => Promise<{ readonly id: string }>;

// #region backend
export function backend(calls: DynamoDbCalls, table: string, pay: Pay) {
  const once = idempotent<Event, Answer>(
    {
      store: dynamoDbIdempotencyStore(calls, table),
      identify: (event) => ({
        scope: event.requestContext.authorizer.partner,
        key: headerOf(event.headers, 'idempotency-key'),
        method: event.httpMethod,
        target: event.path,
        body: contentOf(event),
      }),
      // The id, never the answer: it may hold what must not lie in a table for a day.
      keep: ({ statusCode, body }) => ({ status: statusCode, reference: JSON.parse(body).id }),
      answer: ({ status, reference }) => ({ statusCode: status, body: JSON.stringify({ id: reference }) }),
      refuse: refused,
    },
    async (event) => {
      const { id } = await pay(event.requestContext.authorizer.partner, contentOf(event).toString('utf8'));
      return { statusCode: 201, body: JSON.stringify({ id }) };
    },
  );

  return async (event: Event): Promise<Answer> => {
    const result = verifySignedBody(contentOf(event), event.requestContext.authorizer.contentDigest);
    return result.verified ? once(event) : refused(result.problem);
  };
}
// #endregion backend

function contentOf({ body, isBase64Encoded }: Event): Buffer {
  return Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
}

function headerOf(headers: Event['headers'], name: string): string | undefined {
  return Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1];
}

function refused(problem: MessageProblem): Answer {
  const { code: _, ...body } = problem;
  return {
    statusCode: problem.status,
    headers: { 'content-type': PROBLEM_MEDIA_TYPE },
    body: JSON.stringify(body),
  };
}
