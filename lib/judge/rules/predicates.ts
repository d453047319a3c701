import { isAtLeast, type TlsPolicy, type TlsVersion } from '../../core/tls';
import type { Hop, Observed } from '../hops';
import {
  COMPLIANT,
  NOT_APPLICABLE,
  type RuleContext,
  type Unknown,
  type Verdict,
  type Violation,
} from './rule';
import {
  believed,
  servedBelow,
  servedClassically,
  servedInClear,
  servedWithoutForwardSecrecy,
  strippedOfTls,
} from './served';

/**
 * The questions that rules ask about a hop, as rungs of one ladder: encrypted, with a TLS policy that is
 * classified, not below TLS 1.2, forward-secret, on AWS's own lists, post-quantum.
 *
 * A hop that fails one rung is *not applicable* on the rungs above it: one fault, one finding.
 */
export type HopPredicate = (hop: Hop, context: RuleContext) => Verdict;

/** A violation at the place that an aspect names. */
export function violation(at: Observed<unknown>, want: string, detail?: string): Violation {
  const place = { verdict: 'violation' as const, resource: at.resource, path: at.path, got: at.got, want };
  return detail === undefined ? place : { ...place, detail };
}

/** A verdict with what proves it: only a violation has anything to prove. */
export function proving(verdict: Verdict, counterexample: () => string | undefined): Verdict {
  const proof = verdict.verdict === 'violation' ? counterexample() : undefined;
  return verdict.verdict === 'violation' && proof !== undefined
    ? { ...verdict, counterexample: proof }
    : verdict;
}

/** *Cannot be told*, at the place that an aspect names. */
export function unknown(at: Observed<unknown>, why: string): Unknown {
  return { verdict: 'unknown', resource: at.resource, path: at.path, why };
}

/** Judges one aspect: unknown where it is hidden, not applicable where there is none. */
export function judged<T>(at: Observed<T>, want: string, isFine: (value: T) => boolean): Verdict {
  if (at.unknown !== undefined) return unknown(at, at.unknown);
  if (at.value === undefined) return NOT_APPLICABLE;
  return isFine(at.value) ? COMPLIANT : violation(at, want);
}

/** Nothing travels in clear; a redirect to TLS and a refusal are fine. */
export const isEncrypted =
  (want: string): HopPredicate =>
  (hop) =>
    proving(
      judged(hop.protocol, want, (protocol) => protocol !== 'plaintext' && protocol !== 'tls-or-plaintext'),
      () => servedInClear(hop),
    );

/** TLS is not merely passed through to whatever stands behind, unless that is judged itself. */
export const isNotPassedThrough =
  (want: string): HopPredicate =>
  (hop) =>
    hop.protocol.unknown !== undefined || hop.endsAt !== undefined
      ? NOT_APPLICABLE
      : judged(hop.protocol, want, (protocol) => protocol !== 'pass-through');

/** The TLS policy is one that the catalogue or the configuration classifies. */
export const tlsPolicyIsClassified: HopPredicate = (hop, context) => {
  if (!speaksTls(hop) || hop.policyService === undefined) return NOT_APPLICABLE;
  const { policyService } = hop;
  return judged(
    hop.tlsPolicy,
    'a TLS policy that the catalogue knows (add the name, its source and date in configuration if AWS has published it)',
    (name) => context.lookUpTlsPolicy(policyService, name).known,
  );
};

/** The oldest protocol version that a peer can negotiate is at least `floor`. */
export const floorIsAtLeast =
  (floor: TlsVersion, want: string): HopPredicate =>
  (hop, context) => {
    if (!speaksTls(hop)) return NOT_APPLICABLE;
    if (hop.policyService === undefined) {
      const verdict = judged(hop.floor, want, (oldest) => isAtLeast(oldest, floor));
      return proving(verdict, () => servedBelow(hop, hop.floor.value));
    }
    const policy = classified(hop, context);
    if (policy === undefined) return NOT_APPLICABLE;
    if (isAtLeast(policy.oldest, floor)) return COMPLIANT;
    const verdict = policyViolation(hop, policy, want, `accepts ${policy.oldest}`);
    return proving(verdict, () => servedBelow(hop, policy.oldest, policy));
  };

/** Every cipher suite offered has forward secrecy. */
export const isForwardSecret =
  (want: string): HopPredicate =>
  (hop, context) =>
    onPolicyAbove12(
      hop,
      context,
      want,
      (policy) => policy.forwardSecret,
      'offers cipher suites without forward secrecy',
      servedWithoutForwardSecrecy,
    );

/** The Security Hub control for the service accepts the policy. */
export const isAcceptedBySecurityHub =
  (want: string): HopPredicate =>
  (hop, context) => {
    const policy = classified(hop, context);
    if (policy === undefined || policy.securityHub === undefined || !policy.forwardSecret)
      return NOT_APPLICABLE;
    const control = policy.securityHubControl ?? 'Security Hub';
    return onPolicyAbove12(
      hop,
      context,
      want,
      () => policy.securityHub === true,
      `is not accepted by ${control}`,
    );
  };

