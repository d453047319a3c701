import { TransmissionError } from '../core/errors';
import { didYouMean } from '../core/suggest';

/**
 * Refuses every word behind the name of a command but the one thing that it does.
 *
 * @param usage what may follow the name of the command
 */
export function requireAction(given: string, action: string, command: string, usage: string): void {
  if (given === action) return;
  const remedy = `write secure-transmission ${command} ${usage}`;
  const message = `is not something that ${command} does${didYouMean(given, [action])}, ${remedy}`;
  throw new TransmissionError('InvalidArgument', message, given === '' ? '""' : given);
}
