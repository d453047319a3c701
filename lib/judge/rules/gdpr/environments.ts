import type { PackRule } from '../../packs/pack';
import { type Cursor, show, tagsOf, tagsPlace } from '../../template';
import { violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { KEY_PLACES } from './keys-of-stores';
import { personalDataAt } from './personal-data';
import { personalDataRow } from './row';

const ENVIRONMENT_TAG = /^([a-z0-9-]+:)?(env|environment|stage)$/i;
const BEFORE_PRODUCTION =
  /^(dev|devel|development|test|tests|testing|qa|uat|int|integration|staging|preprod|pre-production|sandbox|preview|ci)$/i;

/** Properties by which stores begin with the content of another. */
const COPIED_FROM: Readonly<Record<string, readonly string[]>> = {
  'AWS::DocDB::DBCluster': ['SnapshotIdentifier', 'SourceDBClusterIdentifier'],
  'AWS::EC2::Volume': ['SnapshotId'],
  'AWS::ElastiCache::ReplicationGroup': ['SnapshotName', 'SnapshotArns'],
  'AWS::MemoryDB::Cluster': ['SnapshotName', 'SnapshotArns'],
  'AWS::Neptune::DBCluster': ['SnapshotIdentifier', 'SourceDBClusterIdentifier'],
  'AWS::RDS::DBCluster': ['SnapshotIdentifier', 'SourceDBClusterIdentifier'],
  'AWS::RDS::DBInstance': [
    'DBSnapshotIdentifier',
    'DBClusterSnapshotIdentifier',
    'SourceDBInstanceIdentifier',
  ],
  'AWS::Redshift::Cluster': ['SnapshotIdentifier'],
};

/** Rules on environments, with their levels. */
export const ENVIRONMENT_ROWS: readonly PackRule[] = [
  personalDataRow('warning', {
    id: 'TestEnvironmentHoldsNoPersonalData',
    title: 'an environment before production holds no data of persons but pseudonymised',
    risk: 'Test environments are open to more people, watched less, and written to by unfinished code: real data is used there for what nobody agreed to, and leaks from there.',
    fix: 'Fill test environments with made-up or pseudonymised data (data:classification pseudonymised-personal-data), and restore no snapshot of production there (SnapshotIdentifier, DBSnapshotIdentifier); the tag environment says which is which. CDK: Tags.of(stage).add("environment", "test") and DataClassification of each store.',
    references: { gdpr: ['5(1)(b)', '25(1)', '32(1)(b)'], pciDss: ['6.5.5'] },
    resourceTypes: Object.keys(KEY_PLACES),
    test: (properties) => {
      const environment = environmentOf(properties);
      if (environment === undefined || !BEFORE_PRODUCTION.test(environment)) return NOT_APPLICABLE;
      const holds = personalDataAt(properties)?.holds.filter(
        (held) => held !== 'pseudonymised-personal-data',
      );
      const named = (holds ?? []).filter((held) => held !== 'payment-token');
      if (named.length > 0) {
        const got = `${named.join(', ')} in ${environment}`;
        return violation(tagsPlace(properties), got, 'made up or pseudonymised, or in production');
      }
      return (
        (COPIED_FROM[properties.resource.type] ?? [])
          .map((path) => isNotOfProduction(properties.at(path)))
          .find(({ verdict }) => verdict === 'violation') ?? COMPLIANT
      );
    },
  }),
];

/** Only what says that it is from production is told: where a snapshot comes from, no template shows. */
function isNotOfProduction(at: Cursor): Verdict {
  const source = at.isPresent ? show(at.value()) : '';
  return /(^|[^a-z])(prod|production|live)([^a-z]|$)/i.test(source)
    ? violation(at, source, 'left out, or a snapshot of made-up data')
    : COMPLIANT;
}

function environmentOf(properties: Cursor): string | undefined {
  const tags = tagsOf(properties);
  if (tags.state !== 'given') return undefined;
  return [...tags.value].find(([key]) => ENVIRONMENT_TAG.test(key))?.[1];
}
