import type { WaivedRule } from './waiver';

/**
 * The rule that a text names; `undefined` where it names none.
 *
 * All forms in which reports print it are taken: `Rule`, `Pack-Rule` and `Pack::Pack-Rule`; what stands in brackets is
 * one finding of a rule of cdk-nag, and may hold anything.
 */
export function parseWaivedRule(text: string): WaivedRule | undefined {
  const [, head = '', finding = ''] = /^([^[\]]+)(\[.+\])?$/s.exec(text) ?? [];
  const separator = head.indexOf('::');
  if (separator !== -1) {
    const pack = head.slice(0, separator);
    const name = head.slice(separator + 2);
    const isOfPack = pack !== '' && name.startsWith(`${pack}-`) && name.length > pack.length + 1;
    return isOfPack ? { pack, id: `${name.slice(pack.length + 1)}${finding}` } : undefined;
  }
  const [, pack, id = ''] = /^(?:([A-Za-z0-9._]+)-)?([A-Za-z0-9._-]+)$/.exec(head) ?? [];
  return id === '' ? undefined : { pack, id: `${id}${finding}` };
}

/** The rule as findings name it. */
export function waivedRuleName({ pack, id }: WaivedRule): string {
  return pack === undefined ? id : `${pack}-${id}`;
}

/** Whether a text stands for more than one name. What is in brackets is the literal text of a finding. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text.replace(/\[.*\]$/s, ''));
}
