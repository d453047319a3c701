export * from './certificate-entry';
