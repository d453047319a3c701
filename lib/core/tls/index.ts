export * from './added-tls-policies';
export * from './catalogue';
export * from './tls-policy';
export * from './tls-profile';
export * from './tls-services';
