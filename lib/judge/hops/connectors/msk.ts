import type { Cursor } from '../../template';
import { type Connector, hop, resourceParty } from '../connector';
import { encryptionOf, INTERNET, keyOf, store, VPC } from '../data-store';
import type { ClientAuthentication, Fact, HopProtocol, Party } from '../fact';
import { hidden, type Observed, observe, stated } from '../observed';

const CLIENT_BROKER: Readonly<Record<string, HopProtocol>> = {
  TLS: 'tls',
  TLS_PLAINTEXT: 'tls-or-plaintext',
  PLAINTEXT: 'plaintext',
};

/** Days that Kafka keeps a message where no configuration says otherwise (`log.retention.hours`). */
const DEFAULT_RETENTION_DAYS = 7;

/** Managed Streaming for Kafka, provisioned and serverless. */
export const msk: Connector = {
  service: 'msk',
  types: ['AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    return resource.type === 'AWS::MSK::ServerlessCluster' ? serverlessFacts(view) : clusterFacts(view);
  },
};

function clusterFacts(view: Cursor): readonly Fact[] {
  const inTransit = view.at('EncryptionInfo', 'EncryptionInTransit');
  const clientBroker = inTransit.at('ClientBroker');
  const inCluster = inTransit.at('InCluster');
  const key = view.at('EncryptionInfo', 'EncryptionAtRest', 'DataVolumeKMSKeyId');
  const configuration = view.at('ConfigurationInfo');
  const self = resourceParty(view.resource);
  return [
    hop(view, {
      kind: 'msk.client',
      from: clientsOfCluster(view),
      to: self,
      protocol: observe<HopProtocol, string>(clientBroker, clientBroker.string(), {
        map: (value) => CLIENT_BROKER[value.toUpperCase()],
        otherwise: 'tls',
      }),
      // MSK developer guide, "Amazon MSK encryption": TLS 1.2.
      floor: stated(clientBroker, 'TLSv1.2'),
      clientAuthentication: authenticationOf(view.at('ClientAuthentication')),
      certificate: stated(view, 'service-owned'),
    }),
    hop(view, {
      kind: 'msk.broker',
      from: self,
      to: self,
      protocol: observe<HopProtocol, boolean>(inCluster, inCluster.boolean(), {
        map: (encrypted) => (encrypted ? 'tls' : 'plaintext'),
        otherwise: 'tls',
      }),
      floor: stated(inCluster, 'TLSv1.2'),
      certificate: stated(view, 'service-owned'),
    }),
    store(view, {
      kind: 'msk',
      encryption: encryptionOf({ key, withoutKey: 'aws-managed-key' }),
      key: keyOf(key),
      retentionDays: configuration.isPresent
        ? hidden(configuration, 'the broker configuration and each topic decide it')
        : stated(configuration, DEFAULT_RETENTION_DAYS),
    }),
  ];
}

function serverlessFacts(view: Cursor): readonly Fact[] {
  return [
    hop(view, {
      kind: 'msk.client',
      from: VPC,
      to: resourceParty(view.resource),
      protocol: stated(view, 'tls'),
      floor: stated(view, 'TLSv1.2'),
      // A serverless cluster takes IAM and nothing else.
      clientAuthentication: stated(view.at('ClientAuthentication', 'Sasl', 'Iam', 'Enabled'), 'iam'),
      certificate: stated(view, 'service-owned'),
    }),
    store(view, {
      kind: 'msk',
      encryption: stated(view, 'service-key'),
      retentionDays: hidden(view, 'each topic decides it'),
    }),
  ];
}

function clientsOfCluster(view: Cursor): Party {
  const publicAccess = view.at('BrokerNodeGroupInfo', 'ConnectivityInfo', 'PublicAccess', 'Type').string();
  const isPrivate =
    publicAccess.state === 'absent' || (publicAccess.state === 'given' && publicAccess.value === 'DISABLED');
  return isPrivate ? VPC : INTERNET;
}

/** The schemes by which a client shows who it is. */
const SCHEMES: readonly (readonly [path: readonly string[], means: ClientAuthentication])[] = [
  [['Sasl', 'Iam', 'Enabled'], 'iam'],
  [['Sasl', 'Scram', 'Enabled'], 'token'],
  [['Tls', 'Enabled'], 'mutual-tls'],
];

/** Nobody is asked where *unauthenticated* is on, or where no scheme is: a cluster without schemes lets anyone in. */
function authenticationOf(at: Cursor): Observed<ClientAuthentication> {
  const openAt = at.at('Unauthenticated', 'Enabled');
  const open = openAt.boolean();
  if (open.state === 'unresolved') return hidden(openAt, open.why);
  if (open.state === 'given' && open.value) return stated(openAt, 'none', { given: true });
  let unresolved: Observed<ClientAuthentication> | undefined;
  for (const [path, means] of SCHEMES) {
    const schemeAt = at.at(...path);
    const scheme = schemeAt.boolean();
    if (scheme.state === 'given' && scheme.value) return stated(schemeAt, means, { given: true });
    if (scheme.state === 'unresolved') unresolved ??= hidden(schemeAt, scheme.why);
  }
  // Certificate authorities alone turn mutual TLS on.
  const authorities = at.at('Tls', 'CertificateAuthorityArnList');
  if (authorities.isPresent && !at.at('Tls', 'Enabled').isPresent) {
    return stated(authorities, 'mutual-tls', { given: true });
  }
  return unresolved ?? stated(at, 'none', { given: at.isPresent });
}
