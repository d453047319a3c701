import type { PackRule } from '../../packs/pack';
import { type Cursor, Text } from '../../template';
import { decided, each, isAtLeast, isTrue, onlyWhere, propertyRow, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { addressAt } from './login-address';

const CLIENT = 'AWS::Cognito::UserPoolClient';
const DOMAIN = 'AWS::Cognito::UserPoolDomain';
const POOL = 'AWS::Cognito::UserPool';
const CERTIFICATE = 'AWS::CertificateManager::Certificate';

/** Where CloudFront, which serves the domains of user pools, takes its certificates from. */
const CERTIFICATE_REGION = 'us-east-1';
/** How long a password has to be (PCI DSS 8.3.6). */
const SHORTEST_PASSWORD = 12;

const SIGN_IN = ['8.3.1', '8.3.2'];

/** Rules on how people sign in by Cognito, with their levels. */
export const LOGIN_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'ClientAvoidsImplicitGrant',
    title: 'an app client of Cognito hands tokens to servers and apps, never to the address line',
    risk: 'The implicit grant puts tokens into the address: they stay in histories, logs and the Referer of the next page, and whoever finds one is signed in (RFC 9700, 2.1.2).',
    fix: 'Remove implicit from AllowedOAuthFlows and use code, with PKCE. CDK: oAuth: { flows: { authorizationCodeGrant: true } } of UserPoolClient; left out both are on.',
    references: {
      pciDss: [...SIGN_IN, '6.2.4'],
      gdpr: ['32(1)(b)'],
      cwe: ['CWE-598', 'CWE-522'],
    },
    resourceTypes: [CLIENT],
    test: onlyWhere(
      isTrue('AllowedOAuthFlowsUserPoolClient'),
      each('AllowedOAuthFlows', isNot(['implicit'])),
    ),
  }),
  propertyRow('error', {
    id: 'ClientRedirectsAreEncrypted',
    title: 'an app client of Cognito sends people back by TLS only',
    risk: 'The answer to a sign-in travels in clear: whoever is on the path takes the code and signs in first.',
    fix: 'Begin every entry of CallbackURLs and LogoutURLs, and DefaultRedirectURI, with https:// or the scheme of an app; http:// is for localhost only. CDK: oAuth: { callbackUrls, logoutUrls, defaultRedirectUri } of UserPoolClient.',
    references: {
      pciDss: ['4.2.1', '8.3.2'],
      gdpr: ['32(1)(a)'],
      cwe: ['CWE-319', 'CWE-523'],
    },
    resourceTypes: [CLIENT],
    test: redirectsAreEncrypted,
  }),
  propertyRow('warning', {
    id: 'ClientAvoidsPlainPasswords',
    title: 'an app client of Cognito proves passwords without sending them',
    risk: 'USER_PASSWORD_AUTH sends the password itself: every proxy, log and library between the form and Cognito sees it.',
    fix: 'Remove ALLOW_USER_PASSWORD_AUTH (and the older USER_PASSWORD_AUTH) from ExplicitAuthFlows and use ALLOW_USER_SRP_AUTH, or sign in by the pages of Cognito. CDK: authFlows: { userSrp: true } of UserPoolClient instead of userPassword.',
    references: { pciDss: SIGN_IN, gdpr: ['32(1)(b)'], cwe: ['CWE-522'] },
    resourceTypes: [CLIENT],
    test: each('ExplicitAuthFlows', isNot(['ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'])),
  }),
  propertyRow('warning', {
    id: 'UserPoolDomainCertificateIsInUsEast1',
    title: `the certificate of the custom domain of a user pool is one of ACM in ${CERTIFICATE_REGION}`,
    risk: 'The domain cannot be made with any other: people are sent to the address of AWS instead, and learn to type passwords into names that are not yours.',
    fix: `Set CustomDomainConfig.CertificateArn to a certificate of ACM in ${CERTIFICATE_REGION}. CDK: a Certificate in a stack with env: { region: '${CERTIFICATE_REGION}' } and crossRegionReferences: true, passed to customDomain of addDomain().`,
    references: { pciDss: ['4.2.1', '4.2.1.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-295'] },
    resourceTypes: [DOMAIN],
    test: certificateIsInUsEast1,
  }),
  propertyRow('error', {
    id: 'UserPoolDomainRequiresTls12',
    title: 'the custom domain of a user pool negotiates nothing below TLS 1.2',
    risk: 'TLS 1.0 and 1.1 are broken and withdrawn (RFC 8996), and this is where passwords are typed.',
    fix: 'Leave CustomDomainConfig.SecurityPolicy out, or set it to TLS_V1_2_2021 or TLS_V1_3_2025. CDK: UserPoolDomain does not set it; look for an override or a CfnUserPoolDomain.',
    references: { pciDss: ['4.2.1', '8.3.2'], gdpr: ['32(1)(a)'], cwe: ['CWE-327'] },
    resourceTypes: [DOMAIN],
    test: requiresTls12,
  }),
  propertyRow('warning', {
    id: 'UserPoolDemandsLongPasswords',
    title: `passwords of a user pool have at least ${SHORTEST_PASSWORD} characters`,
    risk: 'Eight characters, which Cognito asks for by default, are guessed in hours once a hash is stolen.',
    fix: `Set Policies.PasswordPolicy.MinimumLength to ${SHORTEST_PASSWORD} or more. CDK: passwordPolicy: { minLength: ${SHORTEST_PASSWORD} } of UserPool; its default is 8.`,
    references: {
      pciDss: ['8.3.6'],
      gdpr: ['32(1)(b)'],
      securityHub: ['Cognito.3'],
      cwe: ['CWE-521'],
    },
    resourceTypes: [POOL],
    test: isAtLeast('Policies.PasswordPolicy.MinimumLength', SHORTEST_PASSWORD),
  }),
  propertyRow('info', {
    id: 'UserPoolAsksSecondFactor',
    title: 'a user pool asks for a second factor',
    risk: 'A password that was used elsewhere too, or typed into the wrong page, is all that a thief needs.',
    fix: 'Set MfaConfiguration to ON, or to OPTIONAL for customers who sign in to their own data only. CDK: mfa: Mfa.REQUIRED of UserPool; its default is OFF.',
    references: {
      pciDss: ['8.4.1', '8.4.2', '8.4.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['Cognito.5'],
      cwe: ['CWE-308'],
    },
    resourceTypes: [POOL],
    test: (properties) => {
      const at = properties.at('MfaConfiguration');
      return decided(at, at.string(), 'violation', 'ON', (value) => /^(on|optional)$/i.test(value));
    },
  }),
];

