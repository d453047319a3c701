import { Names, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { TransmissionError } from '../../core/errors';

/** What RDS takes: letters, digits and single hyphens between them, the first a letter; it keeps them in lower case. */
const IDENTIFIER = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const MAX_LENGTH = 63;

/**
 * The identifier of a cluster: the one given, or one made of the path of its construct.
 *
 * It is fixed at synthesis because RDS writes to log groups of that name, which must be there, encrypted and with an
 * end, before the cluster is: else RDS makes its own, without either.
 */
export function clusterIdentifierFor(scope: IConstruct, given: string | undefined): string {
  if (given === undefined) {
    return Names.uniqueResourceName(scope, { maxLength: MAX_LENGTH, separator: '-' }).toLowerCase();
  }
  if (!Token.isUnresolved(given) && given.length <= MAX_LENGTH && IDENTIFIER.test(given)) return given;
  throw new TransmissionError(
    'InvalidProperty',
    `'clusterIdentifier' must have at most ${MAX_LENGTH} lower-case letters, digits and single '-' between them, the first a letter, ` +
      `got ${Token.isUnresolved(given) ? 'an unresolved value' : JSON.stringify(given.slice(0, 80))}, leave it out to have one made`,
    scope.node.path,
  );
}
