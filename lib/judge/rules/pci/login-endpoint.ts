import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import { decided, isOneOf, onlyWhere, propertyRow, unknown, violation } from '../property';
import { COMPLIANT, type Verdict } from '../rule';
import { addressAt } from './login-address';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const LISTENER_RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';

/** Where an action of a load balancer names who signs people in, or whose keys sign tokens. */
const OF_ACTION = [
  'AuthenticateOidcConfig.Issuer',
  'AuthenticateOidcConfig.AuthorizationEndpoint',
  'AuthenticateOidcConfig.TokenEndpoint',
  'AuthenticateOidcConfig.UserInfoEndpoint',
  'JwtValidationConfig.Issuer',
  'JwtValidationConfig.JwksEndpoint',
];

/** Where the types name identity providers: lists, and addresses within each of their elements. */
const PROVIDERS: Readonly<
  Record<string, readonly (readonly [list: string, addresses: readonly string[]])[]>
> = {
  [LISTENER]: [['DefaultActions', OF_ACTION]],
  [LISTENER_RULE]: [['Actions', OF_ACTION]],
  'AWS::ApiGatewayV2::Authorizer': [['', ['JwtConfiguration.Issuer']]],
  'AWS::AppSync::GraphQLApi': [
    ['', ['OpenIDConnectConfig.Issuer']],
    ['AdditionalAuthenticationProviders', ['OpenIDConnectConfig.Issuer']],
  ],
  'AWS::AppSync::Api': [['EventConfig.AuthProviders', ['OpenIDConnectConfig.Issuer']]],
  'AWS::Cognito::UserPoolIdentityProvider': [
    [
      'ProviderDetails',
      ['oidc_issuer', 'authorize_url', 'token_url', 'attributes_url', 'jwks_uri', 'MetadataURL'],
    ],
  ],
  'AWS::EKS::IdentityProviderConfig': [['', ['Oidc.IssuerUrl']]],
  'AWS::IAM::OIDCProvider': [['', ['Url']]],
};

const INGRESS = 'AWS::SES::MailManagerIngressPoint';
const RECEIPT = 'AWS::SES::ReceiptRule';
const SIMPLE_AD = 'AWS::DirectoryService::SimpleAD';
const GATEWAY_RESPONSE = 'AWS::ApiGateway::GatewayResponse';
const METHOD = 'AWS::ApiGateway::Method';

/** Rules on where credentials travel besides Cognito's own clients, with their levels. */
export const LOGIN_ENDPOINT_ROWS: readonly PackRule[] = [
  propertyRow('error', {
    id: 'IdentityProviderIsReachedEncrypted',
    title: 'identity providers, and the keys that sign their tokens, are reached by TLS',
    risk: 'Whoever is on the path takes the code and the secret of the client, or answers with a key of his own and signs tokens for anybody.',
    fix: 'Begin Issuer, AuthorizationEndpoint, TokenEndpoint, UserInfoEndpoint and JwksEndpoint of the listener, JwtConfiguration.Issuer of the authorizer, and the addresses in ProviderDetails with https://. CDK: ListenerAction.authenticateOidc(), HttpJwtAuthorizer, UserPoolIdentityProviderOidc and OpenIdConnectProvider take them as they are given.',
    references: {
      pciDss: ['4.2.1', '8.3.2'],
      gdpr: ['32(1)(a)'],
      cwe: ['CWE-319', 'CWE-523'],
    },
    resourceTypes: Object.keys(PROVIDERS),
    test: providersAreReachedEncrypted,
  }),
  propertyRow(
    'warning',
    {
      id: 'DirectoryAnswersLdaps',
      title: 'a directory answers LDAP over TLS',
      risk: 'LDAP sends names, and passwords of simple binds, in clear to whoever is on the path.',
      fix: 'Use AWS::DirectoryService::MicrosoftAD and turn on LDAPS when it is there (EnableLDAPS, with a certificate on its controllers), or put a TLS listener of a Network Load Balancer before Simple AD, let clients use that alone, and waive the finding. CDK: Directory Service has L1 only (CfnMicrosoftAD), and no template turns LDAPS on.',
      references: { pciDss: ['4.2.1', '8.3.2'], gdpr: ['32(1)(a)'], cwe: ['CWE-319', 'CWE-523'] },
      resourceTypes: [SIMPLE_AD, 'AWS::DirectoryService::MicrosoftAD'],
      test: answersLdaps,
    },
    'info',
  ),
  propertyRow(
    'error',
    {
      id: 'SmtpCredentialsAreEncrypted',
      title: 'an ingress point of SES takes SMTP credentials over TLS only',
      risk: 'A program that does not begin TLS sends its name and password in clear, and whoever reads them sends mail in your name.',
      fix: 'Set TlsPolicy to REQUIRED, or FIPS. CDK: Mail Manager has L1 only (CfnMailManagerIngressPoint.tlsPolicy).',
      references: { pciDss: ['4.2.1', '8.3.2', '2.2.7'], gdpr: ['32(1)(a)'], cwe: ['CWE-319', 'CWE-523'] },
      resourceTypes: [INGRESS],
      test: onlyWhere(isOneOf('Type', ['AUTH']), requiresTlsOnIngress),
    },
    'warning',
  ),
  propertyRow('warning', {
    id: 'MailIsReceivedEncrypted',
    title: 'SES takes mail over TLS only',
    risk: 'What people write to you travels in clear wherever the sending server does not begin TLS.',
    fix: 'Set Rule.TlsPolicy of the receipt rule to Require (Optional is the default), and TlsPolicy of an ingress point to REQUIRED. CDK: tlsPolicy: TlsPolicy.REQUIRE of ReceiptRule; left out it is optional.',
    references: { pciDss: ['4.2.1', '4.2.2'], gdpr: ['32(1)(a)'], cwe: ['CWE-319'] },
    resourceTypes: [RECEIPT, INGRESS],
    test: (properties, context) => {
      if (properties.resource.type === INGRESS) {
        return onlyWhere(isOneOf('Type', ['OPEN', 'MTLS']), requiresTlsOnIngress)(properties, context);
      }
      const at = properties.at('Rule', 'TlsPolicy');
      return decided(at, at.string(), 'violation', 'Require', (value) => /^require$/i.test(value));
    },
  }),
  propertyRow('warning', {
    id: 'CookieStaysSecret',
    title: 'a cookie that an API sets is kept from plaintext and from scripts',
    risk: 'Without Secure a browser sends it in clear to whoever lures it to http://; without HttpOnly any script of the page reads it. Either signs a stranger in.',
    fix: 'End the text of Set-Cookie with ; Secure; HttpOnly; SameSite=Lax in ResponseParameters. CDK: responseHeaders of addGatewayResponse(), and responseParameters of integrationResponses, take the text as it is given.',
    references: {
      pciDss: ['4.2.1', '6.2.4', '8.3.2'],
      gdpr: ['32(1)(b)'],
      cwe: ['CWE-614', 'CWE-1004'],
    },
    resourceTypes: [GATEWAY_RESPONSE, METHOD],
    test: cookiesStaySecret,
  }),
];