/** An element of a list that is none of these. */
function isNot(refused: readonly string[]): (item: Cursor) => Verdict {
  return (item) => decided(item, item.string(), 'compliant', 'left out', (value) => !refused.includes(value));
}

function redirectsAreEncrypted(properties: Cursor): readonly Verdict[] {
  const single = properties.at('DefaultRedirectURI');
  const places = single.isPresent ? [single] : [];
  const lists = [properties.at('CallbackURLs'), properties.at('LogoutURLs')];
  return [
    ...lists.flatMap((at) => {
      const list = at.list();
      return list.state === 'unresolved' ? [unknown(at, list.why)] : [];
    }),
    ...[...lists.flatMap((at) => at.items()), ...places].map(redirectIsEncrypted),
  ];
}

/** What goes to the browser's own machine travels nowhere (RFC 8252, 7.3). */
function redirectIsEncrypted(at: Cursor): Verdict {
  const { scheme, host, why } = addressAt(at);
  if (scheme === undefined) return unknown(at, why);
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
  return scheme !== 'http' || isLocal
    ? COMPLIANT
    : violation(at, `http://${host}`, 'an address that begins with https://');
}

function certificateIsInUsEast1(properties: Cursor): Verdict {
  const config = properties.at('CustomDomainConfig');
  if (!config.isPresent) return NOT_APPLICABLE;
  const at = config.at('CertificateArn');
  const want = `a certificate of ACM in ${CERTIFICATE_REGION}`;
  if (!at.isPresent) return violation(at, 'absent', want);
  const certificate = at.reference();
  if (certificate?.type === CERTIFICATE) {
    const { region } = certificate.template;
    if (region === undefined) return unknown(at, `the region of ${certificate.logicalId} is not known`);
    return region === CERTIFICATE_REGION ? COMPLIANT : violation(at, `one in ${region}`, want);
  }
  const value = at.value();
  const text =
    value instanceof Text ? value.parts.map((p) => (typeof p === 'string' ? p : '?')).join('') : value;
  const [, service, region = '?'] =
    typeof text === 'string' ? (/^arn:[^:]*:([^:]*):([^:]*):/.exec(text) ?? []) : [];
  if (region.includes('?')) {
    const reading = at.string();
    return unknown(at, reading.state === 'unresolved' ? reading.why : 'it is no ARN');
  }
  if (service !== 'acm') return violation(at, `one of ${service}`, want);
  return region === CERTIFICATE_REGION ? COMPLIANT : violation(at, `one in ${region}`, want);
}

/**
 * Names of policies: `TLS_V1`, `TLS_V1_2_2021`, `TLS_V1_3_2025`; those of CloudFront say the same as `TLSv1.2_2021`.
 * Any other may mean anything.
 *
 * Source: the resource type as CloudFormation Validate of aws-cdk-lib 2.276 knows it (W3030).
 */
const POLICY = /^TLS_?V1(?:[._](\d))?(?:[._-]\d{4}|$)/i;

/**
 * Left out, Cognito takes TLS 1.2 at least.
 *
 * Source: Amazon Cognito developer guide, "infrastructure-security".
 */
function requiresTls12(properties: Cursor): Verdict {
  const at = properties.at('CustomDomainConfig', 'SecurityPolicy');
  const reading = at.string();
  if (reading.state === 'absent') return NOT_APPLICABLE;
  if (reading.state === 'unresolved') return unknown(at, reading.why);
  const { value } = reading;
  const named = POLICY.exec(value);
  if (named === null && !/^SSLv/i.test(value))
    return unknown(at, `${value} does not tell its lowest version`);
  return Number(named?.[1] ?? 0) >= 2 ? COMPLIANT : violation(at, value, 'one from TLS 1.2 on');
}
