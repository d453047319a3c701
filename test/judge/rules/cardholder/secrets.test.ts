import { PASSWORD_PLACES } from '../../../../lib/judge/rules/cardholder/password-places';
import { canBeSecret, isSecretName, secretIn } from '../../../../lib/judge/rules/cardholder/secret-text';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, IF, saysOf } from './support';

describe('the text of a secret', () => {
  test.each([
    `AKIA${'A'.repeat(16)}`,
    'postgres://shop:hunter22@db.example:5432/shop',
    'Server=db;Password=hunter22;',
    '-----BEGIN EC PRIVATE KEY-----',
    `sk_live_${'x'.repeat(24)}`,
    `ghp_${'x'.repeat(36)}`,
    `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.${'c'.repeat(12)}`,
  ])('is known by its form: %s', (text) => {
    expect(secretIn(text)).toBeDefined();
  });

  test.each([
    'https://shop.example/login',
    `postgres://shop:${'${'}DB_PASSWORD}@db.example`,
    'eu-west-1',
    '',
    'a@b.example',
    'AKIA',
  ])('is not %p', (text) => {
    expect(secretIn(text)).toBeUndefined();
  });

  test.each([
    'DB_PASSWORD',
    'dbPassword',
    'STRIPE_API_KEY',
    'authToken',
    'client-secret',
    'API_KEY_2',
    'PGPASSWORD',
  ])('is what %s holds', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each(['SECRET_ARN', 'TOKEN_TTL', 'MAX_TOKENS', 'PASSWORD_FILE', 'KEY', 'COMPASS', 'MONKEY', ''])(
    'is not what %s holds',
    (name) => {
      expect(isSecretName(name)).toBe(false);
    },
  );

  test.each([
    'true',
    'none',
    '30',
    '',
    'arn:aws:secretsmanager:eu-west-1:1:secret:a',
    '/shop/db',
    'https://idp.example',
  ])('can hardly be %p', (value) => {
    expect(canBeSecret(value)).toBe(false);
  });
});

describe('PasswordIsNotInTemplate', () => {
  const says = (Type: string, properties: JsonMap, Parameters: JsonMap = {}) =>
    saysOf(
      'PasswordIsNotInTemplate',
      { It: { Type, Properties: properties }, Secret: { Type: 'AWS::SecretsManager::Secret' } },
      {
        Parameters: { Hidden: { Type: 'String' }, Stage: { Type: 'String' }, ...Parameters },
      },
    );
  const DB = 'AWS::RDS::DBInstance';
  const password = (MasterUserPassword: JsonMap | string) => ({ MasterUserPassword });

  test.each<[string, JsonMap]>([
    ['that the service makes', { ManageMasterUserPassword: true }],
    ['that is referred to', password('{{resolve:secretsmanager:shop:SecretString:password}}')],
    [
      'that is referred to by a resource',
      password({
        'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, ':SecretString:password::}}']],
      }),
    ],
    ['that is empty', password('')],
  ])('passes a password %s', (_, properties) => {
    expect(says(DB, properties)).toEqual([]);
  });

  test('fails a password, and does not show it', () => {
    expect(says(DB, password('hunter22'))).toEqual([
      'warning violation It.Properties.MasterUserPassword: (redacted)',
    ]);
    expect(says(DB, password(IF('{{resolve:secretsmanager:shop}}', 'hunter22')))).toEqual([
      'warning violation It.Properties.MasterUserPassword: (redacted) (Stack.Stage = (any other value))',
    ]);
  });

  test('passes a hidden parameter without a default, and fails one that is shown or has one', () => {
    const P = { Ref: 'P' };
    expect(says(DB, password(P), { P: { Type: 'String', NoEcho: true } })).toEqual([]);
    expect(says(DB, password(P), { P: { Type: 'String' } })).toEqual([
      'warning violation It.Properties.MasterUserPassword: parameter P without NoEcho',
    ]);
    expect(says(DB, password(P), { P: { Type: 'String', NoEcho: true, Default: 'hunter22' } })).toEqual([
      'warning violation It.Properties.MasterUserPassword: parameter P with a Default',
    ]);
    expect(says(DB, password(P), { P: { Type: 'String', Default: 'hunter22' } })).toEqual([
      'warning violation It.Properties.MasterUserPassword: (redacted)',
    ]);
  });

  test('finds each of a list', () => {
    expect(
      says('AWS::AmazonMQ::Broker', {
        Users: [
          { Username: 'a', Password: 'hunter22' },
          { Username: 'b', Password: 'hunter23' },
        ],
      }),
    ).toEqual([
      'warning violation It.Properties.Users.0.Password: (redacted)',
      'warning violation It.Properties.Users.1.Password: (redacted)',
    ]);
    expect(says('AWS::ElastiCache::User', { Passwords: ['hunter22'] })).toEqual([
      'warning violation It.Properties.Passwords.0: (redacted)',
    ]);
  });

  const made = (path: string): JsonMap =>
    path
      .split('.')
      .reduceRight<JsonMap | string | (JsonMap | string)[]>(
        (inner, key) => (key === '*' ? [inner as JsonMap] : ({ [key]: inner } as JsonMap)),
        'hunter22',
      ) as JsonMap;
  test.each(
    Object.entries(PASSWORD_PLACES).flatMap(([type, paths]) => paths.map((path) => [type, path] as const)),
  )('finds one of %s at %s', (type, path) => {
    expect(says(type, made(path))).toEqual([
      `warning violation It.Properties.${path.replaceAll('*', '0')}: (redacted)`,
    ]);
  });
});

