import { createHash } from 'node:crypto';
import type { Audit, AuditEvent } from '../ports/audit';
import { StoreError } from '../ports/store';

/** Writes text, and says when it was taken: `process.stdout.write` of the handler. */
export type WriteText = (text: string, done: (failure?: Error | null) => void) => unknown;

/** What the first line of a sandbox follows. */
const NOTHING = '0'.repeat(64);
const FORMAT = 'vault-audit/1';
/** No field that a caller chose is longer, so that no line is above what CloudWatch takes (256 KB). */
const LONGEST_TEXT = 256;
/** What a card number cannot do without. */
const FEW_DIGITS = 5;

/**
 * Audit events as lines of JSON on standard output, which Lambda gives to CloudWatch. Each line holds the SHA-256 of the
 * line before it in its sandbox, and its number: a line that is missing, changed or moved shows. That the last lines of a
 * sandbox are missing does not show by itself; the alarm on the function's invocations without a line does.
 */
export class StdoutAudit implements Audit {
  #previous = NOTHING;
  #count = 0;

  /** @param sandbox names this instance of the function: random, and new for each */
  constructor(
    private readonly write: WriteText,
    private readonly sandbox: string,
  ) {}

  record(events: readonly AuditEvent[]): Promise<void> {
    if (events.length === 0) return Promise.resolve();
    const text = events.map((event) => `${this.#line(event)}\n`).join('');
    return new Promise((done, failed) => {
      // What goes wrong with it may hold what was to be written.
      this.write(text, (failure) => (failure ? failed(new StoreError()) : done()));
    });
  }

  #line({ action, caller, requestId, at, outcome, token, subject, type, view, purpose }: AuditEvent): string {
    this.#count += 1;
    const line = JSON.stringify({
      audit: FORMAT,
      sandbox: this.sandbox,
      number: this.#count,
      previous: this.#previous,
      at: new Date(at).toISOString(),
      action,
      outcome,
      tenant: short(caller.tenant),
      grantee: short(caller.grantee),
      proof: caller.proof,
      requestId: short(requestId),
      token,
      subject,
      type,
      view,
      purpose: purpose === undefined ? undefined : withoutNumbers(short(purpose)),
    });
    this.#previous = hashOf(line);
    return line;
  }
}

/** What is wrong with lines of an audit. */
export interface AuditGap {
  readonly sandbox: string;
  /** The number of the first line that does not follow what stands before it. */
  readonly number: number;
}

/**
 * Where lines are missing, changed or moved, in each sandbox. Lines that are no lines of an audit are left out: a log has
 * others as well.
 *
 * @param lines in the order in which they were written
 */
export function auditGaps(lines: Iterable<string>): readonly AuditGap[] {
  const last = new Map<string, { readonly number: number; readonly hash: string }>();
  const gaps: AuditGap[] = [];
  for (const line of lines) {
    const read = auditLine(line);
    if (read === undefined) continue;
    const { sandbox, number, previous } = read;
    const before = last.get(sandbox) ?? { number: 0, hash: NOTHING };
    if (previous !== before.hash || number !== before.number + 1) gaps.push({ sandbox, number });
    last.set(sandbox, { number, hash: hashOf(line) });
  }
  return gaps;
}

function auditLine(line: string): (AuditGap & { readonly previous: string }) | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const { audit, sandbox, number, previous } = (value ?? {}) as Record<string, unknown>;
  if (audit !== FORMAT || typeof sandbox !== 'string' || typeof number !== 'number') return undefined;
  return { sandbox, number, previous: String(previous) };
}

/** A purpose is what a caller says, which may be more than it should. */
function withoutNumbers(text: string): string {
  const digits = text.match(/\p{Nd}/gu)?.length ?? 0;
  return digits > FEW_DIGITS ? text.replaceAll(/\p{Nd}/gu, '#') : text;
}

function short(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function hashOf(line: string): string {
  return createHash('sha256').update(line, 'utf8').digest('hex');
}
