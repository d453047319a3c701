/**
 * The errors of AWS KMS that this one gives, each with the status that KMS answers with: in its protocol the name
 * counts, and all mistakes of a caller are 400.
 */
export const KMS_ERRORS = {
  AccessDeniedException: 400,
  AlreadyExistsException: 400,
  DependencyTimeoutException: 500,
  DisabledException: 400,
  DryRunOperationException: 400,
  IncompleteSignatureException: 400,
  IncorrectKeyException: 400,
  InvalidAliasNameException: 400,
  InvalidArnException: 400,
  InvalidCiphertextException: 400,
  InvalidKeyUsageException: 400,
  InvalidSignatureException: 400,
  KeyUnavailableException: 500,
  KMSInternalException: 500,
  KMSInvalidMacException: 400,
  KMSInvalidSignatureException: 400,
  KMSInvalidStateException: 400,
  MalformedPolicyDocumentException: 400,
  MissingAuthenticationTokenException: 400,
  NotFoundException: 400,
  RequestEntityTooLargeException: 413,
  SerializationException: 400,
  ThrottlingException: 400,
  UnknownOperationException: 400,
  UnrecognizedClientException: 400,
  UnsupportedOperationException: 400,
  ValidationException: 400,
} as const satisfies Record<string, number>;

/** The name of an error of KMS. */
export type KmsErrorName = keyof typeof KMS_ERRORS;

/** An error as KMS words it. */
export class KmsError extends Error {
  /**
   * @param type what KMS calls it
   * @param text the message; KMS gives none with a ciphertext that does not fit
   */
  constructor(
    readonly type: KmsErrorName,
    readonly text?: string,
  ) {
    super(text ?? type);
    this.name = 'KmsError';
  }
}

/** The answer to a request that KMS does not understand. */
export function invalid(text: string): KmsError {
  return new KmsError('ValidationException', text);
}
