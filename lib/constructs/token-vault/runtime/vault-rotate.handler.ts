import { awsParts } from './host/aws';
import { rotating } from './host/maintenance';

/** Rotates the branch keys of a tenant. */
export const handler = rotating(awsParts('vault-rotate', process.stdout));
