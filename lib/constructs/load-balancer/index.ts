export * from './https-target-group';
export * from './strict-transport-security';
export * from './target-routes';
export * from './tls-load-balancer';
