import fc from 'fast-check';
import { pooledRandomBytes } from '../../../../../lib/constructs/token-vault/runtime/core/random';

/** Blocks that count up, so that every byte of a stream can be told from its neighbours, and is never zero. */
function counting() {
  const blocks: Uint8Array[] = [];
  let next = 0;
  const fill = (block: Uint8Array) => {
    blocks.push(block);
    for (let at = 0; at < block.length; at += 1) {
      block[at] = 1 + (next % 251);
      next += 1;
    }
  };
  return { blocks, fill };
}

test('no byte is given out twice, whatever lengths are asked for', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 }), (lengths) => {
      const { blocks, fill } = counting();
      const draw = pooledRandomBytes(fill);
      const drawn = lengths.map((length) => draw(length));
      expect(drawn.map(({ length }) => length)).toEqual(lengths);
      // Within a block the bytes go on where the last draw ended; a new block begins anew: none is out of order.
      let last = -1;
      for (const bytes of drawn) {
        if (bytes.length === 0) continue;
        const first = (bytes[0] ?? 0) - 1;
        expect([...bytes]).toEqual(Array.from(bytes, (_, at) => 1 + ((first + at) % 251)));
        if (last >= 0 && blocks.length === 1) expect(first).toBe((last + 1) % 251);
        last = (first + bytes.length - 1) % 251;
      }
    }),
    { numRuns: 50 },
  );
});

test('what was given out is not in the pool any more, and what was kept is not changed by later draws', () => {
  const { blocks, fill } = counting();
  const draw = pooledRandomBytes(fill);
  const [first, second] = [draw(32), draw(16)];
  const copies = [Buffer.from(first), Buffer.from(second)];
  expect(blocks).toHaveLength(1);
  expect([...(blocks[0] ?? new Uint8Array()).subarray(0, 48)]).toEqual(Array(48).fill(0));
  for (let run = 0; run < 1000; run += 1) draw(48);
  expect([Buffer.from(first), Buffer.from(second)]).toEqual(copies);
});

test('the rest of a block is thrown away where it is too short, and more than a block is drawn at once', () => {
  const { blocks, fill } = counting();
  const draw = pooledRandomBytes(fill);
  draw(4000);
  expect(draw(200)).toHaveLength(200);
  expect(draw(5000).every((byte) => byte !== 0)).toBe(true);
  expect(blocks.map(({ length }) => length)).toEqual([4096, 4096, 5000]);
});

test('without another source it is the generator of Node: ten thousand draws differ', () => {
  const draw = pooledRandomBytes();
  const drawn = new Set(Array.from({ length: 10_000 }, () => Buffer.from(draw(16)).toString('hex')));
  expect(drawn.size).toBe(10_000);
});
