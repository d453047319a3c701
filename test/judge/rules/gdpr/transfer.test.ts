import { changeTransferLists, TRANSFER_LISTS, type TransferBasis } from '../../../../lib/core/classification';
import { faultOfPlace } from '../../../../lib/judge/rules/gdpr/transfer';
import { NOW } from './support';

const LISTS = { transferLists: TRANSFER_LISTS };

function fault(region: string, bases?: readonly TransferBasis[], at: Date | null = NOW) {
  const now = at ?? undefined;
  const found = faultOfPlace(region, bases === undefined ? {} : { transferBases: bases }, LISTS, now);
  if (found === undefined) return 'fine';
  return 'why' in found ? `unknown: ${found.why}` : `${found.want} (${found.detail})`;
}

describe('a place for personal data', () => {
  test.each<[string, readonly TransferBasis[] | undefined]>([
    ['eu-central-1', undefined],
    ['eu-central-1', ['no-transfer']],
    ['eusc-de-east-1', undefined],
    ['eu-central-2', undefined],
    ['eu-west-2', ['adequacy-decision']],
    ['us-east-1', ['adequacy-decision']],
    ['us-east-1', ['standard-contractual-clauses']],
    ['ap-southeast-1', ['binding-corporate-rules']],
    ['ap-southeast-1', ['derogation-explicit-consent']],
  ])('%s is fine with %s', (region, bases) => {
    expect(fault(region, bases)).toBe('fine');
  });

  test.each<[string, readonly TransferBasis[] | undefined, RegExp]>([
    ['ap-southeast-1', undefined, /GDPR 46 or 49.*is in SG, which no decision/],
    ['ap-southeast-1', ['adequacy-decision'], /is in SG, which no decision/],
    [
      'ap-southeast-1',
      ['no-transfer'],
      /^a region within the European Economic Area \(data:transfer-basis says no-transfer/,
    ],
    ['eu-central-2', ['no-transfer'], /says no-transfer, and eu-central-2 is in CH/],
    [
      'us-east-1',
      undefined,
      /^adequacy-decision .*is in US, where decision \(EU\) 2023\/1795 covers: organisations on/,
    ],
  ])('%s is a fault with %s', (region, bases, message) => {
    expect(fault(region, bases)).toMatch(message);
  });

  test('nobody knows is unknown, whatever allows the transfer', () => {
    expect(fault('eu-isoe-west-1', ['standard-contractual-clauses'])).toMatch(/^unknown: nobody has entered/);
    expect(fault('constructor')).toMatch(/^unknown: nobody has entered/);
  });

  test('whose decision has ended is a third country, and the decision is named', () => {
    expect(fault('eu-west-2', ['adequacy-decision'], new Date('2032-01-01'))).toMatch(
      /is in GB, whose decision \(EU\) 2021\/1772 ended on 2031-12-27/,
    );
  });

  test('whose decision will end cannot be told without a time', () => {
    expect(fault('eu-west-2', ['adequacy-decision'], null)).toMatch(
      /unknown: decision .* ends on 2031-12-27/,
    );
    expect(fault('eu-central-2', undefined, null)).toBe('fine');
  });

  test('by a decision cannot be told once nobody has looked at the list for a year', () => {
    const late = new Date('2027-12-24');
    expect(fault('eu-central-2', undefined, late)).toMatch(
      /unknown: the list of adequacy decisions was last reviewed/,
    );
    expect(fault('eu-central-1', undefined, late)).toBe('fine');
    expect(fault('eu-central-2', ['standard-contractual-clauses'], late)).toBe('fine');
  });

  test('is a fault outside of what the organisation allows, also where the law would allow it', () => {
    const narrow = { ...LISTS, allowedRegions: ['eu-central-1'] };
    expect(faultOfPlace('eu-west-1', {}, narrow, NOW)).toEqual({
      want: 'one of eu-central-1',
      detail: 'the organisation allows no other region',
    });
    expect(faultOfPlace('eu-central-1', {}, narrow, NOW)).toBeUndefined();
  });

  test('follows lists that somebody has changed', () => {
    const lists = changeTransferLists(TRANSFER_LISTS, { reviewed: '2026-11-22', repeal: ['CH'] });
    expect(faultOfPlace('eu-central-2', {}, { transferLists: lists }, NOW)).toMatchObject({
      detail: 'eu-central-2 is in CH, which no decision of the Commission finds adequate',
    });
  });
});
