import type { Cursor, Json } from '../../template';
import { type Connector, displayName, hop, resourceParty } from '../connector';
import { keyOf, store } from '../data-store';
import type { Fact, Hop, HopProtocol, Store } from '../fact';
import { hidden, type Observed, observe, stated } from '../observed';
import { resourceNamedBy } from '../parameter-group';

const CLUSTER = 'AWS::EMR::Cluster';
const CONFIGURATION = 'AWS::EMR::SecurityConfiguration';

/**
 * EMR clusters: all that their nodes tell each other, and what they keep on their disks, is decided by one security
 * configuration. A cluster without one encrypts neither.
 *
 * A configuration that no cluster of the app uses is judged by itself.
 */
export const emr: Connector = {
  service: 'emr',
  types: [CLUSTER, CONFIGURATION],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    if (resource.type === CONFIGURATION) {
      const users = world.app
        .resourcesOfType(CLUSTER)
        .map((cluster) => world.view(cluster).at('SecurityConfiguration'));
      const isUsed = users.some((name) => resourceNamedBy(name, CONFIGURATION, 'Name') === resource);
      return isUsed ? [] : [nodes(view, inTransit(encryptionOf(view)))];
    }
    const name = view.at('SecurityConfiguration');
    const found = resourceNamedBy(name, CONFIGURATION, 'Name');
    if (found === undefined) {
      return [
        nodes(view, { protocol: stated(name, 'plaintext') }),
        store(view, { kind: 'emr', encryption: stated(name, 'none') }),
      ];
    }
    if ('why' in found) {
      const encryption = hidden<NonNullable<Store['encryption']['value']>>(name, found.why);
      return [nodes(view, { protocol: hidden(name, found.why) }), store(view, { kind: 'emr', encryption })];
    }
    const encryption = encryptionOf(world.view(found));
    const key = diskConfiguration(encryption).at('AwsKmsKey');
    return [
      nodes(view, inTransit(encryption)),
      store(view, { kind: 'emr', encryption: atRest(encryption), key: keyOf(key) }),
    ];
  },
};

function nodes(view: Cursor, rest: Pick<Hop, 'protocol'> & Partial<Hop>): Hop {
  const isCluster = view.resource.type === CLUSTER;
  const name = `nodes of ${isCluster ? '' : 'clusters that use '}${displayName(view.resource)}`;
  return hop(view, {
    kind: 'emr.cluster',
    from: { what: 'vpc', name, resource: view.resource },
    to: isCluster ? resourceParty(view.resource) : { what: 'vpc', name, resource: view.resource },
    ...rest,
  });
}

/** The part about encryption; the whole may be JSON in a string. */
function encryptionOf(view: Cursor): Cursor {
  const whole = view.at('SecurityConfiguration');
  const text = whole.value();
  if (typeof text !== 'string') return whole.at('EncryptionConfiguration');
  try {
    const json = JSON.parse(text) as Json;
    return whole.holding(json).at('EncryptionConfiguration');
  } catch {
    return whole.at('EncryptionConfiguration');
  }
}

function inTransit(encryption: Cursor): Pick<Hop, 'protocol'> & Partial<Hop> {
  const enabled = encryption.at('EnableInTransitEncryption');
  const protocol = observe<HopProtocol, boolean>(enabled, enabled.boolean(), {
    map: (on) => (on ? 'tls' : 'plaintext'),
    otherwise: 'plaintext',
  });
  if (protocol.value !== 'tls') return { protocol };
  const provider = encryption.at(
    'InTransitEncryptionConfiguration',
    'TLSCertificateConfiguration',
    'CertificateProviderType',
  );
  if (provider.isPresent) return { protocol };
  return { protocol: hidden(provider, 'EMR refuses encryption in transit that comes without certificates') };
}

function diskConfiguration(encryption: Cursor): Cursor {
  return encryption.at('AtRestEncryptionConfiguration', 'LocalDiskEncryptionConfiguration');
}

function atRest(encryption: Cursor): Observed<NonNullable<Store['encryption']['value']>> {
  const enabled = encryption.at('EnableAtRestEncryption');
  const on = enabled.boolean();
  if (on.state === 'unresolved') return hidden(enabled, on.why);
  if (on.state === 'absent' || !on.value) return stated(enabled, 'none', { given: enabled.isPresent });
  const disks = diskConfiguration(encryption);
  return stated(disks, disks.isPresent ? 'customer-key' : 'none', { given: disks.isPresent });
}
