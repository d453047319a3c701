import type { Fact } from './hops';
import type { Level, NotRun, PackSettings } from './packs/pack';
import type { Rule } from './rules/rule';
import type { Resource } from './template';
import type { Exemption } from './waivers/exemption';

/** One fault, on one property of one resource. */
export interface Finding {
  /** The pack that found it. */
  readonly pack: string;
  readonly rule: Rule<Fact['fact']>;
  readonly level: Level;
  /** `violation`; `unknown`: the template hides it; `failed`: it could not be judged at all. */
  readonly verdict: 'violation' | 'unknown' | 'failed';
  readonly resource: Resource;
  /** The property, dotted, such as `Properties.SslPolicy`. */
  readonly path: string;
  /** What stands there; absent for *unknown*. */
  readonly got: string | undefined;
  readonly want: string | undefined;
  /** What is special about this case, or why it cannot be told. */
  readonly detail: string | undefined;
  /** Who still gets through, as a sentence; only for `violation`. */
  readonly counterexample?: string | undefined;
  /** The choices under which it is so; `undefined` where it is so in all of them. */
  readonly when: string | undefined;
  /** The waiver that covers it: it is told, and does not count. */
  readonly waiver?: Exemption;
}

/** What one rule did: the positive evidence of a pack. */
export interface RuleRun {
  readonly rule: Rule<Fact['fact']>;
  readonly level: Level;
  readonly compliant: number;
  readonly violations: number;
  readonly unknown: number;
}

/** Resources that no rule could look at, and why. */
export interface NotJudgedType {
  readonly type: string;
  readonly count: number;
  readonly why: string;
}

/** Everything that a pack has to say about an app. */
export interface Judgement extends PackSettings {
  readonly pack: string;
  readonly findings: readonly Finding[];
  readonly facts: readonly Fact[];
  readonly rules: readonly RuleRun[];
  /** Rules that somebody switched off for a time. */
  readonly notRun: readonly NotRun[];
  /** The waivers and acknowledgements of the app, as far as they concern this pack. */
  readonly exemptions: readonly Exemption[];
  readonly resources: {
    readonly total: number;
    readonly judged: number;
    /** Of no concern to this pack: neither carries traffic nor stores data, or only other packs read it. */
    readonly irrelevant: number;
    readonly notJudged: readonly NotJudgedType[];
  };
  /** Parts of templates that could not be judged, such as macros. */
  readonly notJudged: readonly { readonly template: string; readonly why: string }[];
}
