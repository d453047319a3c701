import type { JsonMap } from '../../../lib/judge/template';

/** A resource of a template. */
export type Declared = JsonMap;

/** A listener in clear: one finding. */
export function plainListener(port: number): Declared {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/1',
      Port: port,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: 'any' }],
    },
  };
}

/** A behaviour of a distribution, in clear or not. */
export function behavior(pathPattern: string, isPlain: boolean): JsonMap {
  return {
    PathPattern: pathPattern,
    TargetOriginId: 'shop',
    ViewerProtocolPolicy: isPlain ? 'allow-all' : 'https-only',
  };
}

/** A distribution with behaviours. */
export function distribution(behaviors: readonly JsonMap[]): Declared {
  return {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: [
          {
            Id: 'shop',
            DomainName: 'shop.example.com',
            CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
          },
        ],
        DefaultCacheBehavior: { TargetOriginId: 'shop', ViewerProtocolPolicy: 'https-only' },
        CacheBehaviors: behaviors,
      },
    },
  };
}

/** A way into a network. */
export function ingress(port: number, cidr: string, more: JsonMap = {}): JsonMap {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: cidr, ...more };
}

/** A security group with ways in. */
export function securityGroup(rules: readonly JsonMap[], vpc: string): Declared {
  return {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { GroupDescription: 'the shop', VpcId: { Ref: vpc }, SecurityGroupIngress: rules },
  };
}
