import type { Level } from '../../judge/packs/pack';
import type { Place } from '../place';
import type { Counts, ExitCode, TargetReport } from '../report';
import type { FindingView } from '../view';

/** What became of a finding: it came, it went, or it is there as before. */
export type FindingState = 'new' | 'fixed' | 'unchanged';

/** A finding with what became of it: of HEAD, and where it is fixed, of BASE. */
export interface DiffFinding extends FindingView {
  readonly state: FindingState;
  /** New since it got graver: what it was. */
  readonly before?: Pick<FindingView, 'level' | 'verdict'>;
  /** The name that its resource had. */
  readonly renamedFrom?: string;
}

/** What a change excuses by. */
export type ExemptionKind =
  | 'waiver'
  | 'acknowledgement'
  | 'known finding'
  | 'classification'
  | 'not judged'
  | 'switched-off rule'
  | 'setting';

/** What happened to something by which findings do not count. */
export interface ExemptionChange {
  readonly kind: ExemptionKind;
  /** `widened`: it covers more, or for longer. `changed`: it says something else. */
  readonly change: 'added' | 'widened' | 'changed' | 'removed';
  /** Which one: the rule, and what it covers. */
  readonly about: string;
  readonly before?: string;
  readonly after?: string;
  /** The reason that is given for it. */
  readonly reason?: string;
  readonly owner?: string;
  /** Whether somebody has to look at it first: the comparison fails. */
  readonly fails: boolean;
}

/** What about transmission or storage can get weaker. */
export type TransmissionAspect =
  | 'protocol'
  | 'exposure'
  | 'TLS version'
  | 'forward secrecy'
  | 'key agreement'
  | 'server authentication'
  | 'client authentication'
  | 'HSTS'
  | 'encryption at rest'
  | 'retention';

/** Something that protects data less than before, whether a rule finds it or not. */
export interface TransmissionChange {
  readonly aspect: TransmissionAspect;
  readonly level: Level;
  /** One sentence: what it is about, what it was and what it is. */
  readonly message: string;
  readonly before: string;
  readonly after: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly constructPath?: string;
  readonly type: string;
  /** The property that decides it now. */
  readonly property: string;
  readonly renamedFrom?: string;
  readonly template?: Place;
  readonly source?: Place;
  readonly fingerprint: string;
}

/** Everything that differs between two states of an app. */
export interface DiffReport {
  readonly tool: { readonly name: string; readonly version: string };
  /** The lightest level of what is new that fails the comparison. */
  readonly failOn: Level;
  readonly exitCode: ExitCode;
  readonly base: string;
  readonly head: string;
  /** `base`: HEAD was judged with the exemptions of BASE only. */
  readonly exemptionsFrom: 'head' | 'base';
  readonly counts: {
    /** By level; those that something accepts apart. */
    readonly new: Counts;
    readonly fixed: number;
    readonly unchanged: number;
    readonly weakened: number;
    /** Exemptions that somebody has to look at first. */
    readonly exemptions: number;
  };
  readonly exemptions: readonly ExemptionChange[];
  readonly weakened: readonly TransmissionChange[];
  /** New ones first, then fixed, then unchanged. */
  readonly findings: readonly DiffFinding[];
  /** Parts of HEAD, and types of its resources, that are not judged, and were in BASE, or were not there. */
  readonly notJudged: TargetReport['notJudged'];
  /** What ran on HEAD. */
  readonly packs: TargetReport['packs'];
}
