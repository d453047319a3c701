import {
  bits,
  explicit,
  identifier,
  moment,
  octets,
  sequence,
  setOf,
  TRUE,
  text,
  unsigned,
} from '../../lib/target/der';

const hex = (buffer: Buffer) => buffer.toString('hex');

describe('DER', () => {
  test.each([
    ['short', 127, '047f'],
    ['one byte of length', 128, '048180'],
    ['the most that one byte says', 255, '0481ff'],
    ['two bytes of length', 256, '04820100'],
    ['three bytes of length', 65_536, '0483010000'],
  ])('says how long a value is: %s', (_, length, start) => {
    const encoded = octets(Buffer.alloc(length));
    expect(hex(encoded).startsWith(start)).toBe(true);
    expect(encoded.length).toBe(start.length / 2 + length);
  });

  test.each([
    ['00', '020100'],
    ['0000', '020100'],
    ['02', '020102'],
    ['007f', '02017f'],
    ['80', '02020080'],
    ['00ff01', '020300ff01'],
  ])('writes the number %s in as few bytes as can be, and never as a negative one', (bytes, encoded) => {
    expect(hex(unsigned(Buffer.from(bytes, 'hex')))).toBe(encoded);
  });

  // The first is the example of X.690, 8.19.5; the second that of RFC 5758 for ecdsa-with-SHA256.
  test.each([
    ['2.999.3', '0603883703'],
    ['1.2.840.10045.4.3.2', '06082a8648ce3d040302'],
    ['2.5.29.17', '0603551d11'],
  ])('writes the identifier %s', (dotted, encoded) => {
    expect(hex(identifier(dotted))).toBe(encoded);
  });

  test('writes moments with two digits of the year until 2049, and with four after', () => {
    expect(moment(new Date('2049-12-31T23:59:59.999Z')).toString('latin1')).toBe('\x17\x0d491231235959Z');
    expect(moment(new Date('2050-01-01T00:00:00Z')).toString('latin1')).toBe('\x18\x0f20500101000000Z');
  });

  test('puts values into one another', () => {
    expect(hex(sequence(setOf(TRUE), explicit(3, text('é')), bits(Buffer.from([0x80]), 7)))).toBe(
      '300f31030101ffa3040c02c3a903020780',
    );
  });
});
