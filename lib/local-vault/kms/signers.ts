import { KmsError } from './kms-error';
import type { Principal } from './principals';
import {
  isSignedWith,
  readAuthorization,
  type SignedRequest,
  timeOf,
  timeText,
  unsignedHeaders,
} from './signature-v4';

/** How far the clock of who signs may be off (IAM user guide, "Signature expired"), in milliseconds. */
const MOST_SKEW = 5 * 60 * 1000;

/** Against what a signature is checked. */
export interface Door {
  readonly principals: ReadonlyMap<string, Principal>;
  readonly region: string;
  readonly now: () => number;
}

/**
 * Who signed a request.
 *
 * @throws KmsError as AWS does where nobody did, or somebody who is not known
 */
export function signerOf(request: SignedRequest, { principals, region, now }: Door): Principal {
  const { authorization } = request.headers;
  if (authorization === undefined || authorization === '')
    throw new KmsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const read = typeof authorization === 'string' ? readAuthorization(authorization) : undefined;
  if (read === undefined)
    throw new KmsError(
      'IncompleteSignatureException',
      "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' of AWS4-HMAC-SHA256.",
    );
  const principal = principals.get(read.accessKeyId);
  if (
    principal === undefined ||
    (request.headers['x-amz-security-token'] ?? '') !== (principal.sessionToken ?? '')
  )
    throw new KmsError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  const { scope, signedHeaders } = read;
  if (scope.region !== region || scope.service !== 'kms')
    throw wrong(`Credential should be scoped to a valid region and to service kms.`);
  const time = String(request.headers['x-amz-date'] ?? '');
  const signed = timeOf(time);
  if (signed === undefined || !time.startsWith(scope.date))
    throw wrong('Date in Credential scope does not match the date of the request.');
  if (Math.abs(now() - signed) > MOST_SKEW)
    throw wrong(`Signature expired: ${time} is more than 5 min. from ${timeText(now())}`);
  const [unsigned] = unsignedHeaders(request, signedHeaders);
  if (unsigned !== undefined) throw wrong(`'${unsigned}' must be a signed header.`);
  if (!isSignedWith(principal.secretAccessKey, request, read))
    throw wrong(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  return principal;
}

function wrong(text: string): KmsError {
  return new KmsError('InvalidSignatureException', text);
}
