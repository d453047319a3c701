export { type Misfit, misfitsOf } from './misfits';
export { meant, schemaProblems } from './problems';
export type { Schema } from './schema';
export { shown, words } from './words';