/** The key agreement is a post-quantum hybrid. Information only. */
export const isPostQuantum =
  (want: string): HopPredicate =>
  (hop, context) => {
    const policy = classified(hop, context);
    if (policy === undefined || !policy.forwardSecret || policy.securityHub === false) return NOT_APPLICABLE;
    const fault = 'has no post-quantum key agreement';
    return onPolicyAbove12(hop, context, want, (p) => p.postQuantum, fault, servedClassically);
  };

/** Whoever connects verifies the certificate: *encrypted and authenticated*, not only *encrypted*. */
export const serverIsAuthenticated =
  (want: string): HopPredicate =>
  (hop) =>
    speaksTls(hop)
      ? proving(
          judged(hop.serverAuthenticated, want, (authenticated) => authenticated),
          () => believed(hop),
        )
      : NOT_APPLICABLE;

/** Whether a hop speaks TLS here, so that its policy matters. */
export function speaksTls(hop: Hop): boolean {
  return hop.protocol.value === 'tls' || hop.protocol.value === 'tls-or-plaintext';
}

/** The hop's TLS policy, where its name is known and classified. */
export function classified(hop: Hop, context: RuleContext): TlsPolicy | undefined {
  if (hop.policyService === undefined || hop.tlsPolicy.value === undefined) return undefined;
  const found = context.lookUpTlsPolicy(hop.policyService, hop.tlsPolicy.value);
  return found.known ? found.policy : undefined;
}

function onPolicyAbove12(
  hop: Hop,
  context: RuleContext,
  want: string,
  isFine: (policy: TlsPolicy) => boolean,
  fault: string,
  who?: (hop: Hop, policy: TlsPolicy) => string,
): Verdict {
  const policy = speaksTls(hop) ? classified(hop, context) : undefined;
  if (policy === undefined || !isAtLeast(policy.oldest, 'TLSv1.2')) return NOT_APPLICABLE;
  if (isFine(policy)) return COMPLIANT;
  return proving(policyViolation(hop, policy, want, fault), () => who?.(hop, policy));
}

/** What is wrong with a TLS policy that is named, or with the one that the service applies by itself. */
function policyViolation({ tlsPolicy }: Hop, { name }: TlsPolicy, want: string, fault: string): Violation {
  const detail = tlsPolicy.given
    ? `${name} ${fault}`
    : `without it the service applies ${name}, which ${fault}`;
  return violation(tlsPolicy, want, detail);
}

/** Browsers are told to come back with TLS only, for at least so long. */
export const sendsHsts =
  (seconds: number, want: string): HopPredicate =>
  (hop) =>
    speaksTls(hop) && hop.hsts !== undefined
      ? proving(
          judged(hop.hsts, want, (hsts) => hsts !== 'none' && hsts.maxAgeSeconds >= seconds),
          () => strippedOfTls(hop),
        )
      : NOT_APPLICABLE;

/** The certificate is kept by ACM, which renews what it issued and watches what was imported; not by IAM. */
export const certificateIsManaged =
  (want: string): HopPredicate =>
  (hop) =>
    speaksTls(hop)
      ? judged(hop.certificate, want, (source) => source !== 'iam-server-certificate')
      : NOT_APPLICABLE;

/** What would be right, where that depends on the property at fault: the first pattern that its path matches. */
export const wanted =
  (predicate: HopPredicate, ...wants: readonly (readonly [path: RegExp, want: string])[]): HopPredicate =>
  (hop, context) => {
    const verdict = predicate(hop, context);
    if (verdict.verdict !== 'violation') return verdict;
    const [, want = verdict.want] = wants.find(([path]) => path.test(verdict.path)) ?? [];
    return { ...verdict, want };
  };

/** Asks only about hops whose resource is of one type, where several types share a kind of hop. */
export const ofType =
  (type: string, predicate: HopPredicate): HopPredicate =>
  (hop, context) =>
    hop.resource.type === type ? predicate(hop, context) : NOT_APPLICABLE;

/** Who proves who they are with a certificate that has expired is turned away. */
export const rejectsExpiredClients: HopPredicate = ({ takesExpiredClients }) =>
  takesExpiredClients === undefined
    ? NOT_APPLICABLE
    : proving(
        judged(takesExpiredClients, 'false, or left out', (takes) => !takes),
        () => 'a client whose certificate ended long ago, and whose key somebody may have, is let in',
      );

/** Whoever connects is asked who they are. Only where TLS is spoken: in clear there is a graver fault. */
export const clientIsAuthenticated =
  (want: string): HopPredicate =>
  (hop) =>
    speaksTls(hop)
      ? proving(
          judged(hop.clientAuthentication, want, (means) => means !== 'none'),
          () => 'a client that proves nothing about itself is served',
        )
      : NOT_APPLICABLE;
