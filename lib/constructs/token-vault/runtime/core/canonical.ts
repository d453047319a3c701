/** What takes part in a derivation or in authenticated data: text in UTF-8, or bytes. */
export type Part = string | Uint8Array;

const LENGTH_BYTES = 4;
/** Up to here, text of ASCII characters is written faster one by one than by a call that leaves JavaScript. */
const SHORT = 32;

/**
 * Parts as bytes, each after its length (four bytes, the highest first): no two lists of parts give the same bytes,
 * whatever they hold.
 */
export function canonical(...parts: readonly Part[]): Buffer {
  let most = 0;
  // A character of UTF-16 takes three bytes of UTF-8 at most.
  for (const part of parts) most += LENGTH_BYTES + (typeof part === 'string' ? part.length * 3 : part.length);
  const bytes = Buffer.allocUnsafe(most);
  let at = 0;
  for (const part of parts) {
    const start = at + LENGTH_BYTES;
    let size = part.length;
    if (typeof part !== 'string') bytes.set(part, start);
    else if (!writesAscii(bytes, part, start)) size = bytes.write(part, start, 'utf8');
    bytes[at] = size >>> 24;
    bytes[at + 1] = size >>> 16;
    bytes[at + 2] = size >>> 8;
    bytes[at + 3] = size;
    at = start + size;
  }
  return bytes.subarray(0, at);
}

/** Writes short text, unless it holds another character than those of ASCII; says whether it did. */
function writesAscii(bytes: Buffer, text: string, at: number): boolean {
  if (text.length > SHORT) return false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return false;
    bytes[at + index] = code;
  }
  return true;
}
