import { existsSync } from 'node:fs';
import { type App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EncryptedQueue } from '../../../lib/constructs/messaging';
import {
  WebhookAuthorization,
  type WebhookDeliveryProps,
  WebhookDestination,
  type WebhookDestinationProps,
} from '../../../lib/constructs/webhook';
import { synthesised } from '../../checks/synthesised';
import { allPacks, findingsOf, nagErrorsOf } from '../judged';
import { FLAGS, propertiesOfOnly, rendered, resourcesOf, stackIn } from '../support';

const ENDPOINT = 'https://hooks.partner.example.com/v1/payments';
const ALLOWED = ['hooks.partner.example.com', 'login.partner.example.com'];
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:partner-AbCdEf';
const PATTERN: events.EventPattern = { source: ['shop.payments'], detailType: ['PaymentSettled'] };
const DESTINATION = 'AWS::Events::ApiDestination';
const CONNECTION = 'AWS::Events::Connection';

const secretIn = (stack: Stack) => secretsmanager.Secret.fromSecretCompleteArn(stack, 'Credentials', SECRET);

const keyIn = (stack: Stack, field?: string) =>
  WebhookAuthorization.apiKey({ headerName: 'X-Api-Key', key: { secret: secretIn(stack), field } });

function define(
  props: Partial<WebhookDestinationProps> | ((stack: Stack) => Partial<WebhookDestinationProps>) = {},
  flags: Record<string, unknown> = FLAGS,
) {
  const stack = stackIn('eu-west-1', flags);
  const given = typeof props === 'function' ? props(stack) : props;
  const destination = new WebhookDestination(stack, 'Partner', {
    endpoint: ENDPOINT,
    allowedHosts: ALLOWED,
    authorization: given.authorization ?? keyIn(stack),
    ...given,
  });
  return { stack, destination };
}

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('WebhookDestination %s', (_, flags) => {
  test('sends to the endpoint by POST, ten times a second at most', () => {
    const { stack } = define({}, flags);
    const [connection] = Object.keys(resourcesOf(stack, CONNECTION));
    expect(propertiesOfOnly(stack, DESTINATION)).toMatchObject({
      ConnectionArn: { 'Fn::GetAtt': [connection, 'Arn'] },
      HttpMethod: 'POST',
      InvocationEndpoint: ENDPOINT,
      InvocationRateLimitPerSecond: 10,
    });
  });

  test('has credentials by reference only, in a copy that a key of the account encrypts', () => {
    const { stack } = define({}, flags);
    const key = Object.entries(resourcesOf(stack, 'AWS::KMS::Key')).find(
      ([, { Properties }]) => Properties.Tags !== undefined,
    );
    expect(propertiesOfOnly(stack, CONNECTION)).toMatchObject({
      AuthorizationType: 'API_KEY',
      AuthParameters: {
        ApiKeyAuthParameters: {
          ApiKeyName: 'X-Api-Key',
          ApiKeyValue: `{{resolve:secretsmanager:${SECRET}:SecretString:::}}`,
        },
      },
      KmsKeyIdentifier: { 'Fn::GetAtt': [key?.[0], 'Arn'] },
    });
    // Without the tag EventBridge may not use the key.
    expect(key?.[1].Properties).toMatchObject({
      EnableKeyRotation: true,
      Tags: [{ Key: 'EventBridgeApiDestinations', Value: 'true' }],
    });
  });

  test('delivers with the id of the event, tries for a day, and keeps what the receiver does not take', () => {
    const { stack, destination } = define({}, flags);
    destination.deliver('Settled', { eventPattern: PATTERN });
    const rule = propertiesOfOnly(stack, 'AWS::Events::Rule');
    const [queue] = Object.entries(resourcesOf(stack, 'AWS::SQS::Queue')).find(
      ([, { Properties }]) => Properties.RedrivePolicy !== undefined,
    ) ?? [''];
    expect(rule).toMatchObject({
      EventPattern: { source: ['shop.payments'], 'detail-type': ['PaymentSettled'] },
      State: 'ENABLED',
      Targets: [
        {
          Arn: { 'Fn::GetAtt': [Object.keys(resourcesOf(stack, DESTINATION))[0], 'Arn'] },
          HttpParameters: { HeaderParameters: { 'Idempotency-Key': '$.id' } },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': [queue, 'Arn'] } },
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        },
      ],
    });
    expect(resourcesOf(stack, 'AWS::SQS::Queue')[queue]?.Properties).toMatchObject({
      MessageRetentionPeriod: 1_209_600,
    });
  });

  test('lets EventBridge put undelivered events into the queue for its own rule, and into no other', () => {
    const { stack, destination } = define({}, flags);
    destination.deliver('Settled', { eventPattern: PATTERN });
    const [rule] = Object.keys(resourcesOf(stack, 'AWS::Events::Rule'));
    const statements = Object.values(resourcesOf(stack, 'AWS::SQS::QueuePolicy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [rule, 'Arn'] } } },
      }),
    ]);
  });

  test('acts by one role that may call this destination and nothing else', () => {
    const { stack, destination } = define({}, flags);
    destination.deliver('Settled', { eventPattern: PATTERN });
    destination.deliver('Refunded', { eventPattern: { source: ['shop.refunds'] } });
    const [api] = Object.keys(resourcesOf(stack, DESTINATION));
    expect(propertiesOfOnly(stack, 'AWS::IAM::Policy')).toMatchObject({
      PolicyDocument: {
        Statement: [
          {
            Action: 'events:InvokeApiDestination',
            Effect: 'Allow',
            Resource: { 'Fn::GetAtt': [api, 'Arn'] },
          },
        ],
      },
    });
    expect(propertiesOfOnly(stack, 'AWS::IAM::Role')).toMatchObject({
      AssumeRolePolicyDocument: {
        Statement: [{ Action: 'sts:AssumeRole', Principal: { Service: 'events.amazonaws.com' } }],
      },
    });
  });
});

