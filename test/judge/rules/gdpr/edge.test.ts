import { EDGE_ROWS } from '../../../../lib/judge/rules/gdpr/edge';
import type { JsonMap } from '../../../../lib/judge/template';
import { found, HIDDEN, resource, store } from './support';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';

function app(behaviour: JsonMap, bucket: JsonMap = store('AWS::S3::Bucket'), more: JsonMap = {}): JsonMap {
  return {
    It: resource(DISTRIBUTION, {
      DistributionConfig: {
        Origins: [
          { Id: 'data', DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] } },
          { Id: 'shop', DomainName: 'origin.shop.example' },
        ],
        DefaultCacheBehavior: { TargetOriginId: 'shop', CachePolicyId: OPTIMIZED },
        CacheBehaviors: [{ TargetOriginId: 'data', ...behaviour }],
      },
    }),
    Bucket: bucket,
    ...more,
  };
}

describe('PersonalDataIsNotCachedAtEdge', () => {
  const RULE = 'PersonalDataIsNotCachedAtEdge';
  const PLACE = 'It.DistributionConfig.CacheBehaviors.0';
  const policy = (MaxTTL: number | JsonMap) => ({
    Policy: resource('AWS::CloudFront::CachePolicy', { CachePolicyConfig: { MaxTTL } }),
  });

  test('passes behaviours that cache nothing, and those of other origins', () => {
    expect(found(EDGE_ROWS, RULE, app({ CachePolicyId: DISABLED }))).toEqual([]);
    expect(found(EDGE_ROWS, RULE, app({ MaxTTL: 0 }))).toEqual([]);
    expect(found(EDGE_ROWS, RULE, app({ CachePolicyId: { Ref: 'Policy' } }, undefined, policy(0)))).toEqual(
      [],
    );
    expect(
      found(
        EDGE_ROWS,
        RULE,
        app({ CachePolicyId: OPTIMIZED }, store('AWS::S3::Bucket', {}, { holds: ['public'] })),
      ),
    ).toEqual([]);
  });

  test('fails those that do', () => {
    expect(found(EDGE_ROWS, RULE, app({ CachePolicyId: OPTIMIZED }))).toEqual([
      `warning violation ${PLACE}.CachePolicyId: ${OPTIMIZED}`,
    ]);
    expect(found(EDGE_ROWS, RULE, app({}))).toEqual([`warning violation ${PLACE}.MaxTTL: absent`]);
    expect(found(EDGE_ROWS, RULE, app({ CachePolicyId: { Ref: 'Policy' } }, undefined, policy(60)))).toEqual([
      'warning violation Policy.CachePolicyConfig.MaxTTL: 60 seconds',
    ]);
  });

  test('asks all behaviours of a distribution that says what it serves', () => {
    const it = store(DISTRIBUTION, {
      DistributionConfig: { DefaultCacheBehavior: { CachePolicyId: OPTIMIZED } },
    });
    expect(found(EDGE_ROWS, RULE, { It: it })).toEqual([
      `warning violation It.DistributionConfig.DefaultCacheBehavior.CachePolicyId: ${OPTIMIZED}`,
    ]);
  });

  test('cannot tell what is hidden', () => {
    expect(found(EDGE_ROWS, RULE, app({ CachePolicyId: HIDDEN }))).toEqual([
      `warning unknown ${PLACE}.CachePolicyId`,
    ]);
    expect(
      found(EDGE_ROWS, RULE, app({ CachePolicyId: { Ref: 'Policy' } }, undefined, policy(HIDDEN))),
    ).toEqual(['warning unknown Policy.CachePolicyConfig.MaxTTL']);
  });
});

describe('PersonalDataIsNotProcessedAtEdge', () => {
  const RULE = 'PersonalDataIsNotProcessedAtEdge';
  const PLACE = 'It.DistributionConfig.CacheBehaviors.0.LambdaFunctionAssociations';

  test('passes a behaviour without functions, fails one with, and cannot tell hidden ones', () => {
    expect(found(EDGE_ROWS, RULE, app({ LambdaFunctionAssociations: [] }))).toEqual([]);
    expect(
      found(EDGE_ROWS, RULE, app({ LambdaFunctionAssociations: [{ EventType: 'viewer-request' }] })),
    ).toEqual([`warning violation ${PLACE}: 1 at the edge`]);
    expect(found(EDGE_ROWS, RULE, app({ LambdaFunctionAssociations: HIDDEN }))).toEqual([
      `warning unknown ${PLACE}`,
    ]);
    expect(
      found(EDGE_ROWS, RULE, app({ LambdaFunctionAssociations: [{}] }, resource('AWS::S3::Bucket'))),
    ).toEqual([]);
  });
});
