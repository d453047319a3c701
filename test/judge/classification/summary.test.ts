import { erasureHandlersOf, summariseHoldings } from '../../../lib/judge/classification';
import type { JsonMap } from '../../../lib/judge/template';
import { appOf } from '../support';
import { holdingsIn, tagList } from './told';

const REASON = 'static files of the shop only';
const bucket = (tags: Record<string, string | JsonMap>): JsonMap => ({
  Type: 'AWS::S3::Bucket',
  Properties: { Tags: tagList(tags) },
});

describe('the summary of what stores hold', () => {
  const resources = {
    Both: bucket({ 'data:classification': 'personal-data+cardholder-data' }),
    Personal: bucket({ 'data:classification': 'personal-data' }),
    Zero: bucket({ 'data:classification': 'none', 'data:none-reason': REASON }),
    Also: bucket({
      'data:classification': 'none',
      'data:none-reason': 'only what a build makes anew',
    }),
    Silent: bucket({ Name: 'x' }),
    Wrong: bucket({ 'data:classification': 'none' }),
    Hidden: bucket({ 'data:classification': { Ref: 'P' } }),
  };
  const summary = summariseHoldings(holdingsIn(appOf(resources, { Parameters: { P: { Type: 'String' } } })));

  test('counts each store once', () => {
    expect(summary).toMatchObject({ stores: 7, classified: 4, unclassified: 1, wrong: 1, unknown: 1 });
    expect(summary.classified + summary.unclassified + summary.wrong + summary.unknown).toBe(summary.stores);
  });

  test('counts what is held, so that a store with two counts for both', () => {
    expect(summary.by).toMatchObject({ 'personal-data': 2, 'cardholder-data': 1, none: 2, internal: 0 });
  });

  test('lists who says none, with the reason, in an order that does not change', () => {
    expect(summary.none.map(({ resource, reason }) => [resource.logicalId, reason])).toEqual([
      ['Also', 'only what a build makes anew'],
      ['Zero', REASON],
    ]);
  });

  test('counts the worst of several cases', () => {
    const parts = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['test', 'prod'] } },
      Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const Tags = {
      'Fn::If': ['IsProd', tagList({ 'data:classification': 'internal' }), { Ref: 'AWS::NoValue' }],
    };
    const app = appOf({ It: { Type: 'AWS::S3::Bucket', Properties: { Tags } } }, parts);
    expect(summariseHoldings(holdingsIn(app))).toMatchObject({ stores: 1, classified: 0, unclassified: 1 });
  });
});

describe('the erasure handler of a store', () => {
  const app = appOf({
    Store: { Type: 'AWS::S3::Bucket' },
    Eraser1: { Type: 'AWS::Lambda::Function', Metadata: { 'aws:cdk:path': 'Stack/Eraser/Resource' } },
    EraserRole: { Type: 'AWS::IAM::Role', Metadata: { 'aws:cdk:path': 'Stack/Eraser/ServiceRole/Resource' } },
    Other: { Type: 'AWS::Lambda::Function', Metadata: { 'aws:cdk:path': 'Stack/EraserOfOthers/Resource' } },
  });
  const [store] = app.resourcesOfType('AWS::S3::Bucket');
  const of = (erasureHandler?: string) =>
    store === undefined
      ? ['no store']
      : erasureHandlersOf(app, store, {
          holds: ['personal-data'],
          ...(erasureHandler === undefined ? {} : { erasureHandler }),
        }).map(({ logicalId }) => logicalId);

  test('is what the construct of that path made, and nothing whose name merely begins so', () => {
    expect(of('Stack/Eraser')).toEqual(['Eraser1', 'EraserRole']);
  });

  test('may be a logical id of a template that no CDK made', () => {
    expect(of('Other')).toEqual(['Other']);
  });

  test('is none where nobody is named, or somebody outside', () => {
    expect(of()).toEqual([]);
    expect(of('the data protection team')).toEqual([]);
  });
});
