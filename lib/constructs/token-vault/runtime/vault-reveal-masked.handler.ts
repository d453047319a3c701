import { awsParts } from './host/aws';
import { serve } from './host/serve';
import { revealMasked } from './http/reveal';

/** Gives what may be shown of values: it cannot have a key that opens more. */
export const handler = serve([revealMasked], awsParts('vault-reveal-masked', process.stdout), process.stdout);
