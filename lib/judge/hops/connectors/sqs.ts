import type { Protected } from '../../policy';
import {
  type Cursor,
  concatenate,
  Reference,
  type Resource,
  Unresolved,
  type Value,
  type World,
} from '../../template';
import { arnOf, regionalArn } from '../aws-arn';
import type { Connector } from '../connector';
import { encryptionOf, keyOf, store } from '../data-store';
import type { Fact, Store } from '../fact';
import { type Observed, observe } from '../observed';
import {
  type DenialService,
  endpointHop,
  foreignDenials,
  type PolicyType,
  plaintextDenial,
  policiesFor,
  policyDocument,
} from '../plaintext-denial';

const QUEUE = 'AWS::SQS::Queue';

const POLICY_TYPES: readonly PolicyType[] = [
  { type: 'AWS::SQS::QueuePolicy', target: 'Queues', document: policyDocument },
  { type: 'AWS::SQS::QueueInlinePolicy', target: 'Queue', document: policyDocument },
];

const SERVICE: DenialService = { kind: 'sqs.queue', plaintextEndpoint: true };

/** SQS: queues, and what their policies refuse. */
export const sqs: Connector = {
  service: 'sqs',
  types: [QUEUE, ...POLICY_TYPES.map(({ type }) => type)],
  facts(resource: Resource, world: World): readonly Fact[] {
    const view = world.view(resource);
    return resource.type === QUEUE
      ? queueFacts(view)
      : foreignDenials(view, POLICY_TYPES, SERVICE, QUEUE, (queue) =>
          protectedQueue(arnOfUrl(queue), () => undefined),
        );
  },
};

function queueFacts(view: Cursor): Fact[] {
  const { resource, world } = view;
  const name: Value = view.at('QueueName').value() ?? new Reference(resource, 'QueueName');
  const arn = regionalArn(resource, 'sqs', name);
  const target = protectedQueue(arn, (reference) => {
    if (reference.resource !== resource) return undefined;
    // `Ref` is the URL, which no policy takes for a resource.
    return reference.attribute === 'Arn' ? arn : reference.attribute === 'QueueName' ? name : undefined;
  });
  const denial = plaintextDenial(view, policiesFor(resource, world, POLICY_TYPES), target, SERVICE);
  return [denial, endpointHop(view, denial), queueStore(view)];
}

function arnOfUrl(queue: Cursor): Value {
  const url = queue.string();
  const parts =
    url.state === 'given' ? /^https:\/\/sqs\.([^.]+)\.[^/]+\/(\d+)\/(.+)$/.exec(url.value) : undefined;
  if (parts) return concatenate([arnOf('sqs'), `:${parts[1]}:${parts[2]}:${parts[3]}`]);
  return new Unresolved(url.state === 'unresolved' ? url.why : 'the ARN of the queue is not known');
}

function protectedQueue(arn: Value, resolve: Protected['resolve']): Protected {
  const examples = ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  return {
    type: QUEUE,
    arn,
    resolve,
    actions: ['sqs:*'],
    parts: [{ suffix: '', name: 'the queue', examples }],
  };
}

const SECONDS_PER_DAY = 86_400;
const DEFAULT_DAYS = 4;

function queueStore(view: Cursor): Store {
  const key = view.at('KmsMasterKeyId');
  const flag = view.at('SqsManagedSseEnabled');
  const period = view.at('MessageRetentionPeriod');
  const retentionDays: Observed<number> = observe(period, period.number(), {
    map: (seconds) => seconds / SECONDS_PER_DAY,
    otherwise: DEFAULT_DAYS,
  });
  return store(view, {
    kind: 'sqs',
    // A key of KMS takes precedence; without one SQS encrypts by itself unless that is switched off.
    encryption: key.isPresent
      ? encryptionOf({ key, withoutKey: 'service-key' })
      : encryptionOf({ flag, key, flagDefault: true, withoutKey: 'service-key' }),
    key: keyOf(key),
    retentionDays,
  });
}
