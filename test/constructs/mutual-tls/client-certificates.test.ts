import { Fn, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { TlsLoadBalancer } from '../../../lib/constructs/load-balancer';
import { ClientCertificates, ClientTrustStore } from '../../../lib/constructs/mutual-tls';
import { elbV2 } from '../../../lib/judge/hops/connectors/elbv2';
import { factsOf, hopsOf } from '../../judge/support';
import { findingsOf } from '../judged';
import { certificateIn, rendered, stackIn, vpcIn } from '../support';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const TRUST_STORE_ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/partners/1';
const REASON = 'The devices in the field cannot be renewed before their recall in May.';

function trustStoreIn(stack: Stack) {
  return ClientTrustStore.fromClientTrustStoreAttributes(stack, 'Partners', {
    trustStoreArn: TRUST_STORE_ARN,
  });
}

function listenerIn(stack: Stack, protocol?: string): elbv2.CfnListener {
  return new elbv2.CfnListener(stack, 'Listener', {
    loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/entry/1',
    defaultActions: [{ type: 'fixed-response', fixedResponseConfig: { statusCode: '404' } }],
    protocol,
    port: 443,
  });
}

/** How clients authenticate themselves to the listeners of a stack, as the judge sees it. */
function seenByTheJudge(stack: Stack): readonly unknown[] {
  const facts = factsOf(elbV2, rendered(stack).toJSON().Resources);
  return hopsOf(facts, 'elbv2.listener').map(({ clientAuthentication }) => clientAuthentication.value);
}

describe('ClientCertificates', () => {
  test('verify: only clients of a trusted authority, whose certificates have not ended', () => {
    const stack = stackIn('eu-west-1');
    ClientCertificates.verify(trustStoreIn(stack)).applyTo(listenerIn(stack, 'HTTPS'));
    rendered(stack).hasResource(LISTENER, {
      Metadata: Match.absent(),
      Properties: {
        MutualAuthentication: {
          Mode: 'verify',
          TrustStoreArn: TRUST_STORE_ARN,
          IgnoreClientCertificateExpiry: false,
          AdvertiseTrustStoreCaNames: 'off',
        },
      },
    });
    expect(seenByTheJudge(stack)).toEqual(['mutual-tls']);
  });

  test('verify: tells the names of the authorities where asked', () => {
    const stack = stackIn('eu-west-1');
    const { mutualAuthentication } = ClientCertificates.verify(trustStoreIn(stack), {
      advertiseAuthorities: true,
    });
    expect(mutualAuthentication.advertiseTrustStoreCaNames).toBe('on');
  });

  test('verify: lets expired certificates in only with a reason, which the template carries', () => {
    const stack = stackIn('eu-west-1');
    ClientCertificates.verify(trustStoreIn(stack), { expiredCertificatesReason: REASON }).applyTo(
      listenerIn(stack, 'HTTPS'),
    );
    rendered(stack).hasResource(LISTENER, {
      Metadata: { SecureTransmission: { expiredClientCertificates: REASON } },
      Properties: { MutualAuthentication: { Mode: 'verify', IgnoreClientCertificateExpiry: true } },
    });
  });

  test('passThrough: everybody, with a reason, which the template carries', () => {
    const stack = stackIn('eu-west-1');
    ClientCertificates.passThrough({ unverifiedClientsReason: REASON }).applyTo(listenerIn(stack, 'HTTPS'));
    rendered(stack).hasResource(LISTENER, {
      Metadata: { SecureTransmission: { unverifiedClients: REASON } },
      Properties: { MutualAuthentication: { Mode: 'passthrough', TrustStoreArn: Match.absent() } },
    });
    expect(seenByTheJudge(stack)).toEqual(['mutual-tls-optional']);
  });

  test('are what the listener of a TlsLoadBalancer needs', () => {
    const stack = stackIn('eu-west-1');
    const { listener } = new TlsLoadBalancer(stack, 'Entry', {
      vpc: vpcIn(stack),
      certificate: certificateIn(stack),
    });
    ClientCertificates.verify(trustStoreIn(stack)).applyTo(listener.node.defaultChild as elbv2.CfnListener);
    rendered(stack).hasResourceProperties(LISTENER, {
      MutualAuthentication: Match.objectLike({ Mode: 'verify', TrustStoreArn: TRUST_STORE_ARN }),
    });
    expect(seenByTheJudge(stack)).toEqual(['mutual-tls']);
    expect(findingsOf(stack)).toEqual([]);
  });

  test('are taken by a listener of a Network Load Balancer, and by one whose protocol is not known yet', () => {
    const stack = stackIn('eu-west-1');
    const verified = ClientCertificates.verify(trustStoreIn(stack));
    expect(() => verified.applyTo(listenerIn(stack, 'TLS'))).not.toThrow();
    expect(() => verified.applyTo(listenerIn(stackIn(), Fn.importValue('Protocol')))).not.toThrow();
  });
});

describe('ClientCertificates refuses', () => {
  const sentence = (property: string, got: string) =>
    `Stack/Listener: '${property}' must be a sentence of 20 to 500 characters that says why the default cannot be kept, got ${got}`;

  test.each(['', 'yes'])('expired certificates for no reason: %j', (expiredCertificatesReason) => {
    const stack = stackIn();
    const certificates = ClientCertificates.verify(trustStoreIn(stack), { expiredCertificatesReason });
    expect(() => certificates.applyTo(listenerIn(stack, 'HTTPS'))).toThrow(
      sentence('expiredCertificatesReason', JSON.stringify(expiredCertificatesReason)),
    );
  });

  test.each(['', 'yes'])('unverified clients for no reason: %j', (unverifiedClientsReason) => {
    const certificates = ClientCertificates.passThrough({ unverifiedClientsReason });
    expect(() => certificates.applyTo(listenerIn(stackIn(), 'HTTPS'))).toThrow(
      sentence('unverifiedClientsReason', JSON.stringify(unverifiedClientsReason)),
    );
  });

  test('to be handed on by a Network Load Balancer', () => {
    const certificates = ClientCertificates.passThrough({ unverifiedClientsReason: REASON });
    expect(() => certificates.applyTo(listenerIn(stackIn(), 'TLS'))).toThrow(
      'Stack/Listener: certificates of clients must be verified by a Network Load Balancer, which cannot hand them on, use ClientCertificates.verify',
    );
  });

  test.each([
    ['HTTP', '"HTTP"'],
    ['TCP', '"TCP"'],
    [undefined, 'none'],
  ])('a listener of %s', (protocol, got) => {
    const stack = stackIn();
    const certificates = ClientCertificates.verify(trustStoreIn(stack));
    expect(() => certificates.applyTo(listenerIn(stack, protocol))).toThrow(
      `Stack/Listener: certificates of clients must be asked for by a listener whose protocol is HTTPS or TLS, got ${got}, clients send none in clear`,
    );
  });
});
