import type { Fact } from '../hops';
import type { App, Resource } from '../template';
import { digestOf } from './digest';
import { statedFacts } from './stated';
import type { Catalogue } from './tls-traits';

/**
 * The digests that a statement published by a resource may have: that of the whole app, and that of each Stage around
 * it, whose own assembly a statement may have been made from.
 */
export function currentDigests(
  app: App,
  facts: readonly Fact[],
  catalogue: Catalogue,
  resource: Resource,
): readonly string[] {
  const parts = resource.template.name.split('/').slice(0, -1);
  const around = parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`);
  return ['', ...around].map((prefix) => {
    const isWithin = ({ template }: Resource) => template.name.startsWith(prefix);
    return digestOf(statedFacts(app, facts, catalogue, isWithin));
  });
}
