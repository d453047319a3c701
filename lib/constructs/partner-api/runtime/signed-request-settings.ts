/** The agreement between the construct that deploys the authoriser and the function that runs it. */

/** The names of its environment variables. */
export const SIGNED_REQUEST_ENVIRONMENT = {
  table: 'SIGNED_REQUESTS_TABLE',
  /** The names of the API, with commas between. */
  authorities: 'SIGNED_REQUESTS_AUTHORITIES',
  windowSeconds: 'SIGNED_REQUESTS_WINDOW_SECONDS',
  skewSeconds: 'SIGNED_REQUESTS_SKEW_SECONDS',
  tag: 'SIGNED_REQUESTS_TAG',
  /** More fields that have to be covered, with commas between. */
  alsoCovered: 'SIGNED_REQUESTS_ALSO_COVERED',
  /** The first argument of `usageKeyOf`. */
  usageScope: 'SIGNED_REQUESTS_USAGE_SCOPE',
} as const;

/** The public keys of partners, in a layer of the function: an environment has room for 4 KB. */
export const PARTNER_KEYS_FILE = 'partner-keys.json';
