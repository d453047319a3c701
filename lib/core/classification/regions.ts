/** ISO 3166-1 alpha-2, such as `DE`. */
export type CountryCode = string;

/**
 * The country that each region of AWS is in.
 *
 * By the names of regions in `partitions.json` of the AWS SDK for JavaScript, which AWS generates; `ap-east-2`,
 * `ap-southeast-6` and `me-west-1`, which the stored copy lacked, by what AWS has announced, from memory.
 * `eu-isoe-west-1` is left out: AWS does not publish where it is.
 *
 * @see https://github.com/aws/aws-sdk-js-v3/blob/main/packages/util-endpoints/src/lib/aws/partitions.json
 */
// biome-ignore format: a table is read by the row
const COUNTRIES: Readonly<Record<CountryCode, string>> = {
  AE: 'me-central-1',
  AU: 'ap-southeast-2 ap-southeast-4',
  BH: 'me-south-1',
  BR: 'sa-east-1',
  CA: 'ca-central-1 ca-west-1',
  CH: 'eu-central-2',
  CN: 'cn-north-1 cn-northwest-1',
  DE: 'eu-central-1 eusc-de-east-1',
  ES: 'eu-south-2',
  FR: 'eu-west-3',
  GB: 'eu-west-2',
  HK: 'ap-east-1',
  ID: 'ap-southeast-3',
  IE: 'eu-west-1',
  IL: 'il-central-1',
  IN: 'ap-south-1 ap-south-2',
  IT: 'eu-south-1',
  JP: 'ap-northeast-1 ap-northeast-3',
  KR: 'ap-northeast-2',
  MX: 'mx-central-1',
  MY: 'ap-southeast-5',
  NZ: 'ap-southeast-6',
  SA: 'me-west-1',
  SE: 'eu-north-1',
  SG: 'ap-southeast-1',
  TH: 'ap-southeast-7',
  TW: 'ap-east-2',
  US: 'us-east-1 us-east-2 us-west-1 us-west-2 us-gov-east-1 us-gov-west-1 us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1 us-isof-east-1 us-isof-south-1',
  ZA: 'af-south-1',
};

/** The country of every region. */
export const REGION_COUNTRIES: Readonly<Record<string, CountryCode>> = Object.fromEntries(
  Object.entries(COUNTRIES).flatMap(([country, regions]) =>
    regions.split(' ').map((region) => [region, country]),
  ),
);
