import { type ErrorCode, TransmissionError } from './errors';

/** Several mistakes in one place, told at once: each is a line of the message. */
export class SeveralMistakes extends TransmissionError {
  /** One sentence for each, without the place. */
  readonly mistakes: readonly string[];
  /** Where each of them is. */
  readonly places: readonly string[];

  /**
   * @param mistakes what is wrong, what is allowed, what to do: one sentence for each
   * @param where the place that all of them have
   * @param places where exactly each of them is, which begins its line, such as `settings.yaml:3:1`; `where` by default
   */
  constructor(code: ErrorCode, mistakes: readonly string[], where: string, places: readonly string[] = []) {
    const at = mistakes.map((_, i) => places[i] ?? where);
    const [first = where] = at;
    super(code, mistakes.map((mistake, i) => (i === 0 ? mistake : `${at[i]}: ${mistake}`)).join('\n'), first);
    this.mistakes = mistakes;
    this.places = at;
  }
}

/** The lines of an error. What is quoted in a message may hold line breaks, which begin no line of ours. */
export function linesOf(error: TransmissionError): readonly string[] {
  if (!(error instanceof SeveralMistakes)) return [error.message];
  return error.mistakes.map((mistake, i) => `${error.places[i]}: ${mistake}`);
}
