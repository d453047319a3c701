/** What takes part in a derivation or in authenticated data: text in UTF-8, or bytes. */
export type Part = string | Uint8Array;

/**
 * Parts as bytes, each after its length (four bytes, the highest first): no two lists of parts give the same bytes,
 * whatever they hold.
 */
export function canonical(...parts: readonly Part[]): Buffer {
  const pieces: Uint8Array[] = [];
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(bytes.length);
    pieces.push(length, bytes);
  }
  return Buffer.concat(pieces);
}
