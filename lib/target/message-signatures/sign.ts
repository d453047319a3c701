import { randomBytes } from 'node:crypto';
import { type InnerList, type Parameters, serializeDictionary } from 'structured-headers';
import { TransmissionError } from '../../core/errors';
import { contentDigest, type DigestAlgorithm } from './content-digest';
import {
  bytesOf,
  type FieldLines,
  type RequestMessage,
  type ResponseMessage,
  readFields,
  readTarget,
} from './message';
import { MessageRefusal } from './problem';
import { type Component, NONCE } from './read-signature';
import { DEFAULT_TAGS, needsDigest } from './requirements';
import { type Signed, signatureBase, signedResponse } from './signature-base';
import type { MessageSigner } from './signer';

/** How a message is signed. */
export interface SignOptions {
  readonly signer: MessageSigner;
  /** When it is signed. */
  readonly now: Date;
  /**
   * What makes it unlike any other: 16 to 128 visible ASCII characters, new each time.
   *
   * @default - 16 random bytes
   */
  readonly nonce?: string;
  /**
   * What the signature is for, as the receiver expects it.
   *
   * @default - `partner-request`, of a response `partner-response`
   */
  readonly tag?: string;
  /**
   * More fields to cover, in small letters; they have to be there.
   *
   * @default - content-digest, content-type, content-encoding and idempotency-key, where they are there
   */
  readonly alsoCovered?: readonly string[];
  /** @default sha-256 */
  readonly digest?: DigestAlgorithm;
}

/** The fields to add to a message. */
export type SignatureFields = Readonly<Record<'signature' | 'signature-input', string>> & {
  readonly 'content-digest'?: string;
};

/** Covered wherever they are sent. */
const COVERED_WHERE_SENT = ['content-digest', 'content-type', 'content-encoding', 'idempotency-key'];
const NO_PARAMETERS: Parameters = new Map();

/**
 * Signs a request. Send the fields beside its own; where it goes to a REST API of API Gateway, make its URL by
 * `canonicalUrl` before.
 *
 * @throws TransmissionError where the request cannot be signed
 */
export async function signRequest(request: RequestMessage, options: SignOptions): Promise<SignatureFields> {
  return refusedAsError(async () => {
    readTarget(request);
    const fields = readFields(request.headers);
    const digest = digestFor(request, fields, options, needsDigest(request.method, fields));
    const complete = withDigest(fields, digest);
    const components = [
      derived('@method'),
      derived('@target-uri'),
      ...coveredFields(complete, options).map((name) => derived(name)),
    ];
    return addedFields({ request, fields: complete }, components, options, DEFAULT_TAGS.request, digest);
  });
}

/**
 * Signs a response, bound to the request that it answers: by its method, its target and its signature.
 *
 * @param request as it came, with its signature
 * @throws TransmissionError where the response cannot be signed
 */
export async function signResponse(
  response: ResponseMessage,
  request: RequestMessage,
  options: SignOptions,
): Promise<SignatureFields> {
  return refusedAsError(async () => {
    readTarget(request);
    const signed = signedResponse(response, request);
    const fields: FieldLines = signed.response?.fields ?? new Map();
    const digest = digestFor(response, fields, options, false);
    const complete = withDigest(fields, digest);
    const components = [
      derived('@status'),
      ...['@method', '@target-uri', 'signature'].map((name) => ofRequest(name)),
      ...coveredFields(complete, options).map((name) => derived(name)),
    ];
    const { status } = response;
    return addedFields(
      { ...signed, response: { status, fields: complete } },
      components,
      options,
      DEFAULT_TAGS.response,
      digest,
    );
  });
}

async function addedFields(
  signed: Signed,
  components: readonly Component[],
  { signer, now, nonce = randomBytes(16).toString('base64url'), tag }: SignOptions,
  defaultTag: string,
  digest: string | undefined,
): Promise<SignatureFields> {
  if (!NONCE.test(nonce)) {
    throw new TransmissionError(
      'InvalidConfiguration',
      "'nonce' must be 16 to 128 visible ASCII characters, leave it out for 16 random bytes",
      'sign',
    );
  }
  const parameters: Parameters = new Map<string, string | number>([
    ['created', Math.floor(now.getTime() / 1000)],
    ['keyid', signer.keyId],
    ['nonce', nonce],
    ['tag', tag ?? defaultTag],
  ]);
  const input: InnerList = [
    components.map(({ name, ofRequest }) => [name, ofRequest ? new Map([['req', true]]) : NO_PARAMETERS]),
    parameters,
  ];
  const signature = await signer.sign(signatureBase(signed, components, input));
  return {
    ...(digest === undefined ? {} : { 'content-digest': digest }),
    'signature-input': serializeDictionary(new Map([['sig', input]])),
    signature: `sig=:${Buffer.from(signature).toString('base64')}:`,
  };
}

/** The digest to add; none where the message has one, which is then signed as it is, or no content. */
function digestFor(
  { body }: { readonly body?: Uint8Array | string },
  fields: FieldLines,
  { digest }: SignOptions,
  needed: boolean,
): string | undefined {
  if (fields.has('content-digest')) return undefined;
  return needed || bytesOf(body).length > 0 ? contentDigest(body, digest) : undefined;
}

function withDigest(fields: FieldLines, digest: string | undefined): FieldLines {
  return digest === undefined ? fields : new Map([...fields, ['content-digest', [digest]]]);
}

function coveredFields(fields: FieldLines, { alsoCovered = [] }: SignOptions): readonly string[] {
  const where = COVERED_WHERE_SENT.filter((name) => fields.has(name));
  return [...where, ...alsoCovered.filter((name) => !where.includes(name))];
}

const derived = (name: string): Component => ({ name, ofRequest: false, text: `"${name}"` });
const ofRequest = (name: string): Component => ({ name, ofRequest: true, text: `"${name}";req` });

/** What a receiver would refuse is the sender's own mistake. */
async function refusedAsError<T>(signing: () => Promise<T>): Promise<T> {
  try {
    return await signing();
  } catch (thrown) {
    if (!(thrown instanceof MessageRefusal)) throw thrown;
    throw new TransmissionError('InvalidConfiguration', thrown.problem.detail, 'sign');
  }
}
