import { awsParts } from './host/aws';
import { serve } from './host/serve';
import { describe, lookUp } from './http/look-up';

/** Finds the tokens of values, and tells what is known of tokens: it can open nothing. */
export const handler = serve([describe, lookUp], awsParts('vault-look-up', process.stdout), process.stdout);
