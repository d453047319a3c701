import { GDPR, GDPR_CONTROLS, PCI_DSS_4_0_1 } from '../../core/controls';
import { EVERY_ROW } from '../packs/every-row';
import { GDPR_PACK } from '../packs/gdpr';
import { LEVELS, type Level, type Pack, type PackRule } from '../packs/pack';
import { PCI_DSS_401_PACK } from '../packs/pci-dss-401';
import { TRANSMISSION_PACK } from '../packs/transmission';
import { type ConfigRuleStanding, configRuleStandings, type StandingOfConfigRule } from './config-rules';
import { coverageOf, type RequirementCoverage } from './requirements';

/** How many managed rules of AWS Config have each standing. */
export interface ConfigRuleFigures extends Readonly<Record<ConfigRuleStanding, number>> {
  readonly total: number;
}

/** How many requirements something speaks for. */
export interface RequirementFigures {
  readonly total: number;
  readonly withRule: number;
  readonly delegatedOnly: number;
  readonly withReasonOnly: number;
  /** Nothing speaks for them, and nobody says why: a test holds it at none. */
  readonly withNothing: number;
  /** The ids without a rule of ours. */
  readonly idsWithoutRule: readonly string[];
}

/** What `npm run controls` prints. */
export interface ControlFigures {
  readonly rules: {
    readonly total: number;
    readonly byPack: Readonly<Record<string, number>>;
    readonly byLevel: Readonly<Record<Level, number>>;
  };
  readonly configRules: {
    /** With those that prowler adds to the packs of AWS. */
    readonly all: ConfigRuleFigures;
    /** The union of the packs of AWS for PCI DSS v4.0 and v3.2.1. */
    readonly ofAwsPacks: ConfigRuleFigures;
    /** Those that no template can decide: what is delegated. */
    readonly notDecidable: number;
    /** Of those, how many ask for nothing until somebody gives them a parameter. */
    readonly notDecidableWithoutParameters: number;
  };
  readonly pciDss: RequirementFigures;
  readonly gdpr: RequirementFigures;
  /** The controls that other tools attach to the GDPR. */
  readonly gdprControls: {
    readonly total: number;
    readonly withRule: number;
    readonly withReasonOnly: number;
  };
}

/** Counts what the packs cover, from the rules themselves. */
export function controlFigures(rows: readonly PackRule[] = EVERY_ROW): ControlFigures {
  const configRules = configRuleStandings(rows);
  const unique = [...new Map(rows.map((row) => [row.rule.id, row])).values()];
  const delegated = configRules.flatMap(({ notNative }) =>
    notNative?.kind === 'delegated' ? [notNative] : [],
  );
  return {
    rules: {
      total: unique.length,
      byPack: Object.fromEntries(
        [TRANSMISSION_PACK, PCI_DSS_401_PACK, GDPR_PACK].map(({ name, rules }: Pack) => [name, rules.length]),
      ),
      byLevel: countBy(LEVELS, unique, ({ level }) => level),
    },
    configRules: {
      all: configRuleFigures(configRules),
      ofAwsPacks: configRuleFigures(configRules.filter(({ sources }) => !sources.includes('prowler'))),
      notDecidable: delegated.length,
      notDecidableWithoutParameters: delegated.filter(({ needs }) => needs !== undefined).length,
    },
    pciDss: requirementFigures(coverageOf(PCI_DSS_4_0_1, rows, configRules)),
    gdpr: requirementFigures(coverageOf(GDPR, rows, configRules)),
    gdprControls: {
      total: GDPR_CONTROLS.length,
      withRule: GDPR_CONTROLS.filter((control) => 'by' in control).length,
      withReasonOnly: GDPR_CONTROLS.filter((control) => 'why' in control).length,
    },
  };
}

const STANDINGS: readonly ConfigRuleStanding[] = ['native', 'table', 'delegated', 'listed', 'open'];

function configRuleFigures(rules: readonly StandingOfConfigRule[]): ConfigRuleFigures {
  return { total: rules.length, ...countBy(STANDINGS, rules, ({ standing }) => standing) };
}

function requirementFigures(requirements: readonly RequirementCoverage[]): RequirementFigures {
  const by = countBy(['rules', 'delegated', 'reason', 'nothing'], requirements, (each) => each.by);
  return {
    total: requirements.length,
    withRule: by.rules,
    delegatedOnly: by.delegated,
    withReasonOnly: by.reason,
    withNothing: by.nothing,
    idsWithoutRule: requirements.filter(({ rules }) => rules.length === 0).map(({ id }) => id),
  };
}

function countBy<K extends string, T>(
  keys: readonly K[],
  items: readonly T[],
  keyOf: (item: T) => K,
): Record<K, number> {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const item of items) counts[keyOf(item)] += 1;
  return counts;
}
