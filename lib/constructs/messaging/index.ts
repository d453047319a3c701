export { AlarmTopic, type AlarmTopicProps } from './alarm-topic';
export {
  EncryptedQueue,
  type EncryptedQueueAttributes,
  type EncryptedQueueProps,
  type IEncryptedQueue,
} from './encrypted-queue';
export {
  EncryptedTopic,
  type EncryptedTopicAttributes,
  type EncryptedTopicProps,
  type EncryptedTopicSubscriptionOptions,
  type IEncryptedTopic,
} from './encrypted-topic';
export type { IMessageChannel, MessageChannelProps } from './message-channel';
export type { MessageSource } from './message-source';
