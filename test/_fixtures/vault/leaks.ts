import { gunzipSync } from 'node:zlib';

/** How many digits of a number are too many anywhere. */
const DIGITS = 6;
/** How often what was decoded is looked through for something that is encoded in it. */
const DEPTH = 3;

/** All places of six digits in what was given to a vault. */
export function digitsOf(inputs: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const input of inputs)
    for (const run of input.match(/\d{6,}/g) ?? [])
      for (let at = 0; at + DIGITS <= run.length; at += 1) found.add(run.slice(at, at + DIGITS));
  return found;
}

/**
 * Six digits that stand somewhere in bytes: as they are, in UTF-16, base64 or base64url, hex, URL or JSON escapes or gzip,
 * and in what any of these holds; undefined where there are none.
 */
export function leakIn(bytes: Uint8Array | string, digits: ReadonlySet<string>): string | undefined {
  const seen = new Set<string>();
  let layer: Buffer[] = [Buffer.from(bytes as string)];
  for (let depth = 0; depth <= DEPTH && layer.length > 0; depth += 1) {
    const next: Buffer[] = [];
    for (const one of layer) {
      const text = one.toString('latin1');
      if (seen.has(text)) continue;
      seen.add(text);
      const found = digitsIn(text, digits) ?? digitsIn(text.replaceAll('\0', ''), digits);
      if (found !== undefined) return found;
      next.push(...decodings(text, one));
    }
    layer = next;
  }
  return undefined;
}

function digitsIn(text: string, digits: ReadonlySet<string>): string | undefined {
  return [...digitsOf([text])].find((one) => digits.has(one));
}

function decodings(text: string, bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (const run of text.match(/[0-9a-fA-F]{12,}/g) ?? [])
    for (const from of [0, 1]) found.push(Buffer.from(run.slice(from), 'hex'));
  // A decoder that begins in the middle of four characters sees nothing.
  for (const run of text.match(/[A-Za-z0-9+/_-]{8,}/g) ?? [])
    for (const from of [0, 1, 2, 3]) found.push(Buffer.from(run.slice(from), 'base64'));
  if (text.includes('%')) found.push(Buffer.from(unescaped(text, /%([0-9a-fA-F]{2})/g), 'latin1'));
  if (text.includes('\\u')) found.push(Buffer.from(unescaped(text, /\\+u00([0-9a-fA-F]{2})/g), 'latin1'));
  for (let at = bytes.indexOf('1f8b08', 0, 'hex'); at !== -1; at = bytes.indexOf('1f8b08', at + 1, 'hex')) {
    try {
      found.push(gunzipSync(bytes.subarray(at), { finishFlush: 2 }));
    } catch {
      // It only looked like gzip.
    }
  }
  return found;
}

function unescaped(text: string, pattern: RegExp): string {
  return text.replace(pattern, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Numbers from a seed (mulberry32): the same in each run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A card number that passes its check. */
export function cardNumber(random: () => number, length = 16): string {
  const digits = [4, ...Array.from({ length: length - 2 }, () => Math.floor(random() * 10))];
  const sum = [...digits]
    .reverse()
    .map((digit, at) => (at % 2 === 0 ? digit * 2 : digit))
    .reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0);
  return `${digits.join('')}${(10 - (sum % 10)) % 10}`;
}
