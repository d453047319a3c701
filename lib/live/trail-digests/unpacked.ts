import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** What a packed file holds. */
export interface Unpacked {
  /** SHA-256 of its uncompressed content, in hexadecimal. */
  readonly hash: string;
  /** The content, where it was asked for. */
  readonly text?: string;
}

/** CloudTrail begins a new log file before this; whoever has packed more wants to fill a machine. */
const LARGEST_LOG = 2 * 1024 ** 3;
/** A digest names what was written within an hour. */
const LARGEST_DIGEST = 64 * 1024 ** 2;

/** The hash of a packed file, or why it has none. Its content passes by, and is never held. */
export function hashOf(file: string): Promise<Unpacked | string> {
  return unpack(file, LARGEST_LOG, false);
}

/** Hash and text of a packed file, or why it cannot be read. */
export function textOf(file: string): Promise<Unpacked | string> {
  return unpack(file, LARGEST_DIGEST, true);
}

async function unpack(file: string, largest: number, wantsText: boolean): Promise<Unpacked | string> {
  const hash = createHash('sha256');
  const parts: Buffer[] = [];
  let size = 0;
  try {
    await pipeline(createReadStream(file), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > largest) return;
        hash.update(chunk);
        if (wantsText) parts.push(chunk);
      }
    });
  } catch (error) {
    if (size > largest) return tooLarge(largest);
    return `cannot be unpacked (${codeOf(error)})`;
  }
  if (size > largest) return tooLarge(largest);
  const text = wantsText ? Buffer.concat(parts).toString('utf8') : undefined;
  return { hash: hash.digest('hex'), text };
}

function tooLarge(largest: number): string {
  return `holds more than ${largest / 1024 ** 2} MB, more than CloudTrail writes into one`;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : 'unknown reason';
}
