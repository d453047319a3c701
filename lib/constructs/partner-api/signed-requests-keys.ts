import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { PartnerKey } from '../../target/message-signatures/partner-keys';
import { PARTNER_KEYS_FILE } from './runtime/signed-request-settings';

/**
 * The public keys of partners as a layer of the function: there they need no call, no permission and no room in its
 * environment, and the template shows that they changed.
 */
export function partnerKeysLayer(
  scope: Construct,
  id: string,
  keys: readonly PartnerKey[],
): lambda.LayerVersion {
  const folder = mkdtempSync(join(tmpdir(), 'partner-keys-'));
  try {
    // Field by field: what else an object holds has no place in an asset.
    const data = keys.map(({ keyId, partner, algorithm, publicKey, notBefore, notAfter }) => ({
      keyId,
      partner,
      algorithm,
      publicKey,
      notBefore,
      notAfter,
    }));
    writeFileSync(join(folder, PARTNER_KEYS_FILE), `${JSON.stringify(data, undefined, 2)}\n`);
    return new lambda.LayerVersion(scope, id, {
      description: 'Public keys of partners, with which they sign requests',
      code: lambda.Code.fromAsset(folder),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
