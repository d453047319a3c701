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

/** Why a file has no hash. */
export interface NotUnpacked {
  /** What is packed wrongly is not what CloudTrail wrote; what could not be read may be. */
  readonly fault: 'changed' | 'unproven';
  readonly why: string;
}

/** CloudTrail begins a new log file before this; whoever has packed more wants to fill a machine. */
const LARGEST_LOG = 2 * 1024 ** 3;
/**
 * A digest names what was written within an hour, in some 500 bytes for each file: of these it has room for nine in each
 * second. It is read as JSON, of which one that was made for that fills forty times its size of memory.
 */
const LARGEST_DIGEST = 16 * 1024 ** 2;

/** The hash of a packed file, or why it has none. Its content passes by, and is never held. */
export function hashOf(file: string): Promise<Unpacked | NotUnpacked> {
  return unpack(file, LARGEST_LOG, false);
}

/** Hash and text of a packed file, or why it cannot be read. */
export function textOf(file: string): Promise<Unpacked | NotUnpacked> {
  return unpack(file, LARGEST_DIGEST, true);
}

async function unpack(file: string, largest: number, wantsText: boolean): Promise<Unpacked | NotUnpacked> {
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
    const code = codeOf(error);
    if (code.startsWith('Z_')) return { fault: 'changed', why: `cannot be unpacked (${code})` };
    return { fault: 'unproven', why: `cannot be read (${code}): let it be read, and verify again` };
  }
  if (size > largest) return tooLarge(largest);
  const text = wantsText ? Buffer.concat(parts).toString('utf8') : undefined;
  return { hash: hash.digest('hex'), text };
}

function tooLarge(largest: number): NotUnpacked {
  const why = `holds more than ${largest / 1024 ** 2} MB, more than CloudTrail writes into one`;
  return { fault: 'changed', why };
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : 'unknown reason';
}
