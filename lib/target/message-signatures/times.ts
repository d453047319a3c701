import { MessageRefusal } from './problem';

/** How old a signature may be, in seconds. */
export const DEFAULT_WINDOW_SECONDS = 300;
/** The shortest and the longest window: below, a retry over a slow line is late; above, stores keep nonces for hours. */
export const WINDOW_SECONDS = { least: 30, most: 3600 } as const;
/** How far the clock of a partner may be ahead, in seconds. */
export const DEFAULT_SKEW_SECONDS = 30;
/** More is a broken clock. */
export const MOST_SKEW_SECONDS = 120;
/** When a signature is taken. */
export interface Times {
  readonly now: Date;
  readonly windowSeconds: number;
  readonly skewSeconds: number;
}

/**
 * Refuses a signature that is too old, or from the future.
 *
 * @throws MessageRefusal
 */
export function checkTimes(
  { created, expires }: { readonly created: number; readonly expires: number | undefined },
  { now, windowSeconds, skewSeconds }: Times,
): void {
  const second = now.getTime() / 1000;
  if (created > second + skewSeconds) {
    throw new MessageRefusal(
      'signature-early',
      `created must be at most ${skewSeconds} seconds ahead of this clock, set the clock of the sender by NTP`,
    );
  }
  if (second - created > windowSeconds) {
    throw new MessageRefusal(
      'signature-expired',
      `created must be at most ${windowSeconds} seconds ago, sign again when sending again`,
    );
  }
  if (expires !== undefined && second > expires) {
    throw new MessageRefusal('signature-expired', 'expires must lie ahead, sign again when sending again');
  }
}
