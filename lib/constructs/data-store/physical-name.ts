import { Names, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';

/** What RDS and ElastiCache take. They keep names in lower case, and IAM compares with case. */
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** The name of a data store that is fixed at synthesis, and how it was asked for. */
export interface PhysicalName {
  /** The property, as an error names it. */
  readonly property: string;
  /** The name that was given. */
  readonly given: string | undefined;
  /** How many characters it may have. */
  readonly most: number;
  /** A name that is taken already, by AWS. */
  readonly reserved?: string;
}

/** The name that was given, or one made of the path of the construct. */
export function physicalNameFor(scope: IConstruct, name: PhysicalName): string {
  const { given, most, reserved } = name;
  if (given === undefined) {
    return Names.uniqueResourceName(scope, { maxLength: most, separator: '-' }).toLowerCase();
  }
  if (Token.isUnresolved(given)) return given;
  if (given.length <= most && NAME.test(given) && given !== reserved) return given;
  throw unfit(scope, name, JSON.stringify(given.slice(0, 80)));
}

/** The same, where what it is cannot wait for the deployment. */
export function literalNameFor(scope: IConstruct, name: PhysicalName): string {
  if (name.given !== undefined && Token.isUnresolved(name.given)) {
    throw unfit(scope, name, 'an unresolved value');
  }
  return physicalNameFor(scope, name);
}

function unfit(scope: IConstruct, { property, most, reserved }: PhysicalName, got: string) {
  const not = reserved === undefined ? '' : ` and not be '${reserved}',`;
  return invalidProperty(
    scope,
    `'${property}' must have at most ${most} lower-case letters, digits and single '-' between them, the first a letter,${not} ` +
      `got ${got}, leave it out to have one made`,
  );
}
