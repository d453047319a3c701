import { byCodeUnit } from '../../core/order';
import type { ApprovedHeader } from './approved';

/**
 * Headers that decide what a page may run, where what it sends may go, and who hears of what went wrong. Whoever takes
 * one away, or adds one, changes the page (PCI DSS 11.6.1).
 */
const WATCHED: ReadonlySet<string> = new Set([
  'access-control-allow-credentials',
  'access-control-allow-origin',
  'content-security-policy',
  'content-security-policy-report-only',
  'cross-origin-embedder-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'document-policy',
  'integrity-policy',
  'link',
  'nel',
  'origin-agent-cluster',
  'permissions-policy',
  'referrer-policy',
  'refresh',
  'report-to',
  'reporting-endpoints',
  'service-worker-allowed',
  'speculation-rules',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
]);

/** What a page says of itself, beside its headers. */
const OF_PAGE: readonly string[] = ['meta:content-security-policy', 'meta:referrer'];

/** All names that may be approved: of another one nothing would ever be found. */
export const HEADER_NAMES: readonly string[] = [...WATCHED, ...OF_PAGE];

const LONGEST = 8192;

/** How a header differs from what was approved. */
export interface HeaderDifference {
  readonly kind: 'new' | 'missing' | 'weakened' | 'changed';
  readonly name: string;
  readonly got: string | undefined;
  readonly want: string | undefined;
}

/**
 * The headers of an answer that are watched, by name.
 *
 * @param raw names and values in turn, as they came
 */
export function watchedHeaders(raw: readonly string[]): readonly ApprovedHeader[] {
  const values = new Map<string, string>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase();
    if (!WATCHED.has(name)) continue;
    const before = values.get(name);
    // Of this one browsers read the first (RFC 6797, 8.1); all others go together.
    if (before !== undefined && name === 'strict-transport-security') continue;
    const value = raw[at + 1] ?? '';
    values.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return [...values]
    .map(([name, value]) => ({ name, value: normalised(name, value) }))
    .sort((one, other) => byCodeUnit(one.name, other.name));
}

/**
 * What a header says, so that the same is written in the same way: without nonces, and without what stands behind the
 * question mark of an address for reports, which differ for each visitor.
 */
export function normalised(name: string, value: string): string {
  const plain = value.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
  if (name === 'report-to' || name === 'reporting-endpoints') return plain.replace(/\?[^"]*/g, '?*');
  if (!isPolicy(name)) return plain;
  return plain.replace(/'nonce-[A-Za-z0-9+/_-]+={0,2}'/g, "'nonce-*'");
}

/** How the headers of a page differ from those that were approved. */
export function headerDifferences(
  found: readonly ApprovedHeader[],
  approved: readonly ApprovedHeader[],
): readonly HeaderDifference[] {
  const gotten = new Map(found.map(({ name, value }) => [name, value]));
  const wanted = new Map(approved.map(({ name, value }) => [name, normalised(name, value)]));
  const names = [...new Set([...gotten.keys(), ...wanted.keys()])].sort(byCodeUnit);
  return names.flatMap((name): readonly HeaderDifference[] => {
    const got = gotten.get(name);
    const want = wanted.get(name);
    if (got === undefined) return [{ kind: 'missing', name, got, want }];
    if (want === undefined) return [{ kind: 'new', name, got, want }];
    const kind = differenceOf(name, got, want);
    return kind === undefined ? [] : [{ kind, name, got, want }];
  });
}

function differenceOf(name: string, got: string, want: string): 'weakened' | 'changed' | undefined {
  if (isPolicy(name)) return policyDifference(got, want);
  if (name === 'strict-transport-security') return transportDifference(got, want);
  return got.toLowerCase() === want.toLowerCase() ? undefined : 'changed';
}

function isPolicy(name: string): boolean {
  return name.endsWith('content-security-policy') || name === 'content-security-policy-report-only';
}

type Directives = ReadonlyMap<string, readonly string[]>;

/** The policies of a header, of which a page must keep to every one. */
function policiesOf(value: string): readonly Directives[] {
  return value.split(',').map((policy) => {
    const directives = new Map<string, readonly string[]>();
    for (const part of policy.split(';')) {
      const [name = '', ...sources] = part.trim().split(/\s+/);
      // Of two of a name the first one counts (CSP 3, 2.2.1).
      const key = name.toLowerCase();
      if (key !== '' && !directives.has(key))
        directives.set(key, [...new Set(sources.map(plainSource))].sort(byCodeUnit));
    }
    return directives;
  });
}

/** Keywords, schemes and hosts are the same in any letters; digests and paths are not. */
function plainSource(source: string): string {
  if (/^'(?:sha\d+|nonce)-/i.test(source)) return source;
  const path = /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/]*/i.exec(source)?.[0].length ?? 0;
  return source.slice(0, path).toLowerCase() + source.slice(path);
}

/** A policy is weaker when a directive is gone, or allows what it did not. */
function policyDifference(got: string, want: string): 'weakened' | 'changed' | undefined {
  const gotten = policiesOf(got);
  const wanted = policiesOf(want);
  if (JSON.stringify(gotten.map(entries)) === JSON.stringify(wanted.map(entries))) return undefined;
  const holds = wanted.every((one, index) => isAsStrict(gotten[index], one));
  return holds ? 'changed' : 'weakened';
}

function entries(policy: Directives): readonly unknown[] {
  return [...policy].sort(([one], [other]) => byCodeUnit(one, other));
}

function isAsStrict(got: Directives | undefined, want: Directives): boolean {
  return (
    got !== undefined &&
    [...want].every(([name, sources]) => {
      const now = got.get(name);
      if (now === undefined) return false;
      return now.every((source) => sources.includes(source) || source === "'none'");
    })
  );
}

function transportDifference(got: string, want: string): 'weakened' | 'changed' | undefined {
  const now = transportOf(got);
  const then = transportOf(want);
  if (now.age < then.age || (then.subdomains && !now.subdomains) || (then.preload && !now.preload))
    return 'weakened';
  const isSame = now.age === then.age && now.subdomains === then.subdomains && now.preload === then.preload;
  return isSame ? undefined : 'changed';
}

function transportOf(value: string) {
  const parts = value.split(';').map((part) => part.trim().toLowerCase());
  const age = parts
    .map((part) => /^max-age\s*=\s*"?(\d+)"?$/.exec(part)?.[1])
    .find((each) => each !== undefined);
  return {
    age: age === undefined ? 0 : Number(age),
    subdomains: parts.includes('includesubdomains'),
    preload: parts.includes('preload'),
  };
}
