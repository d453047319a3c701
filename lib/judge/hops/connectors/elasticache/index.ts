import type { Cursor } from '../../template';
import { type Connector, hop, resourceParty } from '../connector';
import { encryptionOf, keyOf, store, VPC } from '../data-store';
import type { ClientAuthentication, Fact, HopProtocol } from '../fact';
import { hidden, none, type Observed, observe, stated } from '../observed';

/** ElastiCache: replication groups, single clusters (Memcached too) and serverless caches. */
export const elastiCache: Connector = {
  service: 'elasticache',
  types: [
    'AWS::ElastiCache::ReplicationGroup',
    'AWS::ElastiCache::CacheCluster',
    'AWS::ElastiCache::ServerlessCache',
  ],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    return [
      hop(view, {
        kind: 'elasticache.cluster',
        from: VPC,
        to: resourceParty(resource),
        protocol: protocolOf(view),
        clientAuthentication: authenticationOf(view),
        certificate: stated(view, 'service-owned'),
      }),
      storeOf(view),
    ];
  },
};

function protocolOf(view: Cursor): Observed<HopProtocol> {
  // A serverless cache has no plaintext port.
  if (view.resource.type === 'AWS::ElastiCache::ServerlessCache') return stated(view, 'tls');
  const at = view.at('TransitEncryptionEnabled');
  const enabled = at.boolean();
  if (enabled.state === 'unresolved') return hidden(at, enabled.why);
  if (enabled.state === 'absent') {
    const global = view.at('GlobalReplicationGroupId');
    return global.isPresent
      ? hidden(at, 'a member of a global datastore has the setting of its primary')
      : stated(at, 'plaintext');
  }
  if (!enabled.value) return stated(at, 'plaintext', { given: true });
  const mode = view.at('TransitEncryptionMode');
  if (!mode.isPresent) return stated(at, 'tls', { given: true });
  return observe<HopProtocol, string>(mode, mode.string(), {
    map: (value) => MODES[value.toLowerCase()],
    otherwise: 'tls',
  });
}

const MODES: Readonly<Record<string, HopProtocol>> = { required: 'tls', preferred: 'tls-or-plaintext' };

function authenticationOf(view: Cursor): Observed<ClientAuthentication> {
  const given = ['AuthToken', 'UserGroupIds', 'UserGroupId']
    .map((key) => view.at(key))
    .find((c) => c.isPresent);
  if (given === undefined) return stated(view, 'none');
  // An AUTH token is a secret.
  return { ...stated<ClientAuthentication>(given, 'token', { given: true }), got: '(redacted)' };
}

function storeOf(view: Cursor): Fact {
  const { type } = view.resource;
  const key = view.at('KmsKeyId');
  const flag = view.at('AtRestEncryptionEnabled');
  if (type === 'AWS::ElastiCache::CacheCluster') {
    // Neither Memcached nor a single Redis OSS node encrypts what it keeps.
    return store(view, { kind: 'elasticache', encryption: stated(view, 'none') });
  }
  const encryption =
    type === 'AWS::ElastiCache::ServerlessCache'
      ? encryptionOf({ key, withoutKey: 'service-key' })
      : encryptionOf({
          flag,
          key,
          withoutKey: 'service-key',
          copiedFrom: [view.at('GlobalReplicationGroupId')],
        });
  return store(view, { kind: 'elasticache', encryption, key: keyOf(key), retentionDays: none(view) });
}
