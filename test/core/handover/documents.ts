import type { BaselineDocument } from '../../../lib/core/handover';

/** A baseline with a load balancer and little else, as its synthesis would write it. */
export const baselineDocument: BaselineDocument = {
  version: 1,
  writtenBy: 'cdk-secure-transmission 0.1.0',
  name: 'Platform',
  region: 'eu-west-1',
  edgeRegion: 'us-east-1',
  tlsProfile: 'TLS_1_2_OR_NEWER',
  tlsPolicies: [],
  domainNames: ['pay.example.com'],
  retentionDays: 400,
  availabilityZoneCount: 2,
  privateSubnetsHaveEgress: false,
  parameters: {
    'network/vpc-id': '/secure-transmission/Platform/network/vpc-id',
    'network/availability-zones': '/secure-transmission/Platform/network/availability-zones',
    'network/private-subnet-ids': '/secure-transmission/Platform/network/private-subnet-ids',
    'network/private-route-table-ids': '/secure-transmission/Platform/network/private-route-table-ids',
    'network/flow-log-bucket-arn': '/secure-transmission/Platform/network/flow-log-bucket-arn',
    'network/flow-log-key-arn': '/secure-transmission/Platform/network/flow-log-key-arn',
    'certificate/arn': '/secure-transmission/Platform/certificate/arn',
    'load-balancer/arn': '/secure-transmission/Platform/load-balancer/arn',
    'load-balancer/listener-arn': '/secure-transmission/Platform/load-balancer/listener-arn',
    'load-balancer/security-group-id': '/secure-transmission/Platform/load-balancer/security-group-id',
    'edge/certificate-arn': '/secure-transmission/Platform/edge/certificate-arn',
  },
  stacks: [
    {
      name: 'Entry',
      stackName: 'Platform-Entry',
      region: 'eu-west-1',
      template: {
        Resources: {
          Listener: {
            Type: 'AWS::ElasticLoadBalancingV2::Listener',
            Properties: {
              LoadBalancerArn: { Ref: 'LoadBalancer' },
              Port: 443,
              Protocol: 'HTTPS',
              SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
              Certificates: [{ CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/a' }],
              DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
            },
          },
          LoadBalancer: {
            Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
            Properties: { Scheme: 'internal', Type: 'application' },
          },
          Handed: {
            Type: 'AWS::SSM::Parameter',
            Properties: {
              Name: '/secure-transmission/Platform/load-balancer/listener-arn',
              Type: 'String',
              Value: { Ref: 'Listener' },
            },
          },
        },
      },
    },
  ],
};
