const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Whether an answer of HTTP sends its reader elsewhere (RFC 9110, 15.4); 300 and 304 do not by themselves. */
export function isRedirect(status: number): boolean {
  return REDIRECTS.includes(status);
}