function providersAreReachedEncrypted(properties: Cursor): readonly Verdict[] {
  return (PROVIDERS[properties.resource.type] ?? []).flatMap(([path, addresses]) => {
    const at = path === '' ? properties : properties.at(...path.split('.'));
    const list = at.list();
    if (list.state === 'unresolved') return [unknown(at, list.why)];
    return at
      .items()
      .flatMap((item) =>
        addresses.map((address) => item.at(...address.split('.'))).filter(({ isPresent }) => isPresent),
      )
      .map(isReachedEncrypted);
  });
}

function isReachedEncrypted(at: Cursor): Verdict {
  const { scheme, host, why } = addressAt(at);
  if (scheme === undefined) return unknown(at, why);
  return scheme === 'https'
    ? COMPLIANT
    : violation(at, `${scheme}://${host}`, 'an address that begins with https://');
}

/**
 * Simple AD has no LDAPS of its own; whether a managed Microsoft AD has it is decided after deployment.
 *
 * Source: AWS Directory Service administration guide, "prereq_simple" and "ms_ad_ldap_server_side".
 */
function answersLdaps(properties: Cursor): Verdict {
  return properties.resource.type === SIMPLE_AD
    ? violation(properties, 'LDAP only', 'LDAPS')
    : unknown(properties, 'LDAPS is turned on in the directory itself, which no template does');
}

/** AWS documents no default. */
function requiresTlsOnIngress(properties: Cursor): Verdict {
  const at = properties.at('TlsPolicy');
  if (!at.isPresent) return unknown(at, 'AWS documents no default for it');
  return decided(at, at.string(), 'violation', 'REQUIRED', (value) => /^(required|fips)$/i.test(value));
}

function cookiesStaySecret(properties: Cursor): readonly Verdict[] {
  const integration = properties.at('Integration', 'IntegrationResponses');
  const places =
    properties.resource.type === METHOD
      ? integration.items().map((response) => response.at('ResponseParameters'))
      : [properties.at('ResponseParameters')];
  return places.flatMap(cookiesIn);
}

function cookiesIn(parameters: Cursor): readonly Verdict[] {
  const entries = parameters.entries();
  if (entries.state === 'absent') return [];
  if (entries.state === 'unresolved') return [unknown(parameters, entries.why)];
  return entries.value
    .filter(([name]) => /\.header\.set-cookie$/i.test(name))
    .map(([, at]) => {
      const reading = at.string();
      if (reading.state === 'unresolved') return unknown(at, reading.why);
      // What the integration answers is passed on as it is, and not seen here.
      const [, text] = /^'(.*)'$/s.exec(reading.state === 'given' ? reading.value : '') ?? [];
      const attributes = (text ?? '')
        .split(';')
        .slice(1)
        .map((part) => part.trim().toLowerCase());
      const missing = ['Secure', 'HttpOnly'].filter((name) => !attributes.includes(name.toLowerCase()));
      return text === undefined || missing.length === 0
        ? COMPLIANT
        : violation(at, `a cookie without ${missing.join(' and ')}`, 'one with Secure and HttpOnly');
    });
}
