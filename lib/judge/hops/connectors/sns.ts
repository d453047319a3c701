import type { Protected } from '../../policy';
import { type Cursor, Reference, type Resource, type Value, type World } from '../../template';
import { regionalArn } from '../aws-arn';
import { type Connector, hop, resourceParty } from '../connector';
import { encryptionOf, keyOf, store } from '../data-store';
import type { Fact, Hop, HopProtocol, Party } from '../fact';
import { hidden, none, type Observed, stated } from '../observed';
import {
  type DenialService,
  endpointHop,
  foreignDenials,
  type PolicyType,
  plaintextDenial,
  policiesFor,
  policyDocument,
} from '../plaintext-denial';
import { protocolOf, urlAt } from '../url';

const TOPIC = 'AWS::SNS::Topic';
const SUBSCRIPTION = 'AWS::SNS::Subscription';

const POLICY_TYPES: readonly PolicyType[] = [
  { type: 'AWS::SNS::TopicPolicy', target: 'Topics', document: policyDocument },
  { type: 'AWS::SNS::TopicInlinePolicy', target: 'TopicArn', document: policyDocument },
];

const SERVICE: DenialService = { kind: 'sns.topic', plaintextEndpoint: true };

/** SNS: topics, what their policies refuse, and how subscribers get the messages. */
export const sns: Connector = {
  service: 'sns',
  types: [TOPIC, SUBSCRIPTION, ...POLICY_TYPES.map(({ type }) => type)],
  facts(resource: Resource, world: World): readonly Fact[] {
    const view = world.view(resource);
    if (resource.type === TOPIC) return topicFacts(view);
    if (resource.type === SUBSCRIPTION) {
      const topic = view.at('TopicArn').reference();
      return subscriptionHops(view, topic ?? resource);
    }
    return foreignDenials(view, POLICY_TYPES, SERVICE, TOPIC, (topic) =>
      protectedTopic(topic.value() ?? '', () => undefined),
    );
  },
};

function topicFacts(view: Cursor): Fact[] {
  const { resource, world } = view;
  const name: Value = view.at('TopicName').value() ?? new Reference(resource, 'TopicName');
  const arn = regionalArn(resource, 'sns', name);
  const target = protectedTopic(arn, (reference) => {
    if (reference.resource !== resource) return undefined;
    return reference.attribute === 'TopicName' ? name : arn;
  });
  const denial = plaintextDenial(view, policiesFor(resource, world, POLICY_TYPES), target, SERVICE);
  const key = view.at('KmsMasterKeyId');
  const inline = view.at('Subscription');
  const list = inline.list();
  const subscriptions =
    list.state === 'unresolved'
      ? [unknownSubscription(inline, resource, list.why)]
      : inline.items().flatMap((item) => subscriptionHops(item, resource));
  return [
    denial,
    endpointHop(view, denial),
    ...subscriptions,
    store(view, {
      kind: 'sns',
      encryption: key.isPresent
        ? encryptionOf({ key, withoutKey: 'aws-managed-key' })
        : stated(key, 'none' as const),
      key: keyOf(key),
    }),
  ];
}

function protectedTopic(arn: Value, resolve: Protected['resolve']): Protected {
  return {
    type: TOPIC,
    arn,
    resolve,
    // What carries messages, in batches too.
    actions: ['sns:Publish'],
    parts: [{ suffix: '', name: 'the topic', examples: ['sns:Publish'] }],
  };
}

/** Deliveries within AWS or to the push services of telephones: always TLS. */
const ALWAYS_TLS = new Set(['lambda', 'sqs', 'firehose', 'application']);
/** Deliveries to people by networks that no template encrypts. */
const TO_PEOPLE = new Set(['email', 'email-json', 'sms']);

function subscriptionHops(at: Cursor, topic: Resource): Hop[] {
  const protocol = at.at('Protocol');
  const reading = protocol.string();
  if (reading.state !== 'given') {
    const why = reading.state === 'unresolved' ? reading.why : 'a subscription has to have one';
    return [unknownSubscription(protocol, topic, why)];
  }
  const kind = reading.value.toLowerCase();
  const endpoint = at.at('Endpoint');
  return [
    hop(at, {
      kind: 'sns.subscription',
      label: kind,
      from: resourceParty(topic),
      to: subscriberOf(endpoint, kind),
      protocol: deliveryOf(protocol, kind, endpoint),
      serverAuthenticated: TO_PEOPLE.has(kind) ? none(protocol) : stated(protocol, true, { given: true }),
      // Messages are signed; the subscriber may verify that.
      clientAuthentication: none(protocol),
    }),
  ];
}

function unknownSubscription(at: Cursor, topic: Resource, why: string): Hop {
  return hop(at, {
    kind: 'sns.subscription',
    from: resourceParty(topic),
    to: { what: 'external', name: 'a subscriber that is not known' },
    protocol: hidden(at, why),
  });
}

function deliveryOf(protocol: Cursor, kind: string, endpoint: Cursor): Observed<HopProtocol> {
  if (kind === 'http') return stated(protocol, 'plaintext', { given: true });
  if (kind === 'https') {
    const sent = protocolOf(urlAt(endpoint));
    if (sent.value === 'plaintext') return sent;
  }
  if (kind === 'https' || ALWAYS_TLS.has(kind)) return stated(protocol, 'tls', { given: true });
  // Mail and text messages have no TLS that AWS promises: no aspect, and a rule of their own.
  return TO_PEOPLE.has(kind) ? none(protocol) : hidden(protocol, `${kind} is not a protocol we know`);
}

function subscriberOf(endpoint: Cursor, kind: string): Party {
  if (TO_PEOPLE.has(kind)) return { what: 'external', name: kind === 'sms' ? 'a telephone' : 'a mailbox' };
  const resource = endpoint.reference();
  if (resource !== undefined) return resourceParty(resource);
  if (ALWAYS_TLS.has(kind)) return { what: 'aws', name: kind };
  const url = urlAt(endpoint);
  return { what: 'external', name: url.host === '' ? 'a subscriber that is not known' : url.host };
}
