import type { Place } from '../place';
import type { TransmissionChange } from './diff-report';

/** Where to look: the line of code first, then the template. */
export function placesOfWeakened({ source, template }: TransmissionChange): Place[] {
  return [source, template].filter((place) => place !== undefined);
}
