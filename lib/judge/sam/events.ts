import { isJsonMap, type Json, type JsonMap } from '../template/rendered-app';
import { defined, isCall, type Made, mapAt, type PlaceRow, picked, type SamResource } from './made';
import type { Routes } from './routes';

/** One entry of `Events`. */
interface Event {
  readonly of: SamResource;
  /** The logical id that SAM gives to what it makes for it. */
  readonly id: string;
  readonly properties: JsonMap;
  /** Where they stand below the properties of what it calls. */
  readonly place: string;
  readonly places: readonly PlaceRow[];
}

type Maker = (event: Event, made: Made, routes: Routes) => void;

/** Writes out what calls a function or a state machine. */
export function writeEvents(of: SamResource, made: Made, routes: Routes): void {
  const { Events: events } = of.properties;
  if (events === undefined) return;
  if (!isJsonMap(events) || isCall(events)) {
    made.say(of, 'its Events are not written out');
    return;
  }
  for (const [name, event] of Object.entries(events)) {
    const type = isJsonMap(event) ? event.Type : undefined;
    const make = typeof type === 'string' && Object.hasOwn(MAKERS, type) ? MAKERS[type] : undefined;
    if (!isJsonMap(event) || make === undefined) {
      made.say(of, `what makes event ${name} of type ${String(type)} is not known`);
      continue;
    }
    const properties = mapAt(event, 'Properties') ?? {};
    if (event.Properties !== undefined && mapAt(event, 'Properties') === undefined) {
      made.say(of, `the Properties of event ${name} are not written out`);
    }
    const place = `Events.${name}.Properties`;
    make({ of, id: `${of.id}${name}`, properties, place, places: [['', place]] }, made, routes);
  }
}

const arnOf = (id: string): JsonMap => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** What polls: each names its source by another property. */
function mapping(source: string): Maker {
  return ({ of, id, properties, place, places }, made) => {
    const { [source]: arn, KafkaBootstrapServers: servers, ...rest } = properties;
    made.add(
      of,
      id,
      'AWS::Lambda::EventSourceMapping',
      {
        ...rest,
        ...(arn === undefined ? {} : { EventSourceArn: arn }),
        ...(servers === undefined
          ? {}
          : { SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: servers } } }),
        FunctionName: { Ref: of.id },
      },
      [...places, ['EventSourceArn', `${place}.${source}`]],
    );
  };
}

/** A rule of EventBridge, and the queue for what fails where SAM is asked to make one. */
const rule: Maker = ({ of, id, properties, place, places }, made) => {
  const letters = mapAt(properties, 'DeadLetterConfig');
  const { QueueLogicalId: given } = letters ?? {};
  const queue = typeof given === 'string' ? given : `${id}Queue`;
  const makesQueue = letters !== undefined && letters.Arn === undefined;
  const deadLetters = makesQueue ? { Arn: arnOf(queue) } : properties.DeadLetterConfig;
  made.add(
    of,
    id,
    'AWS::Events::Rule',
    {
      ...picked(properties, ['Name', 'Description', 'EventBusName', 'State']),
      EventPattern: properties.Pattern,
      ScheduleExpression: properties.Schedule,
      Targets: [
        defined({
          Id: `${id}LambdaTarget`,
          Arn: of.kind === 'Function' ? arnOf(of.id) : { Ref: of.id },
          DeadLetterConfig: deadLetters,
          ...picked(properties, ['Input', 'InputPath', 'RetryPolicy']),
        }),
      ],
    },
    places,
  );
  if (!makesQueue) return;
  const written: readonly PlaceRow[] = [['', `${place}.DeadLetterConfig`]];
  made.add(of, queue, 'AWS::SQS::Queue', {}, written);
  const statement = {
    Action: 'sqs:SendMessage',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Resource: arnOf(queue),
    Condition: { ArnEquals: { 'aws:SourceArn': arnOf(id) } },
  };
  addQueuePolicy(of, made, `${queue}Policy`, { Ref: queue }, statement, written);
};

