import { Unresolved } from '../template';

/** Yes, no, or why it cannot be told. */
export type Answer = boolean | Unresolved;

/** Yes where one is; else why one of them cannot be told. */
export function anyAnswer(answers: readonly Answer[]): Answer {
  return answers.includes(true) || (answers.find((answer) => answer instanceof Unresolved) ?? false);
}
