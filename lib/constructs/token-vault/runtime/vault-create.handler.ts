import { awsParts } from './host/aws';
import { serve } from './host/serve';
import { create, deduplicate } from './http/create';

/** Creates tokens. */
export const handler = serve([create, deduplicate], awsParts('vault-create', process.stdout), process.stdout);
