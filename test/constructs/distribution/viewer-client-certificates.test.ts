import type { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import {
  type TlsDistributionProps,
  ViewerClientCertificates,
  ViewerTrustStore,
} from '../../../lib/constructs/distribution';
import { findingsOf } from '../judged';
import { rendered, resourcesOf, stackIn } from '../support';
import { authenticationAt, configurationOf, DISTRIBUTION, define, someOrigin } from './edge';

const REASON = 'Browsers of visitors have no certificate, and the origin serves them public pages only.';
const LATE = 'The devices in the field cannot be renewed before their recall in May.';

function trustStoreIn(stack: Stack) {
  return ViewerTrustStore.fromViewerTrustStoreAttributes(stack, 'Partners', { trustStoreId: 'ts_1' });
}

function withCertificates(
  make: (stack: Stack) => ViewerClientCertificates,
  props: Partial<TlsDistributionProps> = {},
): Stack {
  const stack = stackIn('us-east-1');
  define(stack, { clientCertificates: make(stack), ...props });
  return stack;
}

function metadataOf(stack: Stack): unknown {
  const [distribution] = Object.values(resourcesOf(stack, DISTRIBUTION));
  return distribution?.Metadata;
}

describe('a distribution with certificates of viewers', () => {
  test('verify: lets in nobody else, and rejects certificates that have ended', () => {
    const stack = withCertificates((s) => ViewerClientCertificates.verify(trustStoreIn(s)));
    expect(configurationOf(stack)).toMatchObject({
      ViewerMtlsConfig: {
        Mode: 'required',
        TrustStoreConfig: {
          TrustStoreId: 'ts_1',
          AdvertiseTrustStoreCaNames: false,
          IgnoreCertificateExpiry: false,
        },
      },
    });
    expect(configurationOf(stack)).not.toHaveProperty('ConnectionFunctionAssociation');
    expect(metadataOf(stack)).toBeUndefined();
    expect(authenticationAt(stack, 'cloudfront.viewer')).toEqual(['mutual-tls']);
    expect(findingsOf(stack)).toEqual([]);
  });

  test('speaks HTTP/2 only, since no certificate is asked for over HTTP/3', () => {
    const stack = withCertificates((s) => ViewerClientCertificates.verify(trustStoreIn(s)));
    expect(configurationOf(stack)).toMatchObject({ HttpVersion: 'http2' });
  });

  test('refuses requests in clear on every behavior', () => {
    const stack = stackIn('us-east-1');
    const distribution = define(stack, {
      clientCertificates: ViewerClientCertificates.verify(trustStoreIn(stack)),
      additionalBehaviors: { '/a/*': { origin: someOrigin() } },
    });
    distribution.addBehavior('/b/*', { origin: someOrigin(), httpsOnly: true });
    expect(configurationOf(stack)).toMatchObject({
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'https-only' },
      CacheBehaviors: [{ ViewerProtocolPolicy: 'https-only' }, { ViewerProtocolPolicy: 'https-only' }],
    });
  });

  test('tells the names of authorities, and asks a function about each connection, where it is told to', () => {
    const stack = withCertificates((s) =>
      ViewerClientCertificates.verify(trustStoreIn(s), {
        advertiseAuthorities: true,
        connectionFunction: new cloudfront.CfnConnectionFunction(s, 'Revoked', {
          name: 'revoked',
          connectionFunctionCode: 'function connectionHandler(connection) { connection.allow(); }',
          connectionFunctionConfig: { comment: 'Turns revoked ones away', runtime: 'cloudfront-js-2.0' },
          autoPublish: true,
        }),
      }),
    );
    expect(configurationOf(stack)).toMatchObject({
      ViewerMtlsConfig: { TrustStoreConfig: { AdvertiseTrustStoreCaNames: true } },
      ConnectionFunctionAssociation: { Id: { Ref: 'Revoked' } },
    });
  });

  test('takes expired certificates where a reason says why, which our pack warns of', () => {
    const stack = withCertificates((s) =>
      ViewerClientCertificates.verify(trustStoreIn(s), { expiredCertificatesReason: LATE }),
    );
    expect(configurationOf(stack)).toMatchObject({
      ViewerMtlsConfig: { TrustStoreConfig: { IgnoreCertificateExpiry: true } },
    });
    expect(metadataOf(stack)).toEqual({ SecureTransmission: { expiredClientCertificates: LATE } });
    expect(findingsOf(stack)).toEqual([
      expect.stringMatching(/^warning .*DistributionRejectsExpiredClientCertificates /),
    ]);
  });

  test('verifySome: lets in those without one where a reason says why, which our pack warns of', () => {
    const stack = withCertificates((s) =>
      ViewerClientCertificates.verifySome(trustStoreIn(s), {
        viewersWithoutCertificateReason: REASON,
        expiredCertificatesReason: LATE,
      }),
    );
    expect(configurationOf(stack)).toMatchObject({ ViewerMtlsConfig: { Mode: 'optional' } });
    expect(metadataOf(stack)).toEqual({
      SecureTransmission: { viewersWithoutCertificate: REASON, expiredClientCertificates: LATE },
    });
    expect(authenticationAt(stack, 'cloudfront.viewer')).toEqual(['mutual-tls-optional']);
    expect(findingsOf(stack)).toContainEqual(
      expect.stringMatching(/^warning .*DistributionRequiresClientCertificates /),
    );
  });

  test('passThrough: verifies nothing where a reason says why, and names no trust store', () => {
    const stack = withCertificates(() =>
      ViewerClientCertificates.passThrough({ unverifiedViewersReason: REASON }),
    );
    rendered(stack).hasResource(DISTRIBUTION, {
      Metadata: { SecureTransmission: { unverifiedViewers: REASON } },
      Properties: { DistributionConfig: Match.objectLike({ ViewerMtlsConfig: { Mode: 'passthrough' } }) },
    });
    expect(findingsOf(stack)).toEqual([
      expect.stringMatching(/^warning .*DistributionRequiresClientCertificates /),
    ]);
  });
});

describe('a distribution with certificates of viewers refuses', () => {
  test('to redirect requests in clear', () => {
    const redirecting = { defaultBehavior: { origin: someOrigin(), httpsOnly: false } };
    expect(() =>
      withCertificates((s) => ViewerClientCertificates.verify(trustStoreIn(s)), redirecting),
    ).toThrow(
      "Stack/Edge: 'httpsOnly' must be true where the distribution has 'clientCertificates', got false, leave it out",
    );
  });

  test.each<[string, (stack: Stack) => ViewerClientCertificates]>([
    [
      'expiredCertificatesReason',
      (s) => ViewerClientCertificates.verify(trustStoreIn(s), { expiredCertificatesReason: 'late' }),
    ],
    [
      'viewersWithoutCertificateReason',
      (s) =>
        ViewerClientCertificates.verifySome(trustStoreIn(s), { viewersWithoutCertificateReason: 'late' }),
    ],
    [
      'unverifiedViewersReason',
      () => ViewerClientCertificates.passThrough({ unverifiedViewersReason: 'late' }),
    ],
  ])('a word as %s', (property, make) => {
    expect(() => withCertificates(make)).toThrow(
      `Stack/Edge: '${property}' must be a sentence of 20 to 500 characters that says why the default cannot be kept, got "late"`,
    );
  });
});
