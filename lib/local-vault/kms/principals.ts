import type { PolicyDocument } from './policy-document';
import { readPolicy } from './policy-document';

/** Who may sign requests. */
export interface PrincipalProps {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials: a request without it is refused. */
  readonly sessionToken?: string;
  /** A role or user, or the root of the account. */
  readonly arn: string;
  /**
   * Its IAM policies, as JSON.
   *
   * @default - none: only what key policies grant it by name
   */
  readonly policies?: readonly string[];
  /**
   * The service that calls in its name, such as `dynamodb.eu-west-1.amazonaws.com`.
   *
   * @default - it calls KMS itself
   */
  readonly viaService?: string;
}

/** A principal whose policies are read. */
export interface Principal extends Omit<PrincipalProps, 'policies'> {
  readonly policies: readonly PolicyDocument[];
}

export function principalOf({ policies = [], ...rest }: PrincipalProps): Principal {
  return { ...rest, policies: policies.map(readPolicy) };
}
