/** The header `Content-Security-Policy` as it is sent: directives by name, the first of each counts. */
export type ContentSecurityPolicy = ReadonlyMap<string, readonly string[]>;

/** Reads a policy (W3C CSP Level 3, 2.2.1): names do not care for capitals, and repeated directives are ignored. */
export function parsePolicy(text: string): ContentSecurityPolicy {
  const policy = new Map<string, readonly string[]>();
  for (const part of text.split(';')) {
    const [name, ...values] = part.trim().split(/\s+/);
    const key = name?.toLowerCase() ?? '';
    if (key !== '' && !policy.has(key)) policy.set(key, values);
  }
  return policy;
}

const NONCE_OR_HASH = /^'(nonce-[A-Za-z0-9+/_=-]+|sha(256|384|512)-[A-Za-z0-9+/_=-]+)'$/i;
/** Any host that speaks it, and scripts that come as data. */
const SCHEMES = /^(https?|data|blob|filesystem|wss?):$/i;
const PLAINTEXT = /^(http|ws):\/\//i;

/**
 * What lets a policy run scripts that nobody named; `undefined` where it names them.
 *
 * With a nonce or hash browsers ignore `'unsafe-inline'`, and with `'strict-dynamic'` also hosts and schemes: both stand
 * there for browsers of ten years ago.
 */
export function unnamedScripts(policy: ContentSecurityPolicy): string | undefined {
  const sources = policy.get('script-src') ?? policy.get('default-src');
  if (sources === undefined) return 'neither script-src nor default-src';
  const all = [
    ...sources,
    ...(policy.get('script-src-elem') ?? []),
    ...(policy.get('script-src-attr') ?? []),
  ];
  const isKeyed = all.some((source) => NONCE_OR_HASH.test(source));
  const isStrict = isKeyed && all.some((source) => source.toLowerCase() === "'strict-dynamic'");
  return all.find((source) => {
    const word = source.toLowerCase();
    if (word === "'unsafe-eval'") return true;
    if (word === "'unsafe-inline'") return !isKeyed;
    return (
      !isStrict &&
      (word === '*' || SCHEMES.test(word) || PLAINTEXT.test(word) || /^(https:\/\/)?\*(:|\/|$)/.test(word))
    );
  });
}

/** Whether browsers tell somebody what the policy stopped. */
export function reportsViolations(policy: ContentSecurityPolicy): boolean {
  return ['report-to', 'report-uri'].some((name) => (policy.get(name)?.length ?? 0) > 0);
}
