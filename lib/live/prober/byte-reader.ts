/** Reads bytes that somebody else has written: what is not there is `undefined`, and nothing throws. */
export class ByteReader {
  #at = 0;

  constructor(readonly bytes: Buffer) {}

  /** How many bytes are left. */
  get left(): number {
    return this.bytes.length - this.#at;
  }

  /** A number of 1 to 4 bytes, the highest first. */
  number(length: 1 | 2 | 3 | 4): number | undefined {
    if (this.left < length) return undefined;
    const value = this.bytes.readUIntBE(this.#at, length);
    this.#at += length;
    return value;
  }

  /** So many bytes. */
  take(length: number): Buffer | undefined {
    if (length < 0 || this.left < length) return undefined;
    const taken = this.bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  /** Bytes behind their length. */
  vector(lengthBytes: 1 | 2 | 3): Buffer | undefined {
    const length = this.number(lengthBytes);
    return length === undefined ? undefined : this.take(length);
  }
}
