/** By which anybody verifies receipts. Throws `KeyServiceError` and nothing else. */
export interface ReceiptKey {
  /** The public key of receipts: P-256, a SubjectPublicKeyInfo as DER. */
  publicKey(): Promise<Uint8Array>;
}
