import { CLASSIFICATION_PACK_ROWS } from '../../../lib/judge/rules/classification';
import type { JsonMap } from '../../../lib/judge/template';
import { holdingsOf, tagList } from '../classification/told';
import { CATALOGUE_ONLY } from '../support';

const [RULE] = CLASSIFICATION_PACK_ROWS.flatMap(({ rule }) => (rule.reads === 'data-holding' ? [rule] : []));
const HIDDEN = { Ref: 'Hidden' };
const PARTS = { Parameters: { Hidden: { Type: 'String' } } };

function verdicts(type: string, resource: JsonMap) {
  return holdingsOf(type, resource, PARTS).map((holding) => RULE?.judge(holding, CATALOGUE_ONLY));
}
const bucket = (tags: Readonly<Record<string, string | JsonMap>>) =>
  verdicts('AWS::S3::Bucket', { Properties: { Tags: tagList(tags) } });

describe('DataStoreIsClassified', () => {
  test('is the rule of the table', () => {
    expect(RULE?.id).toBe('DataStoreIsClassified');
    expect(CLASSIFICATION_PACK_ROWS).toMatchObject([{ level: 'warning', unknown: 'warning' }]);
  });

  test.each<[string, Record<string, string>]>([
    ['personal data', { 'data:classification': 'personal-data' }],
    ['several things', { 'data:classification': 'cardholder-data+personal-data' }],
    [
      'nothing, with the reason',
      { 'data:classification': 'none', 'data:none-reason': 'build output of public files' },
    ],
  ])('passes a store that says it holds %s', (_, tags) => {
    expect(bucket(tags)).toEqual([{ verdict: 'compliant' }]);
  });

  test('fails a store that says nothing', () => {
    expect(bucket({ Name: 'orders' })).toMatchObject([
      {
        verdict: 'violation',
        path: 'Properties.Tags',
        got: 'absent',
        want: expect.stringMatching(/^data:classification with one or more of cardholder-data, .*, none$/),
      },
    ]);
  });

  test('fails a store that no connector judges yet, and one made as a plain resource', () => {
    expect(verdicts('AWS::EFS::FileSystem', {})).toMatchObject([
      { verdict: 'violation', path: 'Properties.FileSystemTags' },
    ]);
    expect(verdicts('AWS::Timestream::Table', { Properties: {} })).toMatchObject([{ verdict: 'violation' }]);
  });

  test('fails none without a reason', () => {
    expect(bucket({ 'data:classification': 'none' })).toMatchObject([
      { verdict: 'violation', want: expect.stringContaining('data:none-reason must be a sentence') },
    ]);
  });

  test('makes one finding of several problems, and tells all of them', () => {
    const found = bucket({ 'data:classification': 'x', 'data:retention-days': '1 year' });
    expect(found).toMatchObject([
      {
        verdict: 'violation',
        got: 'data:retention-days: "1 year"',
        want: expect.stringContaining('data:retention-days must be whole days'),
      },
    ]);
    const two = bucket({ 'data:classification': 'a;b', 'data:retention-days': '1 year' });
    expect(two).toMatchObject([
      {
        got: 'data:classification: "a;b"',
        detail: expect.stringContaining('data:retention-days must be whole days'),
      },
    ]);
  });

  test('cannot tell what a parameter decides', () => {
    expect(bucket({ 'data:classification': HIDDEN })).toMatchObject([
      {
        verdict: 'unknown',
        path: 'Properties.Tags',
        why: 'the value of the tag data:classification is not known',
      },
    ]);
  });

  test('asks nothing of what keeps no data', () => {
    expect(verdicts('AWS::IAM::Role', {})).toEqual([]);
    expect(verdicts('AWS::KMS::Key', {})).toEqual([]);
  });
});
