import type { Regulation } from '../../core/controls';
import { TransmissionError } from '../../core/errors';
import { withReferences } from '../rules/original';
import type { RuleReferences } from '../rules/rule';
import type { Pack, PackRule } from './pack';

/**
 * The pack of a regulation: of all rules those that speak for one of its requirements.
 *
 * A law is data: a table of its requirements, and which rules speak for them. Rules that know it name its ids in their
 * references; to all others `Regulation.rules` attaches them, and findings show them beside their own.
 *
 * @throws TransmissionError where `rules` names a requirement that the regulation does not have, or a rule that is none
 */
export function packOf(name: string, regulation: Regulation, rows: readonly PackRule[]): Pack {
  const attached = attachedIds(regulation, rows);
  const chosen = new Map<string, PackRule>();
  for (const row of rows) {
    const { id, references } = row.rule;
    const own = regulation.reference === undefined ? [] : (references[regulation.reference] ?? []);
    const given = attached.get(id) ?? [];
    if (chosen.has(id) || own.length + given.length === 0) continue;
    chosen.set(id, given.length === 0 ? row : withRegulations(row, { [regulation.name]: given }));
  }
  return { name, rules: [...chosen.values()] };
}

/** The references of a rule with what several packs attach to it. */
export function joinedReferences(all: readonly RuleReferences[]): RuleReferences {
  const joined = new Map<string, Set<string>>();
  for (const { regulations = {} } of all) {
    for (const [name, ids] of Object.entries(regulations)) {
      joined.set(name, new Set([...(joined.get(name) ?? []), ...ids]));
    }
  }
  const [first = {}] = all;
  if (joined.size === 0) return first;
  return { ...first, regulations: Object.fromEntries([...joined].map(([name, ids]) => [name, [...ids]])) };
}

function withRegulations(row: PackRule, regulations: Readonly<Record<string, readonly string[]>>): PackRule {
  const references = joinedReferences([row.rule.references, { regulations }]);
  return { ...row, rule: withReferences(row.rule, references) };
}

/** The requirements that the regulation attaches to rules, by id of the rule. */
function attachedIds(
  { name, requirements, rules = {} }: Regulation,
  rows: readonly PackRule[],
): ReadonlyMap<string, readonly string[]> {
  const known = new Set(rows.map(({ rule }) => rule.id));
  const attached = new Map<string, string[]>();
  for (const [requirement, ids] of Object.entries(rules)) {
    if (!requirements.some(({ id }) => id === requirement)) {
      throw invalid(
        name,
        `'rules' must name its requirements, got ${JSON.stringify(requirement)}, add it to 'requirements'`,
      );
    }
    for (const id of ids) {
      if (!known.has(id)) {
        throw invalid(
          name,
          `'rules' must name rules that there are, got ${JSON.stringify(id)}, see docs/rules.md`,
        );
      }
      attached.set(id, [...(attached.get(id) ?? []), requirement]);
    }
  }
  return attached;
}

function invalid(name: string, message: string): TransmissionError {
  return new TransmissionError('InvalidProperty', message, name);
}
