import type { TlsVersion } from '../../../../core/tls';
import type { Cursor } from '../../../template';
import { type Connector, hop, resourceParty } from '../../connector';
import { encryptionOf, INTERNET, keyOf, store, VPC } from '../../data-store';
import { isVersionAtLeast } from '../../engine-version';
import type { Fact, HopProtocol, Party } from '../../fact';
import { hidden, none, type Observed, observe, stated } from '../../observed';
import { authenticationOf } from './authentication';

const SERVERLESS = 'AWS::ElastiCache::ServerlessCache';

/** ElastiCache: replication groups, single clusters (Memcached too) and serverless caches. */
export const elastiCache: Connector = {
  service: 'elasticache',
  types: ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster', SERVERLESS],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const protocol = protocolOf(view);
    return [
      hop(view, {
        kind: 'elasticache.cluster',
        from: clientsOf(view.at('ConnectionType')),
        to: resourceParty(resource),
        protocol,
        floor: protocol.value === 'plaintext' ? none(view) : floorOf(view),
        clientAuthentication: authenticationOf(view),
        certificate: stated(view, 'service-owned'),
      }),
      storeOf(view),
    ];
  },
};

/**
 * Serverless caches can have an endpoint in the internet; one whose type is hidden may have it.
 *
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-public-endpoints-chapter.html
 */
function clientsOf(connection: Cursor): Party {
  const type = connection.string();
  return type.state === 'absent' || (type.state === 'given' && type.value.toLowerCase() === 'vpc')
    ? VPC
    : INTERNET;
}

/** The first version of Redis OSS that ElastiCache has raised to TLS 1.2. */
const TLS12_FROM_REDIS = '6';

/**
 * The oldest version of TLS that a cache takes.
 *
 * Redis OSS from 6 on takes TLS 1.2 at least since May 2025; Valkey is its continuation from 7.2 on, and serverless
 * caches know no Redis OSS before 7.0. Memcached came with TLS 1.2. AWS says nothing of Redis OSS before 6.
 *
 * https://aws.amazon.com/about-aws/whats-new/2024/05/amazon-elasticache-minimum-tls-version-1-2
 * https://aws.amazon.com/about-aws/whats-new/2022/05/amazon-elasticache-memcached-supports-encryption-data-transit
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html
 */
function floorOf(view: Cursor): Observed<TlsVersion> {
  const engineAt = view.at('Engine');
  const engine = engineAt.string();
  if (engine.state === 'unresolved') return hidden(engineAt, engine.why);
  const isServerless = view.resource.type === SERVERLESS;
  // A replication group that names no engine is one of Redis OSS.
  const name = engine.state === 'given' ? engine.value.toLowerCase() : 'redis';
  if (name === 'valkey' || name === 'memcached') return stated(engineAt, 'TLSv1.2', { given: true });
  if (name !== 'redis') return hidden(engineAt, `${name} is not an engine we know`);
  if (isServerless) return stated(engineAt, 'TLSv1.2', { given: true });
  const versionAt = view.at('EngineVersion');
  const version = versionAt.string();
  if (version.state === 'given' && isVersionAtLeast(version.value, TLS12_FROM_REDIS)) {
    return stated(versionAt, 'TLSv1.2', { given: true });
  }
  const why = `AWS states a lowest version of TLS only for Redis OSS from ${TLS12_FROM_REDIS} on`;
  return hidden(versionAt, version.state === 'unresolved' ? version.why : why);
}

function protocolOf(view: Cursor): Observed<HopProtocol> {
  // A serverless cache has no plaintext port.
  if (view.resource.type === SERVERLESS) return stated(view, 'tls');
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

function storeOf(view: Cursor): Fact {
  const { type } = view.resource;
  const key = view.at('KmsKeyId');
  const flag = view.at('AtRestEncryptionEnabled');
  if (type === 'AWS::ElastiCache::CacheCluster') {
    // Neither Memcached nor a single Redis OSS node encrypts what it keeps.
    return store(view, { kind: 'elasticache', encryption: stated(view, 'none') });
  }
  const encryption =
    type === SERVERLESS
      ? encryptionOf({ key, withoutKey: 'service-key' })
      : encryptionOf({
          flag,
          key,
          withoutKey: 'service-key',
          copiedFrom: [view.at('GlobalReplicationGroupId')],
        });
  return store(view, { kind: 'elasticache', encryption, key: keyOf(key), retentionDays: none(view) });
}
