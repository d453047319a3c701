import type { StatedFacts } from '../../../lib/core/statement';
import { collectFacts } from '../../../lib/judge/hops';
import { statedFacts } from '../../../lib/judge/statement';
import type { App, JsonMap } from '../../../lib/judge/template';
import { appOf, CATALOGUE_ONLY, type TemplateParts } from '../support';

/** What is stated about an app of one stack. */
export function statedOf(resources: JsonMap, parts: TemplateParts = {}): StatedFacts {
  return statedOfApp(appOf(resources, parts));
}

/** What is stated about an app. */
export function statedOfApp(app: App): StatedFacts {
  return statedFacts(app, collectFacts(app).all, CATALOGUE_ONLY);
}

/** A certificate of ACM for a name. */
export function certificate(name: string, more: JsonMap = {}): JsonMap {
  const Properties = { DomainName: name, ValidationMethod: 'DNS', ...more };
  return { Type: 'AWS::CertificateManager::Certificate', Properties };
}

/** A distribution; `Certificate` and `Headers` are other resources of the template. */
export function distribution(config: JsonMap = {}): JsonMap {
  return {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Aliases: ['shop.example.com', 'www.Example.com.'],
        ViewerCertificate: {
          AcmCertificateArn: { Ref: 'Certificate' },
          MinimumProtocolVersion: 'TLSv1.2_2021',
          SslSupportMethod: 'sni-only',
        },
        DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: 'redirect-to-https' },
        Origins: [
          {
            Id: 'o',
            DomainName: 'origin.internal.example',
            CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
          },
        ],
        ...config,
      },
    },
  };
}

/** A load balancer with a listener of HTTPS and one of HTTP that redirects; its targets are in clear. */
export function loadBalancer(scheme: 'internet-facing' | 'internal' = 'internet-facing'): JsonMap {
  return {
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme: scheme } },
    Https: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Balancer' },
        Port: 443,
        Protocol: 'HTTPS',
        SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
        Certificates: [{ CertificateArn: { Ref: 'Certificate' } }],
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }],
      },
    },
    Http: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Balancer' },
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }],
      },
    },
    Targets: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: { Protocol: 'HTTP', Port: 80, TargetType: 'ip' },
    },
  };
}
