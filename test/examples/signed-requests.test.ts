import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { JsonSchemaType } from 'aws-cdk-lib/aws-apigateway';
import { context } from '../../cdk.json';
import { type Answer, backend, type Event } from '../../examples/signed-requests/backend';
import { verified } from '../../examples/signed-requests/container';
import { paymentRequest } from '../../examples/signed-requests/partner';
import { signedApi } from '../../examples/signed-requests/stack';
import { TransmissionChecks } from '../../lib/checks';
import { type Authorizer, authorize } from '../../lib/constructs/partner-api/runtime/authorize';
import { usageKeyOf } from '../../lib/constructs/partner-api/runtime/usage-key';
import { dynamoDbReplayStore, memoryReplayStore, PartnerKeys, type RequestMessage } from '../../lib/target';
import { type LocalTable, localTable, TABLE } from '../target/message-signatures/dynamodb';
import { PARTNER_KEYS, signerOf } from '../target/message-signatures/messages';

const CONTENT = '{"amount":1250,"currency":"EUR"}';
const NAME = 'partners.example.com';
const ARN = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/live/POST/payments';

test('the stack synthesises, and our pack finds nothing that another setting would mend', () => {
  const app = new App({ context, analyticsReporting: false });
  const stack = signedApi(app, { type: JsonSchemaType.OBJECT });
  Template.fromStack(stack).hasResourceProperties('AWS::ApiGateway::Method', {
    AuthorizationType: 'CUSTOM',
  });
  const { violations } = new TransmissionChecks().validateScope(app);
  expect(violations.filter(({ severity }) => severity !== 'info').map(({ ruleName }) => ruleName)).toEqual(
    [],
  );
});

test('the API counts by the key that the function names, so that partners need none and are let in', () => {
  const stack = signedApi(new App({ context, analyticsReporting: false }), {
    type: JsonSchemaType.OBJECT,
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ApiGateway::RestApi', { ApiKeySourceType: 'AUTHORIZER' });
  const scopes = Object.values(template.findResources('AWS::Lambda::Function'))
    .map(({ Properties }) => Properties.Environment?.Variables.SIGNED_REQUESTS_USAGE_SCOPE)
    .filter((scope) => scope !== undefined);
  const keys = Object.entries(template.findResources('AWS::ApiGateway::ApiKey'));
  expect(keys.map(([, { Properties }]) => Properties.Value)).toEqual(
    scopes.map((scope) => usageKeyOf(scope, 'acme')),
  );
  expect(keys).toHaveLength(1);
  const [plan] = Object.keys(template.findResources('AWS::ApiGateway::UsagePlan'));
  template.hasResourceProperties('AWS::ApiGateway::UsagePlanKey', {
    KeyId: { Ref: keys[0]?.[0] },
    KeyType: 'API_KEY',
    UsagePlanId: { Ref: plan },
  });
});

describe('partner, authoriser and backend of the documentation', () => {
  let table: LocalTable;
  beforeAll(async () => {
    table = await localTable();
  });
  afterAll(() => table.stop());

  /** API Gateway: asks the authoriser, and hands the content and what it answered to the backend. */
  function api() {
    const paid: string[] = [];
    const authorizer: Authorizer = {
      options: {
        keys: PartnerKeys.of(PARTNER_KEYS),
        authorities: [NAME],
        replayStore: dynamoDbReplayStore(table.calls, TABLE),
      },
      clock: () => new Date(),
      usageScope: 'scope',
      record: () => undefined,
    };
    const handler = backend(table.calls, TABLE, async (partner, content) => {
      paid.push(`${partner} ${content}`);
      return { id: `payment-${paid.length}` };
    });
    const call = async ({ method, headers, body }: RequestMessage): Promise<Answer> => {
      const fields = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
      const answer = await authorize(
        {
          methodArn: ARN,
          multiValueHeaders: Object.fromEntries(fields.map(([name, value]) => [name, [value]])),
          requestContext: { domainName: NAME, httpMethod: method, path: '/payments' },
        },
        authorizer,
      );
      const isAllowed = 'policyDocument' in answer && answer.policyDocument.Statement[0].Effect === 'Allow';
      if (!isAllowed) return { statusCode: 403, body: JSON.stringify(answer.context) };
      return handler({
        httpMethod: method,
        path: '/payments',
        headers: Object.fromEntries(fields),
        body: Buffer.from(String(body)).toString('base64'),
        isBase64Encoded: true,
        requestContext: { authorizer: answer.context as Event['requestContext']['authorizer'] },
      });
    };
    return { call, paid };
  }

  test('a payment is made once, however often it is sent', async () => {
    const { call, paid } = api();
    const key = '8e03978e-40d5-43dd-bc93-6894a57f9324';
    const request = () => paymentRequest(signerOf(), CONTENT, new Date(), key);
    const first = await request();
    expect(await call(first)).toEqual({ statusCode: 201, body: '{"id":"payment-1"}' });
    expect(await call(await request())).toEqual({ statusCode: 201, body: '{"id":"payment-1"}' });
    expect(JSON.parse((await call(first)).body)).toMatchObject({ code: 'message-replayed' });
    expect(paid).toEqual([`acme-ed25519 ${CONTENT}`]);
  });

  test('another payment under the same key is refused', async () => {
    const { call, paid } = api();
    const key = '0b29a1ac-31b5-4d4c-b5d3-1c7a9a6f0d11';
    await call(await paymentRequest(signerOf(), CONTENT, new Date(), key));
    const other = await call(
      await paymentRequest(signerOf(), CONTENT.replace('1250', '9999'), new Date(), key),
    );
    expect(other).toMatchObject({
      statusCode: 422,
      headers: { 'content-type': 'application/problem+json' },
      body: expect.stringContaining('"type":"urn:problem-type:idempotency-key-reused"'),
    });
    expect(paid).toHaveLength(1);
  });

  test('a content that was changed behind the authoriser is refused by the backend', async () => {
    const { call, paid } = api();
    const request = await paymentRequest(signerOf(), CONTENT, new Date());
    const answer = await call({ ...request, body: CONTENT.replace('1250', '9999') });
    expect(answer).toMatchObject({ statusCode: 400, body: expect.stringContaining('digest-mismatch') });
    expect(paid).toEqual([]);
  });
});

test('the container of the documentation verifies what comes over the wire, and sees what was sent twice', async () => {
  const keys = PartnerKeys.of(PARTNER_KEYS);
  const store = memoryReplayStore(() => new Date());
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const result = await verified(incoming, Buffer.concat(chunks), keys, store);
    response.end(result.verified ? result.partner : result.problem.code);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const sent = ({ method, headers, body }: RequestMessage, more: string[] = []) =>
    new Promise<string>((done, failed) => {
      const lines = Object.entries(headers).flatMap(([name, value]) => [name, String(value)]);
      const call = send({
        port,
        method,
        path: '/payments',
        headers: ['host', NAME, ...lines, ...more] as never,
      });
      call.on('error', failed).on('response', async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        done(text);
      });
      call.end(body);
    });
  const request = () => paymentRequest(signerOf(), CONTENT, new Date());
  try {
    const first = await request();
    expect(await sent(first)).toBe('acme-ed25519');
    expect(await sent(first)).toBe('message-replayed');
    expect(await sent({ ...(await request()), body: '{}' })).toBe('digest-mismatch');
    expect(await sent(await request(), ['content-type', 'text/plain'])).toBe('fields-malformed');
  } finally {
    await new Promise((done) => server.close(done));
  }
});
