import { RegionInfo } from 'aws-cdk-lib/region-info';
import {
  changeTransferLists,
  isReviewDue,
  REGION_COUNTRIES,
  TRANSFER_LISTS,
  transferPlace,
} from '../../../lib/core/classification';

const NOW = new Date('2026-11-22T00:00:00Z');
const place = (region: string, now = NOW) => transferPlace(region, now).place;

describe('where a region is', () => {
  test.each<[string, string]>([
    ['eu-west-1', 'eea'],
    ['eusc-de-east-1', 'eea'],
    ['eu-central-2', 'adequate'],
    ['sa-east-1', 'adequate'],
    ['eu-west-2', 'adequate-in-part'],
    ['us-east-1', 'adequate-in-part'],
    ['ca-central-1', 'adequate-in-part'],
    ['ap-northeast-1', 'adequate-in-part'],
    ['ap-south-1', 'third-country'],
    ['cn-north-1', 'third-country'],
    ['eu-isoe-west-1', 'unknown'],
    ['eu-nowhere-1', 'unknown'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
  ])('%s: %s', (region, expected) => {
    expect(place(region)).toBe(expected);
  });

  test('depends on the day: a decision holds from its first to its last', () => {
    expect(place('sa-east-1', new Date('2026-01-25T23:59:59Z'))).toBe('third-country');
    expect(place('sa-east-1', new Date('2026-01-26T00:00:00Z'))).toBe('adequate');
    expect(place('eu-west-2', new Date('2031-12-27T23:59:59Z'))).toBe('adequate-in-part');
    expect(transferPlace('eu-west-2', new Date('2031-12-28T00:00:00Z'))).toMatchObject({
      place: 'third-country',
      ended: { decision: '(EU) 2021/1772' },
    });
  });

  test('is told for every region that aws-cdk-lib knows, but those whose place AWS does not publish', () => {
    const unknown = RegionInfo.regions.map(({ name }) => name).filter((name) => place(name) === 'unknown');
    expect(unknown).toEqual(['eu-isoe-west-1']);
  });
});

describe('the lists', () => {
  test('have the 27 of the Union and three more, and no decision about any of them', () => {
    const { eea, adequacy } = TRANSFER_LISTS;
    expect(new Set(eea).size).toBe(30);
    expect(adequacy.filter(({ country }) => eea.includes(country))).toEqual([]);
    expect(new Set(adequacy.map(({ country }) => country)).size).toBe(adequacy.length);
  });

  test('have a country, a number, a day and a source in every row', () => {
    for (const { country, decision, adopted, ends, source } of TRANSFER_LISTS.adequacy) {
      expect(country).toMatch(/^[A-Z]{2}$/);
      expect(decision).toMatch(/^(\d{4}\/\d+\/E[CU]|\(EU\) \d{4}\/\d+)$/);
      expect(new Date(adopted).toISOString()).toBe(`${adopted}T00:00:00.000Z`);
      if (ends !== undefined) expect(ends > adopted).toBe(true);
      expect(source.length).toBeGreaterThan(20);
    }
    expect(Object.values(REGION_COUNTRIES).every((country) => /^[A-Z]{2}$/.test(country))).toBe(true);
  });

  test('are due for review a year after the last', () => {
    expect(isReviewDue(TRANSFER_LISTS, NOW)).toBe(false);
    expect(isReviewDue(TRANSFER_LISTS, new Date('2027-11-22T00:00:00Z'))).toBe(false);
    expect(isReviewDue(TRANSFER_LISTS, new Date('2027-11-23T00:00:00Z'))).toBe(true);
  });
});

describe('changes to the lists', () => {
  const reviewed = '2027-01-15';

  test('repeal a decision, as a court does', () => {
    const changed = changeTransferLists(TRANSFER_LISTS, { reviewed, repeal: ['US'] });
    expect(transferPlace('us-east-1', NOW, changed).place).toBe('third-country');
    expect(changed.reviewed).toBe(reviewed);
    expect(place('us-east-1')).toBe('adequate-in-part');
  });

  test('add a decision and a region', () => {
    const row = { country: 'KE', decision: '(EU) 2027/1', adopted: '2027-01-10', source: 'OJ L, 2027/1' };
    const changed = changeTransferLists(TRANSFER_LISTS, {
      reviewed,
      add: [row],
      regions: { 'af-east-1': 'KE' },
    });
    const later = new Date('2027-02-01T00:00:00Z');
    expect(transferPlace('af-east-1', later, changed)).toEqual({
      place: 'adequate',
      country: 'KE',
      decision: row,
    });
    expect(transferPlace('af-east-1', NOW, changed).place).toBe('third-country');
  });

  test('replace the decision of a country', () => {
    const row = { country: 'GB', decision: '(EU) 2031/9', adopted: '2031-12-01', source: 'OJ L, 2031/9' };
    const changed = changeTransferLists(TRANSFER_LISTS, { reviewed, add: [row] });
    expect(transferPlace('eu-west-2', new Date('2032-06-01T00:00:00Z'), changed).place).toBe('adequate');
    expect(changed.adequacy.filter(({ country }) => country === 'GB')).toEqual([row]);
  });

  const row = { country: 'KE', decision: '(EU) 2027/1', adopted: '2027-01-10', source: 'OJ L, 2027/1' };

  test.each([
    [{ reviewed: 'soon' }, `'reviewed' must be a day like 2026-11-22, got "soon", correct it`],
    [{ reviewed: '2027-02-30' }, "'reviewed' must be a day"],
    [{ reviewed, repeal: ['IN'] }, `'repeal' must name a country that has a decision, got "IN", correct it`],
    [
      { reviewed, regions: { 'eu-west-9': 'Ireland' } },
      'a country must be two capital letters (ISO 3166-1), got "Ireland"',
    ],
    [{ reviewed, regions: { Dublin: 'IE' } }, 'a region must be spelt as AWS does, got "Dublin"'],
    [{ reviewed, add: [{ ...row, adopted: '10.1.2027' }] }, "'adopted' must be a day"],
    [{ reviewed, add: [{ ...row, ends: 'never' }] }, "'ends' must be a day"],
    [{ reviewed, add: [{ ...row, source: '' }] }, "'decision' and 'source' must be given, got"],
  ])('are refused where they are malformed: %j', (changes, message) => {
    expect(() => changeTransferLists(TRANSFER_LISTS, changes)).toThrow(message);
  });
});
