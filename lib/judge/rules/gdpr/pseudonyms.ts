import type { DataDescription } from '../../../core/classification';
import { holders, readClassification } from '../../classification';
import type { PackRule } from '../../packs/pack';
import { type App, inFirstWorld, type Resource } from '../../template';
import { unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE } from '../rule';
import { handlerMay } from './handlers';
import { mayDo, permissionsOf } from './permissions';
import { personalDataAt } from './personal-data';
import { personalDataRow } from './row';

/** What reads a store. Databases are read by queries, which no policy shows. */
const READING: Readonly<Record<string, readonly string[]>> = {
  'AWS::Cognito::UserPool': ['cognito-idp:AdminGetUser', 'cognito-idp:ListUsers'],
  'AWS::DynamoDB::GlobalTable': [
    'dynamodb:GetItem',
    'dynamodb:BatchGetItem',
    'dynamodb:Query',
    'dynamodb:Scan',
  ],
  'AWS::DynamoDB::Table': ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:Scan'],
  'AWS::Kinesis::Stream': ['kinesis:GetRecords'],
  'AWS::OpenSearchService::Domain': ['es:ESHttpGet', 'es:ESHttpPost'],
  'AWS::S3::Bucket': ['s3:GetObject'],
  'AWS::SQS::Queue': ['sqs:ReceiveMessage'],
  'AWS::SecretsManager::Secret': ['secretsmanager:GetSecretValue'],
};

/** Rules on who can read what, with their levels. */
export const PSEUDONYM_ROWS: readonly PackRule[] = [
  personalDataRow('info', {
    id: 'PseudonymsAreReadApart',
    title: 'nobody reads both pseudonyms and what they stand for',
    risk: 'Whoever gets into the one role puts names to all pseudonyms: what the pseudonyms were to protect is as open as without them.',
    fix: 'Give one role access to stores of pseudonymised-personal-data or payment-token, and another to those of names and card numbers. CDK: grantRead… of each store to a role of its own.',
    references: { gdpr: ['25(1)', '32(1)(a)'], pciDss: ['7.2.5'] },
    resourceTypes: ['AWS::IAM::Role'],
    test: (properties) => {
      const { resource, world } = properties;
      const { pseudonyms, names } = pairsIn(world.app);
      if (pseudonyms.length === 0 || names.length === 0) return NOT_APPLICABLE;
      const permissions = permissionsOf(resource, world);
      if (permissions.statements.length === 0 && permissions.hidden === undefined) return NOT_APPLICABLE;
      const reads = (store: Resource) =>
        world.exists(store) ? mayDo(permissions, READING[store.type] ?? [], store) : false;
      const [left, right] = [answersOf(pseudonyms, reads), answersOf(names, reads)];
      if (left.yes !== undefined && right.yes !== undefined) {
        const got = `a role that reads ${left.yes.logicalId} and ${right.yes.logicalId}`;
        return violation(properties, got, 'one role for each');
      }
      const isUnsure = (left.yes ?? left.maybe) !== undefined && (right.yes ?? right.maybe) !== undefined;
      // A role of which nothing is known is not said to read everything.
      if (isUnsure && (left.yes ?? right.yes) !== undefined) {
        return unknown(properties, permissions.hidden ?? 'what its policies allow is not known');
      }
      return COMPLIANT;
    },
  }),
  personalDataRow('info', {
    id: 'AccessHandlerCanRead',
    title: 'what hands persons the data about them is allowed to read each store that names it',
    risk: 'The handler runs, is refused, and the answer lacks what the store holds: the person is told less than is there.',
    fix: 'Give the role of the handler permission to read the store (s3:GetObject, dynamodb:Query, …). CDK: grantRead of Bucket and grantReadData of Table, given to the handler.',
    references: { gdpr: ['15(1)', '20(1)'] },
    resourceTypes: Object.keys(READING),
    test: (properties) => {
      const actions = READING[properties.resource.type] ?? [];
      return handlerMay(properties, personalDataAt(properties)?.accessHandler, 'data:access-handler', {
        want: `allowed ${actions.join(' or ')}`,
        may: (permissions) => [mayDo(permissions, actions, properties.resource)],
      });
    },
  }),
];

function answersOf(
  stores: readonly Resource[],
  reads: (store: Resource) => boolean | undefined,
): { readonly yes: Resource | undefined; readonly maybe: Resource | undefined } {
  const answers = stores.map((store) => [store, reads(store)] as const);
  return {
    yes: answers.find(([, answer]) => answer === true)?.[0],
    maybe: answers.find(([, answer]) => answer === undefined)?.[0],
  };
}

/** Stores of pseudonyms, and of what they stand for. */
function pairsIn(app: App): {
  readonly pseudonyms: readonly Resource[];
  readonly names: readonly Resource[];
} {
  return app.memo(app, 'pseudonyms and names', () => {
    const told = inFirstWorld(app, (world) =>
      holders(app).flatMap((resource) => {
        const { value } = readClassification(world.view(resource)).description;
        return value === undefined || READING[resource.type] === undefined
          ? []
          : [[resource, value] as const];
      }),
    );
    return {
      pseudonyms: told.filter(([, value]) => isPseudonymous(value)).map(([resource]) => resource),
      names: told
        .filter(([, value]) => !isPseudonymous(value) && isNamed(value))
        .map(([resource]) => resource),
    };
  });
}

function isPseudonymous({ holds }: DataDescription): boolean {
  return holds.includes('pseudonymised-personal-data') || holds.includes('payment-token');
}

function isNamed({ holds }: DataDescription): boolean {
  const named = [
    'personal-data',
    'special-category-data',
    'criminal-offence-data',
    'cardholder-data',
  ] as const;
  return named.some((held) => holds.includes(held));
}
