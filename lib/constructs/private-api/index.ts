export { PrivateApi, type PrivateApiProps } from './private-api';
export type { IPrivateApi, PrivateApiAttributes } from './private-api-reference';
export type { PrivateApiDomain } from './private-domain';
