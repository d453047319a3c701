import { isJsonMap, valueAt } from '../../judge/template';
import type { Case, RepairRow } from './row';
import { setAt, setOn } from './row';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const API_DOMAIN = 'AWS::ApiGateway::DomainName';
const HSTS_KEY = 'routing.http.response.strict_transport_security.header_value';
const ELBV2 = 'aws-elasticloadbalancingv2';
const ONE_YEAR = 'max-age=31536000; includeSubDomains';

/** Repairs of the ways in: load balancers, distributions, APIs. */
export const ENTRY_ROWS: readonly RepairRow[] = [
  {
    rules: [
      'ListenerRequiresTls12',
      'ListenerTlsPolicyIsForwardSecret',
      'ListenerTlsPolicyIsOnSecurityHubList',
      'ListenerTlsPolicyIsPostQuantum',
    ],
    changes: (found) => {
      const policy = listenerPolicy(found);
      return policy === undefined ? undefined : setAt({ SslPolicy: policy.name })(found);
    },
    constructs: [
      {
        module: ELBV2,
        made: ['ApplicationListener', 'NetworkListener', '.addListener'],
        props: (found) => {
          const policy = listenerPolicy(found);
          if (policy === undefined) return undefined;
          return { sslPolicy: { enumeration: 'SslPolicy', member: policy.member } };
        },
        declared: { 'lib/shared/enums.d.ts': ['TLS13_12_RES_PQ = ', 'FIPS_TLS13_12_RES_PQ = '] },
      },
    ],
  },
  { rules: ['ListenerIsEncrypted'], changes: redirecting },
  {
    rules: ['ListenerSendsHsts'],
    changes: ({ at, property, place }) => {
      if (/^ListenerAttributes\.\d+\.Value$/.test(property)) return [{ at, set: ONE_YEAR }];
      return [
        { at: [...place, 'Properties', 'ListenerAttributes'], append: [{ Key: HSTS_KEY, Value: ONE_YEAR }] },
      ];
    },
  },
  {
    rules: ['TargetGroupIsEncrypted'],
    caution: () => 'the group is replaced, and its targets must speak TLS',
    changes: (found) => (found.finding.got === 'HTTP' ? setAt({ Protocol: 'HTTPS' })(found) : undefined),
    constructs: [
      {
        module: ELBV2,
        made: ['ApplicationTargetGroup'],
        props: ({ finding }) => (finding.got === 'HTTP' ? HTTPS_TARGETS : undefined),
        declared: { 'lib/shared/enums.d.ts': ['ApplicationProtocol', 'HTTPS = '] },
      },
      {
        module: ELBV2,
        made: ['.addTargets'],
        idSuffix: 'Group',
        props: ({ finding }) => (finding.got === 'HTTP' ? HTTPS_TARGETS : undefined),
        declared: { 'lib/shared/enums.d.ts': ['ApplicationProtocol', 'HTTPS = '] },
      },
    ],
  },
  {
    rules: ['HealthCheckIsEncrypted'],
    // A group that sends in clear is repaired first: its targets may speak no TLS yet.
    changes: (found) =>
      isHttps(found) ? setAt({ HealthCheckProtocol: 'HTTPS', Protocol: 'HTTPS' })(found) : undefined,
    constructs: [
      {
        module: ELBV2,
        made: ['ApplicationTargetGroup'],
        props: (found) =>
          isHttps(found)
            ? { healthCheck: { protocol: { enumeration: 'Protocol', member: 'HTTPS' } } }
            : undefined,
        declared: { 'lib/shared/enums.d.ts': ['enum Protocol', 'HTTPS = '] },
      },
    ],
  },
  {
    rules: ['DistributionServesOnlyTls'],
    changes: (found) => setAt({ ViewerProtocolPolicy: viewerPolicy(found) })(found),
    constructs: [
      {
        module: 'aws-cloudfront',
        made: ['Distribution'],
        props: (found) =>
          found.property === 'DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy'
            ? {
                defaultBehavior: {
                  viewerProtocolPolicy: {
                    enumeration: 'ViewerProtocolPolicy',
                    member: viewerPolicy(found) === 'https-only' ? 'HTTPS_ONLY' : 'REDIRECT_TO_HTTPS',
                  },
                },
              }
            : undefined,
        declared: { 'lib/distribution.d.ts': ['REDIRECT_TO_HTTPS', 'HTTPS_ONLY'] },
      },
    ],
  },
  {
    rules: [
      'DistributionRequiresTls12',
      'DistributionTlsPolicyIsForwardSecret',
      'DistributionTlsPolicyIsOnSecurityHubList',
    ],
    changes: setAt({ MinimumProtocolVersion: 'TLSv1.2_2025' }),
    constructs: [
      {
        module: 'aws-cloudfront',
        made: ['Distribution'],
        props: () => ({
          minimumProtocolVersion: { enumeration: 'SecurityPolicyProtocol', member: 'TLS_V1_2_2025' },
        }),
        declared: { 'lib/distribution.d.ts': ['TLS_V1_2_2025'] },
      },
    ],
  },
  { rules: ['OriginIsEncrypted'], changes: setAt({ OriginProtocolPolicy: 'https-only' }) },
  {
    rules: ['OriginRequiresTls12'],
    changes: ({ at, property }) => {
      const [, element] = /\.OriginSSLProtocols(\.\d+)?$/.exec(property) ?? ['', 'none'];
      if (element === 'none') return undefined;
      return [{ at: element === undefined ? at : at.slice(0, -1), set: ['TLSv1.2'] }];
    },
  },
  {
    rules: ['ApiDomainRequiresTls12'],
    changes: (found) => (isRegionalDomain(found) ? setOn(API_DOMAIN, REGIONAL_POLICY)(found) : undefined),
    constructs: [
      {
        module: 'aws-apigateway',
        made: ['DomainName'],
        props: (found) =>
          isRegionalDomain(found)
            ? {
                securityPolicy: { enumeration: 'SecurityPolicy', member: 'TLS13_1_2_PFS_PQ_2025_09' },
                endpointAccessMode: { enumeration: 'EndpointAccessMode', member: 'STRICT' },
              }
            : undefined,
        declared: { 'lib/domain-name.d.ts': ['TLS13_1_2_PFS_PQ_2025_09', 'endpointAccessMode'] },
      },
    ],
  },
];

