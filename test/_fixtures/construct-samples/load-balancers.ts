import { Duration } from 'aws-cdk-lib';
import { Peer } from 'aws-cdk-lib/aws-ec2';
import { AlpnPolicy, ApplicationProtocolVersion, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import {
  ClaimFormat,
  ClientCertificates,
  ClientTrustStore,
  HttpsTargetGroup,
  TlsLoadBalancer,
  TlsNetworkLoadBalancer,
  TlsProfile,
  TlsTargetGroup,
  TrustMaterialBucket,
  WebAcl,
  WebAclScope,
} from '../../../lib';
import { type ConstructSample, existingBucket, existingCertificate, existingVpc } from './construct-sample';

const CLIENT_AUTHORITIES = { key: 'clients.pem', version: '3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY' };
const REVOKED = { key: 'revoked.crl', version: 'L4kqtJlcpXroDTDmpUMLUo3sY.rmSpXd3' };

/** Load balancers, their target groups, and whom they trust. */
export const LOAD_BALANCER_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'TlsLoadBalancer',
    build: (stack, around) =>
      new TlsLoadBalancer(stack, 'LoadBalancer', {
        vpc: existingVpc(around),
        certificate: existingCertificate(around),
      }),
  },
  {
    construct: 'TlsLoadBalancer',
    options: 'open to the internet, redirect, web ACL, mutual TLS, tokens, two target groups',
    build: (stack, around) => {
      const trustStore = new ClientTrustStore(stack, 'Clients', {
        bucket: existingBucket(around, 'trust-material-of-example'),
        caCertificates: CLIENT_AUTHORITIES,
      });
      const loadBalancer = new TlsLoadBalancer(stack, 'LoadBalancer', {
        vpc: existingVpc(around),
        certificate: existingCertificate(around),
        additionalCertificates: [existingCertificate(around, undefined, '2')],
        internetFacing: true,
        allowedPeers: [Peer.anyIpv4()],
        tlsProfile: TlsProfile.TLS_1_3_ONLY,
        clientCertificates: ClientCertificates.verify(trustStore, { advertiseAuthorities: true }),
        jwtValidation: {
          issuer: 'https://login.example.com',
          jwksEndpoint: 'https://login.example.com/.well-known/jwks.json',
          requiredClaims: [{ name: 'scope', values: ['shop'], format: ClaimFormat.SPACE_SEPARATED_VALUES }],
        },
        webAcl: new WebAcl(stack, 'WebAcl', { scope: WebAclScope.REGIONAL }),
        httpRedirect: true,
        strictTransportSecurity: { maxAge: Duration.days(730), preload: true },
      });
      loadBalancer.addTargets('Shop', { targets: [new IpTarget('10.0.1.2')] });
      return loadBalancer;
    },
  },
  {
    construct: 'HttpsTargetGroup',
    build: (stack, around) =>
      new HttpsTargetGroup(stack, 'Targets', { vpc: existingVpc(around), targetType: TargetType.IP }),
  },
  {
    construct: 'HttpsTargetGroup',
    options: 'another port, HTTP/2, sticky sessions',
    build: (stack, around) =>
      new HttpsTargetGroup(stack, 'Targets', {
        vpc: existingVpc(around),
        port: 8443,
        protocolVersion: ApplicationProtocolVersion.HTTP2,
        targets: [new IpTarget('10.0.1.2')],
        stickinessCookieDuration: Duration.hours(1),
        healthCheck: { path: '/health' },
      }),
  },
  {
    construct: 'TlsNetworkLoadBalancer',
    build: (stack, around) => {
      const loadBalancer = new TlsNetworkLoadBalancer(stack, 'LoadBalancer', { vpc: existingVpc(around) });
      loadBalancer.addTlsListener('Listener', {
        certificate: existingCertificate(around),
        targets: [new IpTarget('10.0.1.2')],
      });
      return loadBalancer;
    },
  },
  {
    construct: 'TlsNetworkLoadBalancer',
    options: 'open to partners, mutual TLS, HTTP/2, a listener that passes through',
    build: (stack, around) => {
      const loadBalancer = new TlsNetworkLoadBalancer(stack, 'LoadBalancer', {
        vpc: existingVpc(around),
        internetFacing: true,
        allowedPeers: [Peer.ipv4('203.0.113.0/24')],
      });
      const trustStore = ClientTrustStore.fromClientTrustStoreAttributes(around, 'Clients', {
        trustStoreArn:
          'arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/clients/0123456789abcdef',
      });
      loadBalancer.addTlsListener('Listener', {
        certificate: existingCertificate(around),
        targets: [new IpTarget('10.0.1.2')],
        alpnPolicy: AlpnPolicy.HTTP2_PREFERRED,
        clientCertificates: ClientCertificates.verify(trustStore),
      });
      loadBalancer.addPassThroughListener('Ledger', {
        port: 8443,
        targets: [new IpTarget('10.0.1.3')],
        passThroughReason: 'The ledger ends TLS itself, so that nobody in between can read it.',
      });
      return loadBalancer;
    },
  },
  {
    construct: 'TlsTargetGroup',
    build: (stack, around) =>
      new TlsTargetGroup(stack, 'Targets', { vpc: existingVpc(around), targetType: TargetType.IP }),
  },
  {
    construct: 'TlsTargetGroup',
    options: 'another port, proxy protocol',
    build: (stack, around) =>
      new TlsTargetGroup(stack, 'Targets', {
        vpc: existingVpc(around),
        port: 8443,
        targets: [new IpTarget('10.0.1.2')],
        proxyProtocolV2: true,
        connectionTermination: true,
      }),
  },
  {
    construct: 'ClientTrustStore',
    build: (stack, around) =>
      new ClientTrustStore(stack, 'Clients', {
        bucket: existingBucket(around, 'trust-material-of-example'),
        caCertificates: CLIENT_AUTHORITIES,
      }),
  },
  {
    construct: 'ClientTrustStore',
    options: 'a revocation list',
    build: (stack, around) =>
      new ClientTrustStore(stack, 'Clients', {
        bucket: existingBucket(around, 'trust-material-of-example'),
        caCertificates: CLIENT_AUTHORITIES,
        revocationLists: [REVOKED],
      }),
  },
  { construct: 'TrustMaterialBucket', build: (stack) => new TrustMaterialBucket(stack, 'TrustMaterial') },
];
