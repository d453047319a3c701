import { quoted } from '../../core/quoted';
import { domainNameProblem } from '../certificate';

/**
 * Ends of names that no public DNS serves, so that whoever controls a resolver says what stands behind them.
 *
 * RFC 6761 (localhost, invalid, test, example), RFC 6762 with its appendix G (local; intranet, private, corp, home, lan
 * in wide use), RFC 8375 (home.arpa), RFC 7686 (onion), RFC 9476 (alt), and internal, which ICANN reserved in 2024.
 */
const PRIVATE_ENDS = [
  'alt',
  'corp',
  'example',
  'home',
  'home.arpa',
  'internal',
  'intranet',
  'invalid',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'onion',
  'private',
  'test',
];

/**
 * What is wrong with the name of a host to which webhooks may go, as the end of a sentence; `undefined` where nothing
 * is. It is one exact, public name.
 */
export function allowedHostProblem(host: string): string | undefined {
  if (host.includes('*')) {
    return `must be an exact name, got ${quoted(host)}, list each host by itself: whoever gets a name below it gets the events`;
  }
  const problem = domainNameProblem(host);
  if (problem !== undefined) return problem;
  if (/^\d+$|^0x[0-9a-f]*$/.test(host.split('.').at(-1) ?? '')) {
    // The URL standard takes a last label like these for an IPv4 address, in whatever notation.
    return `must be a fully qualified domain name, not an IP address, got ${quoted(host)}`;
  }
  const end = PRIVATE_ENDS.find((each) => host === each || host.endsWith(`.${each}`));
  if (end === undefined) return undefined;
  return `must be a public name, got ${quoted(host)}, and no public DNS serves names that end in .${end}`;
}
