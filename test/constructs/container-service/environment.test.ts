import { Aws, Token } from 'aws-cdk-lib';
import { checkEnvironment } from '../../../lib/constructs/container-service/environment';
import { stackIn } from '../support';

const check = (name: string, value = 'anything') => checkEnvironment(stackIn(), { [name]: value }, {});

describe('checkEnvironment', () => {
  test.each([
    'PASSWORD',
    'DB_PASSWORD',
    'dbPassword',
    'db-password',
    'PGPASSWORD',
    'MYSQL_PWD',
    'STRIPE_API_KEY',
    'stripeApiKey',
    'APIKEY',
    'SECRET',
    'CLIENT_SECRET',
    'AWS_SECRET_ACCESS_KEY',
    'SIGNING_KEY',
    'PRIVATE_KEY',
    'GITHUB_TOKEN',
    'authToken',
    'DB_CREDENTIALS',
    'REDIS_CONNECTION_STRING',
    'DB_PASS',
    'SMTP_PASSCODE',
    'DB_PASSWORD_2',
    'API_KEY2',
    'SECRET_KEY_BASE',
    'RAILS_MASTER_KEY',
    'HMAC_KEY',
    'JWT_KEY',
    'NEW_RELIC_LICENSE_KEY',
    'SECRETS',
  ])('refuses %s, since its name says that it is a secret', (name) => {
    expect(() => check(name)).toThrow(
      `Stack: 'environment.${name}' must not hold a secret, got one (its name says that it is a secret), name it in 'secrets', which are fetched when a task starts`,
    );
  });

  test.each([
    'PASSWORD_MIN_LENGTH',
    'SECRET_ARN',
    'TOKEN_TTL',
    'TOKEN_VAULT_URL',
    'MAX_TOKENS',
    'PRIVATE_KEY_FILE',
    'API_KEY_HEADER',
    'CACHE_KEY',
    'MONKEY',
    'KEYBOARD',
    'TOKENIZER',
    'LOG_LEVEL',
    'CREDENTIALS_PATH',
    'BYPASS',
    'COMPASS',
    'PGPASSFILE',
    'PUBLIC_KEY',
    'PARTITION_KEY',
  ])('lets %s through, which is about a secret or about something else', (name) => {
    expect(() => check(name)).not.toThrow();
  });

  test.each([
    ['a private key', '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMIGH'],
    ['a URL with a password', 'postgres://shop:hunter2@db.internal:5432/shop'],
    ['a URL with a password', 'jdbc:postgresql://shop:hunter2@db.internal/shop'],
    ['a URL with a password', 'amqps://one.internal:5671,amqps://shop:hunter2@two.internal:5671'],
    ['a URL with a password', `postgres://shop:hunter2@db.${Aws.REGION}.internal/shop`],
    ['a URL with a password', `postgres://shop:${Token.asString({ Ref: 'Password' })}@db.internal/shop`],
    ['a connection string with a password', 'jdbc:postgresql://db.internal/shop?user=shop&password=hunter2'],
    ['a connection string with a password', 'Server=db.internal;User Id=shop;Password=hunter2;'],
    ['a connection string with a password', 'host=db.internal user=shop password=hunter2'],
    ['an access key of AWS', `AKIA${'ABCDEFGH'.repeat(2)}`],
    ['a secret key of Stripe', `sk_live_${'Ab1'.repeat(8)}`],
    ['a token of GitHub', `ghp_${'Ab1'.repeat(12)}`],
    ['a token of Slack', `xoxb-${'1'.repeat(12)}-abc`],
    ['a signed token', `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(30)}`],
  ])('refuses %s under any name, and does not repeat it', (what, value) => {
    let message = '';
    try {
      check('SETTINGS', value);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain(`'environment.SETTINGS' must not hold a secret, got one (${what})`);
    expect(message).not.toContain(value.slice(0, 20));
  });

  test.each([
    'https://shop.example.com/a:b@c',
    'postgres://shop@db.internal:5432/shop',
    'https://example.com:8443',
    '-----BEGIN CERTIFICATE-----',
    // Put in by the process, which has it from `secrets`.
    'postgres://shop:${DB_PASSWORD}@db.internal:5432/shop',
    'Password reset',
    'https://shop.example.com/reset?password=',
    `https://${Aws.REGION}.example.com:8443/a@b`,
    'pk_live_51Habcdefghijklmnop',
  ])('lets the value %s through', (value) => {
    expect(() => check('SETTINGS', value)).not.toThrow();
  });

  test('lets a value through that is not known yet, under a name that is no secret', () => {
    expect(() => check('TABLE_NAME', Token.asString({ Ref: 'Table' }))).not.toThrow();
    expect(() => check('DB_PASSWORD', Token.asString({ Ref: 'Password' }))).toThrow('must not hold a secret');
  });

  test('refuses a name that is among the secrets too, of which ECS takes one', () => {
    expect(() => checkEnvironment(stackIn(), { REGION: 'eu-west-1' }, { REGION: {} })).toThrow(
      "'environment.REGION' must be left out, got one beside that in 'secrets', name it once",
    );
  });

  test('refuses the variables that the construct sets, also among secrets', () => {
    const message = "'environment.TARGET_TLS_MIN_VERSION' must be left out, got one, the construct sets it";
    expect(() => check('TARGET_TLS_MIN_VERSION', 'TLSv1')).toThrow(message);
    expect(() => checkEnvironment(stackIn(), {}, { TARGET_TLS_MIN_VERSION: {} })).toThrow(message);
    expect(() => check('PORT', '80')).toThrow(
      "'environment.PORT' must be left out, got one, the construct sets it",
    );
  });
});
