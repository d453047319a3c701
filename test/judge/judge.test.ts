import type { Fact } from '../../lib/judge/hops';
import { judge } from '../../lib/judge/judge';
import type { Pack } from '../../lib/judge/packs/pack';
import { defineRule } from '../../lib/judge/rules/define';
import type { JsonMap } from '../../lib/judge/template';
import { appOf } from './support';

const RULE = { title: 't', risk: 'r', fix: 'f', references: {}, resourceTypes: ['*'] };

/** A pack of one rule over hops that finds plaintext, and points at what `where` says. */
function packOf(where: 'itself' | 'load balancer'): Pack {
  const rule = defineRule({
    ...RULE,
    id: 'Plaintext',
    reads: 'hop',
    judge: ({ resource, protocol }) => {
      if (resource.type !== 'AWS::ElasticLoadBalancingV2::Listener') return { verdict: 'notApplicable' };
      if (protocol.value !== 'plaintext') return { verdict: 'compliant' };
      const other = resource.template.resources.get('Balancer');
      const at = where === 'itself' || other === undefined ? resource : other;
      return { verdict: 'violation', resource: at, path: 'Properties', got: 'plaintext', want: 'TLS' };
    },
  });
  return { name: 'Pack', rules: [{ rule, level: 'error', unknown: 'error' }] } as unknown as Pack;
}

/** A listener that speaks plaintext in the stages of `plain`, of all that are allowed. */
function appWith(plain: readonly string[], allowed: readonly string[]) {
  const Conditions = Object.fromEntries(
    plain.map((stage, i) => [`C${i}`, { 'Fn::Equals': [{ Ref: 'Stage' }, stage] }]),
  );
  const protocol = plain.reduce<JsonMap[string]>(
    (otherwise, _, i) => ({ 'Fn::If': [`C${i}`, 'HTTP', otherwise ?? null] }),
    'HTTPS',
  );
  const resources: JsonMap = {
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'application' } },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Balancer' },
        Port: 80,
        Protocol: protocol ?? null,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }],
      },
    },
    Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol: 'HTTPS' } },
  };
  return appOf(resources, { Parameters: { Stage: { Type: 'String', AllowedValues: allowed } }, Conditions });
}

const whens = (app: ReturnType<typeof appWith>, pack: Pack) =>
  judge(app, pack).findings.map(({ resource, when }) => `${resource.logicalId}: ${when ?? 'always'}`);

describe('a finding', () => {
  test('tells in which worlds it holds, also where it stands on another resource', () => {
    const app = appWith(['dev'], ['dev', 'prod']);
    expect(whens(app, packOf('itself'))).toEqual(['Listener: Stack.Stage = dev']);
    expect(whens(app, packOf('load balancer'))).toEqual(['Balancer: Stack.Stage = dev']);
  });

  test('that holds in several worlds tells them, the first of many', () => {
    const stages = ['a', 'b', 'c', 'd', 'e'];
    const three = 'Stack.Stage = a, or Stack.Stage = b, or Stack.Stage = c';
    expect(whens(appWith(stages.slice(0, 2), stages), packOf('itself'))).toEqual([
      'Listener: Stack.Stage = a, or Stack.Stage = b',
    ]);
    expect(whens(appWith(stages, [...stages, 'f']), packOf('itself'))).toEqual([
      `Listener: ${three}, or in 2 more cases`,
    ]);
  });

  test('that holds in every world needs to tell none', () => {
    expect(whens(appWith(['a', 'b'], ['a', 'b']), packOf('load balancer'))).toEqual(['Balancer: always']);
  });
});

describe('a pack that does not ask what could not be judged', () => {
  test('is told all the same', () => {
    const reads: Fact['fact'] = 'store';
    const rule = defineRule({ ...RULE, id: 'Never', reads, judge: () => ({ verdict: 'compliant' }) });
    const pack: Pack = { name: 'Pack', rules: [{ rule, level: 'info', unknown: 'info' }] };
    const stages = Array.from({ length: 70 }, (_, i) => `s${i}`);
    const { findings } = judge(appWith(stages.slice(0, 1), stages), pack);
    expect(findings.map(({ rule: { id }, level }) => `${id} ${level}`)).toContain(
      'ResourceCanBeJudged error',
    );
  });
});
