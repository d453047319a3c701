import { quoted } from '../../core/quoted';

/** The common name of a certificate: ACM refuses a longer first name. */
const MAX_COMMON_NAME = 64;
/** RFC 1035, 2.3.4, without the dot at the end. */
const MAX_DOMAIN_NAME = 253;

/**
 * What is wrong with a domain name for a certificate and what to do, as the end of a sentence that begins with
 * the property; `undefined` where nothing is.
 *
 * @param name the name, with `*.` in front where it is a wildcard
 */
export function domainNameProblem(name: string): string | undefined {
  const got = `got ${quoted(name)}`;
  const must = 'must be a fully qualified domain name';
  if (/[/:@\s]/.test(name)) return `${must} without scheme, port and path, ${got}`;
  if (name.endsWith('.')) return `${must} without a dot at the end, ${got}`;
  if (name !== name.toLowerCase()) return `${must} in lower case, as ACM stores it, ${got}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII, the question being what lies outside
  if (/[^\x00-\x7f]/.test(name)) return `${must} in ASCII, ${got}, write it in Punycode (xn--…)`;
  if (name.length > MAX_DOMAIN_NAME)
    return `${must} of at most ${MAX_DOMAIN_NAME} characters, got ${name.length}`;
  if (/^\d+(\.\d+){3}$/.test(name)) return `${must}, not an IP address, ${got}`;
  const labels = name.replace(/^\*\./, '').split('.');
  if (labels.some((label) => label.includes('*')))
    return `${must} with a wildcard only as its first label, ${got}`;
  if (labels.length < 2) return `${must}, such as pay.example.com, ${got}`;
  const wrong = labels.find((label) => !isLabel(label));
  if (wrong === undefined) return undefined;
  return `${must} of labels of 1 to 63 letters, digits and inner hyphens, got ${quoted(wrong)} in it`;
}

/** As `domainNameProblem`, for the first name of a certificate, its common name. */
export function commonNameProblem(name: string): string | undefined {
  const problem = domainNameProblem(name);
  if (problem !== undefined || name.length <= MAX_COMMON_NAME) return problem;
  return (
    `must be a fully qualified domain name of at most ${MAX_COMMON_NAME} characters, got ${name.length}, ` +
    "move the longer name to 'subjectAlternativeNames'"
  );
}

/** Whether a name lies in a zone: it is the zone's apex, or ends in it. */
export function isInZone(name: string, zoneName: string): boolean {
  const bare = name.replace(/^\*\./, '');
  const zone = zoneName.replace(/\.$/, '').toLowerCase();
  return bare === zone || bare.endsWith(`.${zone}`);
}

/** The zone in which the records of a name stand: of several that it lies in, the longest. */
export function zoneFor<Zone extends { readonly zoneName: string }>(
  name: string,
  zones: readonly Zone[],
): Zone | undefined {
  const [best] = zones
    .filter(({ zoneName }) => isInZone(name, zoneName))
    .sort((one, other) => other.zoneName.length - one.zoneName.length);
  return best;
}

/** Hyphens in third and fourth place are for Punycode only (RFC 5891, 4.2.3.1). */
function isLabel(label: string): boolean {
  if (label.slice(2, 4) === '--' && !label.startsWith('xn--')) return false;
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label);
}
