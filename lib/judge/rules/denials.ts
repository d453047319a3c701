import { isAtLeast, type TlsVersion } from '../../core/tls';
import type { PlaintextDenial } from '../hops';
import type { Counterexample } from '../policy';
import { judged, proving, unknown, violation } from './predicates';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from './rule';

/** A request that gets through, as a sentence. */
function told(counterexample: Counterexample | undefined, by = ''): string | undefined {
  if (counterexample === undefined) return undefined;
  const { words, because } = counterexample;
  const comma = words.includes(',') ? ',' : '';
  return `${words}${comma} is not denied${by}${because === undefined ? '' : `: ${because}`}`;
}

/** Some statement refuses every plaintext request; what is let through is told. */
export const deniesPlaintext =
  (want: string) =>
  (fact: PlaintextDenial): Verdict => {
    const { denial, counterexample } = fact;
    if (denial.unknown !== undefined) return unknown(denial, denial.unknown);
    if (denial.value === 'denied') return COMPLIANT;
    return proving(violation(denial, want), () => told(counterexample));
  };

/** Where a Deny of plaintext is there, it denies; none is needed, since the service speaks TLS only. */
export const isUnweakened =
  (want: string) =>
  (fact: PlaintextDenial): Verdict =>
    fact.denial.value === 'absent' ? NOT_APPLICABLE : deniesPlaintext(want)(fact);

/** Versions of TLS below `floor` are refused too, where plaintext is. */
export const deniesTlsBelow =
  (floor: TlsVersion, want: string) =>
  (fact: PlaintextDenial): Verdict => {
    if (fact.denial.value !== 'denied') return NOT_APPLICABLE;
    const { minimumTls, oldTlsCounterexample: found } = fact;
    const isFree = minimumTls.unknown === undefined && minimumTls.value === undefined;
    const verdict = isFree
      ? violation(minimumTls, want)
      : judged(minimumTls, want, (version) => isAtLeast(version, floor));
    // The handshake may fail all the same: what the endpoint takes stands in no template.
    return proving(verdict, () => told(found, ' by the policy'));
  };
