import { createPublicKey } from 'node:crypto';
import { type InnerList, parseList } from 'structured-headers';
import { signs, verifies } from '../../../lib/target/message-signatures/algorithm';
import { readFields } from '../../../lib/target/message-signatures/message';
import type { Component } from '../../../lib/target/message-signatures/read-signature';
import { signatureBase, signedResponse } from '../../../lib/target/message-signatures/signature-base';
import { ED25519_PRIVATE_KEY, EXAMPLES, PUBLIC_KEYS, TEST_REQUEST, TEST_RESPONSE } from './rfc9421';

/**
 * The examples of RFC 9421 lack what we ask of a signature (a nonce, a tag, a digest), and are from 2021: they prove the
 * parts below our requirements, which other tests prove. `verifyRequest` refuses all of them, see `verify.test.ts`.
 */
const inputOf = (text: string): InnerList => parseList(text)[0] as InnerList;
const componentsOf = ([items]: InnerList): Component[] =>
  items.map(([name]) => ({ name: String(name), ofRequest: false, text: `"${name}"` }));
const signedOf = (section: string) =>
  section.includes('response')
    ? signedResponse(TEST_RESPONSE, TEST_REQUEST)
    : { request: TEST_REQUEST, fields: readFields(TEST_REQUEST.headers) };

describe.each(EXAMPLES.map((example) => [example.section, example] as const))(
  'RFC 9421, %s',
  (_, example) => {
    const input = inputOf(example.input);
    const base = signatureBase(signedOf(example.section), componentsOf(input), input);

    test('has the signature base that the RFC prints', () => {
      expect(base.toString().split('\n')).toEqual([...example.base, `"@signature-params": ${example.input}`]);
    });

    test('verifies with the key of the RFC, and not when one bit is another', () => {
      const key = createPublicKey(PUBLIC_KEYS[example.keyId]);
      const signature = Buffer.from(example.signature, 'base64');
      expect(verifies(example.algorithm, key, base, signature)).toBe(true);
      for (const bytes of [base, signature]) {
        const changed = Buffer.from(bytes);
        changed[7] = (changed[7] ?? 0) ^ 1;
        const [data, other] = bytes === base ? [changed, signature] : [base, changed];
        expect(verifies(example.algorithm, key, data, other)).toBe(false);
      }
    });
  },
);

test('RFC 9421, B.2.6: Ed25519 signs the same bytes, since it takes no chance', () => {
  const [example] = EXAMPLES.filter(({ algorithm }) => algorithm === 'ed25519');
  const input = inputOf(example?.input ?? '');
  const base = signatureBase(signedOf(''), componentsOf(input), input);
  expect(Buffer.from(signs('ed25519', ED25519_PRIVATE_KEY, base)).toString('base64')).toBe(
    example?.signature,
  );
});
