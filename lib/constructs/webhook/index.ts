export {
  type WebhookApiKeyProps,
  WebhookAuthorization,
  type WebhookBasicProps,
  type WebhookCredential,
  type WebhookOAuthProps,
} from './webhook-authorization';
export { WebhookDelivery, type WebhookDeliveryProps } from './webhook-delivery';
export {
  type IWebhookDestination,
  WebhookDestination,
  type WebhookDestinationAttributes,
  type WebhookDestinationProps,
} from './webhook-destination';
