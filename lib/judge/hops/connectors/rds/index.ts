import type { Cursor } from '../../../template';
import { type Connector, hop, resourceParty } from '../../connector';
import { clientsOf, encryptionOf, keyOf, store, VPC } from '../../data-store';
import type { ClientAuthentication, Fact } from '../../fact';
import { hidden, type Observed, observe, stated } from '../../observed';
import { parameterGroupOf, resourceNamedBy } from '../../parameter-group';
import { type Requirement, requirementOf } from './requirement';

/** Replicas of replicas are followed this far. */
const LONGEST_CHAIN = 5;

/** RDS and Aurora: databases, clusters and proxies. */
export const rds: Connector = {
  service: 'rds',
  types: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::RDS::DBProxy'],
  reads: ['AWS::RDS::DBClusterParameterGroup', 'AWS::RDS::DBParameterGroup'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    if (resource.type === 'AWS::RDS::DBProxy') return [proxyHop(view)];
    return resource.type === 'AWS::RDS::DBCluster' ? clusterFacts(view) : instanceFacts(view);
  },
};

function clusterFacts(view: Cursor): readonly Fact[] {
  const name = view.at('DBClusterParameterGroupName');
  const group = parameterGroupOf(name, 'AWS::RDS::DBClusterParameterGroup', 'DBClusterParameterGroupName');
  return [
    databaseHop(view, requirementOf(view, name, group)),
    databaseStore(view, ['SnapshotIdentifier', 'SourceDBClusterIdentifier', 'ReplicationSourceIdentifier']),
  ];
}

function instanceFacts(view: Cursor): readonly Fact[] {
  const clusterAt = view.at('DBClusterIdentifier');
  const cluster = resourceNamedBy(clusterAt, 'AWS::RDS::DBCluster', 'DBClusterIdentifier');
  if (cluster !== undefined) {
    // A member's clients are judged at its cluster: the cluster parameter group holds for all of them.
    if (!('why' in cluster)) return [];
    const why = `the parameter group of its cluster is not at hand: ${cluster.why}`;
    return [databaseHop(view, { protocol: hidden(clusterAt, why), floor: hidden(clusterAt, why) })];
  }
  return [
    databaseHop(view, instanceRequirement(view, LONGEST_CHAIN)),
    databaseStore(view, [
      'DBSnapshotIdentifier',
      'DBClusterSnapshotIdentifier',
      'SourceDBInstanceIdentifier',
      'SourceDbiResourceId',
      'SourceDBInstanceAutomatedBackupsArn',
      'SourceDBClusterIdentifier',
    ]),
  ];
}

/** A replica without a parameter group of its own has its source's. */
function instanceRequirement(view: Cursor, depth: number): Requirement {
  const name = view.at('DBParameterGroupName');
  const sourceAt = view.at('SourceDBInstanceIdentifier');
  if (!name.isPresent && sourceAt.isPresent && depth > 0) {
    const source = resourceNamedBy(sourceAt, 'AWS::RDS::DBInstance', 'DBInstanceIdentifier');
    if (source !== undefined) {
      if (!('why' in source)) return instanceRequirement(view.world.view(source), depth - 1);
      const why = `the replica has the parameter group of its source: ${source.why}`;
      return { protocol: hidden(sourceAt, why), floor: hidden(sourceAt, why) };
    }
  }
  return requirementOf(
    view,
    name,
    parameterGroupOf(name, 'AWS::RDS::DBParameterGroup', 'DBParameterGroupName'),
  );
}

function databaseHop(view: Cursor, { protocol, floor }: Requirement): Fact {
  return hop(view, {
    kind: 'rds.database',
    from: clientsOf(view.at('PubliclyAccessible')),
    to: resourceParty(view.resource),
    protocol,
    floor,
    clientAuthentication: databaseAuthentication(view.at('EnableIAMDatabaseAuthentication')),
    certificate: stated(view.at('CACertificateIdentifier'), 'service-owned'),
  });
}

/** A password is a token of its own kind: something that the client knows and shows. */
function databaseAuthentication(iam: Cursor): Observed<ClientAuthentication> {
  return observe<ClientAuthentication, boolean>(iam, iam.boolean(), {
    map: (enabled) => (enabled ? 'iam' : 'token'),
    otherwise: 'token',
  });
}

function databaseStore(view: Cursor, copies: readonly string[]): Fact {
  const key = view.at('KmsKeyId');
  return store(view, {
    kind: 'rds',
    encryption: encryptionOf({
      flag: view.at('StorageEncrypted'),
      key,
      withoutKey: 'aws-managed-key',
      copiedFrom: copies.map((property) => view.at(property)),
    }),
    key: keyOf(key),
  });
}

function proxyHop(view: Cursor): Fact {
  const requireTls = view.at('RequireTLS');
  return hop(view, {
    kind: 'rds.proxy',
    from: VPC,
    to: resourceParty(view.resource),
    protocol: observe<'tls' | 'tls-or-plaintext', boolean>(requireTls, requireTls.boolean(), {
      map: (required) => (required ? 'tls' : 'tls-or-plaintext'),
      otherwise: 'tls-or-plaintext',
    }),
    clientAuthentication: proxyAuthentication(view),
    certificate: stated(view, 'service-owned'),
  });
}

/** A proxy asks for IAM where every entry of `Auth` does. */
function proxyAuthentication(view: Cursor): Observed<ClientAuthentication> {
  const at = view.at('Auth');
  const entries = at.list();
  if (entries.state === 'unresolved') return hidden(at, entries.why);
  const modes = (entries.state === 'given' ? entries.value : []).map((entry) => entry.at('IAMAuth').string());
  const always =
    modes.length > 0 && modes.every((mode) => mode.state === 'given' && mode.value === 'REQUIRED');
  return stated(at, always ? 'iam' : 'token', { given: entries.state === 'given' });
}
