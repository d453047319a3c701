import { EDGE_DISTRIBUTION_ROWS } from '../../../../lib/judge/rules/pci/edge-distribution';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const ZONE = 'AWS::Route53::HostedZone';

const distribution = (DistributionConfig: JsonMap = {}): JsonMap => one(DISTRIBUTION, { DistributionConfig });
const delivered = (ResourceArn: Json): JsonMap => ({
  ...distribution(),
  Source: {
    Type: 'AWS::Logs::DeliverySource',
    Properties: { Name: 'edge', ResourceArn, LogType: 'ACCESS_LOGS' },
  },
  Delivery: { Type: 'AWS::Logs::Delivery', Properties: { DeliverySourceName: { Ref: 'Source' } } },
});
const method = (SslSupportMethod: Json): JsonMap => distribution({ ViewerCertificate: { SslSupportMethod } });

const LOG = 'It.Properties.DistributionConfig.Logging';
const METHOD = 'It.Properties.DistributionConfig.ViewerCertificate.SslSupportMethod';
const QUERIES = 'It.Properties.QueryLoggingConfig.CloudWatchLogsLogGroupArn';

describe.each<[string, readonly (readonly [string, JsonMap, readonly string[]])[]]>([
  [
    'DistributionWritesAccessLog',
    [
      ['passes a log to a bucket', distribution({ Logging: { Bucket: HIDDEN } }), []],
      [
        'passes a log that is delivered',
        delivered({ 'Fn::Sub': 'arn:aws:cloudfront::1:distribution/${It}' }),
        [],
      ],
      ['fails none', distribution(), [`warning violation ${LOG}: absent`]],
      [
        'fails a bucket without a name',
        distribution({ Logging: { Bucket: '' } }),
        [`warning violation ${LOG}: absent`],
      ],
      [
        'fails the log of another',
        delivered('arn:aws:cloudfront::1:distribution/E1'),
        [`warning violation ${LOG}: absent`],
      ],
      [
        'cannot tell a log of what is hidden',
        delivered(HIDDEN),
        ['warning unknown Source.Properties.ResourceArn'],
      ],
    ],
  ],
  [
    'DistributionUsesServerNameIndication',
    [
      ['passes SNI', method('sni-only'), []],
      ['fails addresses of its own', method('vip'), [`info violation ${METHOD}: vip`]],
      ['says nothing without a certificate', distribution(), []],
      ['cannot tell a parameter', method(HIDDEN), [`info unknown ${METHOD}`]],
    ],
  ],
  [
    'PublicZoneWritesQueryLog',
    [
      ['passes a log', one(ZONE, { QueryLoggingConfig: { CloudWatchLogsLogGroupArn: HIDDEN } }), []],
      ['fails none', one(ZONE), [`info violation ${QUERIES}: absent`]],
      ['says nothing about a private zone', one(ZONE, { VPCs: [{ VPCId: 'vpc-1' }] }), []],
      ['cannot tell whether it is private', one(ZONE, { VPCs: HIDDEN }), ['info unknown It.Properties.VPCs']],
    ],
  ],
])('%s', (id, cases) => {
  test.each(cases)('%s', (_, resources, expected) => {
    expect(says(EDGE_DISTRIBUTION_ROWS, id, resources)).toEqual(expected);
  });
});
