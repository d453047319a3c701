import { type ErrorCode, TransmissionError } from './errors';

/** Several mistakes in one place, told at once: each is a line of the message. */
export class SeveralMistakes extends TransmissionError {
  /** One sentence for each, without the place. */
  readonly mistakes: readonly string[];

  /**
   * @param mistakes what is wrong, what is allowed, what to do: one sentence for each
   * @param where the place that all of them have, which begins each line
   */
  constructor(code: ErrorCode, mistakes: readonly string[], where: string) {
    super(code, mistakes.join(`\n${where}: `), where);
    this.mistakes = mistakes;
  }
}

/** The lines of an error. What is quoted in a message may hold line breaks, which begin no line of ours. */
export function linesOf(error: TransmissionError): readonly string[] {
  if (!(error instanceof SeveralMistakes)) return [error.message];
  return error.mistakes.map((mistake) => `${error.where}: ${mistake}`);
}
