import type { StrictTransportSecurity } from './fact';

/** The name of the header, as RFC 6797 writes it. */
export const HSTS_HEADER = 'Strict-Transport-Security';

/**
 * Reads the value of the header: an empty one is none, and `undefined` stands for what browsers cannot read.
 *
 * Browsers drop the whole header where `max-age` is missing or no number (RFC 6797, 6.1).
 */
export function parseHsts(header: string): StrictTransportSecurity | 'none' | undefined {
  if (header.trim() === '') return 'none';
  const directives = header.split(';').map((directive) => directive.trim().toLowerCase());
  const maxAge = directives
    .map((directive) => /^max-age\s*=\s*"?(\d+)"?$/.exec(directive)?.[1])
    .find(Boolean);
  if (maxAge === undefined) return undefined;
  return {
    maxAgeSeconds: Number(maxAge),
    includeSubdomains: directives.includes('includesubdomains'),
    preload: directives.includes('preload'),
  };
}
