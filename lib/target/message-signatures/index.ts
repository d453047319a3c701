/** Messages that are signed (RFC 9421), fresh, and handled once. */
export { SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from './algorithm';
export { canonicalQuery, canonicalUrl } from './canonical-url';
export { contentDigest, DIGEST_ALGORITHMS, type DigestAlgorithm } from './content-digest';
export type { DynamoDbCalls, DynamoDbItem, DynamoDbValue } from './dynamodb';
export { type IdempotentOptions, idempotent, type RequestIdentity } from './idempotency';
export {
  type Attempt,
  type Begun,
  dynamoDbIdempotencyStore,
  type IdempotencyStore,
  memoryIdempotencyStore,
} from './idempotency-store';
export type { KeptOutcome } from './kept-outcome';
export type { HeaderFields, RequestMessage, ResponseMessage } from './message';
export { type PartnerKey, PartnerKeys } from './partner-keys';
export {
  MESSAGE_PROBLEMS,
  type MessageProblem,
  type MessageProblemCode,
  PROBLEM_MEDIA_TYPE,
  problemOf,
  type Refused,
} from './problem';
export { dynamoDbReplayStore, memoryReplayStore, type ReplayStore, type SeenSignature } from './replay';
export { type SignatureFields, type SignOptions, signRequest, signResponse } from './sign';
export {
  type KmsSignCall,
  type KmsSignerOptions,
  kmsSigner,
  type MessageSigner,
  type PrivateKeySignerOptions,
  privateKeySigner,
} from './signer';
export {
  type RequestOptions,
  type ResponseOptions,
  type SignatureOptions,
  type Verification,
  type Verified,
  type VerifyOptions,
  verifyRequest,
  verifyRequestHead,
  verifyResponse,
  verifySignedBody,
} from './verify';
