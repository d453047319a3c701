import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancing';
import { PrivateNetwork } from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** A load balancer of the first kind, until everything behind it has moved. */
export function classicLoadBalancer(stack: Stack): void {
  // #region classicLoadBalancer
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const entry = new elb.LoadBalancer(stack, 'Entry', {
    vpc,
    subnetSelection: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    accessLoggingPolicy: { enabled: true, s3BucketName: 'access-logs-of-shop', emitInterval: 5 },
    listeners: [
      {
        externalProtocol: elb.LoadBalancingProtocol.HTTPS,
        externalPort: 443,
        internalProtocol: elb.LoadBalancingProtocol.HTTPS,
        internalPort: 8443,
        sslCertificateArn:
          'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
        policyNames: ['Negotiation'],
      },
    ],
    healthCheck: { protocol: elb.LoadBalancingProtocol.HTTPS, port: 8443, path: '/health' },
  });
  const on = (...names: string[]) => names.map((name) => ({ Name: name, Value: 'true' }));
  (entry.node.defaultChild as elb.CfnLoadBalancer).policies = [
    {
      // Every predefined TLS policy admits suites without forward secrecy.
      policyName: 'Negotiation',
      policyType: 'SSLNegotiationPolicyType',
      attributes: on(
        'Protocol-TLSv1.2',
        'Server-Defined-Cipher-Order',
        'ECDHE-RSA-AES128-GCM-SHA256',
        'ECDHE-RSA-AES256-GCM-SHA384',
      ),
    },
    {
      policyName: 'KeyOfInstances',
      policyType: 'PublicKeyPolicyType',
      attributes: [{ Name: 'PublicKey', Value: PUBLIC_KEY_OF_INSTANCES }],
    },
    {
      policyName: 'Instances',
      policyType: 'BackendServerAuthenticationPolicyType',
      attributes: [{ Name: 'PublicKeyPolicyName', Value: 'KeyOfInstances' }],
      instancePorts: ['8443'],
    },
  ];
  // #endregion classicLoadBalancer
}

/** The oldest load balancer with the newest TLS policy that AWS has for it. */
export function classicTlsPolicy(stack: Stack): void {
  // #region classicTlsPolicy
  const { vpc } = new PrivateNetwork(stack, 'Network');
  const entry = new elb.LoadBalancer(stack, 'Entry', {
    vpc,
    subnetSelection: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    listeners: [
      {
        externalProtocol: elb.LoadBalancingProtocol.HTTPS,
        externalPort: 443,
        internalProtocol: elb.LoadBalancingProtocol.HTTPS,
        internalPort: 8443,
        sslCertificateArn:
          'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
        policyNames: ['Negotiation'],
      },
    ],
    healthCheck: { protocol: elb.LoadBalancingProtocol.HTTPS, port: 8443, path: '/health' },
  });
  (entry.node.defaultChild as elb.CfnLoadBalancer).policies = [
    {
      policyName: 'Negotiation',
      policyType: 'SSLNegotiationPolicyType',
      attributes: [{ Name: 'Reference-Security-Policy', Value: 'ELBSecurityPolicy-TLS-1-2-2017-01' }],
    },
  ];
  // #endregion classicTlsPolicy
}

/** Made for this sample; nobody kept the private key. In one line, as the load balancer wants it. */
const PUBLIC_KEY_OF_INSTANCES = [
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAhM0AEbW/QPxeLSOkm9f3',
  'zKXm1/OI6qJQ0Yzf6OMOLR3sm+EQTqAXMed4v+tt/eb0strcfYmcTtXU40Rp0SBL',
  'ibt6Q49Ihn2TfeF/W4WUgDSCQlNFwfTnh+t5CvksAP12Cjpx+3B8H75Gwcm9B1sy',
  'wyiAEwVUiAlh0KL2evpCTgpkJ4QIGerXAgOIOsa33SBybPtKMweU/ER1w7BxwRgO',
  'SRlrUaA3XORjFgiAtHoZcgd/sj03rhtNOG7S8cVHRSfW7fHa0vSkyXnp+UDXkWI8',
  '1ZLXbeV9cC+kUzw6NSWebGY84ZwmDd5y7k5aNMQwjzluKkQtJ191VQHUrUsvtLc6',
  'kwIDAQAB',
].join('');

/** Samples of this file. */
export const CLASSIC_LOAD_BALANCERS = samplesOf('classic-load-balancer.ts', {
  'A Classic Load Balancer that knows its instances': { classicLoadBalancer },
  'A Classic Load Balancer with a TLS policy of AWS': { classicTlsPolicy },
});
