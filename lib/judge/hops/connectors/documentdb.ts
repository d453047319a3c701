import type { TlsVersion } from '../../../core/tls';
import type { Cursor } from '../../template';
import { type Connector, hop, resourceParty } from '../connector';
import { encryptionOf, keyOf, store, VPC } from '../data-store';
import type { Fact, HopProtocol } from '../fact';
import { hidden, observe, stated } from '../observed';
import { parameterGroupOf, parametersOf } from '../parameter-group';

/**
 * What the values of the cluster parameter `tls` mean.
 *
 * Source: DocumentDB API reference, "Parameter" (reviewed 2026-11-22). `enabled`, which is also the default, still
 * negotiates TLS 1.0.
 */
const TLS_PARAMETER: Readonly<Record<string, { protocol: HopProtocol; floor: TlsVersion | undefined }>> = {
  disabled: { protocol: 'plaintext', floor: undefined },
  enabled: { protocol: 'tls', floor: 'TLSv1.0' },
  'tls1.2+': { protocol: 'tls', floor: 'TLSv1.2' },
  'tls1.3+': { protocol: 'tls', floor: 'TLSv1.3' },
  'fips-140-3': { protocol: 'tls', floor: 'TLSv1.2' },
};
const DEFAULT = 'enabled';

/** DocumentDB clusters. Their instances have no settings of their own. */
export const documentDb: Connector = {
  service: 'documentdb',
  types: ['AWS::DocDB::DBCluster'],
  reads: ['AWS::DocDB::DBClusterParameterGroup', 'AWS::DocDB::DBInstance'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const key = view.at('KmsKeyId');
    return [
      hop(view, {
        kind: 'docdb.cluster',
        from: VPC,
        to: resourceParty(resource),
        ...tlsOf(view),
        clientAuthentication: stated(view, 'token'),
        certificate: stated(view, 'service-owned'),
      }),
      store(view, {
        kind: 'docdb',
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

function tlsOf(view: Cursor) {
  const name = view.at('DBClusterParameterGroupName');
  const group = parameterGroupOf(name, 'AWS::DocDB::DBClusterParameterGroup', 'Name');
  if (group.source === 'elsewhere') {
    return {
      protocol: hidden<HopProtocol>(name, group.why),
      floor: hidden<TlsVersion>(name, group.why),
    };
  }
  const at = group.source === 'app' ? parametersOf(group.view).at('tls') : name;
  // The name of a default group is no value of the parameter.
  const reading = group.source === 'app' ? at.string() : ({ state: 'absent' } as const);
  const standard = TLS_PARAMETER[DEFAULT];
  const settingOf = (value: string) => TLS_PARAMETER[value.trim().toLowerCase()];
  return {
    protocol: observe<HopProtocol, string>(at, reading, {
      map: (value) => settingOf(value)?.protocol,
      otherwise: standard?.protocol,
    }),
    floor: observe<TlsVersion, string>(at, reading, {
      map: (value) => settingOf(value)?.floor,
      otherwise: standard?.floor,
    }),
  };
}
