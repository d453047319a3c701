import { elbV2 } from '../../../../../lib/judge/hops/connectors/elbv2';
import { ELBV2_RULES } from '../../../../../lib/judge/rules/elbv2';
import type { JsonMap } from '../../../../../lib/judge/template';
import { factsOf, ruleNamed, type TemplateParts, wordsOf } from '../../../support';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
const RESTRICTED = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
const forward = { Type: 'forward', TargetGroupArn: 'arn:x' };

const judge = (id: string, resources: JsonMap, parts?: TemplateParts) =>
  wordsOf(ruleNamed(ELBV2_RULES, id), factsOf(elbV2, resources, parts));

describe('a redirect from TLS to plaintext', () => {
  const to = (protocol: unknown) => [
    { Type: 'redirect', RedirectConfig: { Protocol: protocol, Port: '80', StatusCode: 'HTTP_301' } },
  ];
  const https = (actions: JsonMap[keyof JsonMap]): JsonMap => ({
    Listener: {
      Type: LISTENER,
      Properties: { Protocol: 'HTTPS', SslPolicy: RESTRICTED, DefaultActions: actions },
    },
  });
  const ruled = (protocol: unknown, arn: unknown = { Ref: 'Listener' }): JsonMap => ({
    ...https([forward]),
    Rule: { Type: RULE, Properties: { ListenerArn: arn, Actions: to(protocol) } } as JsonMap,
  });
  const parts = { Parameters: { P: { Type: 'String' } } };

  test('fails on a listener, at the redirect', () => {
    expect(judge('ListenerIsEncrypted', https(to('HTTP') as never))).toEqual([
      'compliant',
      'violation at Properties.DefaultActions.0.RedirectConfig.Protocol: HTTP',
    ]);
    expect(judge('ListenerIsEncrypted', https(to({ Ref: 'P' }) as never), parts)).toEqual([
      'compliant',
      'unknown at Properties.DefaultActions.0.RedirectConfig.Protocol',
    ]);
  });

  test('fails on a rule of any listener', () => {
    const at = 'Properties.Actions.0.RedirectConfig.Protocol';
    expect(judge('ListenerRuleForwardsOnlyTls', ruled('HTTP'))).toEqual([`violation at ${at}: HTTP`]);
    expect(judge('ListenerRuleForwardsOnlyTls', ruled('HTTP', 'arn:x'))).toEqual([
      `violation at ${at}: HTTP`,
    ]);
    expect(judge('ListenerRuleForwardsOnlyTls', ruled({ Ref: 'P' }), parts)).toEqual([`unknown at ${at}`]);
  });

  test.each(['HTTPS', '#{protocol}'])('does not take %s for one', (protocol) => {
    expect(judge('ListenerIsEncrypted', https(to(protocol) as never))).toEqual(['compliant']);
    expect(judge('ListenerRuleForwardsOnlyTls', ruled(protocol))).toEqual([]);
  });
});
