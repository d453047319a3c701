import { randomFillSync } from 'node:crypto';
import type { RandomBytes } from './sealed';

/** Some forty tokens with all their keys and IVs. */
const POOL_BYTES = 4096;

/**
 * Random bytes of the same generator as `randomBytes` of Node, drawn by the block: a draw costs about as much for 4096
 * bytes as for 12. What was given out is overwritten, so that no key and no IV stays behind in the pool.
 *
 * Not for a process whose memory is copied after this was called, since both copies would go on alike. Lambda copies that
 * of functions with SnapStart, which there is for Java, Python and .NET alone
 * (https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html).
 *
 * @param fill fills a block; a port, so that tests see what is drawn
 */
export function pooledRandomBytes(fill: (block: Uint8Array) => unknown = randomFillSync): RandomBytes {
  const pool = new Uint8Array(POOL_BYTES);
  let at = POOL_BYTES;
  return (count) => {
    if (count > POOL_BYTES) {
      const own = new Uint8Array(count);
      fill(own);
      return own;
    }
    if (at + count > POOL_BYTES) {
      fill(pool);
      at = 0;
    }
    const bytes = pool.slice(at, at + count);
    pool.fill(0, at, at + count);
    at += count;
    return bytes;
  };
}
