import { Stack } from 'aws-cdk-lib';
import { EncryptedQueue, EncryptedTopic } from '../../lib/constructs/messaging';
import { type IntegApp, runAsApp } from './integ-app';

/** A topic that hands its messages to a queue: two keys, and policies that refuse plaintext. */
export const messaging: IntegApp = {
  build(app, { account, region }) {
    const stack = new Stack(app, 'IntegMessaging', { env: { account, region } });
    const topic = new EncryptedTopic(stack, 'Orders');
    topic.addQueue(new EncryptedQueue(stack, 'Shipping'));
  },
  endpoints: ({ region }) => [
    { host: `sns.${region}.amazonaws.com`, port: 443 },
    { host: `sqs.${region}.amazonaws.com`, port: 443 },
  ],
};

runAsApp(module, messaging);
