import type { TlsPolicyService, TlsPolicySide } from './tls-policy';

/** What holds for every TLS policy of one service. */
export interface TlsServiceFacts {
  /** The service as a sentence names it. */
  readonly title: string;
  readonly side: TlsPolicySide;
  /** The Security Hub control that judges the policy's name, where there is one. */
  readonly securityHubControl: string | undefined;
  /** Whether the template can choose; `false` where the service picks the policy itself. */
  readonly selectable: boolean;
  /** What to do where no policy of the service meets a profile. */
  readonly instead: string;
}

/** What holds for every TLS policy of one service, by service. */
export const TLS_SERVICES: Readonly<Record<TlsPolicyService, TlsServiceFacts>> = {
  elbv2: {
    title: 'Application and Network Load Balancer listeners',
    side: 'viewer',
    securityHubControl: 'ELB.17',
    selectable: true,
    instead: 'use another TLS profile',
  },
  'elbv2-backend': {
    title: 'load balancer connections to targets',
    side: 'back-end',
    securityHubControl: undefined,
    selectable: false,
    instead:
      'restrict the versions on the targets, or pass TLS through a TCP listener of a Network Load Balancer',
  },
  'elb-classic': {
    title: 'Classic Load Balancer listeners',
    side: 'viewer',
    securityHubControl: 'ELB.8',
    selectable: true,
    instead: 'move the listener to an Application or Network Load Balancer',
  },
  'cloudfront-viewer': {
    title: 'CloudFront distributions towards viewers',
    side: 'viewer',
    securityHubControl: 'CloudFront.15',
    selectable: true,
    instead: 'end TLS on a load balancer or a regional API, or use a TLS profile without FIPS for the edge',
  },
  'cloudfront-origin': {
    title: 'CloudFront distributions towards origins',
    side: 'origin',
    securityHubControl: 'CloudFront.10',
    selectable: true,
    instead: 'restrict the versions on the origin, and use TLS_1_2_OR_NEWER for the distribution',
  },
  apigateway: {
    title: 'REST APIs and their custom domains',
    side: 'viewer',
    securityHubControl: 'APIGateway.11',
    selectable: true,
    instead:
      'use a regional endpoint without mutual TLS, or an Application Load Balancer, which can have both',
  },
  apigatewayv2: {
    title: 'HTTP and WebSocket APIs',
    side: 'viewer',
    securityHubControl: undefined,
    selectable: true,
    instead: 'use a REST API, whose enhanced TLS policies meet the profile',
  },
  opensearch: {
    title: 'OpenSearch and Elasticsearch domains',
    side: 'viewer',
    securityHubControl: 'Opensearch.8',
    selectable: true,
    instead: 'use TLS_1_2_OR_NEWER or TLS_1_2_OR_NEWER_FIPS for the domain',
  },
  transfer: {
    title: 'Transfer Family servers',
    side: 'viewer',
    securityHubControl: undefined,
    selectable: true,
    instead: 'use TLS_1_2_OR_NEWER or TLS_1_2_OR_NEWER_FIPS, or offer SFTP only, which does not use TLS',
  },
  'transfer-connector': {
    title: 'Transfer Family SFTP connectors',
    side: 'origin',
    securityHubControl: undefined,
    selectable: true,
    instead: 'use another TLS profile',
  },
  iot: {
    title: 'IoT Core domain configurations',
    side: 'viewer',
    securityHubControl: undefined,
    selectable: true,
    instead: 'use a TLS profile without FIPS, or connect devices to the FIPS endpoints of IoT Core',
  },
  lightsail: {
    title: 'Lightsail load balancers',
    side: 'viewer',
    securityHubControl: undefined,
    selectable: true,
    instead: 'move the workload behind an Application Load Balancer',
  },
  cognito: {
    title: 'Cognito user pool custom domains',
    side: 'viewer',
    securityHubControl: undefined,
    selectable: true,
    instead: 'use a TLS profile without FIPS for the domain',
  },
};
