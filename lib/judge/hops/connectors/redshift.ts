import type { Cursor } from '../../template';
import { type Connector, hop, resourceParty } from '../connector';
import { clientsOf, encryptionOf, keyOf, store } from '../data-store';
import type { Fact, Hop, HopProtocol } from '../fact';
import { hidden, stated } from '../observed';
import { listedParameter, parameterGroupOf, requiredBySwitch } from '../parameter-group';

const REQUIRE_SSL = 'require_ssl';

/**
 * Whether `require_ssl` is on where a parameter group of the family leaves it alone. A cluster without a group gets
 * the default group of the newest family.
 *
 * Source: AWS Big Data blog on the security defaults of Redshift (January 2025) and Redshift management guide,
 * "working-with-parameter-groups"; reviewed 2026-11-22.
 */
const REQUIRED_BY_FAMILY: Readonly<Record<string, boolean>> = { 'redshift-1.0': false, 'redshift-2.0': true };
const NEWEST_FAMILY = 'redshift-2.0';

/** Source: Redshift management guide, "serverless-connecting"; reviewed 2026-11-22. */
const REQUIRED_BY_WORKGROUPS = false;

/** Redshift clusters, and workgroups and namespaces of Redshift Serverless. */
export const redshift: Connector = {
  service: 'redshift',
  types: [
    'AWS::Redshift::Cluster',
    'AWS::RedshiftServerless::Workgroup',
    'AWS::RedshiftServerless::Namespace',
  ],
  reads: ['AWS::Redshift::ClusterParameterGroup'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    if (resource.type === 'AWS::Redshift::Cluster') return clusterFacts(view);
    return resource.type === 'AWS::RedshiftServerless::Workgroup'
      ? [workgroupHop(view)]
      : [namespaceStore(view)];
  },
};

function clusterFacts(view: Cursor): readonly Fact[] {
  const key = view.at('KmsKeyId');
  return [
    hop(view, {
      kind: 'redshift.cluster',
      from: clientsOf(view.at('PubliclyAccessible')),
      to: resourceParty(view.resource),
      protocol: clusterProtocol(view),
      clientAuthentication: stated(view, 'token'),
      certificate: stated(view, 'service-owned'),
    }),
    store(view, {
      kind: 'redshift',
      encryption: encryptionOf({
        flag: view.at('Encrypted'),
        key,
        flagDefault: true,
        withoutKey: 'service-key',
        copiedFrom: [view.at('SnapshotIdentifier')],
      }),
      key: keyOf(key),
    }),
  ];
}

function clusterProtocol(view: Cursor): Hop['protocol'] {
  const name = view.at('ClusterParameterGroupName');
  const group = parameterGroupOf(name, 'AWS::Redshift::ClusterParameterGroup', 'ParameterGroupName');
  if (group.source === 'elsewhere') return hidden<HopProtocol>(name, group.why);
  if (group.source === 'default') return byFamily(name, group.family ?? NEWEST_FAMILY);

  const list = group.view.at('Parameters');
  const found = listedParameter(list, REQUIRE_SSL, { name: 'ParameterName', value: 'ParameterValue' });
  if (found === undefined) {
    const familyAt = group.view.at('ParameterGroupFamily');
    const family = familyAt.string();
    return family.state === 'given'
      ? byFamily(list, family.value)
      : hidden<HopProtocol>(familyAt, family.state === 'unresolved' ? family.why : 'the family is absent');
  }
  if ('why' in found) return hidden<HopProtocol>(found.at, found.why);
  return requiredBySwitch(found.value, false);
}

function byFamily(at: Cursor, family: string): Hop['protocol'] {
  const required = REQUIRED_BY_FAMILY[family.toLowerCase()];
  return required === undefined
    ? hidden<HopProtocol>(at, `parameter group family ${family} is not one we know`)
    : stated(at, required ? 'tls' : 'tls-or-plaintext');
}

function workgroupHop(view: Cursor): Fact {
  const list = view.at('ConfigParameters');
  const found = listedParameter(list, REQUIRE_SSL, { name: 'ParameterKey', value: 'ParameterValue' });
  const protocol: Hop['protocol'] =
    found === undefined
      ? stated(list, REQUIRED_BY_WORKGROUPS ? 'tls' : 'tls-or-plaintext')
      : 'why' in found
        ? hidden<HopProtocol>(found.at, found.why)
        : requiredBySwitch(found.value, REQUIRED_BY_WORKGROUPS);
  return hop(view, {
    kind: 'redshift-serverless.workgroup',
    from: clientsOf(view.at('PubliclyAccessible')),
    to: resourceParty(view.resource),
    protocol,
    clientAuthentication: stated(view, 'token'),
    certificate: stated(view, 'service-owned'),
  });
}

function namespaceStore(view: Cursor): Fact {
  const key = view.at('KmsKeyId');
  return store(view, {
    kind: 'redshift-serverless',
    encryption: encryptionOf({ key, withoutKey: 'service-key' }),
    key: keyOf(key),
  });
}
