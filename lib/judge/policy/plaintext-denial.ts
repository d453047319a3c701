import type { TlsVersion } from '../../core/tls';
import { type Reference, Unresolved, type Value } from '../template';
import { type AllowedRequest, actionIn, requestIn, type Truths } from './allowed-request';
import { matchOf, type Outlook, type Universe, whyOutside } from './clauses';
import { mentionsTransport, type RequestClass } from './condition';
import { findGap } from './coverage';
import type { Statement } from './document';
import { takesIn } from './glob';
import { Spelling } from './spelling';

/** One thing that a policy protects, such as a bucket or the objects in it. */
export interface ProtectedPart {
  /** Added to the ARN: empty, or `/*` for what is within. */
  readonly suffix: string;
  /** As a sentence names it: `the bucket`. */
  readonly name: string;
  /** Actions on it, the commonest first. */
  readonly examples: readonly string[];
}

/** What a resource policy stands at. */
export interface Protected {
  /** The CloudFormation type. */
  readonly type: string;
  readonly arn: Value;
  /** What a reference to it is made of. */
  readonly resolve: (reference: Reference) => Value | undefined;
  /** The actions that carry data: names, or patterns such as `s3:*`. */
  readonly actions: readonly string[];
  readonly parts: readonly ProtectedPart[];
  /** Statements name no Resource: the policy hangs on it. */
  readonly impliedResource?: true;
}

/** What proves that a policy does not deny what it should. */
export interface Counterexample {
  /** Who gets through with what: `s3:GetObject on an object of the bucket over plain HTTP, by anyone but …`. */
  readonly words: string;
  /** Why no statement reaches it, where a list of names in a Deny says so. */
  readonly because: string | undefined;
  /** The request itself; `undefined` where the template hides what it is made of. */
  readonly request: AllowedRequest | undefined;
}

/** Whether no plaintext request is allowed, and if not, one that is. */
export type DenialAnswer =
  | { readonly denial: 'denied' }
  | { readonly denial: 'weakened'; readonly counterexample: Counterexample; readonly at: Statement }
  | { readonly denial: 'absent'; readonly counterexample: Counterexample }
  | { readonly denial: 'unknown'; readonly why: string; readonly at: Statement | undefined };

/** The versions of TLS below which requests are denied. */
export type MinimumTlsAnswer =
  | {
      readonly version: TlsVersion | undefined;
      /** A request by the oldest version that gets through; absent where none below TLS 1.3 does. */
      readonly counterexample: Counterexample | undefined;
    }
  | { readonly unknown: string };

const IN_CLEAR: RequestClass = { secureTransport: false, tlsVersion: undefined };

/**
 * Whether the Deny statements of a policy refuse every plaintext request, whoever makes it and whatever else is so.
 *
 * An Allow plays no part: what no Deny refuses, some IAM policy may allow.
 */
export function judgePlaintextDenial(statements: readonly Statement[], target: Protected): DenialAnswer {
  const judgement = judge(statements, target, IN_CLEAR);
  if (judgement.refused === true) return { denial: 'denied' };
  const relevant = statements.find(speaksOfTransport);
  if (judgement.refused === 'unknown') {
    return { denial: 'unknown', why: judgement.why, at: relevant ?? statements.find(mayDeny) };
  }
  const { counterexample } = judgement;
  if (relevant === undefined) return { denial: 'absent', counterexample };
  return { denial: 'weakened', counterexample, at: relevant };
}

/** The oldest version of TLS that the Deny statements let through. */
export function judgeMinimumTls(statements: readonly Statement[], target: Protected): MinimumTlsAnswer {
  let minimum: TlsVersion | undefined;
  for (const [version, next] of LADDER) {
    const judgement = judge(statements, target, { secureTransport: true, tlsVersion: version });
    if (judgement.refused === 'unknown') return { unknown: judgement.why };
    if (judgement.refused === false) return { version: minimum, counterexample: judgement.counterexample };
    minimum = next;
  }
  return { version: minimum, counterexample: undefined };
}

/** A version as `s3:TlsVersion` has it, and the oldest left where it is denied. */
const LADDER: readonly (readonly [number, TlsVersion])[] = [
  [1.0, 'TLSv1.1'],
  [1.1, 'TLSv1.2'],
  [1.2, 'TLSv1.3'],
];

type Judgement =
  | { readonly refused: true }
  | { readonly refused: false; readonly counterexample: Counterexample }
  | { readonly refused: 'unknown'; readonly why: string };

function judge(statements: readonly Statement[], target: Protected, request: RequestClass): Judgement {
  const { spelling, arn } = spellingFor(target);
  for (const part of target.parts) {
    for (const action of target.actions) {
      const universe: Universe = {
        action: action.toLowerCase(),
        resource: target.impliedResource ? undefined : `${arn}${part.suffix}`,
      };
      const reasons = new Set<string>();
      const gapIn = (outlook: Outlook) =>
        findGap(statements.map((one) => matchOf(one, universe, request, spelling, outlook, reasons)));
      const gap = gapIn('worst');
      if (gap === 'none') continue;
      if (gap === 'undecided') return { refused: 'unknown', why: 'its statements have too many cases' };
      const hopeful = reasons.size === 0 ? gap : gapIn('best');
      if (hopeful === 'none' || hopeful === 'undecided') {
        const [why = 'something in it is not known'] = reasons;
        return { refused: 'unknown', why };
      }
      const examples = examplesOf(action, part);
      return {
        refused: false,
        // Made when asked for: every bucket that takes TLS 1.2 has one, and few are told.
        counterexample: {
          get words() {
            return inWords(hopeful, examples, part, request);
          },
          get because() {
            const found = statements.filter(speaksOfTransport);
            return found.flatMap((one) => whyOutside(one, universe, spelling) ?? [])[0];
          },
          get request() {
            return requestIn(hopeful, universe, examples, request);
          },
        },
      };
    }
  }
  return { refused: true };
}

const spellings = new WeakMap<Protected, { readonly spelling: Spelling; readonly arn: string }>();

/** One spelling serves every question about a target, so that each value is spelt once. */
function spellingFor(target: Protected): { readonly spelling: Spelling; readonly arn: string } {
  const known = spellings.get(target);
  if (known !== undefined) return known;
  const spelling = new Spelling(target.type, target.resolve);
  const made = { spelling, arn: spelling.spell(target.arn) ?? '' };
  spellings.set(target, made);
  return made;
}

/** Names of actions that a pattern of them takes in. */
function examplesOf(action: string, { examples }: ProtectedPart): readonly string[] {
  return [action, ...examples].filter(
    (name) => !name.includes('*') && takesIn(action.toLowerCase(), name.toLowerCase()),
  );
}

function inWords(
  gap: Truths,
  examples: readonly string[],
  part: ProtectedPart,
  { tlsVersion }: RequestClass,
): string {
  const example = actionIn(gap, examples);
  const rest = gap
    .filter(([literal]) => example === undefined || literal.dimension !== 'action')
    .map(([literal, holds]) => literal.atom.words(holds));
  const first = example === undefined ? `a request to ${part.name}` : `${example} on ${part.name}`;
  const how = tlsVersion === undefined ? 'over plain HTTP' : `over TLS ${tlsVersion.toFixed(1)}`;
  return [`${first} ${how}`, ...rest].join(', ');
}

function speaksOfTransport({ content }: Statement): boolean {
  if (content instanceof Unresolved || content.Effect === 'Allow') return false;
  return mentionsTransport(content.Condition);
}

function mayDeny({ content }: Statement): boolean {
  return content instanceof Unresolved || content.Effect !== 'Allow';
}
