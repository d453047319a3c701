import { type Document, type Protected, readDocument, readStatements } from '../../policy';
import { type Cursor, concatenate, type Resource, type Value, type World } from '../../template';
import { regionalArn } from '../aws-arn';
import { type Connector, hop, resourceParty } from '../connector';
import { daysOf, encryptionOf, keyOf, store } from '../data-store';
import type { Fact, Party } from '../fact';
import { none, stated } from '../observed';
import {
  type DenialService,
  endpointHop,
  foreignDenials,
  type PolicyPlace,
  type PolicyType,
  plaintextDenial,
  policiesFor,
} from '../plaintext-denial';
import { protocolOf, urlAt } from '../url';

const BUS = 'AWS::Events::EventBus';
const DESTINATION = 'AWS::Events::ApiDestination';
const CONNECTION = 'AWS::Events::Connection';
const ARCHIVE = 'AWS::Events::Archive';

/**
 * EventBridge "encrypts data that passes between EventBridge and other services by using TLS", also "when EventBridge
 * sends an event to a rule target", so that a rule decides nothing about it. What leaves AWS goes by an API destination.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-data-protection.html
 */
const RULE = 'AWS::Events::Rule';

const BUS_POLICY: PolicyType = {
  type: 'AWS::Events::EventBusPolicy',
  target: 'EventBusName',
  document: (policy) => {
    const at = policy.at('Statement');
    return { at, document: readStatements(at) };
  },
};

/** The endpoints of EventBridge speak TLS only. */
const SERVICE: DenialService = { kind: 'events.bus', plaintextEndpoint: false };

/** EventBridge: event buses, archives, API destinations, and where their connections get tokens. */
export const eventBridge: Connector = {
  service: 'eventbridge',
  types: [BUS, BUS_POLICY.type, DESTINATION, CONNECTION, ARCHIVE],
  reads: [RULE],
  facts(resource: Resource, world: World): readonly Fact[] {
    const view = world.view(resource);
    if (resource.type === BUS) return busFacts(view);
    if (resource.type === BUS_POLICY.type) return foreignBusFacts(view);
    if (resource.type === DESTINATION) return destinationFacts(view);
    if (resource.type === CONNECTION) return connectionFacts(view);
    const key = view.at('KmsKeyIdentifier');
    const days = view.at('RetentionDays');
    return [
      store(view, {
        kind: 'events-archive',
        encryption: encryptionOf({ key, withoutKey: 'service-key' }),
        key: keyOf(key),
        // Zero days are without end.
        retentionDays: isZero(days) ? none(days) : daysOf(days, undefined),
      }),
    ];
  },
};

function isZero(days: Cursor): boolean {
  const reading = days.number();
  return reading.state === 'given' && reading.value === 0;
}

function busFacts(view: Cursor): Fact[] {
  const { resource, world } = view;
  const name: Value = view.at('Name').value() ?? '';
  const arn = concatenate([regionalArn(resource, 'events', 'event-bus/'), name]);
  const target = protectedBus(arn, (reference) => {
    if (reference.resource !== resource) return undefined;
    return reference.attribute === 'Arn' ? arn : name;
  });
  const inline = view.at('Policy');
  const places: PolicyPlace[] = [
    ...(inline.isPresent ? [{ at: inline, document: readDocument(inline) }] : []),
    ...policiesFor(resource, world, [BUS_POLICY]),
  ];
  const denial = plaintextDenial(view, united(places), target, SERVICE);
  return [denial, endpointHop(view, denial)];
}

/** A bus that no template at hand makes: each EventBusPolicy is judged by itself, as the others are not all at hand. */
function foreignBusFacts(view: Cursor): Fact[] {
  return foreignDenials(view, [BUS_POLICY], SERVICE, BUS, (bus) => {
    const arn = concatenate([regionalArn(view.resource, 'events', 'event-bus/'), bus.value() ?? 'default']);
    return protectedBus(arn, () => undefined);
  });
}

function protectedBus(arn: Value, resolve: Protected['resolve']): Protected {
  return {
    type: BUS,
    arn,
    resolve,
    actions: ['events:PutEvents'],
    parts: [{ suffix: '', name: 'the event bus', examples: [] }],
  };
}

/** Each EventBusPolicy adds a statement to the one policy of a bus. */
function united(places: readonly PolicyPlace[]): PolicyPlace[] {
  const [first] = places;
  if (first === undefined) return [];
  const hiddenOne = places.find(({ document }) => document.state === 'unresolved');
  if (hiddenOne !== undefined) return [hiddenOne];
  const statements = places.flatMap(({ document }) =>
    document.state === 'given' ? document.statements : [],
  );
  const document: Document = { state: 'given', statements };
  const speaking = places.find((place) => place.document.state === 'given');
  return [{ at: speaking?.at ?? first.at, document }];
}

function destinationFacts(view: Cursor): Fact[] {
  const endpoint = view.at('InvocationEndpoint');
  const url = urlAt(endpoint);
  const to: Party = { what: 'external', name: url.host === '' ? 'an endpoint that is not known' : url.host };
  const connection = view.at('ConnectionArn');
  return [
    hop(view, {
      kind: 'events.api-destination',
      from: resourceParty(view.resource),
      to,
      protocol: protocolOf(url),
      serverAuthenticated: stated(endpoint, true),
      // The connection holds a key, a password or an OAuth client.
      clientAuthentication: stated(connection, 'token' as const, { given: true }),
    }),
  ];
}

/** With OAuth, EventBridge shows the secret of the client to an endpoint of its own before it calls the destination. */
function connectionFacts(view: Cursor): Fact[] {
  const endpoint = view.at('AuthParameters', 'OAuthParameters', 'AuthorizationEndpoint');
  if (!endpoint.isPresent) return [];
  const url = urlAt(endpoint);
  const name = url.host === '' ? 'an authorization endpoint that is not known' : url.host;
  return [
    hop(view, {
      kind: 'events.api-destination',
      label: 'OAuth',
      from: resourceParty(view.resource),
      to: { what: 'external', name },
      protocol: protocolOf(url),
      serverAuthenticated: stated(endpoint, true),
      clientAuthentication: stated(endpoint, 'token' as const, { given: true }),
    }),
  ];
}
