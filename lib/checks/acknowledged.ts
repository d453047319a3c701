import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Whether a finding of a pack is acknowledged, with the qualified id, on a construct or above it.
 *
 * The bare id is CDK's form for annotations: it does nothing to a pack that has its own `validate()`.
 */
export function isAcknowledged(pack: string, ruleName: string, construct: IConstruct | undefined): boolean {
  const id = `${pack}::${ruleName}`;
  return [...(construct?.node.scopes ?? [])].some(({ node }) =>
    node.metadata.some(
      ({ type, data }) =>
        type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY &&
        typeof data === 'object' &&
        data !== null &&
        Object.hasOwn(data, id),
    ),
  );
}
