import { CARDHOLDER_ROWS } from '../rules/cardholder';
import { gdprRows } from '../rules/gdpr';
import { DEFAULT_RULE_PARAMETERS, type RuleParameters } from '../rules/parameters';
import { PCI_ROWS } from '../rules/pci';
import { memoised } from './memoised';
import type { PackRule } from './pack';
import { supportingPack } from './supporting';
import { TRANSMISSION_PACK } from './transmission';

/** Every rule that there is, with its level: regulations choose from it by what rules speak for. */
export const everyRow: (parameters: RuleParameters) => readonly PackRule[] = memoised((parameters) => [
  ...TRANSMISSION_PACK.rules,
  ...supportingPack(parameters).rules,
  ...PCI_ROWS,
  ...CARDHOLDER_ROWS,
  ...gdprRows(parameters),
]);

/** The same with what holds where nobody decides otherwise. */
export const EVERY_ROW: readonly PackRule[] = everyRow(DEFAULT_RULE_PARAMETERS);
