import { createHash } from 'node:crypto';
import { type StatedFacts, stated } from '../../core/statement';

/** The digest of what is stated: the same facts give the same one, on every machine and in every release. */
export function digestOf(facts: StatedFacts): string {
  return `sha256:${createHash('sha256').update(stated(facts)).digest('hex')}`;
}
