import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { App, CfnParameter, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { GdprChecks, PciDss401Checks } from '../../../lib/checks';
import {
  SignedRequests,
  type SignedRequestsProps,
} from '../../../lib/constructs/partner-api/signed-requests';
import { importsOf } from '../../house/layering';
import { PAIRS, PARTNER_KEYS } from '../../target/message-signatures/messages';
import { iamPoliciesOf, OWN } from '../api/calls';
import { findingsOf, nagErrorsOf } from '../judged';
import { FLAGS, rendered, resourcesOf, stackIn } from '../support';

function define(props: Partial<SignedRequestsProps> = {}, stack = stackIn('eu-west-1')) {
  const signed = new SignedRequests(stack, 'Signed', {
    partnerKeys: PARTNER_KEYS,
    authorities: ['partners.example.com'],
    ...props,
  });
  return { stack, signed };
}
const topicIn = (stack: Stack) =>
  sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:alarms');
const policiesOf = (stack: Stack): { Action: unknown; Resource: unknown; Condition?: unknown }[] =>
  Object.values(resourcesOf(stack, 'AWS::IAM::Policy')).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('SignedRequests %s', (_, flags) => {
  test('no pack finds anything that the app does not have to say', () => {
    const stack = stackIn('eu-west-1', flags);
    define({ alarmTopic: topicIn(stack) }, stack);
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
    for (const pack of [new PciDss401Checks(), new GdprChecks()]) {
      const { violations } = pack.validateScope(stack);
      const rules = violations.filter(({ severity }) => severity !== 'info').map(({ ruleName }) => ruleName);
      // What references of the app mean, which are kept for idempotency, the app says.
      expect(rules.filter((rule) => !rule.endsWith('-DataStoreIsClassified'))).toEqual([]);
    }
  });
});

describe('what is deployed', () => {
  test('the function may write seen signatures into its table, and nothing else', () => {
    const { stack } = define();
    const key = { 'Fn::GetAtt': [expect.stringMatching(/^SignedKey/), 'Arn'] };
    const table = { 'Fn::GetAtt': [expect.stringMatching(/^SignedSeen/), 'Arn'] };
    expect(policiesOf(stack)).toEqual([
      expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }),
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
        Resource: key,
      },
      {
        Effect: 'Allow',
        Action: 'dynamodb:PutItem',
        Resource: table,
        Condition: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['replay#*'] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      },
    ]);
  });

  test('the function gets window, skew, names and tag, of which it knows the defaults', () => {
    const { stack } = define();
    rendered(stack).hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Environment: {
        Variables: {
          SIGNED_REQUESTS_TABLE: { Ref: Match.stringLikeRegexp('^SignedSeen') },
          SIGNED_REQUESTS_AUTHORITIES: 'partners.example.com',
          SIGNED_REQUESTS_WINDOW_SECONDS: '300',
          SIGNED_REQUESTS_SKEW_SECONDS: '30',
          SIGNED_REQUESTS_TAG: 'partner-request',
          SIGNED_REQUESTS_ALSO_COVERED: '',
        },
      },
    });
    const given = define({
      authorities: ['a.example.com', 'b.example.com:8443'],
      window: Duration.minutes(10),
      clockSkew: Duration.seconds(0),
      tag: 'acme/orders',
      alsoCovered: ['x-tenant'],
      reservedConcurrentExecutions: 50,
    });
    rendered(given.stack).hasResourceProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: 50,
      Environment: {
        Variables: {
          SIGNED_REQUESTS_AUTHORITIES: 'a.example.com,b.example.com:8443',
          SIGNED_REQUESTS_WINDOW_SECONDS: '600',
          SIGNED_REQUESTS_SKEW_SECONDS: '0',
          SIGNED_REQUESTS_TAG: 'acme/orders',
          SIGNED_REQUESTS_ALSO_COVERED: 'x-tenant',
        },
      },
    });
  });

  test('what was seen is forgotten in time, and the table is encrypted by the same key', () => {
    const { stack } = define();
    rendered(stack).hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SignedKey'), 'Arn'] } },
      PointInTimeRecoverySpecification: { RecoveryPeriodInDays: 1 },
    });
    rendered(stack).resourceCountIs('AWS::KMS::Key', 1);
  });

  test('the public keys lie in a layer, and a new key changes it', () => {
    const layerOf = (partnerKeys: SignedRequestsProps['partnerKeys']) => {
      const app = new App({ context: FLAGS });
      const { stack } = define({ partnerKeys }, new Stack(app, 'Stack', { env: { region: 'eu-west-1' } }));
      const assembly = app.synth();
      const [layer] = Object.values(resourcesOf(stack, 'AWS::Lambda::LayerVersion'));
      const key: string = layer?.Properties.Content.S3Key;
      const folder = path.join(assembly.directory, `asset.${key.replace('.zip', '')}`);
      expect(readdirSync(folder)).toEqual(['partner-keys.json']);
      return { key, keys: JSON.parse(readFileSync(path.join(folder, 'partner-keys.json'), 'utf8')) };
    };
    const before = layerOf(PARTNER_KEYS);
    expect(before.keys).toEqual(PARTNER_KEYS);
    expect(layerOf(PARTNER_KEYS).key).toBe(before.key);
    expect(layerOf(PARTNER_KEYS.slice(1)).key).not.toBe(before.key);
  });

  test('a key that exists is taken for all of it', () => {
    const stack = stackIn('eu-west-1');
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Own', 'arn:aws:kms:eu-west-1:111122223333:key/own');
    define({ encryptionKey }, stack);
    rendered(stack).resourceCountIs('AWS::KMS::Key', 0);
    rendered(stack).hasResourceProperties('AWS::Lambda::Function', { KmsKeyArn: encryptionKey.keyArn });
  });
});

