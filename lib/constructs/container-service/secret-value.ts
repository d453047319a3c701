import { CfnParameter, type Stack } from 'aws-cdk-lib';

/** Values that are a secret whatever they are called. Parts of a text may be unresolved. */
const PATTERNS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  // A password that the process itself puts in, for `${DB_PASSWORD}`, is none.
  ['a URL with a password', /[a-z][a-z0-9+.-]*:\/\/[^/?#\s@]*?:(?!\$\{[A-Z_][A-Z0-9_]*\}@)[^/?#\s@]+@/i],
  ['a connection string with a password', /(?:^|[;?&\s])(?:password|pwd)\s*=\s*[^;&\s$]/i],
  ['an access key of AWS', /(?:^|[^A-Z0-9])A(?:KIA|SIA)[A-Z2-7]{16}(?:$|[^A-Z0-9])/],
  ['a secret key of Stripe', /\b[rs]k_(?:live|test)_\w{16}/],
  ['a token of GitHub', /\b(?:gh[a-z]_\w{36}|github_pat_\w{22})/],
  ['a token of Slack', /\bxox[a-z]-\w{10}/],
  ['a signed token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
];

/** CloudFormation puts the secret itself in their place, where everybody reads it who may describe the resource. */
const DYNAMIC_REFERENCE = /\{\{resolve:(?:secretsmanager|ssm-secure):/;

/** What kind of secret a value is, as far as it is known. */
export function secretIn(value: string): string | undefined {
  return PATTERNS.find(([, pattern]) => pattern.test(value))?.[0];
}

/** What kind of secret a value is in the template. */
export function secretInTemplate(stack: Stack, value: string): string | undefined {
  const resolved: unknown = stack.resolve(value);
  const json = JSON.stringify(resolved);
  if (DYNAMIC_REFERENCE.test(json)) return 'a reference that CloudFormation replaces by a secret';
  const isHidden = stack.node.children.some(
    (each) => each instanceof CfnParameter && each.noEcho && refersTo(json, stack.getLogicalId(each)),
  );
  return isHidden ? 'a parameter with NoEcho' : secretIn(textOf(resolved));
}

/** By `Ref`, or within `Fn::Sub`. */
function refersTo(json: string, logicalId: string): boolean {
  return json.includes(`{"Ref":"${logicalId}"}`) || json.includes(`\${${logicalId}}`);
}

/** The text that a value will be; what is known at deployment only is left out of it. */
function textOf(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  if (typeof resolved !== 'object' || resolved === null || !('Fn::Join' in resolved)) return '';
  const join: unknown = resolved['Fn::Join'];
  if (!Array.isArray(join)) return '';
  const [separator, parts]: unknown[] = join;
  return Array.isArray(parts) ? parts.map(textOf).join(String(separator)) : '';
}
