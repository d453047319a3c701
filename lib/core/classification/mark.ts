import type { DataDescription } from './description';

/** Also found by another copy of this package. */
const MARK = Symbol.for('cdk-secure-transmission.data-classification');

/** What was said about a construct itself; what was said further up does not count. */
export function describedAs(construct: object): DataDescription | undefined {
  return (construct as { readonly [MARK]?: DataDescription })[MARK];
}

/** Remembers what was said about a construct, so that nearer words win over those further up, whoever says them. */
export function describeAs(construct: object, description: DataDescription): void {
  Object.defineProperty(construct, MARK, { value: description, configurable: true });
}
