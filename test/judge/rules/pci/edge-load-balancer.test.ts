import { EDGE_LOAD_BALANCER_ROWS } from '../../../../lib/judge/rules/pci/edge-load-balancer';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const CLASSIC = 'AWS::ElasticLoadBalancing::LoadBalancer';

const log = (Value: Json, Type = 'application'): JsonMap =>
  one(LOAD_BALANCER, {
    Type,
    LoadBalancerAttributes: [
      { Key: 'idle_timeout.timeout_seconds', Value: '60' },
      { Key: 'access_logs.s3.enabled', Value },
    ],
  });

const network = (...protocols: readonly Json[]): JsonMap => ({
  ...one(LOAD_BALANCER, { Type: 'network' }),
  ...Object.fromEntries(
    protocols.map((Protocol, index) => [
      `Listener${index}`,
      {
        Type: 'AWS::ElasticLoadBalancingV2::Listener',
        Properties: { LoadBalancerArn: { Ref: 'It' }, Protocol },
      },
    ]),
  ),
});

/** A load balancer whose log CloudWatch Logs delivers. */
const delivered = (ResourceArn: Json, DeliverySourceName: Json, LogType = 'ALB_ACCESS_LOGS'): JsonMap => ({
  ...one(LOAD_BALANCER),
  Source: { Type: 'AWS::Logs::DeliverySource', Properties: { Name: 'alb', ResourceArn, LogType } },
  Delivery: { Type: 'AWS::Logs::Delivery', Properties: { DeliverySourceName } },
});

const NONE = 'warning violation It.Properties.LoadBalancerAttributes: no access_logs.s3.enabled';

describe('LoadBalancerWritesAccessLog', () => {
  test.each<[string, JsonMap, readonly string[]]>([
    ['passes a log', log('true'), []],
    [
      'fails a log that is off',
      log('false'),
      ['warning violation It.Properties.LoadBalancerAttributes.1.Value: false'],
    ],
    ['fails the default', one(LOAD_BALANCER), [NONE]],
    [
      'cannot tell a parameter',
      log(HIDDEN),
      ['warning unknown It.Properties.LoadBalancerAttributes.1.Value'],
    ],
    [
      'cannot tell attributes that are hidden',
      one(LOAD_BALANCER, { LoadBalancerAttributes: HIDDEN }),
      ['warning unknown It.Properties.LoadBalancerAttributes'],
    ],
    [
      'cannot tell an attribute whose key is hidden',
      one(LOAD_BALANCER, { LoadBalancerAttributes: [{ Key: HIDDEN, Value: 'true' }] }),
      ['warning unknown It.Properties.LoadBalancerAttributes.0'],
    ],
    ['passes a log that is delivered', delivered({ Ref: 'It' }, { Ref: 'Source' }), []],
    ['passes a delivery that names its source', delivered({ Ref: 'It' }, 'alb'), []],
    ['fails a source without a delivery', delivered({ Ref: 'It' }, 'other'), [NONE]],
    ['fails another log', delivered({ Ref: 'It' }, 'alb', 'ALB_CONNECTION'), [NONE]],
    [
      'fails the log of another',
      delivered('arn:aws:elasticloadbalancing:::loadbalancer/app/x', 'alb'),
      [NONE],
    ],
    [
      'cannot tell a hidden source',
      delivered(HIDDEN, 'alb'),
      ['warning unknown Source.Properties.ResourceArn'],
    ],
    ['fails a network load balancer that ends TLS', network('TCP', 'TLS'), [NONE]],
    ['says nothing about one that passes all on, which has no log', network('TCP', 'UDP'), []],
    ['fails one whose listeners are not seen', network(), [NONE]],
    ['fails one whose listener is hidden', network(HIDDEN), [NONE]],
    ['says nothing about a Gateway Load Balancer', one(LOAD_BALANCER, { Type: 'gateway' }), []],
    ['passes a Classic Load Balancer', one(CLASSIC, { AccessLoggingPolicy: { Enabled: true } }), []],
    [
      'fails a Classic Load Balancer',
      one(CLASSIC),
      ['warning violation It.Properties.AccessLoggingPolicy.Enabled: absent'],
    ],
    [
      'cannot tell a Classic Load Balancer',
      one(CLASSIC, { AccessLoggingPolicy: { Enabled: HIDDEN } }),
      ['warning unknown It.Properties.AccessLoggingPolicy.Enabled'],
    ],
  ])('%s', (_, resources, expected) => {
    expect(says(EDGE_LOAD_BALANCER_ROWS, 'LoadBalancerWritesAccessLog', resources)).toEqual(expected);
  });
});
