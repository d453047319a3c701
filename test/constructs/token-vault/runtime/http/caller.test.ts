import { aliasOf, namesIn } from '../../../../../lib/constructs/token-vault/runtime/http/caller';
import { ROUTES } from '../../../../../lib/constructs/token-vault/runtime/http/routes';
import { apiEvent, bodyOf, context, memoryApi } from '../../../../_fixtures/vault/memory-api';

const BODY = JSON.stringify({ tokens: ['tok_AAAAAAAAAAAAAAAAAAAAAA'], purpose: 'refund' });
const ROUTE = ROUTES.revealFull;

const call = async (event: unknown, alias: string | undefined = 'api') => {
  const api = memoryApi();
  const response = await api.handlers['vault-reveal-full'](event, context(alias));
  return { status: response.statusCode, code: bodyOf(response).code, caller: api.events[0]?.caller };
};

describe('through the API', () => {
  test('tenant and grantee are those of the path that the caller may call', async () => {
    expect(await call(apiEvent(ROUTE, BODY, { tenant: 'shop-1', grantee: 'refunds' }))).toEqual({
      status: 200,
      code: undefined,
      caller: { tenant: 'shop-1', grantee: 'refunds', proof: 'api-path' },
    });
  });

  test('a custom domain name may put a base path before it', async () => {
    const path = `/vault/t/shop/g/checkout${ROUTE.path}`;
    expect(await call(apiEvent(ROUTE, BODY, { path }))).toMatchObject({ status: 200 });
  });

  const { requestContext } = apiEvent(ROUTE, BODY);
  test.each<[string, object]>([
    [
      'without a signature of IAM',
      { requestContext: { ...requestContext, identity: { userArn: null, caller: null, accessKey: null } } },
    ],
    ['without an identity', { requestContext: { ...requestContext, identity: undefined } }],
    [
      'of another resource than its context says',
      { requestContext: { ...requestContext, resourcePath: '/t/{tenant}/g/{grantee}/v1/tokens' } },
    ],
    ['without names', { pathParameters: null }],
    ['of another tenant than its path says', { pathParameters: { tenant: 'other', grantee: 'checkout' } }],
    ['whose path is written otherwise', { path: `/t/sh%6fp/g/checkout${ROUTE.path}` }],
    [
      'with a path that goes up',
      {
        path: `/t/shop/g/checkout/../../../t/other/g/checkout${ROUTE.path}`,
        pathParameters: { tenant: 'shop', grantee: 'checkout' },
      },
    ],
    ['of a resource without names', { resource: '/v1/tokens/reveal/full' }],
    [
      'of an HTTP API, whose events are others',
      { resource: undefined, version: '2.0', routeKey: `POST ${ROUTE.path}` },
    ],
  ])('an event %s is refused', async (_, others) => {
    expect(await call(apiEvent(ROUTE, BODY, { ...others }))).toEqual({
      status: 403,
      code: 'forbidden',
      caller: undefined,
    });
  });

  test.each(['Shop', 'sh#op', 'sh_op', '-shop', 'a'.repeat(64), 'sh op', 'shöp', ''])(
    'a tenant named %j is refused',
    async (tenant) => {
      expect(await call(apiEvent(ROUTE, BODY, { tenant }))).toMatchObject({ status: 403 });
    },
  );

  test.each([null, undefined, 1, 'text', [], {}, { requestContext: 1 }])(
    'the event %j is refused',
    async (event) => {
      expect(await call(event)).toMatchObject({ status: 403 });
    },
  );

  test('a method or path that there is not, is not found', async () => {
    expect(await call(apiEvent({ method: 'GET', path: ROUTE.path }, null))).toMatchObject({
      code: 'route_not_found',
    });
    expect(await call(apiEvent(ROUTES.create, BODY))).toMatchObject({ code: 'route_not_found' });
  });
});

