import type { DataDescription } from '../../../../lib/core/classification';
import { ACCOUNTABILITY_ROWS } from '../../../../lib/judge/rules/gdpr/accountability';
import { found, HIDDEN, metadata, resource, store } from './support';

const BUCKET = 'AWS::S3::Bucket';

describe('ProcessingRecordIsComplete', () => {
  const RULE = 'ProcessingRecordIsComplete';
  const tagged = (...pairs: readonly (readonly [string, string])[]) =>
    resource(BUCKET, { Tags: pairs.map(([Key, Value]) => ({ Key, Value })) });

  test('passes what says everything', () => {
    expect(found(ACCOUNTABILITY_ROWS, RULE, { It: store(BUCKET) })).toEqual([]);
  });

  test('fails what does not, in one finding that tells what is missing', () => {
    const it = tagged(
      ['data:classification', 'personal-data'],
      ['data:owner', 'orders'],
      ['data:subjects', 'customers'],
    );
    expect(found(ACCOUNTABILITY_ROWS, RULE, { It: it })).toEqual([
      'warning violation It.Tags: no data:categories, data:purposes, data:lawful-basis, data:retention-days',
    ]);
  });

  test('asks special categories for their condition', () => {
    const it = store(BUCKET, {}, { holds: ['special-category-data'], categories: ['health-data'] });
    expect(found(ACCOUNTABILITY_ROWS, RULE, { It: it })).toEqual([
      'warning violation It.Tags: no data:special-category-condition',
    ]);
  });

  test('leaves what is hidden, wrong or absent to another rule', () => {
    const hidden = resource(BUCKET, { Tags: [{ Key: 'data:classification', Value: HIDDEN }] });
    expect(found(ACCOUNTABILITY_ROWS, RULE, { It: hidden })).toEqual([]);
    expect(found(ACCOUNTABILITY_ROWS, RULE, { It: tagged(['data:classification', 'constructor']) })).toEqual(
      [],
    );
    expect(found(ACCOUNTABILITY_ROWS, RULE, { It: resource(BUCKET) })).toEqual([]);
    expect(found(ACCOUNTABILITY_ROWS, RULE, { It: tagged(['data:classification', 'credentials']) })).toEqual(
      [],
    );
  });
});

describe('AccessHandlerIsNamed', () => {
  const RULE = 'AccessHandlerIsNamed';

  test('passes a store that names one, fails one that does not', () => {
    expect(
      found(ACCOUNTABILITY_ROWS, RULE, { It: store(BUCKET, {}, { accessHandler: 'Shop/Export' }) }),
    ).toEqual([]);
    expect(found(ACCOUNTABILITY_ROWS, RULE, { It: store(BUCKET) })).toEqual([
      'info violation It.Tags: no access handler',
    ]);
    expect(found(ACCOUNTABILITY_ROWS, RULE, { It: resource(BUCKET) })).toEqual([]);
  });
});

describe('ImpactAssessmentIsCurrent', () => {
  const RULE = 'ImpactAssessmentIsCurrent';
  const health: Partial<DataDescription> = {
    holds: ['special-category-data'],
    categories: ['health-data'],
    specialCategoryConditions: ['explicit-consent'],
  };
  const says = (changes: Partial<DataDescription>, now?: Date) =>
    found(ACCOUNTABILITY_ROWS, RULE, { It: store(BUCKET, {}, { ...health, ...changes }) }, now);

  test('passes an assessment of the last year, to the day', () => {
    expect(says({ impactAssessment: 'DPIA-7', impactAssessmentReviewed: '2026-11-22' })).toEqual([]);
    expect(says({ impactAssessment: 'DPIA-7', impactAssessmentReviewed: '2025-11-22' })).toEqual([]);
  });

  test('fails none, an old one, one without a day, and one of the future', () => {
    expect(says({})).toEqual(['warning violation It.Tags: no assessment']);
    expect(says({ impactAssessment: 'DPIA-7' })).toEqual(['warning violation It.Tags: no day of review']);
    expect(says({ impactAssessment: 'DPIA-7', impactAssessmentReviewed: '2025-11-20' })).toEqual([
      'warning violation It.Tags: reviewed on 2025-11-20',
    ]);
    expect(says({ impactAssessment: 'DPIA-7', impactAssessmentReviewed: '2027-01-01' })).toEqual([
      'warning violation It.Tags: reviewed on 2027-01-01, which is yet to come',
    ]);
  });

  test('asks services that learn from persons whatever they hold of them, and other stores not', () => {
    const it = (Type: string) => ({ It: { Type, Metadata: metadata() } });
    expect(found(ACCOUNTABILITY_ROWS, RULE, it('AWS::SageMaker::FeatureGroup'))).toHaveLength(1);
    expect(found(ACCOUNTABILITY_ROWS, RULE, it('AWS::Personalize::Dataset'))).toHaveLength(1);
    expect(found(ACCOUNTABILITY_ROWS, RULE, it(BUCKET))).toEqual([]);
  });
});
