/** Values that are a secret whatever they are called: by the form that issuers give them. */
const FORMS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  // A password that a program puts in, for `${DB_PASSWORD}`, is none.
  ['a URL with a password', /[a-z][a-z0-9+.-]*:\/\/[^/?#\s@:]*:(?!\$\{[A-Z_][A-Z0-9_]*\}@)[^/?#\s@]+@/i],
  ['a connection string with a password', /(?:^|[;?&\s])(?:password|pwd)\s*=\s*[^;&\s${]/i],
  ['an access key of AWS', /(?:^|[^A-Z0-9])A(?:KIA|SIA)[A-Z2-7]{16}(?:$|[^A-Z0-9])/],
  ['a secret key of Stripe', /\b[rs]k_(?:live|test)_\w{16}/],
  ['a token of GitHub', /\b(?:gh[a-z]_\w{36}|github_pat_\w{22})/],
  ['a token of Slack', /\bxox[a-z]-\w{10}/],
  ['a signed token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
];

/**
 * Names whose last word says that the value is a secret: `DB_PASSWORD`, `STRIPE_API_KEY`, `authToken`. Where something
 * else follows it is about one (`SECRET_ARN`, `TOKEN_TTL`), and several tokens are counted (`MAX_TOKENS`).
 */
const SECRET_NAME = new RegExp(
  [
    '(PASSWORD|PASSWD|PASSPHRASE|',
    '(^|_)(PWD|PASS|PASSCODE|SECRETS?|CREDENTIALS?|TOKEN|CONNECTION_?STRING|',
    '(API|ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION|MASTER|HMAC|JWT|LICENSE|SHARED)_?KEY))(_?\\d{1,2})?$',
  ].join(''),
);

/** What switches something on, names where the secret is, or is nothing. */
const NO_SECRET = /^(|true|false|yes|no|on|off|none|null|\d{1,3}|(arn:|\/|https?:\/\/|alias\/|s3:\/\/)\S*)$/i;

/** What kind of secret a text is, as far as its form tells. */
export function secretIn(text: string): string | undefined {
  return FORMS.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Whether the name of a variable says that its value is a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(
    name
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replaceAll('-', '_')
      .toUpperCase(),
  );
}

/** Whether a value can be the secret that its name says. */
export function canBeSecret(value: string): boolean {
  return !NO_SECRET.test(value.trim());
}
