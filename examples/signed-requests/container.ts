/** A backend behind a load balancer, without API Gateway: it verifies all of a request itself. */
import type { IncomingMessage } from 'node:http';
import {
  type PartnerKeys,
  type ReplayStore,
  type Verification,
  verifyRequest,
} from 'cdk-secure-transmission/target';

// #region container
/** @param content all of it; limit its size while you read it */
export function verified(
  request: IncomingMessage,
  content: Buffer,
  keys: PartnerKeys,
  replayStore: ReplayStore,
): Promise<Verification> {
  return verifyRequest(
    {
      method: request.method ?? '',
      url: `https://${request.headers.host}${request.url}`,
      // Not `headers`, which joins or drops what was sent twice.
      headers: request.headersDistinct,
      body: content,
    },
    { keys, replayStore, authorities: ['partners.example.com'], now: new Date() },
  );
}
// #endregion container
