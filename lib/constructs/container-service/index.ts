export { TlsContainerService } from './tls-container-service';
export type { ITlsContainerService, TlsContainerServiceAttributes } from './tls-container-service-base';
export type {
  ServiceConnectParticipation,
  ServiceRoute,
  TlsContainerServiceProps,
} from './tls-container-service-props';
