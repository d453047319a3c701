import { Names, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';

/** What CloudTrail takes: letters, digits, `.`, `_` and `-`, the last three never at an end nor side by side. */
const NAME = /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/;
const ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;
const MIN_LENGTH = 3;
const MAX_LENGTH = 128;

/**
 * The name of a trail: the one given, or one made of the path of its construct.
 *
 * It is fixed because the policies of bucket and key name the trail that they let in, and the trail needs both.
 */
export function trailNameFor(scope: IConstruct, given: string | undefined): string {
  if (given === undefined) return Names.uniqueResourceName(scope, { maxLength: MAX_LENGTH, separator: '-' });
  if (Token.isUnresolved(given)) return given;
  const fits =
    given.length >= MIN_LENGTH && given.length <= MAX_LENGTH && NAME.test(given) && !ADDRESS.test(given);
  if (fits) return given;
  throw invalidProperty(
    scope,
    `'trailName' must have ${MIN_LENGTH} to ${MAX_LENGTH} letters, digits and single '.', '_' or '-' between them, ` +
      `and be no IP address, got ${JSON.stringify(given.slice(0, 80))}`,
  );
}
