import { canonicalJson } from '../../core/statement';
import type { RuleParameters } from '../rules/parameters';

/** An app has one set of parameters, a process few; the oldest gives way. */
const MOST = 16;

/**
 * Makes something of parameters once for each set of them: tables of rules are long, and every pack asks for them.
 *
 * Sets are the same where they say the same, whoever made them.
 */
export function memoised<T>(make: (parameters: RuleParameters) => T): (parameters: RuleParameters) => T {
  const made = new Map<string, T>();
  const keys = new WeakMap<RuleParameters, string>();
  return (parameters) => {
    const key = keys.get(parameters) ?? canonicalJson(parameters);
    keys.set(parameters, key);
    const known = made.get(key);
    if (known !== undefined) return known;
    const [oldest] = made.keys();
    if (made.size >= MOST && oldest !== undefined) made.delete(oldest);
    const result = make(parameters);
    made.set(key, result);
    return result;
  };
}
