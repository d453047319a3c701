import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import { isOneOf, isPresent, onlyWhere, propertyRow, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { isDelivered } from './edge-log-delivery';
import { REQUEST_LOG } from './requirements';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const CERTIFICATE = 'DistributionConfig.ViewerCertificate';

/** Rules on distributions and zones beside those on encryption, with their levels. */
export const EDGE_DISTRIBUTION_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'DistributionWritesAccessLog',
    title: 'a CloudFront distribution writes down the requests that it took',
    risk: 'Nobody can tell who asked for what, from where, and what was answered: neither an attack nor what it got is found.',
    fix: 'Deliver the log with AWS::Logs::DeliverySource (LogType ACCESS_LOGS) and AWS::Logs::Delivery, or set Logging.Bucket. CDK: enableLogging: true on Distribution, which is false by default; TlsDistribution writes one.',
    references: {
      pciDss: REQUEST_LOG,
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['CloudFront.5'],
      cwe: ['CWE-778'],
      awsConfig: ['CLOUDFRONT_ACCESSLOGS_ENABLED'],
    },
    resourceTypes: [DISTRIBUTION],
    test: writesAccessLog,
  }),
  propertyRow('info', {
    id: 'DistributionUsesServerNameIndication',
    title: 'a CloudFront distribution serves TLS by the name that clients ask for (SNI)',
    risk: 'Addresses of its own are for clients older than 2010 alone, which speak no TLS that is safe; they cost and widen what has to be looked after.',
    fix: 'Set ViewerCertificate.SslSupportMethod to sni-only. CDK: sslSupportMethod of Distribution, which is SNI by default; look for SSLMethod.VIP.',
    references: {
      pciDss: ['1.2.5', '2.2.5'],
      gdpr: ['32(1)(a)'],
      securityHub: ['CloudFront.8'],
      cwe: ['CWE-757'],
      awsConfig: ['CLOUDFRONT_SNI_ENABLED'],
    },
    resourceTypes: [DISTRIBUTION],
    // Without a certificate of its own it has no choice.
    test: onlyWhere(
      isPresent(`${CERTIFICATE}.SslSupportMethod`),
      isOneOf(`${CERTIFICATE}.SslSupportMethod`, ['sni-only']),
    ),
  }),
  propertyRow('info', {
    id: 'PublicZoneWritesQueryLog',
    title: 'a public zone writes down what it was asked',
    risk: 'That somebody looks for hosts by guessing names, or leads data out in them, is seen by nobody.',
    fix: 'Set QueryLoggingConfig.CloudWatchLogsLogGroupArn to a log group in us-east-1 that Route 53 may write to. CDK: queryLogsLogGroupArn of PublicHostedZone.',
    references: {
      pciDss: ['10.2.1', '10.2.2'],
      gdpr: ['32(1)(d)'],
      securityHub: ['Route53.2'],
      cwe: ['CWE-778'],
      awsConfig: ['ROUTE53_QUERY_LOGGING_ENABLED'],
    },
    resourceTypes: ['AWS::Route53::HostedZone'],
    test: (properties, context) => {
      const networks = properties.at('VPCs').list();
      // Route 53 logs queries of public zones alone.
      if (networks.state === 'given' && networks.value.length > 0) return NOT_APPLICABLE;
      const logged = isPresent('QueryLoggingConfig.CloudWatchLogsLogGroupArn', 'a log group');
      return networks.state === 'unresolved'
        ? unknown(properties.at('VPCs'), networks.why)
        : logged(properties, context);
    },
  }),
];

function writesAccessLog(properties: Cursor): Verdict {
  const bucket = properties.at('DistributionConfig', 'Logging', 'Bucket');
  if (bucket.isPresent && bucket.value() !== '') return COMPLIANT;
  const delivered = isDelivered(properties);
  if (delivered === 'yes') return COMPLIANT;
  if (delivered === 'no') {
    return violation(properties.at('DistributionConfig', 'Logging'), 'absent', 'an access log');
  }
  return unknown(delivered.hidden, 'whose log is delivered is hidden');
}