describe('authorisers', () => {
  const REST = {
    Type: 'REQUEST',
    AuthorizerResultTtlInSeconds: 0,
    IdentitySource: 'method.request.header.Signature-Input,method.request.header.Signature',
  };

  test('a REST API asks each time, and only about requests with a signature', () => {
    const { stack, signed } = define();
    for (const id of ['A', 'B']) {
      const api = new apigateway.RestApi(stack, id);
      const authorizer = signed.restAuthorizer(stack, `Authorizer${id}`);
      api.root.addMethod('POST', new apigateway.MockIntegration(), { authorizer });
      signed.explainRefusals(api);
    }
    rendered(stack).resourcePropertiesCountIs('AWS::ApiGateway::Authorizer', REST, 2);
    rendered(stack).resourcePropertiesCountIs(
      'AWS::ApiGateway::GatewayResponse',
      {
        ResponseType: 'ACCESS_DENIED',
        StatusCode: '403',
        ResponseTemplates: {
          'application/json':
            '{"status":403,"type":"$context.authorizer.type","title":"$context.authorizer.title","detail":"$context.authorizer.detail","code":"$context.authorizer.code"}',
        },
      },
      2,
    );
    rendered(stack).resourcePropertiesCountIs(
      'AWS::Lambda::Permission',
      { Principal: 'apigateway.amazonaws.com' },
      2,
    );
  });

  test('the REST APIs of this package are given the same', () => {
    const { stack, signed } = define();
    const { authorizationType, authorizer } = signed.authorization()._bind(stack, 'Authorizer');
    new apigateway.RestApi(stack, 'Api').root.addMethod('POST', new apigateway.MockIntegration(), {
      authorizer,
    });
    expect(authorizationType).toBe('CUSTOM');
    rendered(stack).hasResourceProperties('AWS::ApiGateway::Authorizer', REST);
  });

  test.each<[string, (signed: SignedRequests, stack: Stack) => apigatewayv2.IHttpRouteAuthorizer]>([
    ['an HTTP API', (signed) => signed.httpRouteAuthorizer('Authorizer')],
    [
      'an HTTP API of this package',
      (signed, stack) => signed.httpAuthorization()._bind(stack, 'Authorizer').authorizer,
    ],
  ])('%s asks each time, in the format that has the raw query', (_, authorizerOf) => {
    const { stack, signed } = define();
    new apigatewayv2.HttpApi(stack, 'Api').addRoutes({
      path: '/payments',
      integration: new HttpUrlIntegration('Backend', 'https://backend.example.com'),
      authorizer: authorizerOf(signed, stack),
    });
    rendered(stack).hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'REQUEST',
      AuthorizerResultTtlInSeconds: 0,
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      IdentitySource: ['$request.header.Signature-Input', '$request.header.Signature'],
    });
  });
});

