import { CfnParameter, type Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { TlsOrigin } from '../../../lib/constructs/distribution';
import { findingsOf } from '../judged';
import { stackIn } from '../support';
import { authenticationAt, configurationOf, define, edgeLambdaIn } from './edge';

const ARN = 'arn:aws:acm:us-east-1:111122223333:certificate/client';

function hostWith(stack: Stack, certificateArn = ARN): TlsOrigin {
  const clientCertificate = acm.Certificate.fromCertificateArn(stack, 'Client', certificateArn);
  return TlsOrigin.httpsHost('api.example.com', { port: 8443, clientCertificate });
}

describe('a host that asks for a certificate', () => {
  test('is shown that of the distribution, over TLS 1.2 or newer', () => {
    const stack = stackIn('us-east-1');
    define(stack, { defaultBehavior: { origin: hostWith(stack) } });
    expect(configurationOf(stack)).toMatchObject({
      Origins: [
        {
          DomainName: 'api.example.com',
          CustomOriginConfig: {
            HTTPSPort: 8443,
            OriginProtocolPolicy: 'https-only',
            OriginSSLProtocols: ['TLSv1.2'],
            OriginMtlsConfig: { ClientCertificateArn: ARN },
          },
        },
      ],
    });
    expect(authenticationAt(stack, 'cloudfront.origin')).toEqual(['mutual-tls']);
    expect(findingsOf(stack)).toEqual([]);
  });

  test('may be one of a pair', () => {
    const stack = stackIn('us-east-1');
    const pair = TlsOrigin.failover(TlsOrigin.httpsHost('first.example.com'), hostWith(stack));
    expect(pair.showsClientCertificate).toBe(true);
    define(stack, { defaultBehavior: { origin: pair } });
    expect(configurationOf(stack)).toMatchObject({
      Origins: [{}, { CustomOriginConfig: { OriginMtlsConfig: { ClientCertificateArn: ARN } } }],
    });
  });

  test('may have one that is not known yet', () => {
    const stack = stackIn('us-east-1');
    const arn = new CfnParameter(stack, 'Arn').valueAsString;
    define(stack, { defaultBehavior: { origin: hostWith(stack, arn) } });
    expect(configurationOf(stack)).toMatchObject({
      Origins: [{ CustomOriginConfig: { OriginMtlsConfig: { ClientCertificateArn: { Ref: 'Arn' } } } }],
    });
  });

  test('is shown none from another region', () => {
    const stack = stackIn('us-east-1');
    const origin = hostWith(stack, ARN.replace('us-east-1', 'eu-west-1'));
    expect(() => define(stack, { defaultBehavior: { origin } })).toThrow(
      "Stack/Edge/Resource/Origin1: 'clientCertificate' of an origin must be in us-east-1, from where CloudFront takes them, got one in eu-west-1, import it there",
    );
  });

  test.each([
    ['request', cloudfront.LambdaEdgeEventType.ORIGIN_REQUEST],
    ['response', cloudfront.LambdaEdgeEventType.ORIGIN_RESPONSE],
  ])('has no function of Lambda@Edge at the origin %s beside it', (_, eventType) => {
    const stack = stackIn('us-east-1');
    const functionVersion = edgeLambdaIn(stack);
    expect(() =>
      define(stack, {
        defaultBehavior: { origin: hostWith(stack), edgeLambdas: [{ eventType, functionVersion }] },
      }),
    ).toThrow(
      "Stack/Edge: 'edgeLambdas' must not run at the origin where CloudFront shows it a 'clientCertificate', which it then cannot do, run them at the viewer",
    );
  });
});
