/**
 * The code of the function that completes cookies, for the runtime `cloudfront-js-2.0`.
 *
 * An event holds cookies by name, and those that an answer sets twice in `multiValue` (for several paths): CloudFront
 * then ignores `value`.
 *
 * @param sameSite what a cookie says of other sites where its origin leaves it open
 * @param readable the names of cookies that scripts may read
 */
export function cookieFunctionCode(sameSite: string, readable: readonly string[]): string {
  return `var readable = ${JSON.stringify(readable)};

function complete(cookie, isReadable) {
  var attributes = (cookie.attributes || '').split(';').map(function (part) {
    return part.trim();
  }).filter(function (part) {
    return part !== '';
  });
  var names = attributes.map(function (part) {
    return part.split('=')[0].trim().toLowerCase();
  });
  if (names.indexOf('secure') === -1) attributes.push('Secure');
  if (names.indexOf('httponly') === -1 && !isReadable) attributes.push('HttpOnly');
  if (names.indexOf('samesite') === -1) attributes.push('SameSite=${sameSite}');
  cookie.attributes = attributes.join('; ');
}

function handler(event) {
  var response = event.response;
  var cookies = response.cookies || {};
  Object.keys(cookies).forEach(function (name) {
    var isReadable = readable.indexOf(name) !== -1;
    complete(cookies[name], isReadable);
    (cookies[name].multiValue || []).forEach(function (cookie) {
      complete(cookie, isReadable);
    });
  });
  return response;
}
`;
}
