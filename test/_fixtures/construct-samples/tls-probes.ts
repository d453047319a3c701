import { Duration } from 'aws-cdk-lib';
import { promiseOfTlsPolicy, TlsProbe } from '../../../lib';
import { type ConstructSample, existingKey, existingTopic, existingVpc } from './construct-sample';

/** What asks servers which TLS they accept. */
export const TLS_PROBE_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'TlsProbe',
    build: (stack, around) =>
      new TlsProbe(stack, 'Probe', {
        hosts: [{ host: 'shop.example.com' }],
        topic: existingTopic(around),
      }),
  },
  {
    construct: 'TlsProbe',
    options: 'two hosts, every hour, from inside of a network, a key that exists',
    build: (stack, around) =>
      new TlsProbe(stack, 'Probe', {
        hosts: [
          { host: 'shop.example.com', promised: promiseOfTlsPolicy('cloudfront-viewer', 'TLSv1.3_2025') },
          { host: 'orders.internal.example.com:8443', promised: { oldest: 'TLSv1.3' } },
        ],
        topic: existingTopic(around),
        every: Duration.hours(1),
        encryptionKey: existingKey(around),
        vpc: existingVpc(around),
        privateAddressesReason: 'The orders are taken by servers inside of this network only.',
      }),
  },
];
