import { awsParts } from './host/aws';
import { serve } from './host/serve';
import { revealFull } from './http/reveal';

/** Gives values. */
export const handler = serve([revealFull], awsParts('vault-reveal-full', process.stdout), process.stdout);
