import { isAtLeast, type TlsVersion } from '../../core/tls';
import type { PlaintextDenial } from '../hops';
import { judged, unknown, violation } from './predicates';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from './rule';

/** Some statement refuses every plaintext request; what is let through is told. */
export const deniesPlaintext =
  (want: string) =>
  (fact: PlaintextDenial): Verdict => {
    const { denial, counterexample } = fact;
    if (denial.unknown !== undefined) return unknown(denial, denial.unknown);
    if (denial.value === 'denied') return COMPLIANT;
    return violation(
      denial,
      want,
      counterexample === undefined ? undefined : `still allowed: ${counterexample}`,
    );
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
    const { minimumTls } = fact;
    if (minimumTls.unknown === undefined && minimumTls.value === undefined)
      return violation(minimumTls, want);
    return judged(minimumTls, want, (version) => isAtLeast(version, floor));
  };
