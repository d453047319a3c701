import type { Pack } from '../../lib/judge/packs/pack';
import { sentence, table } from './markdown';
import { RULES, ruleLink } from './rule-pages';

/** What stands on the page of a pack beside its table. */
export interface PackPageText {
  /** The key under which rules name what of the pack they speak for; none where the pack is about no regulation. */
  readonly reference?: 'pciDss' | 'gdpr';
  /** What the column of those ids is called. */
  readonly ids?: string;
  readonly intro: readonly string[];
}

/** The page of a pack: what it is and is not, and its rules. */
export function packPage(generator: string, { name, rules }: Pack, text: PackPageText): string {
  const { reference, ids = 'ids', intro } = text;
  const rows = rules.filter(({ rule }) => RULES.some((row) => row.rule.id === rule.id));
  const sorted = [...rows].sort((one, other) => (one.rule.id < other.rule.id ? -1 : 1));
  return `${[
    `<!-- Written by ${generator} from the rules themselves; change those. -->`,
    '',
    `# ${name}`,
    '',
    ...intro,
    '',
    '```ts',
    `Validations.of(app).addPlugins(new ${name}(app));`,
    '```',
    '',
    `${sorted.length} rules: ${(['error', 'warning', 'info'] as const)
      .map((level) => `${sorted.filter((row) => row.level === level).length} at level ${level}`)
      .join(', ')}. Each links to its risk, fix and references.`,
    '',
    ...table(
      ['rule', 'level', 'hidden', 'the good state', ...(reference === undefined ? [] : [ids])],
      sorted.map(({ rule, level, unknown }) => [
        ruleLink(rule.id, '../rules.md'),
        level,
        unknown,
        sentence(rule.title),
        ...(reference === undefined ? [] : [rule.references[reference]?.join(', ') ?? 'none']),
      ]),
    ),
  ].join('\n')}\n`;
}
