import { TRANSMISSION_PACK } from '../../lib/judge/packs/transmission';
import { packPage } from '../pages/pack-page';

/** Where the page stands. */
export const page = 'docs/packs/transmission.md';

/** The rules of `TransmissionChecks`. */
export function render(): string {
  return packPage('tools/generate/pack-transmission.ts', TRANSMISSION_PACK, {
    intro: [
      'Data in transit is encrypted, on every hop that templates configure, by the versions and suites of TLS that are asked',
      'for, and to somebody who is known. It knows no regulation: those packs take its rules.',
    ],
  });
}