/** The names that API Gateway gives its newer policies, and what it then asks for. */
const REGIONAL_POLICY = {
  SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
  EndpointAccessMode: 'STRICT',
};

/** Domains at the edge have policies of other names. */
function isRegionalDomain({ finding }: Case): boolean {
  const { type, properties } = finding.resource;
  const { EndpointConfiguration: configuration } = properties;
  const types = isJsonMap(configuration) ? configuration.Types : undefined;
  return type === API_DOMAIN && Array.isArray(types) && types.length === 1 && types[0] === 'REGIONAL';
}

const HTTPS_TARGETS = { protocol: { enumeration: 'ApplicationProtocol', member: 'HTTPS' } };

/** What asks for a standard keeps to it: the policies of FIPS have a twin, those of RFC 9151 have none. */
function listenerPolicy({ finding }: Case): { readonly name: string; readonly member: string } | undefined {
  const present = String(finding.resource.properties.SslPolicy ?? '');
  if (present.includes('RFC9151')) return undefined;
  return present.includes('FIPS')
    ? { name: 'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09', member: 'FIPS_TLS13_12_RES_PQ' }
    : { name: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', member: 'TLS13_12_RES_PQ' };
}

function isHttps({ finding }: Case): boolean {
  return finding.resource.properties.Protocol === 'HTTPS';
}

/** Viewers are sent on to TLS, except with what they must never send in clear: a redirect comes after the body. */
function viewerPolicy({ finding, property }: Case): 'https-only' | 'redirect-to-https' {
  const behaviour = valueAt(finding.resource.properties, property.split('.').slice(0, -1));
  const methods = isJsonMap(behaviour) ? behaviour.AllowedMethods : undefined;
  const areReads =
    methods === undefined ||
    (Array.isArray(methods) && methods.every((one) => one === 'GET' || one === 'HEAD' || one === 'OPTIONS'));
  return areReads ? 'redirect-to-https' : 'https-only';
}

/** A listener in clear redirects, where another one of the same load balancer takes what it sends on. */
function redirecting({ finding, at, place, property }: Case): ReturnType<RepairRow['changes']> {
  if (/RedirectConfig\.Protocol$/.test(property)) return [{ at, set: 'HTTPS' }];
  const { resource } = finding;
  const { Protocol: protocol, LoadBalancerArn: balancer } = resource.properties;
  if (property !== 'Protocol' || protocol !== 'HTTP' || balancer === undefined) return undefined;
  const key = JSON.stringify(balancer);
  const isThere = [...resource.template.resources.values()].some(
    ({ type, properties }) =>
      type === LISTENER &&
      properties.Protocol === 'HTTPS' &&
      Number(properties.Port) === 443 &&
      JSON.stringify(properties.LoadBalancerArn) === key,
  );
  if (!isThere) return undefined;
  const redirect = { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' };
  return [
    { at: [...place, 'Properties', 'DefaultActions'], put: [{ Type: 'redirect', RedirectConfig: redirect }] },
  ];
}
