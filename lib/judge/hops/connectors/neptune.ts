import type { Cursor } from '../../template';
import { type Connector, hop, resourceParty } from '../connector';
import { encryptionOf, keyOf, store, VPC } from '../data-store';
import { isVersionAtLeast } from '../engine-version';
import type { ClientAuthentication, Fact, Hop, HopProtocol } from '../fact';
import { hidden, observe, stated } from '../observed';
import { parameterGroupOf, parametersOf, requiredBySwitch } from '../parameter-group';

/**
 * From this version on Neptune answers HTTPS only, with TLS 1.2 at least, whatever `neptune_enforce_ssl` says.
 *
 * Source: Neptune user guide, "parameters" (deprecated, since every region answers HTTPS only; read 2026-11-22). The
 * version is that of "security-ssl", from memory.
 */
const HTTPS_ONLY_FROM = '1.0.4.0';

/** What the parameter was before that, where a group left it alone. */
const ENFORCED_BY_DEFAULT = true;

/** Neptune clusters. Their instances have no settings of their own. */
export const neptune: Connector = {
  service: 'neptune',
  types: ['AWS::Neptune::DBCluster'],
  reads: ['AWS::Neptune::DBClusterParameterGroup', 'AWS::Neptune::DBInstance'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const key = view.at('KmsKeyId');
    const iam = view.at('IamAuthEnabled');
    return [
      hop(view, {
        kind: 'neptune.cluster',
        from: VPC,
        to: resourceParty(resource),
        ...tlsOf(view),
        clientAuthentication: observe<ClientAuthentication, boolean>(iam, iam.boolean(), {
          map: (enabled) => (enabled ? 'iam' : 'none'),
          otherwise: 'none',
        }),
        certificate: stated(view, 'service-owned'),
      }),
      store(view, {
        kind: 'neptune',
        encryption: encryptionOf({
          flag: view.at('StorageEncrypted'),
          key,
          withoutKey: 'aws-managed-key',
          copiedFrom: [view.at('SnapshotIdentifier'), view.at('SourceDBClusterIdentifier')],
        }),
        key: keyOf(key),
      }),
    ];
  },
};

function tlsOf(view: Cursor): Partial<Hop> & Pick<Hop, 'protocol'> {
  const versionAt = view.at('EngineVersion');
  const version = versionAt.string();
  // A cluster that names no version gets a current one.
  if (
    version.state === 'absent' ||
    (version.state === 'given' && isVersionAtLeast(version.value, HTTPS_ONLY_FROM))
  ) {
    return { protocol: stated(versionAt, 'tls'), floor: stated(versionAt, 'TLSv1.2') };
  }
  const name = view.at('DBClusterParameterGroupName');
  const group = parameterGroupOf(name, 'AWS::Neptune::DBClusterParameterGroup', 'Name');
  if (group.source === 'elsewhere') return { protocol: hidden<HopProtocol>(name, group.why) };
  if (group.source === 'default')
    return { protocol: stated(name, ENFORCED_BY_DEFAULT ? 'tls' : 'tls-or-plaintext') };
  const enforced = requiredBySwitch(parametersOf(group.view).at('neptune_enforce_ssl'), ENFORCED_BY_DEFAULT);
  // Only an old engine heeds the parameter, and which engine it is may be hidden.
  return version.state === 'unresolved' && enforced.value !== 'tls'
    ? { protocol: hidden<HopProtocol>(versionAt, version.why) }
    : { protocol: enforced };
}
