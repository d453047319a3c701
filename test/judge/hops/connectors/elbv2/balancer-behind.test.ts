import { elbV2 } from '../../../../../lib/judge/hops/connectors/elbv2';
import { ELBV2_RULES } from '../../../../../lib/judge/rules/elbv2';
import type { JsonMap } from '../../../../../lib/judge/template';
import { factsOf, ruleNamed, type TemplateParts, wordsOf } from '../../../support';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const forward = { Type: 'forward', TargetGroupArn: 'arn:x' };

const judge = (id: string, resources: JsonMap, parts?: TemplateParts) =>
  wordsOf(ruleNamed(ELBV2_RULES, id), factsOf(elbV2, resources, parts));

describe('ListenerIsNotPassedThrough, towards an Application Load Balancer', () => {
  const balanced = (targets: JsonMap, port: unknown = 443): JsonMap =>
    ({
      Alb: { Type: LOAD_BALANCER, Properties: {} },
      AlbListener: {
        Type: LISTENER,
        Properties: {
          LoadBalancerArn: { Ref: 'Alb' },
          Port: 443,
          Protocol: 'HTTPS',
          DefaultActions: [forward],
        },
      },
      Nlb: { Type: LOAD_BALANCER, Properties: { Type: 'network' } },
      Listener: {
        Type: LISTENER,
        Properties: {
          LoadBalancerArn: { Ref: 'Nlb' },
          Port: 443,
          Protocol: 'TCP',
          DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
        },
      },
      Group: { Type: GROUP, Properties: { Protocol: 'TCP', Port: port, ...targets } },
    }) as JsonMap;
  const passed = (resources: JsonMap) =>
    judge('ListenerIsNotPassedThrough', resources, { Parameters: { P: { Type: 'String' } } });
  const WARNED = ['compliant', 'violation at Properties.Protocol: TCP'];

  test('says nothing where a listener of this app ends TLS, which is judged itself', () => {
    expect(passed(balanced({ TargetType: 'alb', Targets: [{ Id: { Ref: 'Alb' } }] }))).toEqual(['compliant']);
    const own = balanced({ TargetType: 'alb', Targets: [{ Id: { Ref: 'Alb' }, Port: 443 }] }, 80);
    expect(passed(own)).toEqual(['compliant']);
  });

  test.each([
    ['another port', balanced({ TargetType: 'alb', Targets: [{ Id: { Ref: 'Alb' } }] }, 8443)],
    ['a hidden port', balanced({ TargetType: 'alb', Targets: [{ Id: { Ref: 'Alb' } }] }, { Ref: 'P' })],
    ['a balancer elsewhere', balanced({ TargetType: 'alb', Targets: [{ Id: 'arn:x' }] })],
    ['targets of another type', balanced({ TargetType: 'ip', Targets: [{ Id: '10.0.0.1' }] })],
    ['no target', balanced({ TargetType: 'alb' })],
  ])('warns of %s', (_, resources) => {
    expect(passed(resources)).toEqual(WARNED);
  });
});
