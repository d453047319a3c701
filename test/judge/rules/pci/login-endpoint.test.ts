import { LOGIN_ENDPOINT_ROWS } from '../../../../lib/judge/rules/pci/login-endpoint';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { proveRows } from './proof';
import { HIDDEN, it as one, says } from './support';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const INGRESS = 'AWS::SES::MailManagerIngressPoint';
const RECEIPT = 'AWS::SES::ReceiptRule';
const RESPONSE = 'AWS::ApiGateway::GatewayResponse';
const HTTPS = 'https://id.example.com';

const oidc = (TokenEndpoint: Json): JsonMap => ({
  AuthenticateOidcConfig: {
    Issuer: HTTPS,
    AuthorizationEndpoint: `${HTTPS}/authorize`,
    TokenEndpoint,
    UserInfoEndpoint: `${HTTPS}/me`,
  },
});
const listener = (action: JsonMap): JsonMap =>
  one(LISTENER, { DefaultActions: [action, { Type: 'forward' }] });
const cookie = (text: Json): JsonMap =>
  one(RESPONSE, { ResponseParameters: { 'gatewayresponse.header.Set-Cookie': text } });
const COOKIE = 'It.Properties.ResponseParameters.gatewayresponse.header.Set-Cookie';

proveRows(LOGIN_ENDPOINT_ROWS, [
  {
    rule: 'IdentityProviderIsReachedEncrypted',
    good: listener(oidc(`${HTTPS}/token`)),
    bad: listener(oidc('http://id.example.com/token')),
    finds:
      'violation It.Properties.DefaultActions.0.AuthenticateOidcConfig.TokenEndpoint: http://id.example.com',
    hidden: listener(oidc(HIDDEN)),
    at: 'It.Properties.DefaultActions.0.AuthenticateOidcConfig.TokenEndpoint',
  },
  {
    rule: 'DirectoryAnswersLdaps',
    good: one('AWS::DirectoryService::Other'),
    bad: one('AWS::DirectoryService::SimpleAD'),
    finds: 'violation It.Properties: LDAP only',
    hidden: one('AWS::DirectoryService::MicrosoftAD'),
    at: 'It.Properties',
  },
  {
    rule: 'SmtpCredentialsAreEncrypted',
    good: one(INGRESS, { Type: 'AUTH', TlsPolicy: 'REQUIRED' }),
    bad: one(INGRESS, { Type: 'AUTH', TlsPolicy: 'OPTIONAL' }),
    finds: 'violation It.Properties.TlsPolicy: OPTIONAL',
    hidden: one(INGRESS, { Type: 'AUTH', TlsPolicy: HIDDEN }),
    at: 'It.Properties.TlsPolicy',
  },
  {
    rule: 'MailIsReceivedEncrypted',
    good: one(RECEIPT, { Rule: { TlsPolicy: 'Require' } }),
    bad: one(RECEIPT, { Rule: {} }),
    finds: 'violation It.Properties.Rule.TlsPolicy: absent',
    hidden: one(RECEIPT, { Rule: { TlsPolicy: HIDDEN } }),
    at: 'It.Properties.Rule.TlsPolicy',
  },
  {
    rule: 'CookieStaysSecret',
    good: cookie("'session=; Max-Age=0; Secure; HttpOnly'"),
    bad: cookie("'session=; Max-Age=0; Secure'"),
    finds: `violation ${COOKIE}: a cookie without HttpOnly`,
    hidden: cookie(HIDDEN),
    at: COOKIE,
  },
]);

