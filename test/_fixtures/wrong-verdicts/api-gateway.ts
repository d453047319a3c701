import { CfnBasePathMapping, CfnDomainName, CfnDomainNameV2, CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnDomainName as CfnHttpDomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import type { WrongVerdict } from './wrong-verdict';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555';
const NAME = 'api.example.com';
const STRICT = { endpointAccessMode: 'STRICT' };

function domain(scope: Construct, securityPolicy: string | undefined, access: object = {}): void {
  new CfnDomainName(scope, 'Domain', {
    domainName: NAME,
    regionalCertificateArn: CERTIFICATE,
    endpointConfiguration: { types: ['REGIONAL'] },
    ...(securityPolicy === undefined ? {} : { securityPolicy }),
    ...access,
  }).overrideLogicalId('Domain');
}

function httpDomain(scope: Construct, securityPolicy: string): void {
  new CfnHttpDomainName(scope, 'Domain', {
    domainName: NAME,
    domainNameConfigurations: [{ certificateArn: CERTIFICATE, endpointType: 'REGIONAL', securityPolicy }],
  }).overrideLogicalId('Domain');
}

function privateDomain(scope: Construct, securityPolicy: string): void {
  new CfnDomainNameV2(scope, 'Domain', {
    domainName: NAME,
    certificateArn: CERTIFICATE,
    endpointConfiguration: { types: ['PRIVATE'] },
    securityPolicy,
  }).overrideLogicalId('Domain');
}

function api(scope: Construct, rest: object): void {
  new CfnRestApi(scope, 'Api', { name: 'shop', ...rest }).overrideLogicalId('Api');
}

function mappedApi(scope: Construct, disableExecuteApiEndpoint: boolean): void {
  domain(scope, 'SecurityPolicy_TLS13_1_3_2025_09', STRICT);
  const made = new CfnRestApi(scope, 'Api', {
    name: 'shop',
    disableExecuteApiEndpoint,
    securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
    ...STRICT,
  });
  made.overrideLogicalId('Api');
  new CfnBasePathMapping(scope, 'Mapping', { domainName: NAME, restApiId: made.ref, stage: 'live' });
}

const NONE = {
  cdkNagRule: 'none',
  cdkNagSays: 'no rule',
  right: 'violation',
  service: 'API Gateway',
} as const;

/** What differs about API Gateway. */
export const API_GATEWAY: readonly WrongVerdict[] = [
  {
    ...NONE,
    id: 'apigateway-domain-tls10',
    about: 'a custom domain of a REST API takes TLS 1.0',
    ourRule: 'ApiDomainRequiresTls12',
    at: 'Domain Properties.SecurityPolicy',
    build: (stack) => domain(stack, 'TLS_1_0'),
    repaired: (stack) => domain(stack, 'TLS_1_2'),
  },
  {
    ...NONE,
    id: 'apigateway-private-domain-tls10',
    about: 'a private custom domain of a REST API takes TLS 1.0',
    ourRule: 'ApiDomainRequiresTls12',
    at: 'Domain Properties.SecurityPolicy',
    build: (stack) => privateDomain(stack, 'TLS_1_0'),
    repaired: (stack) => privateDomain(stack, 'TLS_1_2'),
  },
  {
    ...NONE,
    id: 'apigatewayv2-domain-unknown-policy',
    about: 'a custom domain of an HTTP API names a TLS policy that does not exist',
    ourRule: 'ApiDomainTlsPolicyIsClassified',
    at: 'Domain Properties.DomainNameConfigurations.0.SecurityPolicy',
    build: (stack) => httpDomain(stack, 'TLS_9_9'),
    repaired: (stack) => httpDomain(stack, 'TLS_1_2'),
  },
  {
    ...NONE,
    id: 'apigateway-api-tls10',
    about: 'the execute-api endpoint of a REST API takes TLS 1.0, which it does without `SecurityPolicy`',
    ourRule: 'ApiEndpointRequiresTls12',
    at: 'Api Properties.SecurityPolicy',
    build: (stack) => api(stack, { endpointConfiguration: { types: ['REGIONAL'] } }),
    repaired: (stack) =>
      api(stack, {
        endpointConfiguration: { types: ['REGIONAL'] },
        securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
        ...STRICT,
      }),
  },
  {
    ...NONE,
    id: 'apigateway-api-basic-access',
    about: 'a REST API has an enhanced TLS policy that `EndpointAccessMode: BASIC` lets clients go round',
    ourRule: 'ApiEndpointAccessIsStrict',
    at: 'Api Properties.EndpointAccessMode',
    build: (stack) =>
      api(stack, { securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', endpointAccessMode: 'BASIC' }),
    repaired: (stack) => api(stack, { securityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', ...STRICT }),
  },
  {
    ...NONE,
    id: 'apigateway-default-endpoint',
    about: 'a REST API has a custom domain, and its execute-api endpoint stays open beside it',
    ourRule: 'ApiDefaultEndpointIsDisabled',
    at: 'Api Properties.DisableExecuteApiEndpoint',
    build: (stack) => mappedApi(stack, false),
    repaired: (stack) => mappedApi(stack, true),
  },
];