describe('WebhookDestination', () => {
  test('tells a topic of each event that was refused, lost, or waits', () => {
    const { stack, destination } = define((around) => ({
      alarmTopic: sns.Topic.fromTopicArn(around, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:alarms'),
    }));
    destination.deliver('Settled', { eventPattern: PATTERN });
    const alarms = Object.values(resourcesOf(stack, 'AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties,
    );
    expect(alarms.map(({ MetricName }) => MetricName).toSorted()).toEqual([
      'ApproximateNumberOfMessagesVisible',
      'FailedInvocations',
      'InvocationsFailedToBeSentToDlq',
    ]);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
        AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:alarms'],
        AlarmDescription: expect.stringContaining('Runbook: docs/runbooks/webhook-delivery.md'),
      });
    }
    expect(existsSync('docs/runbooks/webhook-delivery.md')).toBe(true);
  });

  test('counts by the rule alone on the default event bus, and by both on another', () => {
    const { stack, destination } = define();
    const one = destination.deliver('One', { eventPattern: PATTERN });
    const bus = new events.EventBus(stack, 'Bus');
    const other = destination.deliver('Other', { eventPattern: PATTERN, eventBus: bus });
    const named = destination.deliver('Named', {
      eventPattern: PATTERN,
      eventBus: events.EventBus.fromEventBusName(stack, 'Default', 'default'),
    });
    const dimensions = (delivery: typeof one) =>
      Object.keys(delivery.metricFailedInvocations().dimensions ?? {});
    expect(dimensions(one)).toEqual(['RuleName']);
    expect(dimensions(named)).toEqual(['RuleName']);
    expect(dimensions(other)).toEqual(['EventBusName', 'RuleName']);
    expect(other.metricRetryInvocationAttempts().metricName).toBe('RetryInvocationAttempts');
  });

  test('sends what is asked for, as often and as long as is asked for', () => {
    const { stack, destination } = define({
      invocationRateLimitPerSecond: 300,
      method: events.HttpMethod.PUT,
    });
    destination.deliver('Settled', {
      eventPattern: PATTERN,
      event: events.RuleTargetInput.fromObject({ payment: events.EventField.fromPath('$.detail.id') }),
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
    });
    expect(propertiesOfOnly(stack, DESTINATION)).toMatchObject({
      HttpMethod: 'PUT',
      InvocationRateLimitPerSecond: 300,
    });
    expect(propertiesOfOnly(stack, 'AWS::Events::Rule')).toMatchObject({
      Targets: [
        {
          InputTransformer: { InputPathsMap: { 'detail-id': '$.detail.id' } },
          RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 },
        },
      ],
    });
  });

  test('gets tokens by OAuth from a host on the list, with the grant that this is', () => {
    const { stack } = define((around) => ({
      authorization: WebhookAuthorization.oauth({
        authorizationEndpoint: 'https://login.partner.example.com/token',
        clientId: 'shop',
        clientSecret: { secret: secretIn(around), field: 'clientSecret', versionId: 'v1' },
        scope: 'events.write',
      }),
    }));
    expect(propertiesOfOnly(stack, CONNECTION)).toMatchObject({
      AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
      AuthParameters: {
        OAuthParameters: {
          AuthorizationEndpoint: 'https://login.partner.example.com/token',
          HttpMethod: 'POST',
          ClientParameters: {
            ClientID: 'shop',
            ClientSecret: `{{resolve:secretsmanager:${SECRET}:SecretString:clientSecret::v1}}`,
          },
          OAuthHttpParameters: {
            BodyParameters: [
              { Key: 'grant_type', Value: 'client_credentials', IsValueSecret: false },
              { Key: 'scope', Value: 'events.write', IsValueSecret: false },
            ],
          },
        },
      },
    });
  });

  test('knows its password by reference only', () => {
    const { stack } = define((around) => ({
      authorization: WebhookAuthorization.basic({ username: 'shop', password: { secret: secretIn(around) } }),
    }));
    expect(propertiesOfOnly(stack, CONNECTION)).toMatchObject({
      AuthorizationType: 'BASIC',
      AuthParameters: {
        BasicAuthParameters: {
          Username: 'shop',
          Password: `{{resolve:secretsmanager:${SECRET}:SecretString:::}}`,
        },
      },
    });
  });

  test('of another app takes deliveries, and alarms for them', () => {
    const stack = stackIn('eu-west-1');
    const apiDestinationArn = 'arn:aws:events:eu-west-1:111122223333:api-destination/partner/1';
    const destination = WebhookDestination.fromWebhookDestinationAttributes(stack, 'Partner', {
      apiDestinationArn,
      undeliveredQueue: new EncryptedQueue(stack, 'Undelivered'),
      alarmTopic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:alarms'),
    });
    expect(destination.env.region).toBe('eu-west-1');
    destination.deliver('Settled', { eventPattern: PATTERN });
    expect(propertiesOfOnly(stack, 'AWS::Events::Rule')).toMatchObject({
      Targets: [{ Arn: apiDestinationArn }],
    });
    rendered(stack).resourceCountIs('AWS::CloudWatch::Alarm', 2);
  });

  test('lets a pipe or a state machine send through it', () => {
    const { stack, destination } = define();
    const role = new iam.Role(stack, 'Pipe', { assumedBy: new iam.ServicePrincipal('pipes.amazonaws.com') });
    destination.grantInvoke(role);
    expect(propertiesOfOnly(stack, 'AWS::IAM::Policy')).toMatchObject({
      PolicyDocument: { Statement: [{ Action: 'events:InvokeApiDestination' }] },
    });
  });

  test('takes a secret of the app that a key of the account encrypts', () => {
    const { stack } = define((around) => ({
      authorization: WebhookAuthorization.apiKey({
        headerName: 'Authorization',
        key: {
          secret: new secretsmanager.Secret(around, 'Secret', { encryptionKey: new kms.Key(around, 'Own') }),
        },
      }),
    }));
    expect(JSON.stringify(propertiesOfOnly(stack, CONNECTION))).toContain('{{resolve:secretsmanager:');
  });

  test('marks a key of the app for EventBridge, and leaves one of another app as it is', () => {
    const { stack } = define((around) => ({ encryptionKey: new kms.Key(around, 'Own') }));
    const [own] = Object.entries(resourcesOf(stack, 'AWS::KMS::Key')).filter(([id]) => id.startsWith('Own'));
    expect(own?.[1].Properties.Tags).toEqual([{ Key: 'EventBridgeApiDestinations', Value: 'true' }]);
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
    const other = define((around) => ({ encryptionKey: kms.Key.fromKeyArn(around, 'Other', arn) })).stack;
    expect(propertiesOfOnly(other, CONNECTION)).toMatchObject({ KmsKeyIdentifier: arn });
  });

  test('our own pack and cdk-nag find nothing', () => {
    const { stack, destination } = define();
    destination.deliver('Settled', { eventPattern: PATTERN });
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
  });
});

