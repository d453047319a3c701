/**
 * A URL whose query has one form: names and values in percent (RFC 3986, 2.1), sorted. API Gateway hands a query to
 * REST APIs decoded and without its order, so that this form is the only one that both sides can write.
 *
 * @throws TypeError where it is no URL
 */
export function canonicalUrl(url: string | URL): string {
  const target = new URL(url);
  target.hash = '';
  target.search = canonicalQuery(target.searchParams);
  return target.href;
}

/** The query of decoded names and values, without the question mark. */
export function canonicalQuery(parameters: Iterable<readonly [string, string]>): string {
  return [...parameters]
    .map(([name, value]) => `${percent(name)}=${percent(value)}`)
    .sort((a, b) => (a < b ? -1 : Number(a > b)))
    .join('&');
}

/** Everything but the unreserved characters of RFC 3986, 2.3. */
function percent(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
