import { LOAD_BALANCER_HEADER_ROWS } from '../../../../lib/judge/rules/gdpr/load-balancer-headers';
import type { JsonMap } from '../../../../lib/judge/template';
import { found, HIDDEN, resource } from './support';

describe('LoadBalancerDropsInvalidHeaders', () => {
  const says = (Value?: JsonMap['x'], more: JsonMap = {}) =>
    found(LOAD_BALANCER_HEADER_ROWS, 'LoadBalancerDropsInvalidHeaders', {
      It: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
        ...(Value === undefined
          ? {}
          : { LoadBalancerAttributes: [{ Key: 'routing.http.drop_invalid_header_fields.enabled', Value }] }),
        ...more,
      }),
    });

  test('passes one that does, and one that reads no headers', () => {
    expect(says('true')).toEqual([]);
    expect(says(undefined, { Type: 'network' })).toEqual([]);
  });

  test('fails one that does not', () => {
    expect(says()).toHaveLength(1);
    expect(says('false')).toEqual(['info violation It.LoadBalancerAttributes.0.Value: false']);
    expect(says({ 'Fn::If': ['Production', 'true', 'false'] })).toHaveLength(1);
  });

  test('cannot tell what is hidden', () => {
    expect(says(HIDDEN)).toEqual(['info unknown It.LoadBalancerAttributes.0.Value']);
    expect(says('true', { Type: HIDDEN })).toEqual(['info unknown It.Type']);
  });
});