describe('VariableHoldsNoSecret', () => {
  const says = (Type: string, properties: JsonMap) =>
    saysOf(
      'VariableHoldsNoSecret',
      { It: { Type, Properties: properties }, Secret: { Type: 'AWS::SecretsManager::Secret' } },
      {
        Parameters: {
          Hidden: { Type: 'String' },
          Stage: { Type: 'String' },
          Quiet: { Type: 'String', NoEcho: true },
        },
      },
    );
  const fn = (Variables: JsonMap) => says('AWS::Lambda::Function', { Environment: { Variables } });
  const VALUE = 'It.Properties.Environment.Variables';

  test.each<[string, JsonMap]>([
    [
      'the ARN of a secret',
      { DB_SECRET: { Ref: 'Secret' }, SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:1:secret:a' },
    ],
    ['what is no secret', { LOG_LEVEL: 'debug', MAX_TOKENS: '30', USE_TOKEN: 'true' }],
    ['what is known at deployment only', { DB_PASSWORD: HIDDEN }],
    ['names that JavaScript knows', { __proto__: 'x', constructor: 'y' }],
  ])('passes %s', (_, variables) => {
    expect(fn(variables)).toEqual([]);
  });

  test.each<[string, JsonMap, string]>([
    ['a secret by its name', { DB_PASSWORD: 'hunter22' }, 'DB_PASSWORD: (redacted)'],
    [
      'a secret by its form',
      { DATABASE: 'postgres://shop:hunter22@db.example/shop' },
      'DATABASE: (redacted)',
    ],
    [
      'a reference that becomes one',
      { CONFIG: '{{resolve:secretsmanager:shop}}' },
      'CONFIG: a reference that becomes the secret',
    ],
    [
      'a parameter that is not shown',
      { CONFIG: { Ref: 'Quiet' } },
      'CONFIG: a reference that becomes the secret',
    ],
    [
      'text around one',
      { CONFIG: { 'Fn::Sub': `${'${AWS::Region}'} AKIA${'A'.repeat(16)}` } },
      'CONFIG: (redacted)',
    ],
  ])('fails %s', (_, variables, where) => {
    expect(fn(variables)).toEqual([`warning violation ${VALUE}.${where}`]);
  });

  test.each<[string, JsonMap, string]>([
    [
      'AWS::ECS::TaskDefinition',
      { ContainerDefinitions: [{ Name: 'a', Environment: [{ Name: 'API_KEY', Value: 'hunter22' }] }] },
      'ContainerDefinitions.0.Environment.0.Value',
    ],
    [
      'AWS::CodeBuild::Project',
      { Environment: { EnvironmentVariables: [{ Name: 'API_KEY', Value: 'hunter22' }] } },
      'Environment.EnvironmentVariables.0.Value',
    ],
    [
      'AWS::AppRunner::Service',
      {
        SourceConfiguration: {
          ImageRepository: {
            ImageConfiguration: { RuntimeEnvironmentVariables: [{ Name: 'API_KEY', Value: 'hunter22' }] },
          },
        },
      },
      'SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.0.Value',
    ],
    [
      'AWS::Batch::JobDefinition',
      { ContainerProperties: { Environment: [{ Name: 'API_KEY', Value: 'hunter22' }] } },
      'ContainerProperties.Environment.0.Value',
    ],
    [
      'AWS::Amplify::App',
      { EnvironmentVariables: [{ Name: 'API_KEY', Value: 'hunter22' }] },
      'EnvironmentVariables.0.Value',
    ],
    [
      'AWS::ElasticBeanstalk::Environment',
      { OptionSettings: [{ Namespace: 'n', OptionName: 'API_KEY', Value: 'hunter22' }] },
      'OptionSettings.0.Value',
    ],
  ])('looks at variables of %s', (type, properties, path) => {
    expect(says(type, properties)).toEqual([`warning violation It.Properties.${path}: (redacted)`]);
  });

  test('leaves credentials of AWS to the rules that ask for them, and what CodeBuild fetches', () => {
    const Environment = [{ Name: 'AWS_SECRET_ACCESS_KEY', Value: 'x'.repeat(40) }];
    expect(says('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Environment }] })).toEqual([]);
    const EnvironmentVariables = [{ Name: 'API_KEY', Type: 'SECRETS_MANAGER', Value: 'shop/api' }];
    expect(says('AWS::CodeBuild::Project', { Environment: { EnvironmentVariables } })).toEqual([]);
  });
});
