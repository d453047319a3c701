import type { TlsVersion } from '../../core/tls';
import { type Reference, Unresolved, type Value } from '../template';
import { type Literal, matchOf, type Outlook, type Universe } from './clauses';
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

/** Whether no plaintext request is allowed, and if not, one that is. */
export type DenialAnswer =
  | { readonly denial: 'denied' }
  | { readonly denial: 'weakened'; readonly counterexample: string; readonly at: Statement }
  | { readonly denial: 'absent' }
  | { readonly denial: 'unknown'; readonly why: string; readonly at: Statement | undefined };

/** The versions of TLS below which requests are denied. */
export type MinimumTlsAnswer = { readonly version: TlsVersion | undefined } | { readonly unknown: string };

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
  if (relevant === undefined) return { denial: 'absent' };
  return { denial: 'weakened', counterexample: judgement.counterexample, at: relevant };
}

/** The oldest version of TLS that the Deny statements let through. */
export function judgeMinimumTls(statements: readonly Statement[], target: Protected): MinimumTlsAnswer {
  let minimum: TlsVersion | undefined;
  for (const [version, next] of LADDER) {
    const judgement = judge(statements, target, { secureTransport: true, tlsVersion: version });
    if (judgement.refused === 'unknown') return { unknown: judgement.why };
    if (judgement.refused === false) break;
    minimum = next;
  }
  return { version: minimum };
}

/** A version as `s3:TlsVersion` has it, and the oldest left where it is denied. */
const LADDER: readonly (readonly [number, TlsVersion])[] = [
  [1.0, 'TLSv1.1'],
  [1.1, 'TLSv1.2'],
  [1.2, 'TLSv1.3'],
];

type Judgement =
  | { readonly refused: true }
  | { readonly refused: false; readonly counterexample: string }
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
      return { refused: false, counterexample: inWords(hopeful, action, part) };
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

function inWords(gap: readonly (readonly [Literal, boolean])[], action: string, part: ProtectedPart): string {
  const actions = gap.filter(([literal]) => literal.dimension === 'action');
  const example = [action, ...part.examples].find(
    (name) =>
      !name.includes('*') &&
      takesIn(action.toLowerCase(), name.toLowerCase()) &&
      actions.every(
        ([{ pattern }, holds]) => pattern !== undefined && takesIn(pattern, name.toLowerCase()) === holds,
      ),
  );
  const rest = gap
    .filter(([literal]) => example === undefined || literal.dimension !== 'action')
    .map(([literal, holds]) => literal.atom.words(holds));
  const first = example === undefined ? `a request to ${part.name}` : `${example} on ${part.name}`;
  return [`${first} over plain HTTP`, ...rest].join(', ');
}

function speaksOfTransport({ content }: Statement): boolean {
  if (content instanceof Unresolved || content.Effect === 'Allow') return false;
  return mentionsTransport(content.Condition);
}

function mayDeny({ content }: Statement): boolean {
  return content instanceof Unresolved || content.Effect !== 'Allow';
}
