import { KNOWN_PACKS } from './known';

const CLEAR_TEXT_RULES: ReadonlySet<string> = new Set(
  KNOWN_PACKS.flatMap(({ rules }) => rules).flatMap(({ rule, level }) =>
    level === 'error' && ['hop', 'plaintext-denial', 'not-judged'].includes(rule.reads) ? [rule.id] : [],
  ),
);

/**
 * Whether what a rule finds is plaintext, TLS below 1.2, or may be either: errors of ours about hops, whatever level a
 * profile gives them. For these, exceptions end after a quarter.
 */
export function isClearTextRule(id: string): boolean {
  return CLEAR_TEXT_RULES.has(id);
}
