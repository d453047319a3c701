export * from './canonical-json';
export * from './document';
export * from './stated-facts';
