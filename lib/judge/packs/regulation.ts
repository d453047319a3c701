import type { Regulation } from '../../core/controls';
import type { Pack, PackRule } from './pack';

/**
 * The pack of a regulation: of all rules those that speak for one of its requirements.
 *
 * A law is data: this, a table of its requirements, and ids in the references of rules are a pack.
 */
export function packOf(name: string, { reference }: Regulation, rows: readonly PackRule[]): Pack {
  const ids = new Set<string>();
  const rules = rows.filter(({ rule }) => {
    const isAsked = (rule.references[reference] ?? []).length > 0 && !ids.has(rule.id);
    if (isAsked) ids.add(rule.id);
    return isAsked;
  });
  return { name, rules };
}
