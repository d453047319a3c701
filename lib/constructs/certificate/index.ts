export * from './certificate-lifetime';
export * from './certificate-monitor';
export * from './domain-name';
export * from './managed-certificate';
