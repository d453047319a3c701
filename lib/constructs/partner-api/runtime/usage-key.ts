import { createHash } from 'node:crypto';

/**
 * The API key by which API Gateway counts the requests of a partner, where the authoriser says whose they are
 * (`usageIdentifierKey`). The construct gives it to API Gateway, and the function names it: both make it by this.
 *
 * It is no secret: the header that callers could put a key into is not read then. It is of one length and of characters
 * that API Gateway takes (20 to 128).
 *
 * @param scope tells the keys of one deployment from those of others in the same account and region
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html
 */
export function usageKeyOf(scope: string, partner: string): string {
  return createHash('sha256')
    .update(JSON.stringify([scope, partner]))
    .digest('hex');
}
