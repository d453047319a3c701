import { type Metric, metricLine } from '../../../../core/embedded-metrics';
import type { ProblemCode } from '../app/problem';
import type { Audit, AuditEvent, Caller } from '../ports/audit';
import type { Store } from '../ports/store';

/** What is counted, by the names of the metrics. Their dimensions: `Vault`; those of a caller also `Tenant`, `Grantee`. */
export const METRICS = {
  /** Items that a caller was given, in any view. */
  revealed: 'Revealed',
  /** Items that a caller asked to be given and was not. */
  revealRefused: 'RevealRefused',
  /** Items that a caller looked up. */
  lookedUp: 'LookedUp',
  /** Items that a caller asked tokens for. */
  createsAsked: 'CreatesAsked',
  /** Tokens that were made for a caller: few of them for many that were asked look like somebody tries values. */
  tokensMade: 'TokensMade',
  /** Of the vault: a token was asked for that nobody has a reason to reveal. */
  canaryRevealed: 'CanaryRevealed',
  /** Of the vault: calls that a key kept from being answered. */
  keyErrors: 'KeyErrors',
  /** Of the vault: calls that a table kept from being answered. */
  storeErrors: 'StoreErrors',
  /** Of the vault: calls that failed for a reason that nobody foresaw. */
  internalErrors: 'InternalErrors',
} as const;

const FAILURES: Readonly<Partial<Record<ProblemCode, string>>> = {
  key_unavailable: METRICS.keyErrors,
  store_unavailable: METRICS.storeErrors,
  internal_error: METRICS.internalErrors,
};

/** What a meter is made with. */
export interface MeterProps {
  /** The name of the vault. */
  readonly vault: string;
  /** The keyed indexes of tokens that nobody has a reason to reveal, in base64url. */
  readonly canaries: ReadonlySet<string>;
  /** In milliseconds since 1970. */
  readonly now: () => number;
  readonly write: (line: string) => void;
}

/** Counts what a vault does; numbers and the names of callers, and nothing of what they send. */
export class Meter {
  #made = 0;

  constructor(private readonly props: MeterProps) {}

  /** An audit that also counts: what was not recorded was not given out, and is not counted. */
  audited(audit: Audit): Audit {
    return {
      record: async (events) => {
        // A canary is told even where the record fails: the attempt is what matters.
        this.#countCanaries(events);
        await audit.record(events);
        this.#countItems(events);
      },
    };
  }

  /** A store that counts the tokens that it writes. */
  counted(store: Store): Store {
    const meter = this;
    return new Proxy(store, {
      get(target, name) {
        if (name === 'addToken') {
          return async (...given: Parameters<Store['addToken']>) => {
            const isDone = await target.addToken(...given);
            if (isDone) meter.#made += 1;
            return isDone;
          };
        }
        if (name === 'putTokens') {
          return async (...given: Parameters<Store['putTokens']>) => {
            const missed = await target.putTokens(...given);
            meter.#made += given[0].length - missed.length;
            return missed;
          };
        }
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  }

  /** A call that asked tokens for so many items; those that were made since the last one are its own. */
  created(caller: Caller, items: number): void {
    const made = this.#made;
    this.#made = 0;
    this.#write(ofCaller(caller), [count(METRICS.createsAsked, items), count(METRICS.tokensMade, made)]);
  }

  /** A call that failed as a whole. */
  failed(code: ProblemCode): void {
    const name = FAILURES[code];
    if (name !== undefined) this.#write({}, [count(name, 1)]);
  }

  #countCanaries(events: readonly AuditEvent[]): void {
    const { canaries } = this.props;
    const found = events.filter(
      ({ action, token }) => action === 'reveal' && token !== undefined && canaries.has(token),
    );
    if (found.length > 0) this.#write({}, [count(METRICS.canaryRevealed, found.length)]);
  }

  #countItems(events: readonly AuditEvent[]): void {
    const [first] = events;
    if (first === undefined) return;
    const ok = events.filter(({ outcome }) => outcome === 'ok').length;
    if (first.action === 'reveal') {
      const refused = events.length - ok;
      this.#write(ofCaller(first.caller), [
        count(METRICS.revealed, ok),
        count(METRICS.revealRefused, refused),
      ]);
    }
    if (first.action === 'look-up')
      this.#write(ofCaller(first.caller), [count(METRICS.lookedUp, events.length)]);
  }

  #write(dimensions: Readonly<Record<string, string>>, metrics: readonly Metric[]): void {
    const { vault, now, write } = this.props;
    write(metricLine({ dimensions: { Vault: vault, ...dimensions }, metrics }, new Date(now())));
  }
}

function ofCaller({ tenant, grantee }: Caller): Readonly<Record<string, string>> {
  return { Tenant: tenant, Grantee: grantee };
}

function count(name: string, value: number): Metric {
  return { name, unit: 'Count', value };
}
