import type { TlsPolicyLookup, TlsPolicyService } from '../../core/tls';
import type { Fact, HopKind } from '../hops';
import type { Resource } from '../template';

/** Controls and lists that a rule speaks for. Ids only; titles stand in `core/controls`. */
export interface RuleReferences {
  /** PCI DSS v4.0.1 requirements, such as `4.2.1`. */
  readonly pciDss?: readonly string[];
  /** GDPR articles, such as `32(1)(a)`. */
  readonly gdpr?: readonly string[];
  /** AWS Security Hub controls, such as `ELB.17`. */
  readonly securityHub?: readonly string[];
  /** Weaknesses, such as `CWE-319`. */
  readonly cwe?: readonly string[];
  /** Managed rules of AWS Config that ask the same of what is deployed, by identifier: `ENCRYPTED_VOLUMES`. */
  readonly awsConfig?: readonly string[];
  /** Requirements of regulations that this package does not know, by the name of each: a pack of yours attaches them. */
  readonly regulations?: Readonly<Record<string, readonly string[]>>;
}

/** The property that breaks a rule, what stands there, and what should. */
export interface Violation {
  readonly verdict: 'violation';
  readonly resource: Resource;
  readonly path: string;
  /** What stands there, redacted where it can hold a secret. */
  readonly got: string;
  readonly want: string;
  /** More about this very case. */
  readonly detail?: string;
  /** Who still gets through: the request that no Deny reaches, the client that is served in clear. */
  readonly counterexample?: string;
  /** The one of the rule's loosenings that it is about. @default - any of them */
  readonly loosening?: string;
}

/** The template hides what the rule needs. */
export interface Unknown {
  readonly verdict: 'unknown';
  readonly resource: Resource;
  readonly path: string;
  readonly why: string;
}

/** What a rule says about a fact. */
export type Verdict =
  | { readonly verdict: 'compliant' }
  | { readonly verdict: 'notApplicable' }
  | Violation
  | Unknown;

/** The fact that a rule of one kind reads. */
export type FactOf<K extends Fact['fact']> = { [F in Fact as F['fact']]: F }[K];

/** What a rule may ask beside the fact. */
export interface RuleContext {
  /** Classifies the name of a TLS policy, names added in configuration included. */
  lookUpTlsPolicy(service: TlsPolicyService, name: string): TlsPolicyLookup;
  /** When it is judged; absent where nobody said, and then nothing is said to be in time. */
  readonly now?: Date;
  /** The digests of a transmission statement that `resource` could publish now: of the app, and of Stages around it. */
  statementDigests(resource: Resource): readonly string[];
}

/** A rule: data, and one pure function over a fact. */
export interface Rule<K extends Fact['fact'] = Fact['fact']> {
  /** A PascalCase statement of the good state; stable for ever. */
  readonly id: string;
  /** The good state as a sentence: lower case, no full stop. */
  readonly title: string;
  /** What an attacker gains, or a customer loses, where it is not so. */
  readonly risk: string;
  /** What to do, naming the property as the user writes it. */
  readonly fix: string;
  readonly references: RuleReferences;
  /** The CloudFormation types that it can point at. */
  readonly resourceTypes: readonly string[];
  /** The version of this package that brought it. */
  readonly since: string;
  /** The kind of fact it reads. */
  readonly reads: K;
  /**
   * The loosenings of our constructs that a violation is about: their reasons stand in it. Those that no finding is
   * about are found by `LooseningIsWaived`.
   */
  readonly loosenings?: readonly string[];
  /** For rules over hops and denials: the kinds it applies to. */
  readonly hops?: readonly HopKind[];
  judge(fact: FactOf<K>, context: RuleContext): Verdict;
}

/** What every rule answers when a fact is fine. */
export const COMPLIANT: Verdict = { verdict: 'compliant' };

/** What a rule answers when it has nothing to say about a fact. */
export const NOT_APPLICABLE: Verdict = { verdict: 'notApplicable' };

/** Of several verdicts the one that speaks for all: the first of the kind that is named first, else the first of all. */
export function firstOf(
  verdicts: readonly Verdict[],
  ...kinds: readonly [Verdict['verdict'], ...Verdict['verdict'][]]
): Verdict {
  const [found] = kinds.flatMap((kind) => verdicts.find(({ verdict }) => verdict === kind) ?? []);
  return found ?? verdicts[0] ?? NOT_APPLICABLE;
}
