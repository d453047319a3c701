import { judge } from '../../../../lib/judge/judge';
import { LOGIN_ROWS } from '../../../../lib/judge/rules/pci/login';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { appOf } from '../../support';
import { proveRows } from './proof';
import { HIDDEN, it as one, says } from './support';

const CLIENT = 'AWS::Cognito::UserPoolClient';
const DOMAIN = 'AWS::Cognito::UserPoolDomain';
const POOL = 'AWS::Cognito::UserPool';

const flows = (...AllowedOAuthFlows: readonly Json[]): JsonMap =>
  one(CLIENT, { AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows });
const callback = (url: Json): JsonMap => one(CLIENT, { CallbackURLs: [url] });
const domain = (CustomDomainConfig: JsonMap): JsonMap => one(DOMAIN, { CustomDomainConfig });
const certificate = (region: string): JsonMap =>
  domain({ CertificateArn: `arn:aws:acm:${region}:111122223333:certificate/abcd` });
const length = (MinimumLength: Json): JsonMap =>
  one(POOL, { Policies: { PasswordPolicy: { MinimumLength } } });
const CERTIFICATE = 'It.Properties.CustomDomainConfig.CertificateArn';
const POLICY = 'It.Properties.CustomDomainConfig.SecurityPolicy';

proveRows(LOGIN_ROWS, [
  {
    rule: 'ClientAvoidsImplicitGrant',
    good: flows('code'),
    bad: flows('implicit', 'code'),
    finds: 'violation It.Properties.AllowedOAuthFlows.0: implicit',
    hidden: flows('code', HIDDEN),
    at: 'It.Properties.AllowedOAuthFlows.1',
  },
  {
    rule: 'ClientRedirectsAreEncrypted',
    good: callback('https://shop.example.com/done'),
    bad: callback('http://shop.example.com/done'),
    finds: 'violation It.Properties.CallbackURLs.0: http://shop.example.com',
    hidden: callback(HIDDEN),
    at: 'It.Properties.CallbackURLs.0',
  },
  {
    rule: 'ClientAvoidsPlainPasswords',
    good: one(CLIENT, { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }),
    bad: one(CLIENT, { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] }),
    finds: 'violation It.Properties.ExplicitAuthFlows.1: ALLOW_USER_PASSWORD_AUTH',
    hidden: one(CLIENT, { ExplicitAuthFlows: HIDDEN }),
    at: 'It.Properties.ExplicitAuthFlows',
  },
  {
    rule: 'UserPoolDomainCertificateIsInUsEast1',
    good: certificate('us-east-1'),
    bad: certificate('eu-west-1'),
    finds: `violation ${CERTIFICATE}: one in eu-west-1`,
    hidden: domain({ CertificateArn: HIDDEN }),
    at: CERTIFICATE,
  },
  {
    rule: 'UserPoolDomainRequiresTls12',
    good: domain({ SecurityPolicy: 'TLS_V1_2_2021' }),
    bad: domain({ SecurityPolicy: 'TLS_V1' }),
    finds: `violation ${POLICY}: TLS_V1`,
    hidden: domain({ SecurityPolicy: HIDDEN }),
    at: POLICY,
  },
  {
    rule: 'UserPoolDemandsLongPasswords',
    good: length(12),
    bad: length(11),
    finds: 'violation It.Properties.Policies.PasswordPolicy.MinimumLength: 11',
    hidden: length(HIDDEN),
    at: 'It.Properties.Policies.PasswordPolicy.MinimumLength',
  },
  {
    rule: 'UserPoolAsksSecondFactor',
    good: one(POOL, { MfaConfiguration: 'ON' }),
    bad: one(POOL),
    finds: 'violation It.Properties.MfaConfiguration: absent',
    hidden: one(POOL, { MfaConfiguration: HIDDEN }),
    at: 'It.Properties.MfaConfiguration',
  },
]);

describe('an app client', () => {
  test.each<[string, string, JsonMap, string[]]>([
    [
      'whose OAuth is off grants nothing by its flows',
      'ClientAvoidsImplicitGrant',
      one(CLIENT, { AllowedOAuthFlows: ['implicit'] }),
      [],
    ],
    ['may send people back to an app', 'ClientRedirectsAreEncrypted', callback('myapp://done'), []],
    [
      'may send people back to an app by the name of its maker',
      'ClientRedirectsAreEncrypted',
      callback('com.example.app:/done'),
      [],
    ],
    [
      'may send a developer back to his own machine',
      'ClientRedirectsAreEncrypted',
      callback('http://localhost:3000/done'),
      [],
    ],
    [
      'does not take a host that begins like the own machine for it',
      'ClientRedirectsAreEncrypted',
      callback('http://localhost.example.com/done'),
      ['error violation It.Properties.CallbackURLs.0: http://localhost.example.com'],
    ],
    [
      'may send people to a host that is known at deployment',
      'ClientRedirectsAreEncrypted',
      callback({ 'Fn::Sub': 'https://${Hidden}/done' }),
      [],
    ],
    [
      'is found by where it sends people who sign out, and by its default',
      'ClientRedirectsAreEncrypted',
      one(CLIENT, { LogoutURLs: ['http://a.example.com'], DefaultRedirectURI: 'http://b.example.com' }),
      [
        'error violation It.Properties.DefaultRedirectURI: http://b.example.com',
        'error violation It.Properties.LogoutURLs.0: http://a.example.com',
      ],
    ],
    [
      'hides where it sends people',
      'ClientRedirectsAreEncrypted',
      one(CLIENT, { CallbackURLs: HIDDEN }),
      ['error unknown It.Properties.CallbackURLs'],
    ],
    ['sends no plain passwords by default', 'ClientAvoidsPlainPasswords', one(CLIENT), []],
    [
      'sends them by the older name too',
      'ClientAvoidsPlainPasswords',
      one(CLIENT, { ExplicitAuthFlows: ['USER_PASSWORD_AUTH'] }),
      ['warning violation It.Properties.ExplicitAuthFlows.0: USER_PASSWORD_AUTH'],
    ],
  ])('%s', (_title, id, resources, expected) => {
    expect([...says(LOGIN_ROWS, id, resources)].sort()).toEqual(expected);
  });
});

