import { Duration } from 'aws-cdk-lib';
import { type PartnerKey, SignedRequests } from '../../../lib';
import { type ConstructSample, existingKey, existingTopic } from './construct-sample';

/** The public key of RFC 8037, appendix A. */
const KEY: PartnerKey = {
  keyId: 'acme-2027',
  partner: 'acme',
  algorithm: 'ed25519',
  publicKey: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
  notAfter: '2027-12-01T00:00:00Z',
};
/** That of RFC 7515, appendix A.3. */
const NEXT_KEY: PartnerKey = {
  keyId: 'acme-2028',
  partner: 'acme',
  algorithm: 'ecdsa-p256-sha256',
  publicKey: {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  },
  notBefore: '2027-11-01T00:00:00Z',
  notAfter: '2028-12-01T00:00:00Z',
};

/** Requests of partners that are signed. */
export const SIGNED_REQUEST_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'SignedRequests',
    build: (stack) =>
      new SignedRequests(stack, 'Signed', {
        partnerKeys: [KEY],
        authorities: ['partners.example.com'],
      }),
  },
  {
    construct: 'SignedRequests',
    options: 'two keys of a partner, a shorter window, a key that exists, alarms, a limit on the function',
    build: (stack, around) =>
      new SignedRequests(stack, 'Signed', {
        partnerKeys: [KEY, NEXT_KEY],
        authorities: ['partners.example.com', 'partners.example.org'],
        window: Duration.minutes(2),
        clockSkew: Duration.seconds(10),
        alsoCovered: ['x-tenant'],
        encryptionKey: existingKey(around),
        alarmTopic: existingTopic(around),
        reservedConcurrentExecutions: 50,
      }),
  },
];
