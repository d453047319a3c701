export { currentDigests } from './current';
export { digestOf } from './digest';
export { publishedDocuments, short } from './published';
export { statedFacts } from './stated';
export type { Catalogue } from './tls-traits';
