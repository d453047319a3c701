import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { isEncrypted, serverIsAuthenticated, wanted } from './predicates';
import type { Rule } from './rule';

/** Rules on Database Migration Service endpoints, with their levels. */
export const DMS_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'error',
    unknown: 'error',
    rule: hopRule({
      id: 'DmsEndpointIsEncrypted',
      title: 'Database Migration Service reaches its endpoints encrypted',
      risk: 'A migration sends whole tables: whoever is on the path reads and changes all of them, and the login.',
      fix: 'Set SslMode to verify-full or verify-ca with CertificateArn (none is the default); for Redis RedisSettings.SslSecurityProtocol to ssl-encryption, for Kafka KafkaSettings.SecurityProtocol to ssl-encryption or sasl-ssl. CDK: DMS has L1 only (CfnEndpoint.sslMode).',
      references: {
        pciDss: ['4.2.1', '2.2.7', '8.3.2'],
        awsConfig: ['DMS_ENDPOINT_SSL_CONFIGURED', 'DMS_REDIS_TLS_ENABLED'],
        gdpr: ['32(1)(a)', '5(1)(f)'],
        securityHub: ['DMS.9', 'DMS.12'],
        cwe: ['CWE-319'],
      },
      resourceTypes: ['AWS::DMS::Endpoint'],
      hops: ['dms.endpoint'],
      judge: wanted(
        isEncrypted('verify-full or verify-ca'),
        [/\.EndpointUri$/, 'an address that begins with https://'],
        [/\.(SslSecurityProtocol|SecurityProtocol)$/, 'ssl-encryption'],
      ),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'DmsEndpointVerifiesServer',
      title: 'Database Migration Service checks the certificate of its endpoints',
      risk: 'SslMode require encrypts to whoever answers: an attacker who takes the place of the database gets whole tables and the login.',
      fix: 'Set SslMode to verify-full (or verify-ca) and CertificateArn to the certificate authority of the database. CDK: DMS has L1 only (CfnEndpoint.sslMode, certificateArn).',
      references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-295'] },
      resourceTypes: ['AWS::DMS::Endpoint'],
      hops: ['dms.endpoint'],
      judge: serverIsAuthenticated('verify-full or verify-ca'),
    }),
  },
];

/** Rules on Database Migration Service endpoints. */
export const DMS_RULES: readonly Rule[] = DMS_PACK_ROWS.map(({ rule }) => rule);
