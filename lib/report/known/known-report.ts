import type { KnownEntry } from './entry';

/** What somebody has to know of an entry of the file. */
export type KnownState =
  /** It covers a finding, and will not for much longer. */
  | 'ending'
  /** Its time is over: the finding counts. */
  | 'ended'
  /** The finding got graver since it was accepted: it counts. */
  | 'graver'
  /** There is no such finding any more, or something else accepts it. */
  | 'gone';

/** An entry with what has to be known of it. */
export interface KnownNote extends KnownEntry {
  readonly state: KnownState;
  /** The last day on which it covers its finding. */
  readonly expires: string;
}

/** What a file of known findings did. */
export interface KnownReport {
  /** Its name, relative to the folder that the check ran in. */
  readonly file: string;
  /** How many entries it has. */
  readonly entries: number;
  /** Those that somebody has to look at. */
  readonly notes: readonly KnownNote[];
}
