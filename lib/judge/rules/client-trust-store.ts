import type { PackRule } from '../packs/pack';
import { isPresent, onlyWhere, type PropertyTest, propertyRow, violation } from './property';
import { COMPLIANT, type Rule } from './rule';

const REST_DOMAIN = 'AWS::ApiGateway::DomainName';
const HTTP_DOMAIN = 'AWS::ApiGatewayV2::DomainName';
const WANT = 'the id of a version, as S3 gave it out on upload';
/** What S3 calls the version of an object that was written while no versions were kept: every write changes it. */
const NO_VERSIONS = ['', 'null'];

/** Where each kind of trust store says which version of the bundle counts. */
const VERSIONS: Readonly<Record<string, string>> = {
  [REST_DOMAIN]: 'MutualTlsAuthentication.TruststoreVersion',
  [HTTP_DOMAIN]: 'MutualTlsAuthentication.TruststoreVersion',
  'AWS::CloudFront::TrustStore': 'CaCertificatesBundleSource.CaCertificatesBundleS3Location.Version',
  'AWS::ElasticLoadBalancingV2::TrustStore': 'CaCertificatesBundleS3ObjectVersion',
};
const DOMAINS = [REST_DOMAIN, HTTP_DOMAIN];

const isPinned: PropertyTest = (properties) => {
  const at = properties.at(...(VERSIONS[properties.resource.type] ?? '').split('.'));
  if (!at.isPresent) return violation(at, 'absent', WANT);
  const version = at.string();
  // One that is known at deployment only is one.
  if (version.state === 'unresolved') return COMPLIANT;
  const text = version.state === 'given' ? version.value : '';
  return NO_VERSIONS.includes(text) ? violation(at, JSON.stringify(text), WANT) : COMPLIANT;
};

/** Rules on what decides which clients get in by their certificates, with their levels. */
export const CLIENT_TRUST_STORE_PACK_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'ClientTrustStoreIsPinned',
    title: 'a trust store for certificates of clients names the version of its bundle in S3',
    risk: 'The newest object counts at each deployment, whoever wrote it: whoever may write to the bucket decides which certificate authorities let clients in, and no change of a template shows it.',
    fix: 'Set TruststoreVersion (CaCertificatesBundleS3ObjectVersion of a load balancer, Version of CloudFront) to the VersionId that S3 gave out on upload, in a bucket that keeps versions. CDK: mtls: { bucket, key, version } on DomainName; ClientTrustStore of this package asks for it.',
    references: {
      pciDss: ['4.2.1', '6.5.1', '8.3.1'],
      gdpr: ['32(1)(b)'],
      cwe: ['CWE-345', 'CWE-494'],
    },
    resourceTypes: Object.keys(VERSIONS),
    test: (properties, context) =>
      DOMAINS.includes(properties.resource.type)
        ? onlyWhere(isPresent('MutualTlsAuthentication'), isPinned)(properties, context)
        : isPinned(properties, context),
  }),
];

/** Rules on what decides which clients get in by their certificates. */
export const CLIENT_TRUST_STORE_RULES: readonly Rule[] = CLIENT_TRUST_STORE_PACK_ROWS.map(({ rule }) => rule);
