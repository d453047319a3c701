import { type Cursor, resourcesIn, Text, Unresolved } from '../../template';
import { placesAt } from '../places';

/** Somewhere outside of AWS that data is sent to. */
export type External = {
  readonly at: Cursor;
  /** What says what is sent: the resource itself, or a topic. */
  readonly source: Cursor;
  /** Whether it has to say so, since it keeps data. */
  readonly saysItself: boolean;
} & ({ readonly host: string } | { readonly why: string });

/** Properties that hold an address outside. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  'AWS::DataSync::LocationAzureBlob': ['AzureBlobContainerUrl'],
  'AWS::DataSync::LocationObjectStorage': ['ServerHostname'],
  'AWS::Events::ApiDestination': ['InvocationEndpoint'],
  'AWS::KinesisFirehose::DeliveryStream': [
    'HttpEndpointDestinationConfiguration.EndpointConfiguration.Url',
    'SnowflakeDestinationConfiguration.AccountUrl',
    'SplunkDestinationConfiguration.HECEndpoint',
  ],
};

const FLOW = 'AWS::AppFlow::Flow';
const SUBSCRIPTION = 'AWS::SNS::Subscription';
const STORES = ['AWS::KinesisFirehose::DeliveryStream'];

/** Destinations of AppFlow that are services of AWS. */
const WITHIN_AWS = ['S3', 'Redshift', 'EventBridge', 'LookoutMetrics', 'CustomerProfiles', 'Honeycode'];

/** Types that send data to whoever they are told. */
export const EXTERNAL_TYPES: readonly string[] = [...Object.keys(ADDRESSES), FLOW, SUBSCRIPTION];

/** Where a resource sends data outside of AWS. */
export function externalsOf(properties: Cursor): readonly External[] {
  const { type } = properties.resource;
  if (type === SUBSCRIPTION) return subscriberOf(properties);
  if (type === FLOW) return flowsOf(properties);
  return (ADDRESSES[type] ?? [])
    .map((path) => properties.at(...path.split('.')))
    .flatMap((at) => addressAt(at, properties, STORES.includes(type)));
}

function addressAt(at: Cursor, source: Cursor, saysItself: boolean): readonly External[] {
  const value = at.value();
  if (value === undefined || value === null) return [];
  // What is made from resources of the app stays with the app.
  if (resourcesIn(value).length > 0) return [];
  const common = { at, source, saysItself };
  if (value instanceof Unresolved) return [{ ...common, why: value.why }];
  const text = value instanceof Text ? value.toString() : String(value);
  const host = hostIn(text);
  if (host.includes('${') || host.includes('(')) {
    return [{ ...common, why: value instanceof Text ? value.why : 'the host is not known' }];
  }
  return /(^|\.)amazonaws\.com(\.cn)?$/.test(host) ? [] : [{ ...common, host }];
}

/** The host alone: the rest of an address may be a secret. */
function hostIn(text: string): string {
  return text
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/, '')
    .replace(/:\d+$/, '')
    .toLowerCase();
}

/** Subscribers by HTTP; mail and text messages are for `SubscriptionAvoidsMailAndSms`. */
function subscriberOf(subscription: Cursor): readonly External[] {
  const protocol = subscription.at('Protocol').string();
  if (protocol.state !== 'given' || !/^https?$/.test(protocol.value)) return [];
  const topic = subscription.at('TopicArn').reference();
  if (topic === undefined) return [];
  return addressAt(subscription.at('Endpoint'), subscription.world.view(topic), true);
}

function flowsOf(flow: Cursor): readonly External[] {
  return placesAt(flow, 'DestinationFlowConfigList.*.ConnectorType').flatMap((place): readonly External[] => {
    if ('why' in place) return [{ at: place.at, source: flow, saysItself: false, why: place.why }];
    const type = place.string();
    if (type.state === 'unresolved') return [{ at: place, source: flow, saysItself: false, why: type.why }];
    if (type.state === 'absent' || WITHIN_AWS.includes(type.value)) return [];
    return [{ at: place, source: flow, saysItself: false, host: type.value.toLowerCase() }];
  });
}
