import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { literalNameFor } from './physical-name';

/**
 * The identifier of a cluster: the one given, or one made of the path of its construct.
 *
 * It is fixed at synthesis because RDS writes to log groups of that name, which must be there, encrypted and with an
 * end, before the cluster is: else RDS makes its own, without either.
 */
export function clusterIdentifierFor(scope: IConstruct, given: string | undefined): string {
  return literalNameFor(scope, { property: 'clusterIdentifier', given, most: 63 });
}

/**
 * Refuses what RDS does not take for the name of a database.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html ("DBName")
 */
export function checkDatabaseName(scope: IConstruct, name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name) || /^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(name)) return;
  throw invalidProperty(
    scope,
    `'databaseName' must be 1 to 63 letters, digits and '_', the first a letter, got ${JSON.stringify(name.slice(0, 80))}, leave it out for 'postgres' alone`,
  );
}
