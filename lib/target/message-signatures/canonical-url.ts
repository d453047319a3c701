import { byCodeUnit } from '../../core/order';

/**
 * A URL whose query has one form: names and values in percent (RFC 3986, 2.1), sorted by name. API Gateway hands a query to
 * REST APIs decoded and without the order of its names, so that this form is the only one that both sides can write.
 *
 * Values of one name keep their order: many programs take the first or the last, which must not change behind the
 * signature.
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
    .map(([name, value]) => [percent(name), percent(value)] as const)
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map((pair) => pair.join('='))
    .join('&');
}

/** Everything but the unreserved characters of RFC 3986, 2.3. */
function percent(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
