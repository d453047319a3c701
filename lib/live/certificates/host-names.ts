/**
 * Whether a certificate is good for a host (RFC 9525, 6.3): names are the same, or a wildcard stands for exactly one label,
 * the leftmost, which it makes up alone. The letters' case does not matter.
 */
export function covers(names: readonly string[], host: string): boolean {
  const wanted = normal(host);
  const dot = wanted.indexOf('.');
  // A wildcard in a host asks for a wildcard in the certificate: no single name is good for every host.
  const above = dot < 1 || wanted.startsWith('*') ? undefined : `*${wanted.slice(dot)}`;
  return names.some((name) => normal(name) === wanted || normal(name) === above);
}

function normal(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}
