import { Token } from 'aws-cdk-lib';
import { quoted } from '../../core/quoted';
import { invalidProperty, type Place } from '../invalid-property';
import { allowedHostProblem } from './allowed-host';

/** EventBridge API Reference, `CreateApiDestination`, `InvocationEndpoint`. */
const MAX_URL = 2048;
/** What the pattern of `InvocationEndpoint` takes, without `*`, which would be filled in from the event. */
const URL_CHARACTERS = /^(%[0-9A-Fa-f]{2}|[-()_.!~';/?:@&=+$,A-Za-z0-9])+$/;

/** Refuses a list of hosts that is empty, unknown at synthesis, or names more than exact public hosts. */
export function checkAllowedHosts(place: Place, allowedHosts: readonly string[]): void {
  if (Token.isUnresolved(allowedHosts) || allowedHosts.some((host) => Token.isUnresolved(host))) {
    throw invalidProperty(
      place,
      "'allowedHosts' must be a literal list, since the endpoint is compared with it at synthesis, got an unresolved value, read it from configuration",
    );
  }
  if (allowedHosts.length === 0) {
    throw invalidProperty(
      place,
      "'allowedHosts' must name at least one host, got none, add that of the endpoint",
    );
  }
  allowedHosts.forEach((host, index) => {
    const problem = allowedHostProblem(host);
    if (problem !== undefined) throw invalidProperty(place, `'allowedHosts[${index}]' ${problem}`);
  });
}

/** Refuses a URL that is not HTTPS on port 443 of a host on the list, or that carries what should be secret. */
export function checkWebhookUrl(
  place: Place,
  property: string,
  url: string,
  allowedHosts: readonly string[],
): void {
  const problem = urlProblem(url, allowedHosts);
  if (problem !== undefined) throw invalidProperty(place, `'${property}' ${problem}`);
}

function urlProblem(url: string, allowedHosts: readonly string[]): string | undefined {
  const must = 'must be an https:// URL';
  if (Token.isUnresolved(url)) {
    return "must be a literal, since its host is compared with 'allowedHosts' at synthesis, got an unresolved value, read it from configuration";
  }
  if (url.length > MAX_URL)
    return `${must} of at most ${MAX_URL} characters, got ${url.length}, use a shorter one`;
  if (!URL.canParse(url)) return `${must}, got ${quoted(withoutQuery(url))}, name the whole URL`;
  const { protocol, username, password, host, port, search, hash } = new URL(url);
  // What follows may hold a credential: from here on no message repeats the URL.
  if (username !== '' || password !== '') {
    return `${must} without credentials, got some before the host, put them into the secret of 'authorization'`;
  }
  if (protocol !== 'https:')
    return `${must}, got ${quoted(protocol)}, use https, which alone EventBridge takes`;
  if (search !== '' || hash !== '') {
    return `${must} without query and fragment, which end up in logs of both sides, got one, put parameters into the event`;
  }
  if (port !== '') return `${must} of port 443, got ${port}, have the receiver listen there`;
  if (!URL_CHARACTERS.test(url)) {
    return `${must} of letters, digits, percent escapes and -()_.!~';/?:@&=+$, got another character, escape it (a * would be filled in from events)`;
  }
  if (!isWrittenPlainly(url, host)) {
    return `${must} written as https://${quoted(host).slice(1, -1)}/path, got one that programs could read in different ways, write it so`;
  }
  if (allowedHosts.includes(host)) return undefined;
  return `must name a host on 'allowedHosts' (${allowedHosts.join(', ')}), got ${quoted(host)}, add it there once the receiver is known and under contract`;
}

/** Where another program could find another host in a URL than this one does, the list would be worth nothing. */
function isWrittenPlainly(url: string, host: string): boolean {
  const start = `https://${host}`;
  if (url.slice(0, start.length).toLowerCase() !== start) return false;
  const next = url.charAt(start.length);
  return next === '' || next === '/';
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//');
}