test('no pack finds more about a webhook than that the app has not said what data it sends', () => {
  const { findings } = synthesised(
    (app: App) => {
      const stack = new Stack(app, 'Stack', { env: { region: 'eu-west-1' } });
      new WebhookDestination(stack, 'Partner', {
        endpoint: ENDPOINT,
        allowedHosts: ALLOWED,
        authorization: keyIn(stack),
      }).deliver('Settled', { eventPattern: PATTERN });
    },
    allPacks,
    { context: FLAGS },
  );
  const left = findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule);
  expect([...new Set(left)]).toEqual(['PciDss401Checks-DataStoreIsClassified']);
});

describe('WebhookDestination refuses', () => {
  const at = (problem: string) => `Stack/Partner: ${problem}`;

  test.each<[string, string, string]>([
    [
      'plain HTTP',
      'http://hooks.partner.example.com/v1',
      `'endpoint' must be an https:// URL, got "http:", use https, which alone EventBridge takes`,
    ],
    [
      'a host that is not on the list',
      'https://evil.example.net/v1',
      `'endpoint' must name a host on 'allowedHosts' (${ALLOWED.join(', ')}), got "evil.example.net", add it there once the receiver is known and under contract`,
    ],
    [
      'a host that only begins with one on the list',
      'https://hooks.partner.example.com.evil.example.net/',
      `'endpoint' must name a host on 'allowedHosts' (${ALLOWED.join(', ')}), got "hooks.partner.example.com.evil.example.net", add it there once the receiver is known and under contract`,
    ],
    [
      'another port',
      'https://hooks.partner.example.com:8443/v1',
      "'endpoint' must be an https:// URL of port 443, got 8443, have the receiver listen there",
    ],
    [
      'a wildcard in the path',
      'https://hooks.partner.example.com/*/v1',
      "'endpoint' must be an https:// URL of letters, digits, percent escapes and -()_.!~';/?:@&=+$, got another character, escape it (a * would be filled in from events)",
    ],
    [
      'what is no URL',
      'hooks.partner.example.com',
      '\'endpoint\' must be an https:// URL, got "hooks.partner.example.com", name the whole URL',
    ],
    [
      'a URL that is too long',
      `https://hooks.partner.example.com/${'a'.repeat(2048)}`,
      "'endpoint' must be an https:// URL of at most 2048 characters, got 2082, use a shorter one",
    ],
  ])('%s', (_, endpoint, message) => {
    expect(() => define({ endpoint })).toThrow(at(message));
  });

  test.each([
    ['https://shop:hunter2@hooks.partner.example.com/v1', 'without credentials, got some before the host'],
    ['https://hooks.partner.example.com/v1?key=hunter2', 'without query and fragment'],
    ['https://hooks.partner.example.com/v1#hunter2', 'without query and fragment'],
  ])('a URL with a credential in it, and does not repeat it: %s', (endpoint, message) => {
    let thrown = '';
    try {
      define({ endpoint });
    } catch (error) {
      thrown = String(error);
    }
    expect(thrown).toContain(message);
    expect(thrown).not.toContain('hunter2');
  });

  test.each([
    'https:hooks.partner.example.com/v1',
    'https:///hooks.partner.example.com/v1',
    'https://hooks.partner.example.com:443/v1',
    'https://%68ooks.partner.example.com/v1',
  ])('a URL in which programs find different hosts: %s', (endpoint) => {
    expect(() => define({ endpoint })).toThrow(
      at(
        "'endpoint' must be an https:// URL written as https://hooks.partner.example.com/path, got one that programs could read in different ways, write it so",
      ),
    );
  });

  test.each([
    'https://hooks.partner.example.com\\@evil.example.net/',
    'https://hooks.partner.example.com\t/v1',
  ])('characters that URLs do not have: %j', (endpoint) => {
    expect(() => define({ endpoint })).toThrow('got another character, escape it');
  });

  test('an endpoint and a list that nobody knows at synthesis', () => {
    const stack = stackIn('eu-west-1');
    const parameter = new CfnParameter(stack, 'Endpoint');
    const authorization = keyIn(stack);
    const build = (props: Partial<WebhookDestinationProps>) =>
      new WebhookDestination(new Stack(), 'Partner', {
        endpoint: ENDPOINT,
        allowedHosts: ALLOWED,
        authorization,
        ...props,
      });
    expect(() => build({ endpoint: parameter.valueAsString })).toThrow(
      "'endpoint' must be a literal, since its host is compared with 'allowedHosts' at synthesis, got an unresolved value, read it from configuration",
    );
    expect(() => build({ allowedHosts: [parameter.valueAsString] })).toThrow(
      "'allowedHosts' must be a literal list, since the endpoint is compared with it at synthesis, got an unresolved value, read it from configuration",
    );
  });

  test.each<[string, string[], string]>([
    ['no host', [], "'allowedHosts' must name at least one host, got none, add that of the endpoint"],
    [
      'a wildcard',
      ['*.partner.example.com'],
      '\'allowedHosts[0]\' must be an exact name, got "*.partner.example.com", list each host by itself: whoever gets a name below it gets the events',
    ],
    [
      'an IPv4 address',
      ['192.0.2.1'],
      '\'allowedHosts[0]\' must be a fully qualified domain name, not an IP address, got "192.0.2.1"',
    ],
    [
      'an IPv6 address',
      ['[2001:db8::1]'],
      '\'allowedHosts[0]\' must be a fully qualified domain name without scheme, port and path, got "[2001:db8::1]"',
    ],
    [
      'an IPv4 address in another notation',
      ['192.0.513'],
      '\'allowedHosts[0]\' must be a fully qualified domain name, not an IP address, got "192.0.513"',
    ],
    [
      'an IPv4 address in hexadecimal',
      ['192.0x1'],
      '\'allowedHosts[0]\' must be a fully qualified domain name, not an IP address, got "192.0x1"',
    ],
    [
      'a name without a dot',
      ['localhost'],
      '\'allowedHosts[0]\' must be a fully qualified domain name, such as pay.example.com, got "localhost"',
    ],
    [
      'a private name',
      ['hooks.partner.example.com', 'ledger.corp.internal'],
      '\'allowedHosts[1]\' must be a public name, got "ledger.corp.internal", and no public DNS serves names that end in .internal',
    ],
    [
      'a name of a home network',
      ['nas.home.arpa'],
      '\'allowedHosts[0]\' must be a public name, got "nas.home.arpa", and no public DNS serves names that end in .home.arpa',
    ],
    [
      'a name in capitals, which would match nothing',
      ['Hooks.Partner.Example.com'],
      '\'allowedHosts[0]\' must be a fully qualified domain name in lower case, as ACM stores it, got "Hooks.Partner.Example.com"',
    ],
  ])('a list with %s', (_, allowedHosts, message) => {
    expect(() => define({ allowedHosts })).toThrow(at(message));
  });

  test('a token endpoint that is not on the list: it gets the client secret', () => {
    expect(() =>
      define((stack) => ({
        authorization: WebhookAuthorization.oauth({
          authorizationEndpoint: 'https://login.evil.example.net/token',
          clientId: 'shop',
          clientSecret: { secret: secretIn(stack) },
        }),
      })),
    ).toThrow(
      at(
        `'authorizationEndpoint' must name a host on 'allowedHosts' (${ALLOWED.join(', ')}), got "login.evil.example.net", add it there once the receiver is known and under contract`,
      ),
    );
  });

  test.each([
    [
      'idempotency-key',
      "'headerName' must not be Idempotency-Key, in which the id of each event goes along, use another, such as X-Api-Key",
    ],
    ['X Api Key', '\'headerName\' must be a field name of HTTP (RFC 9110), got "X Api Key", correct it'],
    ['', '\'headerName\' must be a field name of HTTP (RFC 9110), got "", correct it'],
    [
      'Host',
      '\'headerName\' must be a header that EventBridge sends on, got "Host", which it sets itself or takes out, use another, such as X-Api-Key',
    ],
  ])('a key in the header %j', (headerName, message) => {
    expect(() =>
      define((stack) => ({
        authorization: WebhookAuthorization.apiKey({ headerName, key: { secret: secretIn(stack) } }),
      })),
    ).toThrow(at(message));
  });

  test('a user name that is none', () => {
    expect(() =>
      define((stack) => ({
        authorization: WebhookAuthorization.basic({
          username: 'a\nb',
          password: { secret: secretIn(stack) },
        }),
      })),
    ).toThrow(at("'username' must be of 1 to 512 characters without control characters, got 3, correct it"));
  });

  test('a secret that the key of AWS encrypts', () => {
    expect(() =>
      define((stack) => ({
        authorization: WebhookAuthorization.apiKey({
          headerName: 'X-Api-Key',
          key: { secret: new secretsmanager.Secret(stack, 'Secret') },
        }),
      })),
    ).toThrow(
      at(
        "'secret' must be encrypted with a key of the account, 'Stack/Secret' has that of AWS, set its 'encryptionKey'",
      ),
    );
  });

  test.each([0, 301, 1.5])('%d requests a second', (invocationRateLimitPerSecond) => {
    expect(() => define({ invocationRateLimitPerSecond })).toThrow(
      at(
        `'invocationRateLimitPerSecond' must be a whole number from 1 to 300, got ${invocationRateLimitPerSecond}`,
      ),
    );
  });

  test('a method that carries no event', () => {
    expect(() => define({ method: events.HttpMethod.GET })).toThrow(
      at('\'method\' must be one of PATCH, POST, PUT, got "GET", since others carry no event'),
    );
  });

  test('a queue that keeps order', () => {
    expect(() =>
      define((stack) => ({ undeliveredQueue: new EncryptedQueue(stack, 'Queue', { fifo: true }) })),
    ).toThrow(
      at(
        "'undeliveredQueue' must not keep order, since EventBridge takes no FIFO queue for what it could not deliver, name another",
      ),
    );
  });

  test('a topic of another region', () => {
    expect(() =>
      define((stack) => ({
        alarmTopic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:111122223333:alarms'),
      })),
    ).toThrow(
      at(
        '\'alarmTopic\' must be in the region of the alarms (eu-west-1), got "arn:aws:sns:eu-central-1:111122223333:alarms", name one there, or leave it out for a new one',
      ),
    );
  });

  test.each<[string, Partial<WebhookDeliveryProps>, string]>([
    [
      'every event',
      { eventPattern: {} },
      "'eventPattern' must name at least one field, got none, say which events the receiver may have",
    ],
    [
      'more retries than there are',
      { retryAttempts: 186 },
      "'retryAttempts' must be a whole number from 0 to 185, got 186",
    ],
    [
      'longer than a day',
      { maxEventAge: Duration.hours(25) },
      "'maxEventAge' must be whole seconds, from one minute to 24 hours, got 90000 seconds",
    ],
    [
      'shorter than a minute',
      { maxEventAge: Duration.seconds(59) },
      "'maxEventAge' must be whole seconds, from one minute to 24 hours, got 59 seconds",
    ],
  ])('to deliver %s', (_, props, message) => {
    const { destination } = define();
    expect(() => destination.deliver('It', { eventPattern: PATTERN, ...props })).toThrow(
      `Stack/Partner/It: ${message}`,
    );
  });
});
