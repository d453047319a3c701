import type { TlsPolicy } from './tls-policy';

/** What decides between policies that all meet a requirement, the most important first. */
const PREFERENCES: readonly ((policy: TlsPolicy) => boolean)[] = [
  (policy) => policy.forwardSecret,
  (policy) => policy.securityHub !== false,
  (policy) => policy.postQuantum,
  (policy) => !policy.cbc,
  (policy) => policy.ssh?.sha1 !== true,
  (policy) => policy.ssh?.postQuantum === true,
];

/** The policy to choose among those that all meet a requirement; where all are equal, the first one wins. */
export function mostPreferred(policies: readonly TlsPolicy[]): TlsPolicy | undefined {
  let best = policies[0];
  for (const next of policies) if (best !== undefined && isBetter(next, best)) best = next;
  return best;
}

function isBetter(one: TlsPolicy, other: TlsPolicy): boolean {
  const decisive = PREFERENCES.find((prefers) => prefers(one) !== prefers(other));
  return decisive?.(one) ?? false;
}