describe('an identity provider', () => {
  const http = 'http://id.example.com';

  test.each<[string, JsonMap, string]>([
    [
      'of a rule of a listener',
      one('AWS::ElasticLoadBalancingV2::ListenerRule', { Actions: [oidc(http)] }),
      'Actions.0.AuthenticateOidcConfig.TokenEndpoint',
    ],
    [
      'whose keys a listener fetches',
      listener({ JwtValidationConfig: { Issuer: HTTPS, JwksEndpoint: http } }),
      'DefaultActions.0.JwtValidationConfig.JwksEndpoint',
    ],
    [
      'of an HTTP API',
      one('AWS::ApiGatewayV2::Authorizer', { JwtConfiguration: { Issuer: http } }),
      'JwtConfiguration.Issuer',
    ],
    [
      'of a GraphQL API',
      one('AWS::AppSync::GraphQLApi', { OpenIDConnectConfig: { Issuer: http } }),
      'OpenIDConnectConfig.Issuer',
    ],
    [
      'that a GraphQL API takes besides',
      one('AWS::AppSync::GraphQLApi', {
        AdditionalAuthenticationProviders: [{ OpenIDConnectConfig: { Issuer: http } }],
      }),
      'AdditionalAuthenticationProviders.0.OpenIDConnectConfig.Issuer',
    ],
    [
      'of an event API',
      one('AWS::AppSync::Api', {
        EventConfig: { AuthProviders: [{ OpenIDConnectConfig: { Issuer: http } }] },
      }),
      'EventConfig.AuthProviders.0.OpenIDConnectConfig.Issuer',
    ],
    [
      'of a user pool',
      one('AWS::Cognito::UserPoolIdentityProvider', { ProviderDetails: { MetadataURL: http } }),
      'ProviderDetails.MetadataURL',
    ],
    [
      'of a Kubernetes cluster',
      one('AWS::EKS::IdentityProviderConfig', { Oidc: { IssuerUrl: http } }),
      'Oidc.IssuerUrl',
    ],
    ['of an account', one('AWS::IAM::OIDCProvider', { Url: http }), 'Url'],
  ])('%s is reached by TLS', (_title, resources, place) => {
    expect(says(LOGIN_ENDPOINT_ROWS, 'IdentityProviderIsReachedEncrypted', resources)).toEqual([
      `error violation It.Properties.${place}: http://id.example.com`,
    ]);
  });

  test.each<[string, JsonMap, string[]]>([
    [
      'of AWS is reached by TLS, although its address is made at deployment',
      {
        ...one('AWS::ApiGatewayV2::Authorizer', {
          JwtConfiguration: { Issuer: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] } },
        }),
        Pool: { Type: 'AWS::Cognito::UserPool' },
      },
      [],
    ],
    ['is none where a listener only forwards', listener({ Type: 'forward' }), []],
    [
      'may be among actions that are hidden',
      one(LISTENER, { DefaultActions: HIDDEN }),
      ['error unknown It.Properties.DefaultActions'],
    ],
  ])('%s', (_title, resources, expected) => {
    expect(says(LOGIN_ENDPOINT_ROWS, 'IdentityProviderIsReachedEncrypted', resources)).toEqual(expected);
  });
});

describe('mail', () => {
  test.each<[string, string, JsonMap, string[]]>([
    [
      'with a password has a policy, since no default is documented',
      'SmtpCredentialsAreEncrypted',
      one(INGRESS, { Type: 'AUTH' }),
      ['warning unknown It.Properties.TlsPolicy'],
    ],
    [
      'from anybody has no password',
      'SmtpCredentialsAreEncrypted',
      one(INGRESS, { Type: 'OPEN', TlsPolicy: 'OPTIONAL' }),
      [],
    ],
    [
      'from anybody is taken by TLS',
      'MailIsReceivedEncrypted',
      one(INGRESS, { Type: 'OPEN', TlsPolicy: 'OPTIONAL' }),
      ['warning violation It.Properties.TlsPolicy: OPTIONAL'],
    ],
    [
      'may be taken by FIPS',
      'MailIsReceivedEncrypted',
      one(INGRESS, { Type: 'OPEN', TlsPolicy: 'FIPS' }),
      [],
    ],
    [
      'with a password is asked once',
      'MailIsReceivedEncrypted',
      one(INGRESS, { Type: 'AUTH', TlsPolicy: 'OPTIONAL' }),
      [],
    ],
  ])('%s', (_title, id, resources, expected) => {
    expect(says(LOGIN_ENDPOINT_ROWS, id, resources)).toEqual(expected);
  });
});

describe('a cookie', () => {
  const method = (name: string, text: Json): JsonMap =>
    one('AWS::ApiGateway::Method', {
      Integration: { IntegrationResponses: [{ ResponseParameters: { [name]: text } }] },
    });

  test.each<[string, JsonMap, string[]]>([
    [
      'of a method is kept secret too',
      method('method.response.header.Set-Cookie', "'a=b'"),
      [
        'warning violation It.Properties.Integration.IntegrationResponses.0.ResponseParameters.method.response.header.Set-Cookie: a cookie without Secure and HttpOnly',
      ],
    ],
    [
      'that the integration sets is not seen',
      method('method.response.header.Set-Cookie', 'integration.response.header.Set-Cookie'),
      [],
    ],
    ['is none in another header', method('method.response.header.X-Cookie', "'a=b'"), []],
    [
      'is not secure by its name or value',
      cookie("'Secure=HttpOnly'"),
      [`warning violation ${COOKIE}: a cookie without Secure and HttpOnly`],
    ],
    ['is none where there are no parameters', one(RESPONSE), []],
    [
      'may be among parameters that are hidden',
      one(RESPONSE, { ResponseParameters: HIDDEN }),
      ['warning unknown It.Properties.ResponseParameters'],
    ],
  ])('%s', (_title, resources, expected) => {
    expect(says(LOGIN_ENDPOINT_ROWS, 'CookieStaysSecret', resources)).toEqual(expected);
  });
});
