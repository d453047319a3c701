import type { Cursor } from '../../template';
import { type PropertyTest, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';

const PLACE = 'PubliclyAccessible';

/**
 * A database must not have a public address.
 *
 * Where nothing is said, the subnets decide: without a group of them, or in the group named `default`, an instance is
 * public, but for those of Aurora; in any other group it is private.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export const databaseIsPrivate: PropertyTest = (properties) => {
  const at = properties.at(PLACE);
  const reading = at.boolean();
  if (reading.state === 'unresolved') return unknown(at, reading.why);
  if (reading.state === 'given') return reading.value ? violation(at, 'true', 'false') : COMPLIANT;
  switch (properties.resource.type) {
    case 'AWS::RDS::DBInstance':
      return instanceByDefault(properties, at);
    case 'AWS::RDS::DBCluster':
      return clusterByDefault(properties, at);
    default:
      return COMPLIANT;
  }
};

function instanceByDefault(properties: Cursor, at: Cursor): Verdict {
  // The cluster has the subnets.
  if (properties.at('DBClusterIdentifier').isPresent) return COMPLIANT;
  const isReplica = ['SourceDBInstanceIdentifier', 'SourceDBClusterIdentifier'].some(
    (source) => properties.at(source).isPresent,
  );
  if (isReplica && !properties.at('DBSubnetGroupName').isPresent) {
    return unknown(at, 'a replica is where its source is');
  }
  return bySubnets(properties, at);
}

/** Only a cluster that is no Aurora has addresses of its own. */
function clusterByDefault(properties: Cursor, at: Cursor): Verdict {
  const engine = properties.at('Engine').string();
  if (engine.state === 'given' && !engine.value.startsWith('aurora') && engine.value !== 'neptune') {
    return bySubnets(properties, at);
  }
  return NOT_APPLICABLE;
}

function bySubnets(properties: Cursor, at: Cursor): Verdict {
  const group = properties.at('DBSubnetGroupName');
  const name = group.string();
  // A hidden name is that of a group which somebody made.
  if (group.isPresent && !(name.state === 'given' && name.value === 'default')) return COMPLIANT;
  const why = 'in the default subnets it has a public address where nothing else is said';
  return violation(at, 'absent', 'false', why);
}
