export * from './erasure-handler';
export * from './holding';
export * from './read';
export { DATA_STORE_TYPES, keepsData, whyHoldsNothing } from './stores';
export * from './summary';
