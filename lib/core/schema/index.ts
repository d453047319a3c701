export { meant, schemaProblems, shown } from './problems';
export type { Schema } from './schema';
