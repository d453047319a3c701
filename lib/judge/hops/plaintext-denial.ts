import type { TlsVersion } from '../../core/tls';
import {
  type Counterexample,
  type DenialAnswer,
  type Document,
  judgeMinimumTls,
  judgePlaintextDenial,
  type Protected,
  readDocument,
  type Statement,
} from '../policy';
import type { Cursor } from '../template';
import { hop, resourceParty } from './connector';
import { INTERNET } from './data-store';
import type { Hop, HopProtocol, PlaintextDenial } from './fact';
import type { HopKind } from './hop-kinds';
import { none, type Observed, stated } from './observed';
import { foreignTargets, type PolicyPlace, type PolicyType } from './policy-targets';

export { type PolicyPlace, type PolicyType, policiesFor } from './policy-targets';

/** What a connector says about a service whose resource policies can refuse plaintext. */
export interface DenialService {
  readonly kind: HopKind;
  /** Whether the service has an endpoint that serves plaintext. */
  readonly plaintextEndpoint: boolean;
  /** Whether the service has a condition key for the version of TLS. */
  readonly hasTlsVersionKey?: true;
}

const RANK: Readonly<Record<DenialAnswer['denial'], number>> = {
  denied: 0,
  unknown: 1,
  weakened: 2,
  absent: 3,
};

/**
 * Judges the policies of one resource.
 *
 * A resource has one policy: where templates give it several, the last to be deployed wins, so each must refuse.
 */
export function plaintextDenial(
  at: Cursor,
  policies: readonly PolicyPlace[],
  target: Protected,
  service: DenialService,
): PlaintextDenial {
  const { resource, world } = at;
  const judged = policies.map((place) => ({ place, answer: answerOf(place.document, target) }));
  const [worst] = [...judged].sort((a, b) => RANK[b.answer.denial] - RANK[a.answer.denial]);
  const answer: DenialAnswer = worst?.answer ?? judgePlaintextDenial([], target);
  const minimum =
    service.hasTlsVersionKey && answer.denial === 'denied' ? minimumTls(at, policies, target) : undefined;
  return {
    fact: 'plaintext-denial',
    resource,
    kind: service.kind,
    plaintextEndpoint: service.plaintextEndpoint,
    denial: observed(worst?.place.at ?? at, answer, worst !== undefined),
    counterexample: 'counterexample' in answer ? answer.counterexample : undefined,
    // Where plaintext gets through, no version is the lowest.
    minimumTls: minimum?.observed ?? none(at),
    oldTlsCounterexample: minimum?.counterexample,
    region: resource.template.region,
    when: world.when,
  };
}

function answerOf(document: Document, target: Protected): DenialAnswer {
  if (document.state === 'unresolved') return { denial: 'unknown', why: document.why, at: undefined };
  if (document.state === 'absent') return judgePlaintextDenial([], target);
  return judgePlaintextDenial(document.statements, target);
}

function observed(
  at: Cursor,
  answer: DenialAnswer,
  hasPolicy: boolean,
): Observed<'denied' | 'weakened' | 'absent'> {
  const place = { resource: at.resource, path: at.path, given: hasPolicy };
  switch (answer.denial) {
    case 'unknown':
      return { ...place, ...placeOf(answer.at), value: undefined, unknown: answer.why, got: 'unresolved' };
    case 'weakened': {
      const got = 'a Deny that lets plaintext through';
      return { ...place, ...placeOf(answer.at), value: 'weakened', unknown: undefined, got };
    }
    case 'absent': {
      const got = hasPolicy ? 'no Deny of plaintext' : 'no policy';
      return { ...place, value: 'absent', unknown: undefined, got };
    }
    case 'denied':
      return { ...place, value: 'denied', unknown: undefined, got: 'a Deny of plaintext' };
  }
}

function placeOf(statement: Statement | undefined): Partial<Pick<Observed<never>, 'resource' | 'path'>> {
  return statement === undefined ? {} : { resource: statement.resource, path: statement.path };
}

interface Minimum {
  readonly observed: Observed<TlsVersion>;
  readonly counterexample?: Counterexample;
}

/** The weakest minimum among the policies. */
function minimumTls(at: Cursor, policies: readonly PolicyPlace[], target: Protected): Minimum {
  const [first] = policies;
  const place = first?.at ?? at;
  let weakest: { readonly version: TlsVersion; readonly counterexample?: Counterexample } | undefined;
  for (const { at: cursor, document } of policies) {
    if (document.state !== 'given') return { observed: none(cursor) };
    const answer = judgeMinimumTls(document.statements, target);
    if ('unknown' in answer) {
      const observed = stated<TlsVersion>(cursor, 'TLSv1.2');
      return { observed: { ...observed, value: undefined, unknown: answer.unknown } };
    }
    const { version, counterexample } = answer;
    const proof = counterexample === undefined ? {} : { counterexample };
    if (version === undefined) return { observed: { ...none(cursor), got: 'no minimum version' }, ...proof };
    if (weakest === undefined || version < weakest.version) weakest = { version, ...proof };
  }
  if (weakest === undefined) return { observed: none(place) };
  const { version: got, counterexample } = weakest;
  const observed = { ...stated(place, got, { given: true }), got };
  return counterexample === undefined ? { observed } : { observed, counterexample };
}

/** Where most policies hold their document. */
export function policyDocument(policy: Cursor): PolicyPlace {
  const at = policy.at('PolicyDocument');
  return { at, document: readDocument(at) };
}

/** What a protocol is once the policy is known: `denied` where plaintext is refused, else `otherwise`. */
export function protocolBehind(
  { denial }: PlaintextDenial,
  denied: HopProtocol,
  otherwise: HopProtocol,
): Observed<HopProtocol> {
  const { value, ...place } = denial;
  return { ...place, value: value === undefined ? undefined : value === 'denied' ? denied : otherwise };
}

/**
 * Clients to an endpoint of AWS. One that answers in clear too does so unless the resource's policy refuses.
 *
 * By TLS, AWS's endpoints take 1.2 at least (AWS Security Blog, "TLS 1.2 to become the minimum TLS protocol level for
 * all AWS API endpoints"; S3 since February 2024, AWS Storage Blog).
 */
export function endpointHop(view: Cursor, denial: PlaintextDenial): Hop {
  return hop(view, {
    kind: denial.kind,
    from: INTERNET,
    to: resourceParty(view.resource),
    protocol: denial.plaintextEndpoint
      ? protocolBehind(denial, 'tls', 'tls-or-plaintext')
      : stated(view, 'tls' as const),
    floor: stated(view, 'TLSv1.2' as const),
    serverAuthenticated: stated(view, true),
    clientAuthentication: stated(view, 'iam' as const),
    certificate: stated(view, 'service-owned' as const),
  });
}

/** A policy for something that no template at hand makes is judged by itself. */
export function foreignDenials(
  view: Cursor,
  types: readonly PolicyType[],
  service: DenialService,
  protectedType: string,
  protect: (target: Cursor) => Protected,
): PlaintextDenial[] {
  const type = types.find((one) => one.type === view.resource.type);
  if (type === undefined) return [];
  return foreignTargets(view, type, protectedType).map((target) =>
    plaintextDenial(view, [type.document(view)], protect(target), service),
  );
}
