import type { PackRule } from '../packs/pack';
import { API_DEFAULT_ENDPOINT_IS_DISABLED } from './api-default-endpoint-is-disabled';
import { API_REQUIRES_MUTUAL_TLS_ON_EVERY_DOMAIN } from './api-requires-mutual-tls-on-every-domain';
import { arbitrate } from './arbiter';
import { hopRule } from './define';
import { MAPPED_API_REQUIRES_TLS12 } from './mapped-api-requires-tls12';
import {
  floorIsAtLeast,
  type HopPredicate,
  isAcceptedBySecurityHub,
  isEncrypted,
  isForwardSecret,
  isPostQuantum,
  serverIsAuthenticated,
  tlsPolicyIsClassified,
  unknown,
  violation,
  wanted,
} from './predicates';
import { COMPLIANT, NOT_APPLICABLE, type Rule } from './rule';

const DOMAIN = 'AWS::ApiGateway::DomainName';
const DOMAIN_V2 = 'AWS::ApiGateway::DomainNameV2';
const REST_API = 'AWS::ApiGateway::RestApi';
const METHOD = 'AWS::ApiGateway::Method';
const HTTP_DOMAIN = 'AWS::ApiGatewayV2::DomainName';
const HTTP_API = 'AWS::ApiGatewayV2::Api';
const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
const DOMAINS = [DOMAIN, DOMAIN_V2, HTTP_DOMAIN];
const BEST = 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09';

const SET_DOMAIN_POLICY =
  `Set SecurityPolicy to ${BEST} with EndpointAccessMode STRICT (edge-optimized: SecurityPolicy_TLS13_2025_EDGE). ` +
  'CDK: securityPolicy: SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09 and endpointAccessMode: EndpointAccessMode.STRICT on DomainName. ' +
  'A domain with mutual TLS, and one of an HTTP or WebSocket API (DomainNameConfigurations), can have TLS_1_2 only.';
const SET_API_POLICY =
  `Set SecurityPolicy of the RestApi to ${BEST} with EndpointAccessMode STRICT, or close the endpoint with DisableExecuteApiEndpoint and use a custom domain. ` +
  'CDK: RestApi has no property for the TLS policy; use (api.node.defaultChild as CfnRestApi).securityPolicy and endpointAccessMode.';

const isStrict: HopPredicate = (hop) => {
  const { tlsPolicy, endpointAccessMode: mode } = hop;
  // Only enhanced TLS policies have an access mode.
  if (mode === undefined || !tlsPolicy.value?.startsWith('SecurityPolicy_')) return NOT_APPLICABLE;
  if (mode.unknown !== undefined) return unknown(mode, mode.unknown);
  return mode.value === 'STRICT' ? COMPLIANT : violation(mode, 'STRICT');
};

const requiresTls12 = floorIsAtLeast(
  'TLSv1.2',
  `a TLS policy from TLS 1.2 on: TLS_1_2, or better ${BEST} for a REST API`,
);

/** With mutual TLS there is no better TLS policy than this: the arbiter between the two requirements decides. */
const unlessMutualTls =
  (predicate: HopPredicate): HopPredicate =>
  (hop, context) => {
    const asksForCertificates = hop.clientAuthentication.value === 'mutual-tls';
    const { ruling } = arbitrate('client-certificates', { asksForCertificates });
    return ruling === 'yields' && hop.tlsPolicy.value === 'TLS_1_2'
      ? NOT_APPLICABLE
      : predicate(hop, context);
  };

/** Second-generation APIs have one TLS policy, so that nobody is told to choose another. */
const offersForwardSecrecyOnly: HopPredicate = (hop, context) =>
  isForwardSecret(
    hop.policyService === 'apigatewayv2'
      ? 'that of a REST API, since HTTP and WebSocket APIs have TLS_1_2 and no choice'
      : `a TLS policy with forward secrecy only, such as ${BEST}`,
  )(hop, context);

