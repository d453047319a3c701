import { type Cursor, Reference, Text, type Value } from '../template';
import type { HopProtocol } from './fact';
import { hidden, type Observed } from './observed';

/** Where a URL leads, as far as the template tells. */
export interface UrlTarget {
  /** In lower case, such as `https`. */
  readonly scheme: Observed<string>;
  /** Without user, path and query, since those can hold secrets. */
  readonly host: string;
}

/** Attributes whose values begin with a scheme, although the template does not show it. */
const SCHEME_OF_ATTRIBUTE: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api ApiEndpoint': 'https',
  'AWS::Lambda::Url FunctionUrl': 'https',
  'AWS::S3::Bucket WebsiteURL': 'http',
};

/** Reads a URL of which only the beginning needs to be known. */
export function urlAt(cursor: Cursor): UrlTarget {
  const value = cursor.value();
  const text = displayed(value);
  const host = hostOf(text);
  const scheme = schemeOf(value);
  if (scheme === undefined) return { host, scheme: hidden(cursor, whyNoScheme(cursor, text)) };
  return {
    host,
    scheme: {
      value: scheme,
      unknown: undefined,
      given: true,
      resource: cursor.resource,
      path: cursor.path,
      got: `${scheme}://${host}`,
    },
  };
}

/** How bytes travel to a URL. */
export function protocolOf(url: UrlTarget): Observed<HopProtocol> {
  const { value, unknown, ...place } = url.scheme;
  if (value === undefined) return { ...place, value, unknown };
  if (value === 'https' || value === 'wss') return { ...place, value: 'tls', unknown };
  if (value === 'http' || value === 'ws') return { ...place, value: 'plaintext', unknown };
  return { ...place, value: undefined, unknown: `${value} is not a scheme we know` };
}

function schemeOf(value: Value | undefined): string | undefined {
  const first = value instanceof Text ? value.parts[0] : value;
  if (typeof first === 'string') return /^\s*([a-z][a-z0-9+.-]*):\/\//i.exec(first)?.[1]?.toLowerCase();
  if (first instanceof Reference) return SCHEME_OF_ATTRIBUTE[`${first.resource.type} ${first.attribute}`];
  return undefined;
}

function whyNoScheme(cursor: Cursor, text: string): string {
  if (!cursor.isPresent) return 'it has no URL';
  const reading = cursor.string();
  if (reading.state === 'unresolved') return reading.why;
  return /^\$\{?stageVariables/.test(text)
    ? 'a stage variable decides its scheme'
    : 'it does not begin with a scheme such as https://';
}

function displayed(value: Value | undefined): string {
  return typeof value === 'string' || value instanceof Text || value instanceof Reference
    ? String(value)
    : '';
}

const LONGEST_HOST = 100;

function hostOf(text: string): string {
  const rest = /^\s*[a-z][a-z0-9+.-]*:\/\/(.*)$/is.exec(text)?.[1] ?? text;
  const authority = rest.split(/[/?#]/)[0] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1).slice(0, LONGEST_HOST);
}
