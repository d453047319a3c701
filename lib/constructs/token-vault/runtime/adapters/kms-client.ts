import { KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms';

/**
 * A client of KMS for `KmsKeyService`: it sends once, over connections that stay, and waits for none of them longer than an
 * attempt may take.
 *
 * @param more the Region, and where tests are served; credentials are those of the function
 */
export function kmsClient(more: KMSClientConfig): KMSClient {
  return new KMSClient({
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 400,
      requestTimeout: 1000,
      httpsAgent: { keepAlive: true, maxSockets: 8 },
    },
    ...more,
  });
}
