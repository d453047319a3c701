import { createHmac, timingSafeEqual } from 'node:crypto';
import { type KmsKey, secretOf } from '../keys';
import { KmsError } from '../kms-error';
import type { Call, Operation } from './operation';

/** AWS KMS API reference, `GenerateMac`: a message of at most 4,096 bytes, a MAC of at most 6,144. */
const MOST_MESSAGE = 4096;
const MOST_MAC = 6144;
const ALGORITHM = 'HMAC_SHA_256';

/** What HMAC keys do. */
export const AUTHENTICATION: Readonly<Record<string, Operation>> = {
  GenerateMac(call) {
    const { key, mac } = computed(call, 'kms:GenerateMac');
    return { KeyId: key.arn, Mac: mac.toString('base64'), MacAlgorithm: ALGORITHM };
  },

  VerifyMac(call) {
    const given = call.fields.bytes('Mac', MOST_MAC);
    const { key, mac } = computed(call, 'kms:VerifyMac');
    if (given.length !== mac.length || !timingSafeEqual(given, mac))
      throw new KmsError('KMSInvalidMacException');
    return { KeyId: key.arn, MacValid: true, MacAlgorithm: ALGORITHM };
  },
};

function computed(
  { ring, principal, fields }: Call,
  action: string,
): { readonly key: KmsKey; readonly mac: Buffer } {
  fields.refuse('GrantTokens');
  const message = fields.bytes('Message', MOST_MESSAGE);
  const algorithm = fields.word('MacAlgorithm', [ALGORITHM]);
  const key = ring.use({
    keyId: fields.text('KeyId'),
    principal,
    usage: 'GENERATE_VERIFY_MAC',
    action,
    more: { 'kms:MacAlgorithm': algorithm },
    dryRun: fields.flag('DryRun'),
  });
  const mac = createHmac('sha256', secretOf(key.materials.at(-1)))
    .update(message)
    .digest();
  return { key, mac };
}
