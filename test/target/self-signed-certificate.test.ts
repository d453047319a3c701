import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { selfSignedCertificate } from '../../lib/target/self-signed-certificate';
import { openssl, testWithOpenssl } from './openssl';

const NOW = new Date('2026-11-03T09:30:00Z');
const made = (days = 365, now = NOW) => selfSignedCertificate({ days, now });

/**
 * What is not DER in an encoding: lengths and numbers in more bytes than they need, negative serial numbers, booleans
 * that are neither all ones nor the default, values that end elsewhere than they say.
 */
function faultsOf(der: Buffer, path = ''): string[] {
  const faults: string[] = [];
  let at = 0;
  for (let index = 0; at < der.length; index += 1) {
    const place = `${path}/${index}`;
    const [tag = 0, first = 0] = der.subarray(at);
    const more = first < 0x80 ? 0 : first & 0x7f;
    const length = more === 0 ? first : der.readUIntBE(at + 2, more);
    if (more > 0 && (length < 0x80 || der[at + 2] === 0)) faults.push(`${place}: length`);
    const content = der.subarray(at + 2 + more, at + 2 + more + length);
    if (content.length !== length) return [...faults, `${place}: end`];
    const [one = 0, two = 0x80] = content;
    if (tag === 0x02 && (one >= 0x80 || (one === 0 && two < 0x80 && length > 1)))
      faults.push(`${place}: number`);
    if (tag === 0x01 && !(length === 1 && one === 0xff)) faults.push(`${place}: boolean`);
    if ((tag & 0x20) !== 0) faults.push(...faultsOf(content, place));
    at += 2 + more + length;
  }
  return faults;
}

describe('selfSignedCertificate', () => {
  test('is DER to the byte, whatever its key, number, signature and dates are', () => {
    const dates = [
      '2026-11-03T09:30:00.999Z',
      '2049-12-31T23:59:59Z',
      '2050-01-01T00:30:00Z',
      '2104-02-29T12:00:00Z',
    ];
    for (let index = 0; index < 200; index += 1) {
      const now = new Date(dates[index % dates.length] ?? '');
      const { raw } = new X509Certificate(made(1 + ((index * 7) % 397), now).cert);
      expect(faultsOf(raw)).toEqual([]);
    }
  });

  test('which is found out: a length, a number and a boolean that are not DER', () => {
    const hex = (text: string) => faultsOf(Buffer.from(text, 'hex'));
    expect(hex('048101ff')).toEqual(['/0: length']);
    expect(hex('3004020200013003010101')).toEqual(['/0/0: number', '/1/0: boolean']);
    expect(hex('020180')).toEqual(['/0: number']);
    expect(hex('0405ff')).toEqual(['/0: end']);
  });

  test('makes a P-256 key, and a certificate that the key signed', () => {
    const { key, cert } = made();
    const certificate = new X509Certificate(cert);
    const privateKey = createPrivateKey(key);
    expect(privateKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(certificate.checkPrivateKey(privateKey)).toBe(true);
    expect(certificate.verify(createPublicKey(privateKey))).toBe(true);
    expect(certificate.subject).toBe('CN=localhost');
    expect(certificate.issuer).toBe('CN=localhost');
  });

  test('is for a server of the name localhost, and no authority', () => {
    const certificate = new X509Certificate(made().cert);
    expect(certificate.subjectAltName).toBe('DNS:localhost');
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkHost('shop.example.com')).toBeUndefined();
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  test('is valid from an hour before it was made until the days are over', () => {
    const certificate = new X509Certificate(made(7).cert);
    expect(new Date(certificate.validFrom)).toEqual(new Date('2026-11-03T08:30:00Z'));
    expect(new Date(certificate.validTo)).toEqual(new Date('2026-11-10T09:30:00Z'));
  });

  test('writes the years from 2050 on with four digits', () => {
    const certificate = new X509Certificate(made(90, new Date('2049-12-01T00:00:00Z')).cert);
    expect(new Date(certificate.validFrom)).toEqual(new Date('2049-11-30T23:00:00Z'));
    expect(new Date(certificate.validTo)).toEqual(new Date('2050-03-01T00:00:00Z'));
  });

  test('never makes the same key or serial number twice', () => {
    const all = Array.from({ length: 20 }, () => made());
    expect(new Set(all.map(({ key }) => key)).size).toBe(20);
    const serials = all.map(({ cert }) => new X509Certificate(cert).serialNumber);
    expect(new Set(serials).size).toBe(20);
    expect(serials.filter((serial) => !/^[4-7][0-9A-F]{31}$/.test(serial))).toEqual([]);
  });

  testWithOpenssl('openssl accepts it as the certificate of a server, and signed with SHA-256', () => {
    const { cert } = made(365, new Date());
    const { output } = openssl(['x509', '-noout', '-text'], cert);
    expect(output).toContain('Signature Algorithm: ecdsa-with-SHA256');
    expect(output).toContain('NIST CURVE: P-256');
    expect(output).toMatch(/X509v3 Basic Constraints: critical\s+CA:FALSE/);
    expect(output).toMatch(/X509v3 Key Usage: critical\s+Digital Signature\n/);
    expect(output).toMatch(/X509v3 Extended Key Usage:\s+TLS Web Server Authentication\n/);
    const purpose = openssl(['x509', '-noout', '-purpose'], cert).output;
    expect(purpose).toMatch(/^SSL server : Yes$/m);
    expect(purpose).toMatch(/^SSL server CA : No$/m);
  });
});
