import type { Difference } from './difference';

const API_LOG = 'apigw.APIGWAccessLogging';
const CACHE = 'apigw.APIGWCacheEnabledAndEncrypted';
const NO_FORMAT =
  'the log is written where its destination says; without a format API Gateway refuses the stage';
const APPSYNC = 'https://docs.aws.amazon.com/appsync/latest/APIReference/API_LogConfig.html';
const CLASSIC = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-listener-config.html';
const CLASSIC_RULE = 'elb.ELBTlsHttpsListenersOnly';
const FRONT = 'Listeners.0.Protocol';
const BACK = 'Listeners.0.InstanceProtocol';
const BACK_LEFT_OUT =
  'left out, `InstanceProtocol` is HTTP behind HTTPS and TCP behind SSL, which is in clear';
const LAYERS =
  'HTTP and HTTPS go with each other, TCP and SSL with each other; the service takes no other pair';

/** Differences about ways in. */
export const ENTRY_DIFFERENCES: readonly Difference[] = [
  {
    theirs: API_LOG,
    where: { AccessLogSetting: 'no format' },
    says: ['violation', 'silent'],
    standing: 'AWS refuses it',
    why: NO_FORMAT,
  },
  {
    theirs: API_LOG,
    where: { AccessLogSettings: 'no format' },
    says: ['violation', 'silent'],
    standing: 'AWS refuses it',
    why: NO_FORMAT,
  },
  {
    theirs: CACHE,
    where: { CacheClusterEnabled: 'false' },
    says: ['violation', 'silent'],
    standing: 'cdk-nag errs',
    why: 'the stage has no cache, so that nothing is kept in clear',
  },
  {
    theirs: CACHE,
    where: { MethodSettings: 'not cached' },
    says: ['violation', 'silent'],
    standing: 'cdk-nag asks for more',
    why: 'the stage caches no method: the rule wants a cache everywhere, we want no cache in clear',
  },
  {
    theirs: 'apigw.APIGWSSLEnabled',
    where: { calls: 'a function' },
    says: ['violation', 'silent'],
    standing: 'cdk-nag errs',
    why: 'only servers that are called over HTTP are shown a certificate; this API calls none',
    source: 'https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-2',
  },
  {
    theirs: 'appsync.AppSyncGraphQLRequestLogging',
    where: { LogConfig: 'none' },
    says: ['silent', 'violation'],
    standing: 'cdk-nag errs',
    why: '`FieldLogLevel: NONE` writes no log',
    source: APPSYNC,
  },
  {
    theirs: 'appsync.AppSyncGraphQLRequestLogging',
    where: { LogConfig: 'errors, no content' },
    says: ['violation', 'silent'],
    standing: 'cdk-nag asks for more',
    why: 'the rule wants headers and contexts in the log, which may hold personal data and tokens',
    source: APPSYNC,
  },
  {
    theirs: 'cloudfront.CloudFrontDistributionNoOutdatedSSL',
    where: { 'DistributionConfig.Origins.0.CustomOriginConfig.OriginProtocolPolicy': 'match-viewer' },
    says: ['violation', 'silent'],
    standing: 'cdk-nag errs',
    why: 'viewers come over HTTPS only, so that `match-viewer` is HTTPS',
  },
  {
    theirs: 'cloudfront.CloudFrontDistributionS3OriginAccessControl',
    where: { origin: 'another bucket' },
    says: ['silent', 'violation'],
    standing: 'cdk-nag errs',
    why: 'the rule knows only buckets of the same stack; the domain name tells that the origin is a bucket',
  },
  {
    theirs: 'cloudfront.CloudFrontDistributionAccessLogging',
    where: { 'DistributionConfig.Logging': 'no bucket' },
    says: ['silent', 'violation'],
    standing: 'cdk-nag errs',
    why: '`Logging` without a bucket writes nothing',
  },
  {
    theirs: 'cloudfront.CloudFrontDistributionAccessLogging',
    where: { delivery: 'of it' },
    says: ['violation', 'silent'],
    standing: 'cdk-nag errs',
    why: 'the log is delivered by CloudWatch Logs (standard logging v2), which the rule does not know',
    source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html',
  },
  {
    theirs: 'cloudfront.CloudFrontDistributionWAFIntegration',
    where: { 'DistributionConfig.WebACLId': '' },
    says: ['silent', 'violation'],
    standing: 'cdk-nag errs',
    why: 'an empty id is how a web ACL is taken away',
  },
  {
    theirs: 'elb.ALBHttpToHttpsRedirection',
    where: { DefaultActions: 'redirect in clear', Protocol: 'HTTPS' },
    says: ['silent', 'violation'],
    standing: 'we ask for more',
    why: 'the rule looks at HTTP listeners only; a redirect to HTTP takes clients of HTTPS out of it',
  },
  {
    theirs: 'elb.ELBv2ACMCertificateRequired',
    forms: ['L1'],
    where: { Certificates: 'IAM' },
    says: ['silent', 'violation'],
    standing: 'cdk-nag errs',
    why: 'the certificate is one of IAM, which nobody renews; the rule looks for any',
  },
  {
    theirs: 'elb.ELBv2ACMCertificateRequired',
    where: { Certificates: ['none', 'absent'] },
    says: ['violation', 'cannot tell'],
    standing: 'AWS refuses it',
    why: 'an HTTPS listener is not made without a certificate, so that whose it would be cannot be told',
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html',
  },
  {
    theirs: 'elb.ALBWAFEnabled',
    where: { Scheme: 'internal' },
    says: ['violation', 'silent'],
    standing: 'cdk-nag asks for more',
    why: 'PCI DSS 6.4.2 asks for a firewall in front of what the public reaches',
  },
  {
    theirs: 'elb.ELBLoggingEnabled',
    where: { LoadBalancerAttributes: 'absent' },
    says: ['cannot tell', 'violation'],
    standing: 'cdk-nag errs',
    why: 'the rule throws on a load balancer without attributes, which writes no log',
  },
  {
    theirs: CLASSIC_RULE,
    where: { [BACK]: 'absent' },
    says: ['silent', 'violation'],
    standing: 'cdk-nag errs',
    why: BACK_LEFT_OUT,
    source: CLASSIC,
  },
  {
    theirs: CLASSIC_RULE,
    forms: ['L1', 'override'],
    where: { [FRONT]: 'HTTPS', [BACK]: ['TCP', 'SSL'] },
    says: ['violation', 'silent'],
    standing: 'AWS refuses it',
    why: LAYERS,
    source: CLASSIC,
  },
  {
    theirs: CLASSIC_RULE,
    where: { [FRONT]: 'SSL', [BACK]: 'HTTPS' },
    says: ['violation', 'silent'],
    standing: 'AWS refuses it',
    why: LAYERS,
    source: CLASSIC,
  },
  {
    theirs: 'elb.ELBACMCertificateRequired',
    where: { 'Listeners.0.SSLCertificateId': 'absent' },
    says: ['violation', 'cannot tell'],
    standing: 'AWS refuses it',
    why: 'an HTTPS listener is not made without a certificate, so that whose it would be cannot be told',
    source: CLASSIC,
  },
  {
    theirs: 'elasticbeanstalk.ElasticBeanstalkManagedUpdatesEnabled',
    where: { OptionSettings: 'no level' },
    says: ['violation', 'silent'],
    standing: 'cdk-nag asks for more',
    why: 'AWS Config compares the level only where it is given one as a parameter',
    source:
      'https://docs.aws.amazon.com/config/latest/developerguide/elastic-beanstalk-managed-updates-enabled.html',
  },
  {
    theirs: 'autoscaling.AutoScalingLaunchConfigPublicIpDisabled',
    where: { AssociatePublicIpAddress: 'absent' },
    says: ['violation', 'silent'],
    standing: 'cdk-nag asks for more',
    why: 'left out, the subnets that the group names decide, and they have a rule of their own',
  },
];