describe('the domain of a user pool', () => {
  const ofApp = {
    ...domain({ CertificateArn: { Ref: 'Certificate' } }),
    Certificate: { Type: 'AWS::CertificateManager::Certificate' },
  };

  test.each<[string, JsonMap, string | undefined, string[]]>([
    ['below the address of Cognito has no certificate', one(DOMAIN, { Domain: 'shop' }), undefined, []],
    ['takes a certificate of the app in us-east-1', ofApp, 'us-east-1', []],
    [
      'takes none of the app elsewhere',
      ofApp,
      'eu-west-1',
      [`warning violation ${CERTIFICATE}: one in eu-west-1`],
    ],
    [
      'takes none of IAM',
      domain({ CertificateArn: 'arn:aws:iam::111122223333:server-certificate/x' }),
      undefined,
      [`warning violation ${CERTIFICATE}: one of iam`],
    ],
    [
      'may have one in a region that is known at deployment',
      domain({ CertificateArn: { 'Fn::Sub': 'arn:aws:acm:${Hidden}:111122223333:certificate/x' } }),
      undefined,
      [`warning unknown ${CERTIFICATE}`],
    ],
    [
      'may have one of an account that is known at deployment',
      domain({ CertificateArn: { 'Fn::Sub': 'arn:aws:acm:us-east-1:${Hidden}:certificate/x' } }),
      undefined,
      [],
    ],
    [
      'may have what is no ARN',
      domain({ CertificateArn: 'x' }),
      undefined,
      [`warning unknown ${CERTIFICATE}`],
    ],
    ['needs one', domain({}), undefined, [`warning violation ${CERTIFICATE}: absent`]],
  ])('%s', (_title, resources, region, expected) => {
    const parts = region === undefined ? {} : { region };
    expect(says(LOGIN_ROWS, 'UserPoolDomainCertificateIsInUsEast1', resources, parts)).toEqual(expected);
  });

  test.each<[string, Json, string]>([
    ['no ARN', 'x', 'it is no ARN'],
    ['hidden', HIDDEN, 'parameter Hidden has no default'],
  ])('says why its certificate cannot be told: %s', (_, CertificateArn, why) => {
    const [finding] = judge(
      appOf(domain({ CertificateArn }), { Parameters: { Hidden: { Type: 'String' } } }),
      {
        name: 'Pack',
        rules: LOGIN_ROWS.filter(({ rule }) => rule.id === 'UserPoolDomainCertificateIsInUsEast1'),
      },
    ).findings;
    expect(finding?.detail).toBe(why);
  });

  test.each<[string, Json | undefined, string[]]>([
    ['that names no policy takes TLS 1.2 at least', undefined, []],
    ['may take TLS 1.3 alone', 'TLS_V1_3_2025', []],
    ['may say it as CloudFront does', 'TLSv1.2_2021', []],
    ['must not take TLS 1.0', 'TLSv1_2016', [`error violation ${POLICY}: TLSv1_2016`]],
    ['must not take TLS 1.1', 'TLSv1.1_2016', [`error violation ${POLICY}: TLSv1.1_2016`]],
    ['must not take SSL', 'SSLv3', [`error violation ${POLICY}: SSLv3`]],
    ['may have a policy of a name that tells nothing', 'Newest', [`error unknown ${POLICY}`]],
    ['may have a policy of another form', 'TLS_V1_2021', [`error violation ${POLICY}: TLS_V1_2021`]],
    ['may have a policy of a form that nobody knows', 'TLS_V12', [`error unknown ${POLICY}`]],
  ])('%s', (_title, SecurityPolicy, expected) => {
    const resources = domain(SecurityPolicy === undefined ? {} : { SecurityPolicy });
    expect(says(LOGIN_ROWS, 'UserPoolDomainRequiresTls12', resources)).toEqual(expected);
  });
});

test('a user pool asks for passwords of eight characters by default', () => {
  const found = says(LOGIN_ROWS, 'UserPoolDemandsLongPasswords', one(POOL));
  expect(found).toEqual(['warning violation It.Properties.Policies.PasswordPolicy.MinimumLength: absent']);
});

test.each([
  ['OPTIONAL', []],
  ['OFF', ['info violation It.Properties.MfaConfiguration: OFF']],
])('a second factor that is %s', (MfaConfiguration, expected) => {
  expect(says(LOGIN_ROWS, 'UserPoolAsksSecondFactor', one(POOL, { MfaConfiguration }))).toEqual(expected);
});
