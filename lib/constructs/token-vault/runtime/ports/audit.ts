/** How it is known who calls. */
export type CallerProof = 'api-path' | 'function-alias';

/** Who calls: never what a body says. */
export interface Caller {
  readonly tenant: string;
  readonly grantee: string;
  readonly proof: CallerProof;
}

/** What is recorded of one item of one call. It names tokens by their keyed index, and no value. */
export interface AuditEvent {
  readonly action:
    | 'create'
    | 'reveal'
    | 'look-up'
    | 'describe'
    | 'erase'
    | 'hold'
    | 'delete'
    | 'rotate'
    | 'replay';
  readonly caller: Caller;
  readonly requestId: string;
  /** In milliseconds since 1970. */
  readonly at: number;
  /** The code of a problem, or `ok`. */
  readonly outcome: string;
  /** The keyed index of a token, in base64url. */
  readonly token?: string;
  /** The keyed hash of a subject, in base64url. */
  readonly subject?: string;
  readonly type?: string;
  readonly view?: string;
  /** What the caller says it is for. */
  readonly purpose?: string;
}

/** Where events go; a value is given out only after it took the event. */
export interface Audit {
  record(events: readonly AuditEvent[]): Promise<void>;
}