describe('directly', () => {
  const event = { route: ROUTE.path, body: BODY };

  test('tenant and grantee are those of the alias', async () => {
    expect(await call(event, 'shop_checkout')).toEqual({
      status: 200,
      code: undefined,
      caller: { tenant: 'shop', grantee: 'checkout', proof: 'function-alias' },
    });
  });

  test.each([
    '$LATEST',
    '1',
    'shop',
    'shop_other',
    'unknown_checkout',
    'operator',
    'constructor',
    '__proto__',
    '',
  ])('the alias %j is refused', async (alias) => {
    expect(await call(event, alias)).toMatchObject({ status: 403, caller: undefined });
  });

  test('a function without an alias is refused', async () => {
    const { handlers } = memoryApi();
    expect(await handlers['vault-reveal-full'](event, context())).toMatchObject({ statusCode: 403 });
  });

  test('an event of API Gateway that a direct caller made is not one', async () => {
    const forged = apiEvent(ROUTE, BODY, { tenant: 'other' });
    expect(await call(forged, 'shop_checkout')).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(await call({ ...event, requestContext: forged.requestContext }, 'shop_checkout')).toMatchObject({
      status: 400,
    });
  });

  test('neither the event nor its body nor the context of the client says who calls', async () => {
    expect(await call({ ...event, tenant: 'other' }, 'shop_checkout')).toMatchObject({ status: 400 });
    const body = JSON.stringify({ ...JSON.parse(BODY), tenant: 'other' });
    expect(await call({ ...event, body }, 'shop_checkout')).toMatchObject({ status: 400 });
    const api = memoryApi();
    const given = {
      ...context('shop_checkout'),
      clientContext: { tenant: 'other' },
      identity: { tenant: 'other' },
    };
    await api.handlers['vault-reveal-full'](event, given);
    expect(api.events).toMatchObject([{ caller: { tenant: 'shop' } }]);
  });

  test.each([
    [
      'aws-cn partition',
      'arn:aws-cn:lambda:cn-north-1:123412341234:function:vault:shop_checkout',
      'shop_checkout',
    ],
    ['no alias', 'arn:aws:lambda:eu-central-1:123412341234:function:vault', undefined],
    ['another service', 'arn:aws:states:eu-central-1:123412341234:function:vault:shop_checkout', undefined],
    ['more behind it', 'arn:aws:lambda:eu-central-1:123412341234:function:vault:shop_checkout:x', undefined],
    ['nothing', '', undefined],
  ])('an ARN with %s names %s', (_, invokedFunctionArn, alias) => {
    expect(aliasOf({ invokedFunctionArn, awsRequestId: '' })).toBe(alias);
  });

  test('two callers never share an alias', () => {
    expect(namesIn('a_b')).toEqual({ tenant: 'a', grantee: 'b' });
    for (const alias of ['a_b_c', 'a__b', '_b', 'a_', 'api', 'operator', 'A_b'])
      expect(namesIn(alias)).toBeUndefined();
  });
});

describe('the right to look up', () => {
  const body = { items: [{ type: 'card-number', value: '4111111111111111', dedupe: 'tenant' }] };
  const text = JSON.stringify(body);

  test('is a path of its own through the API', async () => {
    const { call } = memoryApi();
    expect(bodyOf(await call('create', body)).results).toEqual([{ status: 'error', error: 'forbidden' }]);
    const [first] = bodyOf(await call('deduplicate', body)).results ?? [];
    const [again] = bodyOf(await call('deduplicate', body)).results ?? [];
    expect(again).toEqual(first);
    expect(first).toMatchObject({ status: 'ok' });
  });

  test('is configured for an alias', async () => {
    const { handlers } = memoryApi();
    const create = handlers['vault-create'];
    const route = ROUTES.deduplicate.path;
    expect(await create({ route, body: text }, context('shop_checkout'))).toMatchObject({ statusCode: 403 });
    expect(await create({ route, body: text }, context('shop_office'))).toMatchObject({ statusCode: 200 });
    const plain = await create({ route: ROUTES.create.path, body: text }, context('shop_office'));
    expect(bodyOf(plain).results).toEqual([{ status: 'error', error: 'forbidden' }]);
  });
});
