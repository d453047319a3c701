export * from './document';
export * from './plaintext-denial';