test('a backend may keep what it handled, and neither read nor write what was seen', () => {
  const { stack, signed } = define();
  const role = new iam.Role(stack, 'Backend', { assumedBy: new iam.AccountRootPrincipal() });
  signed.grantIdempotency(role).assertSuccess();
  const statements = Object.entries(resourcesOf(stack, 'AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith('Backend'))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
  expect(statements).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        Action: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        Condition: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['idempotency#default#*'] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
    ]),
  );
  expect(statements).toHaveLength(2);
});

test('backends of two namespaces reach nothing of each other, and nothing of what was seen', async () => {
  const { stack, signed } = define();
  for (const name of ['Payments', 'Refunds']) {
    const role = new iam.Role(stack, name, { assumedBy: new iam.AccountRootPrincipal() });
    signed.grantIdempotency(role, name.toLowerCase());
  }
  const own = `arn:aws:iam::${OWN}:role/backend`;
  const resource = `arn:aws:dynamodb:eu-west-1:${OWN}:table/seen`;
  const outcome = async (action: string, keys: string[]) => {
    const [policy] = iamPoliciesOf(stack, 'Payments');
    // The ARN of the table is known at deployment only.
    const text = JSON.stringify(policy).replace(
      /"Resource":\{"Fn::GetAtt":\["SignedSeen[^}]*\}/g,
      `"Resource":"${resource}"`,
    );
    expect(text).toContain(resource);
    const { Statement } = JSON.parse(text) as { Statement: { Resource: unknown }[] };
    const result = await runSimulation(
      {
        request: {
          principal: own,
          action: `dynamodb:${action}`,
          resource: { resource, accountId: OWN },
          contextVariables: keys.length === 0 ? {} : { 'dynamodb:LeadingKeys': keys },
        },
        identityPolicies: [
          {
            name: 'granted',
            policy: {
              Version: '2012-10-17',
              Statement: Statement.filter(({ Resource }) => Resource === resource),
            },
          },
        ],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    return result.resultType === 'single' ? result.overallResult : JSON.stringify(result);
  };
  for (const action of ['PutItem', 'GetItem', 'UpdateItem', 'DeleteItem']) {
    expect(await outcome(action, ['idempotency#payments#abc'])).toBe('Allowed');
    for (const key of [
      'idempotency#refunds#abc',
      'idempotency#payments2#abc',
      'replay#abc',
      'idempotency#payments',
    ]) {
      expect([action, key, await outcome(action, [key])]).toEqual([action, key, 'ImplicitlyDenied']);
    }
    expect(await outcome(action, ['idempotency#payments#a', 'replay#abc'])).toBe('ImplicitlyDenied');
    expect(await outcome(action, [])).toBe('ImplicitlyDenied');
  }
  expect(await outcome('Scan', ['idempotency#payments#abc'])).toBe('ImplicitlyDenied');
});

test.each(['', 'refunds#', 'refunds*', 'refund?', 'x'.repeat(65)])('%j is no namespace', (namespace) => {
  const { stack, signed } = define();
  const role = new iam.Role(stack, 'Backend', { assumedBy: new iam.AccountRootPrincipal() });
  expect(() => signed.grantIdempotency(role, namespace)).toThrow(
    `'namespace' must be 1 to 64 letters, digits and . _ -, got ${JSON.stringify(namespace)}, name it after the backend`,
  );
});

describe('the API key of a partner', () => {
  test('is one, however often it is asked for, and differs from partner to partner', () => {
    const { stack, signed } = define();
    const [first, second] = PARTNER_KEYS.map(({ partner }) => partner) as [string, string];
    expect(signed.apiKeyOf(first)).toBe(signed.apiKeyOf(first));
    signed.apiKeyOf(second);
    const values = Object.values(resourcesOf(stack, 'AWS::ApiGateway::ApiKey')).map(
      ({ Properties }) => Properties.Value,
    );
    expect(values).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ]);
    expect(new Set(values).size).toBe(2);
  });

  test('is that of a partner who has a key to sign with', () => {
    const { signed } = define();
    expect(() => signed.apiKeyOf('somebody')).toThrow(
      /'partner' must be one of 'partnerKeys' \(.*\), got "somebody", add its key$/,
    );
  });
});

describe('what is watched', () => {
  test('each decision is counted, for this function', () => {
    const { stack, signed } = define();
    for (const [decision, name] of [
      ['admitted', 'SignedRequestsAdmitted'],
      ['refused', 'SignedRequestsRefused'],
      ['unavailable', 'SignedRequestsUnavailable'],
    ]) {
      rendered(stack).hasResourceProperties('AWS::Logs::MetricFilter', {
        FilterPattern: `{ $.decision = "${decision}" }`,
        MetricTransformations: [
          {
            MetricNamespace: 'SecureTransmission',
            MetricName: name,
            MetricValue: '1',
            Dimensions: [{ Key: 'SignedRequestsFunction', Value: '$.function' }],
          },
        ],
      });
    }
    const metrics = [signed.metricAdmitted(), signed.metricRefused(), signed.metricUnavailable()];
    for (const { namespace, statistic, dimensions } of metrics) {
      expect([namespace, statistic]).toEqual(['SecureTransmission', 'Sum']);
      expect(stack.resolve(dimensions)).toEqual({
        SignedRequestsFunction: { Ref: expect.stringMatching(/^SignedAuthorizerFunction/) },
      });
    }
    expect(signed.metricRefused({ period: Duration.minutes(1) }).period.toSeconds()).toBe(60);
    rendered(stack).resourceCountIs('AWS::CloudWatch::Alarm', 0);
  });

  test('a topic is told, and each alarm names a runbook that is there', () => {
    const stack = stackIn('eu-west-1');
    define({ alarmTopic: topicIn(stack), refusedThreshold: 7 }, stack);
    const alarms = Object.values(resourcesOf(stack, 'AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties,
    );
    expect(alarms.map(({ MetricName, Threshold }) => `${MetricName} ${Threshold}`).sort()).toEqual([
      'Errors 1',
      'SignedRequestsRefused 7',
      'SignedRequestsUnavailable 1',
    ]);
    for (const { AlarmDescription, AlarmActions, ComparisonOperator, TreatMissingData } of alarms) {
      const [, runbook = 'none'] = /Runbook: (\S+)$/.exec(AlarmDescription) ?? [];
      expect(readFileSync(path.join(__dirname, '../../..', runbook), 'utf8')).toMatch(/^# /);
      expect(AlarmActions).toEqual(['arn:aws:sns:eu-west-1:111122223333:alarms']);
      expect([ComparisonOperator, TreatMissingData]).toEqual([
        'GreaterThanOrEqualToThreshold',
        'notBreaching',
      ]);
    }
  });
});

describe('it refuses', () => {
  const parameter = (type = 'String') => new CfnParameter(stackIn('eu-west-1'), 'Parameter', { type });
  test.each<[string, Partial<SignedRequestsProps>, string]>([
    [
      'no key',
      { partnerKeys: [] },
      "'partnerKeys': keys of partners must be at least one, got none, name the key of a partner",
    ],
    [
      'a private key',
      {
        partnerKeys: PARTNER_KEYS.slice(0, 1).map((key) => ({
          ...key,
          publicKey: PAIRS.ed25519.privateKey.export({ format: 'jwk' }),
        })),
      },
      "'partnerKeys': key 'acme-ed25519' must be a public key, got a private one, replace it since it was shown, and give the public one",
    ],
    [
      'a key that is not known yet',
      { partnerKeys: PARTNER_KEYS.map((key) => ({ ...key, publicKey: parameter().valueAsString })) },
      "'partnerKeys': key 'acme-ed25519' must be a public key as PEM or JSON Web Key, got neither",
    ],
    [
      'no name of the API',
      { authorities: [] },
      "'authorities' must be a list of 1 to 20 host names, got 0, name those under which partners reach the API",
    ],
    [
      'names that are not known yet',
      { authorities: parameter('CommaDelimitedList').valueAsList },
      "'authorities' must be a list of 1 to 20 host names, got an unresolved value, name those under which partners reach the API",
    ],
    [
      'a URL for a name',
      { authorities: ['https://partners.example.com'] },
      '\'authorities\' must be host names in small letters, without scheme and path, got "https://partners.example.com"',
    ],
    [
      'a name in capitals',
      { authorities: ['Partners.example.com'] },
      '\'authorities\' must be host names in small letters, without scheme and path, got "Partners.example.com"',
    ],
    [
      'a short window',
      { window: Duration.seconds(29) },
      "'window' must be whole seconds, from 30 to 3600, got 29 seconds",
    ],
    [
      'a long window',
      { window: Duration.hours(2) },
      "'window' must be whole seconds, from 30 to 3600, got 2 hours",
    ],
    [
      'half a second',
      { window: Duration.millis(30_500) },
      "'window' must be whole seconds, from 30 to 3600, got 30 seconds 500 millis",
    ],
    [
      'a window that is not known yet',
      { window: Duration.seconds(parameter('Number').valueAsNumber) },
      "'window' must be known at synthesis, got an unresolved value, give a literal",
    ],
    [
      'a clock that is three minutes ahead',
      { clockSkew: Duration.minutes(3) },
      "'clockSkew' must be whole seconds, from 0 to 120, got 3 minutes",
    ],
    ['an empty tag', { tag: '' }, '\'tag\' must be 1 to 64 letters, digits and . _ : / -, got ""'],
    [
      'a field in capitals',
      { alsoCovered: ['X-Tenant'] },
      '\'alsoCovered\' must be at most 20 names of header fields in small letters, none of the signature itself, got "X-Tenant"',
    ],
    [
      'the signature as a field',
      { alsoCovered: ['signature'] },
      '\'alsoCovered\' must be at most 20 names of header fields in small letters, none of the signature itself, got "signature"',
    ],
    [
      'an alarm at nothing',
      { alarmTopic: topicIn(stackIn('eu-west-1')), refusedThreshold: 0 },
      "'refusedThreshold' must be a whole number from 1 to 1000000, got 0",
    ],
  ])('%s', (_, props, message) => {
    expect(() => define(props)).toThrow(message);
  });

  test('no name that CloudFormation fills in', () => {
    const { stack } = define({ authorities: [`${Fn.ref('Api')}.execute-api.eu-west-1.amazonaws.com`] });
    rendered(stack).hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          SIGNED_REQUESTS_AUTHORITIES: {
            'Fn::Join': ['', [{ Ref: 'Api' }, '.execute-api.eu-west-1.amazonaws.com']],
          },
        },
      },
    });
  });
});

test('what an app loads at synthesis imports no package of ours but the CDK: the others are bundled only', () => {
  const root = path.join(__dirname, '../../..');
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { specifier = '' } of importsOf({
      path: file,
      text: readFileSync(path.join(root, file), 'utf8'),
    })) {
      if (!specifier.startsWith('.')) packages.add(specifier);
      else if (specifier.includes('target') || specifier.includes('runtime') || file.includes('target')) {
        visit(`${path.posix.join(path.posix.dirname(file), specifier)}.ts`);
      }
    }
  };
  for (const name of [
    'signed-requests',
    'signed-requests-checks',
    'signed-requests-keys',
    'signed-requests-props',
  ]) {
    visit(`lib/constructs/partner-api/${name}.ts`);
  }
  expect([...seen]).toContain('lib/target/message-signatures/partner-keys.ts');
  const left = [...packages].filter((name) => !/^(aws-cdk-lib|constructs|node:)/.test(name));
  expect(left).toEqual([]);
});
