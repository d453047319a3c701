import type { Band, Series } from './alarm-state';

/** An event of EventBridge, as AWS documents it, with ids that nobody has. */
export interface RecordedEvent {
  readonly name: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** An entry of a log, within one period of an alarm. */
export interface RecordedEntry {
  readonly name: string;
  /** A text, or what becomes one line of JSON. */
  readonly entry: string | Readonly<Record<string, unknown>>;
  /** How often it stands there within the period; once unless given. */
  readonly times?: number;
}

/** What a metric of AWS, or of a function, measures in one period after the other. */
export interface RecordedMetric {
  readonly name: string;
  /** With `AT_DEPLOYMENT` for what the template does not know. */
  readonly namespace: string;
  /** The name of the metric, or the expression that is computed. */
  readonly metricName: string;
  readonly fires: Series;
  /** What is near, and must not fire. */
  readonly quiet: Series;
  /** The band of an alarm on anomalies. */
  readonly band?: Band;
}

/** What alarms are tried with. */
export interface Recordings {
  readonly events?: readonly RecordedEvent[];
  readonly entries?: readonly RecordedEntry[];
  readonly metrics?: readonly RecordedMetric[];
  /** Near-misses, which must fire nothing. */
  readonly harmless?: {
    readonly events?: readonly RecordedEvent[];
    readonly entries?: readonly RecordedEntry[];
  };
}

/** Several sets as one. */
export function recordings(...sets: readonly Recordings[]): Recordings {
  return {
    events: sets.flatMap(({ events = [] }) => events),
    entries: sets.flatMap(({ entries = [] }) => entries),
    metrics: sets.flatMap(({ metrics = [] }) => metrics),
    harmless: {
      events: sets.flatMap(({ harmless }) => harmless?.events ?? []),
      entries: sets.flatMap(({ harmless }) => harmless?.entries ?? []),
    },
  };
}