/** A subscription of a topic: of the function, or of a queue between them. */
const topic: Maker = ({ of, id, properties, place, places }, made) => {
  const { SqsSubscription: asked } = properties;
  const common = { ...picked(properties, ['FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy', 'Region']) };
  const TopicArn = properties.Topic;
  const subscription: readonly PlaceRow[] = [...places, ['TopicArn', `${place}.Topic`]];
  if (asked === undefined || asked === false) {
    const Endpoint = arnOf(of.id);
    made.add(
      of,
      id,
      'AWS::SNS::Subscription',
      { ...common, TopicArn, Protocol: 'lambda', Endpoint },
      subscription,
    );
    return;
  }
  const given: JsonMap = isJsonMap(asked) ? asked : {};
  const queue = `${id}Queue`;
  const QueueArn = given.QueueArn ?? arnOf(queue);
  if (given.QueueArn === undefined) made.add(of, queue, 'AWS::SQS::Queue', {}, places);
  const statement = {
    Action: 'sqs:SendMessage',
    Effect: 'Allow',
    Principal: '*',
    Resource: QueueArn,
    Condition: { ArnEquals: { 'aws:SourceArn': TopicArn ?? null } },
  };
  const policyId =
    typeof given.QueuePolicyLogicalId === 'string' ? given.QueuePolicyLogicalId : `${queue}Policy`;
  addQueuePolicy(of, made, policyId, given.QueueUrl ?? { Ref: queue }, statement, places);
  made.add(
    of,
    id,
    'AWS::SNS::Subscription',
    { ...common, TopicArn, Protocol: 'sqs', Endpoint: QueueArn },
    subscription,
  );
  made.add(
    of,
    `${id}EventSourceMapping`,
    'AWS::Lambda::EventSourceMapping',
    { EventSourceArn: QueueArn, FunctionName: { Ref: of.id } },
    places,
  );
};

function addQueuePolicy(
  of: SamResource,
  made: Made,
  id: string,
  queue: Json,
  statement: JsonMap,
  places: readonly PlaceRow[],
): void {
  const PolicyDocument = { Version: '2012-10-17', Statement: [statement] };
  made.add(of, id, 'AWS::SQS::QueuePolicy', { Queues: [queue], PolicyDocument }, places);
}

/** A resource of the event's own name that takes its properties as they are. */
function resource(type: string, more: (of: SamResource) => JsonMap = () => ({})): Maker {
  return ({ of, id, properties, places }, made) => {
    made.add(of, id, type, { ...properties, ...more(of) }, places);
  };
}

/** Permissions alone are made, or a property of what the event names, which no hop and no store depends on. */
const nothing: Maker = () => {};

const MAKERS: Readonly<Record<string, Maker>> = {
  AlexaSkill: nothing,
  Api: (event, made, routes) => routes.add('Api', event.of, event, made),
  CloudWatchEvent: rule,
  CloudWatchLogs: resource('AWS::Logs::SubscriptionFilter', (of) => ({ DestinationArn: arnOf(of.id) })),
  Cognito: nothing,
  DocumentDB: mapping('Cluster'),
  DynamoDB: mapping('Stream'),
  EventBridgeRule: rule,
  HttpApi: (event, made, routes) => routes.add('HttpApi', event.of, event, made),
  IoTRule: ({ of, id, properties, places }, made) => {
    const TopicRulePayload = defined({
      Sql: properties.Sql,
      AwsIotSqlVersion: properties.AwsIotSqlVersion,
      Actions: [{ Lambda: { FunctionArn: arnOf(of.id) } }],
      RuleDisabled: false,
    });
    made.add(of, id, 'AWS::IoT::TopicRule', { TopicRulePayload }, places);
  },
  Kinesis: mapping('Stream'),
  MQ: mapping('Broker'),
  MSK: mapping('Stream'),
  S3: nothing,
  SNS: topic,
  SQS: mapping('Queue'),
  Schedule: rule,
  ScheduleV2: resource('AWS::Scheduler::Schedule'),
  SelfManagedKafka: mapping('Cluster'),
};
