import { EVERY_ROW } from '../../lib/judge/packs/every-row';
import { GDPR_PACK } from '../../lib/judge/packs/gdpr';
import type { Pack, PackRule } from '../../lib/judge/packs/pack';
import { PCI_DSS_401_PACK } from '../../lib/judge/packs/pci-dss-401';
import { TRANSMISSION_PACK } from '../../lib/judge/packs/transmission';

/** A pack, and the page that lists its rules. */
export interface PackPage {
  readonly pack: Pack;
  /** Below `docs/`. */
  readonly file: string;
}

/** The packs that people register, each with its page. */
export const PACK_PAGES: readonly PackPage[] = [
  { pack: TRANSMISSION_PACK, file: 'packs/transmission.md' },
  { pack: PCI_DSS_401_PACK, file: 'packs/pci-dss-401.md' },
  { pack: GDPR_PACK, file: 'packs/gdpr.md' },
];

/** Every rule once, in the order of its id. */
export const RULES: readonly PackRule[] = [
  ...new Map(EVERY_ROW.map((row) => [row.rule.id, row])).values(),
].sort((one, other) => (one.rule.id < other.rule.id ? -1 : 1));

/** A link to the section of a rule, from a page below `docs/`. */
export function ruleLink(id: string, page = 'rules.md'): string {
  return `[${id}](${page}#${id.toLowerCase()})`;
}
