import { instantText } from '../../core/instant';
import { parseSecurityTxt, problemText } from '../../core/security-txt';
import { parseStatement, type Statement } from '../../core/statement';
import { digestOf } from '../../judge/statement';

/** Why a statement in a folder is not the one that would be written now; `undefined` where it is. */
export function whyStatementIsStale(text: string | undefined, now: Statement): string | undefined {
  if (text === undefined) return 'is missing';
  const reading = parseStatement(text);
  if ('problem' in reading) return reading.problem;
  const { statement } = reading;
  if (statement.generatedFrom !== now.generatedFrom) return 'does not say what the templates say';
  return digestOf(statement) === statement.generatedFrom ? undefined : 'was changed by hand';
}

/**
 * All that makes a `security.txt` in a folder worthless, or other than options ask for.
 *
 * @param wanted what would be written
 */
export function whySecurityTxtIsStale(
  text: string | undefined,
  wanted: string,
  now: Date,
): readonly string[] {
  if (text === undefined) return ['is missing'];
  const { expires, problems } = parseSecurityTxt(text);
  const isExpired = expires !== undefined && expires <= now;
  return [
    ...problems.map(problemText),
    ...(isExpired ? [`expired at ${instantText(expires)}`] : []),
    ...(text === wanted ? [] : ['does not say what the options say']),
  ];
}
