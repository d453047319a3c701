import { DataClassification } from '../lib/checks/data-classification';
import { EDGE_REGION } from '../lib/constructs/edge-region';
import type { Baseline, BaselineConfiguration } from '../lib/stacks';

/**
 * Says what the stores of the baseline hold: settings and names of the platform, and in its logs the addresses of
 * visitors and what people did, which are personal data.
 */
export function describeHoldings({ stacks }: Baseline, configuration: BaselineConfiguration): void {
  const { owner, retentionDays } = configuration;
  for (const stack of stacks) {
    DataClassification.of(stack).holdsInternalData({ owner });
    for (const trace of stack.traces) {
      DataClassification.of(trace).holdsPersonalData({
        categories: ['network-addresses'],
        subjects: ['visitors', 'administrators'],
        purposes: ['detection and investigation of attacks'],
        lawfulBases: ['legitimate-interests'],
        retentionDays,
        owner,
        // A person has to be found in them first: whoever answers for them does that, on request.
        erasureHandler: owner,
        accessHandler: owner,
        ...(stack.region === EDGE_REGION ? { transferBases: ['adequacy-decision'] } : {}),
      });
    }
  }
}
