import type { LogTableFacts } from '../log-table';

/** A log that is searched: its table, and the queries that only it can answer. */
export interface LogSource {
  /** As the column `source` of every result calls it, and the table. */
  readonly name: string;
  readonly table: LogTableFacts;
  /** Gives its connections of the last days, as all sources name them. */
  readonly connections: (days: number) => string;
  /** Whether it names the group that keys were agreed on with: without, nobody can tell post-quantum from not. */
  readonly namesKeyExchange: boolean;
  readonly namesUserAgent: boolean;
  /** Gives handshakes that failed, where the log has them: `source`, `day`, `client`, `server`, `reason`. */
  readonly refusals?: (days: number) => string;
}
