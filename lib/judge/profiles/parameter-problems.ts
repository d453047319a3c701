import { changeTransferLists, TRANSFER_LISTS, type TransferLists } from '../../core/classification';
import { isTransmissionError } from '../../core/errors';
import { meant, shown } from '../../core/schema';
import { LOG_RETENTIONS } from '../rules/audit';
import { DEFAULT_RULE_PARAMETERS, type RuleParameters } from '../rules/parameters';
import type { GivenRuleParameters } from './given-settings';

/** Complete parameters, and what no schema could tell of what was given. */
export interface CompletedParameters {
  readonly parameters: RuleParameters;
  readonly problems: readonly string[];
}

/**
 * Completes parameters that fit their schema.
 *
 * @param profile what the profile has for some of them, which goes behind what was given
 */
export function completeParameters(
  given: GivenRuleParameters,
  profile: Partial<RuleParameters> = {},
): CompletedParameters {
  const { transferLists: changes, ...rest } = given;
  const { lists, problems } = changedLists(changes);
  const chosen = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const parameters: RuleParameters = {
    ...DEFAULT_RULE_PARAMETERS,
    ...profile,
    ...chosen,
    transferLists: lists,
  };
  return {
    parameters,
    problems: [
      ...problems,
      ...retentionProblems(parameters),
      ...regionProblems(parameters),
      ...twice(parameters),
    ],
  };
}

function changedLists(changes: GivenRuleParameters['transferLists']): {
  readonly lists: TransferLists;
  readonly problems: readonly string[];
} {
  if (changes === undefined) return { lists: TRANSFER_LISTS, problems: [] };
  try {
    return { lists: changeTransferLists(TRANSFER_LISTS, changes), problems: [] };
  } catch (error) {
    if (!isTransmissionError(error)) throw error;
    return { lists: TRANSFER_LISTS, problems: [`'parameters.transferLists': ${error.problem}`] };
  }
}

function retentionProblems({
  logRetentionLeastDays: least,
  logRetentionMostDays: most,
}: RuleParameters): string[] {
  if (LOG_RETENTIONS.some((days) => days >= least && days <= most)) return [];
  const near = LOG_RETENTIONS.filter((days) => days >= least).slice(0, 1);
  const remedy = least > most ? 'make it no less than that' : `make it ${near.join('')} or more`;
  return [
    `'parameters.logRetentionMostDays' must leave days that CloudWatch Logs can keep entries for and that ` +
      `'parameters.logRetentionLeastDays' allows (${least} or more), got ${most}, ${remedy}`,
  ];
}

function regionProblems({ allowedRegions = [], transferLists: { regions } }: RuleParameters): string[] {
  return allowedRegions.flatMap((region, index) =>
    Object.hasOwn(regions, region)
      ? []
      : [
          `'parameters.allowedRegions[${index}]' must be a region that is known, got ${shown(region)}` +
            (meant(region, Object.keys(regions)) ||
              ", add it with its country to 'parameters.transferLists.regions' if AWS has it"),
        ],
  );
}

/** Two entries for one recipient would leave open which contract binds it. */
function twice({ recipients }: RuleParameters): string[] {
  const names = recipients.map(({ name }) => name.toLowerCase());
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          `'parameters.recipients[${index}].name' repeats ${shown(recipients[index]?.name)}, put both into one`,
        ],
  );
}