/** Rules on REST, HTTP and WebSocket APIs, with their levels. */
export const API_GATEWAY_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ApiDomainTlsPolicyIsClassified',
      title: 'the TLS policy of a custom domain of an API is one whose properties are known',
      risk: 'A TLS policy that nobody has looked up may accept any version and any cipher suite.',
      fix: `${SET_DOMAIN_POLICY} A new policy of AWS can be added in configuration with its source and date.`,
      references: { pciDss: ['4.2.1', '12.3.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
      resourceTypes: DOMAINS,
      hops: ['apigateway.domain', 'apigatewayv2.domain'],
      judge: tlsPolicyIsClassified,
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ApiDomainRequiresTls12',
      title: 'a custom domain of an API negotiates nothing below TLS 1.2',
      risk: 'TLS 1.0 and 1.1 are withdrawn (RFC 8996): an attacker on the path can steer clients to them and use their known weaknesses.',
      fix: SET_DOMAIN_POLICY,
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['APIGateway.11'],
        cwe: ['CWE-326', 'CWE-757'],
      },
      resourceTypes: DOMAINS,
      hops: ['apigateway.domain', 'apigatewayv2.domain'],
      judge: requiresTls12,
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ApiDomainIsForwardSecret',
      title: 'every cipher suite of a custom domain of an API has forward secrecy',
      risk: 'Traffic recorded today can be read by whoever gets the private key of the certificate later.',
      fix: `${SET_DOMAIN_POLICY} TLS_1_2 offers RSA key transport; where nothing else is possible, put CloudFront or a load balancer in front.`,
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-327'] },
      resourceTypes: DOMAINS,
      hops: ['apigateway.domain', 'apigatewayv2.domain'],
      loosenings: ['legacyTlsPolicy'],
      judge: unlessMutualTls(offersForwardSecrecyOnly),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ApiDomainTlsPolicyIsOnSecurityHubList',
      title: 'the TLS policy of a custom domain of an API is one that Security Hub accepts',
      risk: 'AWS keeps a short list of TLS policies for domain names; one outside it fails the control APIGateway.11.',
      fix: SET_DOMAIN_POLICY,
      references: {
        pciDss: ['4.2.1', '12.3.3'],
        gdpr: ['32(1)(d)'],
        securityHub: ['APIGateway.11'],
        cwe: ['CWE-327'],
      },
      resourceTypes: DOMAINS,
      hops: ['apigateway.domain'],
      loosenings: ['legacyTlsPolicy'],
      judge: unlessMutualTls(
        isAcceptedBySecurityHub(`a TLS policy on the list of APIGateway.11, such as ${BEST}`),
      ),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: hopRule({
      id: 'ApiDomainIsPostQuantum',
      title: 'a custom domain of an API offers post-quantum key agreement',
      risk: 'Traffic recorded today may be read once large quantum computers exist.',
      fix: SET_DOMAIN_POLICY,
      references: { pciDss: ['12.3.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-327'] },
      resourceTypes: DOMAINS,
      hops: ['apigateway.domain', 'apigatewayv2.domain'],
      judge: unlessMutualTls(isPostQuantum(`a TLS policy with post-quantum key agreement, such as ${BEST}`)),
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ApiEndpointTlsPolicyIsClassified',
      title: 'the TLS policy of the default endpoint of an API is one whose properties are known',
      risk: 'A TLS policy that nobody has looked up may accept any version and any cipher suite.',
      fix: `${SET_API_POLICY} A new policy of AWS can be added in configuration with its source and date.`,
      references: { pciDss: ['4.2.1', '12.3.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-326'] },
      resourceTypes: [REST_API],
      hops: ['apigateway.api'],
      judge: tlsPolicyIsClassified,
    }),
  },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ApiEndpointRequiresTls12',
      title: 'the default endpoint of an API negotiates nothing below TLS 1.2',
      risk: 'TLS 1.0 and 1.1 are withdrawn (RFC 8996): an attacker on the path can steer clients to them and use their known weaknesses. Edge-optimized and regional REST APIs accept TLS 1.0 when nothing is said.',
      fix: SET_API_POLICY,
      references: { pciDss: ['4.2.1', '2.2.7'], gdpr: ['32(1)(a)'], cwe: ['CWE-326', 'CWE-757'] },
      resourceTypes: [REST_API, HTTP_API],
      hops: ['apigateway.api', 'apigatewayv2.api'],
      judge: requiresTls12,
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ApiEndpointIsForwardSecret',
      title: 'every cipher suite of the default endpoint of an API has forward secrecy',
      risk: 'Traffic recorded today can be read by whoever gets the private key of the certificate later.',
      fix: `${SET_API_POLICY} HTTP and WebSocket APIs have TLS_1_2 and no choice: where it matters, use a REST API.`,
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-327'] },
      resourceTypes: [REST_API, HTTP_API],
      hops: ['apigateway.api', 'apigatewayv2.api'],
      judge: offersForwardSecrecyOnly,
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: hopRule({
      id: 'ApiEndpointIsPostQuantum',
      title: 'the default endpoint of an API offers post-quantum key agreement',
      risk: 'Traffic recorded today may be read once large quantum computers exist.',
      fix: SET_API_POLICY,
      references: { pciDss: ['12.3.3'], gdpr: ['32(1)(a)'], cwe: ['CWE-327'] },
      resourceTypes: [REST_API],
      hops: ['apigateway.api'],
      judge: isPostQuantum(`a TLS policy with post-quantum key agreement, such as ${BEST}`),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ApiEndpointAccessIsStrict',
      title: 'an API or domain with an enhanced TLS policy accepts requests by that endpoint only',
      risk: 'Without STRICT, API Gateway does not compare the name of the TLS handshake with the Host header, nor the type of endpoint: a request can come by a connection that another, weaker TLS policy negotiated.',
      fix: 'Set EndpointAccessMode to STRICT; enhanced TLS policies need one of STRICT and BASIC. CDK: endpointAccessMode: EndpointAccessMode.STRICT on DomainName; for RestApi set it on CfnRestApi.',
      references: { pciDss: ['4.2.1', '2.2.6'], gdpr: ['32(1)(a)'], cwe: ['CWE-757'] },
      resourceTypes: [REST_API, DOMAIN, DOMAIN_V2],
      hops: ['apigateway.api', 'apigateway.domain'],
      loosenings: ['basicAccess'],
      judge: isStrict,
    }),
  },
  { level: 'warning', unknown: 'warning', rule: API_DEFAULT_ENDPOINT_IS_DISABLED },
  { level: 'warning', unknown: 'warning', rule: API_REQUIRES_MUTUAL_TLS_ON_EVERY_DOMAIN },
  { level: 'warning', unknown: 'warning', rule: MAPPED_API_REQUIRES_TLS12 },
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'ApiIntegrationIsEncrypted',
      title: 'an API passes requests on encrypted',
      risk: 'TLS ends at API Gateway and the request goes on in clear: whoever is on the path, in the VPC or on the internet, reads and changes it.',
      fix: 'Begin Uri (IntegrationUri) with https://; for a private integration of an HTTP API set TlsConfig.ServerNameToVerify, without which API Gateway speaks HTTP even to an HTTPS listener. CDK: new HttpIntegration("https://..."); secureServerName on HttpAlbIntegration, HttpNlbIntegration and HttpServiceDiscoveryIntegration. The URI that the L2 of a VPC link makes up begins with http://.',
      references: {
        pciDss: ['4.2.1', '2.2.7'],
        gdpr: ['32(1)(a)'],
        securityHub: ['APIGateway.10'],
        cwe: ['CWE-319'],
      },
      resourceTypes: [METHOD, REST_API, INTEGRATION, HTTP_API],
      hops: ['apigateway.integration', 'apigatewayv2.integration'],
      judge: wanted(isEncrypted('an address that begins with https://'), [
        /\.tlsConfig$/i,
        'there, since API Gateway speaks HTTP over a VPC link without it',
      ]),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'ApiIntegrationIsAuthenticated',
      title: 'a REST API verifies the certificate of what it passes requests on to',
      risk: 'With insecureSkipVerification any certificate authority will do, also one of an attacker on the path: the request is encrypted to whoever answers.',
      fix: 'Remove tlsConfig.insecureSkipVerification from the x-amazon-apigateway-integration and give the back end a certificate of a public authority, such as one of ACM. CDK: SpecRestApi only; the L2 integrations cannot set it.',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-295'] },
      resourceTypes: [METHOD, REST_API],
      hops: ['apigateway.integration'],
      judge: serverIsAuthenticated('insecureSkipVerification false or left out'),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'VpcLinkVerifiesServerName',
      title: 'an HTTP API verifies the name of a server that it reaches through a VPC link',
      risk: 'With an empty TlsConfig the request is encrypted to whoever answers inside the VPC.',
      fix: 'Set TlsConfig.ServerNameToVerify to the name in the certificate of the listener. CDK: secureServerName on HttpAlbIntegration, HttpNlbIntegration and HttpServiceDiscoveryIntegration.',
      references: {
        pciDss: ['4.2.1'],
        gdpr: ['32(1)(a)'],
        securityHub: ['APIGateway.10'],
        cwe: ['CWE-295', 'CWE-297'],
      },
      resourceTypes: [INTEGRATION, HTTP_API],
      hops: ['apigatewayv2.integration'],
      judge: serverIsAuthenticated('the name in the certificate'),
    }),
  },
];

/** Rules on REST, HTTP and WebSocket APIs. */
export const API_GATEWAY_RULES: readonly Rule[] = API_GATEWAY_PACK_ROWS.map(({ rule }) => rule);
