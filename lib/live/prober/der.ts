import { ByteReader } from './byte-reader';

/** One value of DER (X.690, 8.1): its tag, and what is in it. */
export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
}

/** Tags that are read here. */
export const TAG = {
  oid: 0x06,
  octetString: 0x04,
  enumerated: 0x0a,
  sequence: 0x30,
  generalizedTime: 0x18,
} as const;

/** The values that stand one behind the other; those before the first that is not whole. At most a thousand. */
export function derValues(bytes: Buffer): DerValue[] {
  const reader = new ByteReader(bytes);
  const values: DerValue[] = [];
  while (reader.left > 0 && values.length < 1000) {
    const tag = reader.number(1);
    const length = lengthOf(reader);
    const content = length === undefined ? undefined : reader.take(length);
    if (tag === undefined || content === undefined) break;
    values.push({ tag, content });
  }
  return values;
}

/** The values inside the first one. */
export function derInside(bytes: Buffer | undefined): DerValue[] {
  const [first] = bytes === undefined ? [] : derValues(bytes);
  return first === undefined ? [] : derValues(first.content);
}

function lengthOf(reader: ByteReader): number | undefined {
  const first = reader.number(1);
  if (first === undefined || first < 0x80) return first;
  const bytes = first & 0x7f;
  return bytes >= 1 && bytes <= 4 ? reader.number(bytes as 1 | 2 | 3 | 4) : undefined;
}
