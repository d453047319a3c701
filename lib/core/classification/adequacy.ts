import { TransmissionError } from '../errors';
import { parseDayOrInstant } from '../instant';
import { type CountryCode, REGION_COUNTRIES } from './regions';

/** A decision of the Commission that protection is adequate somewhere (GDPR 45(3)). */
export interface AdequacyDecision {
  readonly country: CountryCode;
  /** The number of the decision, such as `(EU) 2019/419`. */
  readonly decision: string;
  /** The day it was adopted, such as `2019-01-23`. */
  readonly adopted: string;
  /** The last day on which it holds. @default - without end, until it is repealed */
  readonly ends?: string;
  /** Whom or what it covers, where that is not everyone there: a transfer to others needs another basis. */
  readonly covers?: string;
  /** Where the row was looked up, or that it is from memory. */
  readonly source: string;
}

/** Where personal data may go without more ado, as data. */
export interface TransferLists {
  /** The day on which somebody last compared the lists with their sources. */
  readonly reviewed: string;
  /** The European Economic Area: the Union, and Iceland, Liechtenstein and Norway (GDPR holds there). */
  readonly eea: readonly CountryCode[];
  readonly adequacy: readonly AdequacyDecision[];
  /** The country of each region of AWS. */
  readonly regions: Readonly<Record<string, CountryCode>>;
}

const LIST_OF_2026 = 'named in lists of adequacy decisions of 2026; number and day from memory';
const REVIEW_OF_2024 = 'confirmed by the Commission’s review of 2024-01-15; number and day from memory';

// biome-ignore format: a table is read by the row
const ADEQUACY: readonly AdequacyDecision[] = [
  { country: 'AD', decision: '2010/625/EU', adopted: '2010-10-19', source: REVIEW_OF_2024 },
  { country: 'AR', decision: '2003/490/EC', adopted: '2003-06-30', source: REVIEW_OF_2024 },
  { country: 'BR', decision: '(EU) 2026/179', adopted: '2026-01-26',
    source: 'https://europalov.no/rettsakt/beskyttelse-av-personopplysninger-ved-datautveksling-med-brasil/id-34841' },
  { country: 'CA', decision: '2002/2/EC', adopted: '2001-12-20', covers: 'commercial organisations under PIPEDA',
    source: REVIEW_OF_2024 },
  { country: 'CH', decision: '2000/518/EC', adopted: '2000-07-26', source: REVIEW_OF_2024 },
  { country: 'FO', decision: '2010/146/EU', adopted: '2010-03-05', source: REVIEW_OF_2024 },
  { country: 'GB', decision: '(EU) 2021/1772', adopted: '2021-06-28', ends: '2031-12-27',
    covers: 'everyone but immigration control',
    source: 'https://mklink.co.uk/data-protection/eu-renews-uk-data-adequacy-decisions-until-2031 (renewed 2025-12-19 until December 2031); the day of the end from memory' },
  { country: 'GG', decision: '2003/821/EC', adopted: '2003-11-21', source: REVIEW_OF_2024 },
  { country: 'IL', decision: '2011/61/EU', adopted: '2011-01-31', covers: 'automated processing',
    source: REVIEW_OF_2024 },
  { country: 'IM', decision: '2004/411/EC', adopted: '2004-04-28', source: REVIEW_OF_2024 },
  { country: 'JE', decision: '2008/393/EC', adopted: '2008-05-08', source: REVIEW_OF_2024 },
  { country: 'JP', decision: '(EU) 2019/419', adopted: '2019-01-23',
    covers: 'businesses under the act on the protection of personal information, with the supplementary rules',
    source: LIST_OF_2026 },
  { country: 'KR', decision: '(EU) 2022/254', adopted: '2021-12-17',
    covers: 'those under the personal information protection act; no missions of religions, no parties, no credit information',
    source: LIST_OF_2026 },
  { country: 'NZ', decision: '2013/65/EU', adopted: '2012-12-19', source: REVIEW_OF_2024 },
  { country: 'US', decision: '(EU) 2023/1795', adopted: '2023-07-10',
    covers: 'organisations on the Data Privacy Framework List', source: LIST_OF_2026 },
  { country: 'UY', decision: '2012/484/EU', adopted: '2012-08-21', source: REVIEW_OF_2024 },
];

/**
 * The lists as of their review. They are no legal advice: decisions are repealed by courts over night.
 *
 * @see https://commission.europa.eu/law/law-topic/data-protection/international-dimension-data-protection/adequacy-decisions_en
 */
export const TRANSFER_LISTS: TransferLists = {
  reviewed: '2026-11-22',
  eea: 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
  adequacy: ADEQUACY,
  regions: REGION_COUNTRIES,
};

