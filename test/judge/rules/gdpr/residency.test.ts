import { DEFAULT_GDPR_PARAMETERS } from '../../../../lib/judge/rules/gdpr/parameters';
import { RESIDENCY_ROWS, residencyRows } from '../../../../lib/judge/rules/gdpr/residency';
import { appOfStacks, found, HIDDEN, resource, store } from './support';

const BUCKET = 'AWS::S3::Bucket';
const KNOWN = 'PersonalDataStackNamesItsRegion';
const ALLOWED = 'PersonalDataRegionIsAllowed';

describe('PersonalDataStackNamesItsRegion', () => {
  test('passes a stack that is bound to a region', () => {
    expect(found(RESIDENCY_ROWS, KNOWN, { It: store(BUCKET) })).toEqual([]);
  });

  test('is told once of a stack that is bound to none, however much it keeps', () => {
    const resources = { None: resource(BUCKET), It: store(BUCKET), Other: store('AWS::SQS::Queue') };
    const app = appOfStacks(
      { region: null, resources },
      { name: 'Other', region: null, resources: { It: store(BUCKET) } },
    );
    expect(found(RESIDENCY_ROWS, KNOWN, app)).toEqual(['warning unknown It', 'warning unknown None']);
  });

  test('asks nothing of a stack without personal data', () => {
    const app = appOfStacks({ region: null, resources: { It: store(BUCKET, {}, { holds: ['internal'] }) } });
    expect(found(RESIDENCY_ROWS, KNOWN, app)).toEqual([]);
    expect(
      found(RESIDENCY_ROWS, KNOWN, appOfStacks({ region: null, resources: { It: resource(BUCKET) } })),
    ).toEqual([]);
  });
});

describe('PersonalDataRegionIsAllowed', () => {
  const inRegion = (region: string | null, it = store(BUCKET)) =>
    found(RESIDENCY_ROWS, ALLOWED, appOfStacks({ region, resources: { It: it } }));

  test('passes a store within the European Economic Area', () => {
    expect(inRegion('eu-north-1')).toEqual([]);
  });

  test('fails a store elsewhere, and passes it with a basis', () => {
    expect(inRegion('ap-south-1')).toEqual(['warning violation It: in ap-south-1']);
    expect(
      inRegion('ap-south-1', store(BUCKET, {}, { transferBases: ['standard-contractual-clauses'] })),
    ).toEqual([]);
  });

  test('cannot tell of a region that nobody knows', () => {
    expect(inRegion('xx-nowhere-1')).toEqual(['warning unknown It']);
  });

  test('leaves a stack without region, and a store that hides what it holds, to other rules', () => {
    expect(inRegion(null)).toEqual([]);
    expect(
      inRegion('ap-south-1', resource(BUCKET, { Tags: [{ Key: 'data:classification', Value: HIDDEN }] })),
    ).toEqual([]);
  });

  test('takes what the organisation allows', () => {
    const rows = residencyRows({ ...DEFAULT_GDPR_PARAMETERS, allowedRegions: ['eu-central-1'] });
    const app = appOfStacks({ region: 'eu-west-1', resources: { It: store(BUCKET) } });
    expect(found(rows, ALLOWED, app)).toEqual(['warning violation It: in eu-west-1']);
  });

  test('looks into each case of a condition', () => {
    const Tags = [
      { Key: 'data:classification', Value: { 'Fn::If': ['Production', 'personal-data', 'internal'] } },
    ];
    const app = appOfStacks({ region: 'ap-south-1', resources: { It: resource(BUCKET, { Tags }) } });
    expect(found(RESIDENCY_ROWS, ALLOWED, app)).toEqual(['warning violation It: in ap-south-1']);
  });
});
