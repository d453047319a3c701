/**
 * What is kept of an answer, so that the same request gets it again. Not the answer itself: a store that lives for a day
 * is no place for what an answer says.
 */
export interface KeptOutcome {
  /** The status of the answer. */
  readonly status: number;
  /** By which the app finds what it made, such as the id of an order. */
  readonly reference?: string;
  /** More that the app wants to have again: short texts that hold no data of persons and no card number. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** An item of DynamoDB has 400 KB at most, and is paid by the KB; an outcome is a reference. */
export const MOST_OUTCOME_BYTES = 4096;

/** Digits that may be parted as a card number is written; 13 to 19 of them (ISO/IEC 7812-1). */
const DIGITS = /\d(?:[ -]?\d){12,}/g;

/**
 * An outcome as it is kept. What is too long, or reads as a card number, is left out with all but the status: whoever asks
 * again then learns that it was done, and not more.
 */
export function writeOutcome({ status, reference, texts }: KeptOutcome): string {
  const whole = JSON.stringify({ status, reference, texts });
  return Buffer.byteLength(whole) > MOST_OUTCOME_BYTES || holdsCardNumber(whole)
    ? JSON.stringify({ status })
    : whole;
}

/** An outcome that was kept. */
export function readOutcome(text: string): KeptOutcome {
  return JSON.parse(text) as KeptOutcome;
}

/** Whether a text has 13 to 19 digits in a row whose last one is their check digit (Luhn, ISO/IEC 7812-1, Annex B). */
export function holdsCardNumber(text: string): boolean {
  return [...text.matchAll(DIGITS)].some(([run]) => {
    const digits = run.replace(/[ -]/g, '');
    // A longer run may hold one anywhere.
    for (let start = 0; start + 13 <= digits.length; start++) {
      for (let end = start + 13; end <= Math.min(start + 19, digits.length); end++) {
        if (passesLuhn(digits.slice(start, end))) return true;
      }
    }
    return false;
  });
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