/** What somebody knows better than the lists: who says so, and when it was looked at, are part of it. */
export interface TransferListChanges {
  /** The day on which somebody compared the changed lists with their sources. */
  readonly reviewed: string;
  /** Decisions that are new, or that replace those of the same country. @default - none */
  readonly add?: readonly AdequacyDecision[];
  /** Countries whose decision no longer holds. @default - none */
  readonly repeal?: readonly CountryCode[];
  /** Regions that the lists lack, or have elsewhere, with their countries. @default - none */
  readonly regions?: Readonly<Record<string, CountryCode>>;
}

/**
 * The lists with changes.
 *
 * @throws TransmissionError where a change is malformed, or repeals what is not there
 */
export function changeTransferLists(lists: TransferLists, changes: TransferListChanges): TransferLists {
  const { reviewed, add = [], repeal = [], regions = {} } = changes;
  checkDay('reviewed', reviewed);
  for (const country of [...repeal, ...Object.values(regions), ...add.map((row) => row.country)]) {
    if (!/^[A-Z]{2}$/.test(country))
      throw invalid('a country must be two capital letters (ISO 3166-1)', country);
  }
  for (const region of Object.keys(regions)) {
    if (!/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region))
      throw invalid('a region must be spelt as AWS does', region);
  }
  for (const row of add) {
    checkDay('adopted', row.adopted);
    if (row.ends !== undefined) checkDay('ends', row.ends);
    if (row.decision === '' || row.source === '')
      throw invalid("'decision' and 'source' must be given", row.country);
  }
  const unknown = repeal.find((country) => !lists.adequacy.some((row) => row.country === country));
  if (unknown !== undefined) throw invalid("'repeal' must name a country that has a decision", unknown);
  const gone = new Set([...repeal, ...add.map(({ country }) => country)]);
  return {
    ...lists,
    reviewed,
    adequacy: [...lists.adequacy.filter(({ country }) => !gone.has(country)), ...add],
    regions: { ...lists.regions, ...regions },
  };
}

/** What Chapter V of the GDPR asks of data that are kept in a region. */
export type TransferPlace =
  /** Within the European Economic Area: no transfer. */
  | { readonly place: 'eea'; readonly country: CountryCode }
  /** A decision covers everyone there. */
  | { readonly place: 'adequate'; readonly country: CountryCode; readonly decision: AdequacyDecision }
  /** A decision covers some there (`covers`): who receives the data has to be among them. */
  | { readonly place: 'adequate-in-part'; readonly country: CountryCode; readonly decision: AdequacyDecision }
  /** No decision, or one that has ended: the data need another basis. */
  | { readonly place: 'third-country'; readonly country: CountryCode; readonly ended?: AdequacyDecision }
  /** Nobody knows where that is: never taken for fine. */
  | { readonly place: 'unknown' };

/** Where a region is, by the GDPR, at a time. */
export function transferPlace(
  region: string,
  now: Date,
  lists: TransferLists = TRANSFER_LISTS,
): TransferPlace {
  const country = Object.hasOwn(lists.regions, region) ? lists.regions[region] : undefined;
  return country === undefined ? { place: 'unknown' } : placeOfCountry(country, now, lists);
}

function placeOfCountry(country: CountryCode, now: Date, lists: TransferLists): TransferPlace {
  if (lists.eea.includes(country)) return { place: 'eea', country };
  const decision = lists.adequacy.find((row) => row.country === country);
  if (decision === undefined || now < dayOf(decision.adopted)) return { place: 'third-country', country };
  if (decision.ends !== undefined && now.getTime() >= dayOf(decision.ends).getTime() + DAY) {
    return { place: 'third-country', country, ended: decision };
  }
  return { place: decision.covers === undefined ? 'adequate' : 'adequate-in-part', country, decision };
}

const DAY = 86_400_000;
const LONGEST_WITHOUT_REVIEW = 365 * DAY;

/** Whether nobody has compared the lists with their sources for a year. */
export function isReviewDue({ reviewed }: TransferLists, now: Date): boolean {
  return now.getTime() - dayOf(reviewed).getTime() > LONGEST_WITHOUT_REVIEW;
}

/** Days are checked when they come in; one that is none is as good as never. */
function dayOf(day: string): Date {
  return parseDayOrInstant(day) ?? new Date(Number.NaN);
}

function checkDay(property: string, day: string): void {
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && parseDayOrInstant(day) !== undefined) return;
  throw invalid(`'${property}' must be a day like 2026-11-22`, day);
}

function invalid(must: string, got: string): TransmissionError {
  return new TransmissionError(
    'InvalidProperty',
    `${must}, got ${JSON.stringify(got).slice(0, 40)}, correct it`,
    'transfer lists',
  );
}
