import { CallLog } from './call-log';
import { Faults } from './faults';
import { KeyRing } from './key-ring';
import { givenMaterial, type KeySpec, type KeyUsage } from './keys';
import { KmsError } from './kms-error';
import { AUTHENTICATION } from './operations/authentication';
import { CURVES } from './operations/curves';
import { ENCRYPTION } from './operations/encryption';
import { MANAGEMENT } from './operations/management';
import type { Operation } from './operations/operation';
import { type Principal, type PrincipalProps, principalOf } from './principals';
import { Buckets, type Quotas } from './quotas';
import { RequestFields } from './request-fields';
import type { SignedRequest } from './signature-v4';
import { signerOf } from './signers';

/** What a local KMS is made of. */
export interface LocalKmsProps {
  readonly region: string;
  /** The account that all keys are in: twelve digits. */
  readonly account: string;
  /** @default 'aws' */
  readonly partition?: string;
  /** Who may sign requests. */
  readonly principals: readonly PrincipalProps[];
  /** In milliseconds since 1970. */
  readonly now: () => number;
  /**
   * How many requests each second there may be of each kind; `DEFAULT_QUOTAS` are those of AWS.
   *
   * @default - no limit
   */
  readonly quotas?: Quotas;
}

/** A key that is there from the beginning. */
export interface LocalKeyProps {
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  /** The key policy, as JSON. */
  readonly policy?: string;
  /** 32 bytes, or a private key of P-256 as DER (PKCS #8); for known answers. */
  readonly material?: Uint8Array;
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  [ENCRYPTION, AUTHENTICATION, CURVES, MANAGEMENT].flatMap((some) => Object.entries(some)),
);

/**
 * AWS KMS in memory, for a vault on one machine: what it holds is lost when it ends, and it must never hold a real key.
 * It knows the operations that the vault and its tests use, and says so of any other.
 */
export class LocalKms {
  readonly log = new CallLog();
  readonly faults = new Faults();
  readonly ring: KeyRing;
  readonly #principals = new Map<string, Principal>();
  readonly #buckets: Buckets;

  constructor(private readonly props: LocalKmsProps) {
    const { region, account, partition = 'aws', principals, now, quotas = {} } = props;
    this.ring = new KeyRing({ partition, region, account }, now);
    for (const one of principals) this.addPrincipal(one);
    this.#buckets = new Buckets(quotas);
  }

  /** Lets somebody sign requests from now on. */
  addPrincipal(props: PrincipalProps): void {
    this.#principals.set(props.accessKeyId, principalOf(props));
  }

  /** Makes a key, and gives its ARN. */
  addKey({ material, ...key }: LocalKeyProps): string {
    const given = material === undefined ? {} : { material: givenMaterial(key.spec, material) };
    return this.ring.add({ ...key, ...given }).arn;
  }

  /**
   * Answers a request that was read.
   *
   * @throws KmsError with what KMS would say
   */
  answer(operation: string, request: SignedRequest): object {
    const { region, now } = this.props;
    let principal: Principal | undefined;
    let fields: RequestFields | undefined;
    let error: string | undefined;
    try {
      principal = signerOf(request, { principals: this.#principals, region, now });
      const work = OPERATIONS.get(operation);
      if (work === undefined) throw new KmsError('UnknownOperationException');
      this.#buckets.take(operation, now());
      fields = fieldsOf(request.body);
      return work({ ring: this.ring, principal, fields });
    } catch (failure) {
      error = failure instanceof KmsError ? failure.type : 'KMSInternalException';
      throw failure;
    } finally {
      this.log.add({
        operation,
        at: now(),
        ...(principal && { principal: principal.arn }),
        ...(fields && noted(fields)),
        ...(error === undefined ? {} : { error }),
      });
    }
  }
}

function fieldsOf(body: Uint8Array): RequestFields {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new KmsError('SerializationException');
  return new RequestFields({ ...value });
}

/** What of a request may be written down: its key and its context, which CloudTrail shows as well. */
function noted(fields: RequestFields): object {
  try {
    const keyId = fields.optionalText('KeyId');
    return { ...(keyId === undefined ? {} : { keyId }), context: fields.context() };
  } catch {
    return {};
  }
}
