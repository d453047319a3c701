import type { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { GuardedRestApi, type RestApiCommonProps, type RestApiKind } from '../../../lib/constructs/api';

/** A function that exists already. */
export function functionIn(stack: Stack, id = 'Function'): lambda.IFunction {
  const functionArn = `arn:aws:lambda:eu-west-1:111122223333:function:${id}`;
  return lambda.Function.fromFunctionAttributes(stack, id, { functionArn, sameEnvironment: true });
}

/** A regional API without a domain, of which only what all kinds share is looked at. */
export function apiIn(
  stack: Stack,
  props: RestApiCommonProps = {},
  kind: Partial<RestApiKind> = {},
): GuardedRestApi {
  return new GuardedRestApi(stack, 'Api', props, {
    rest: { endpointTypes: [apigateway.EndpointType.REGIONAL] },
    tls: { securityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', endpointAccessMode: 'STRICT' },
    ...kind,
  });
}

/** An order, as a schema. */
export const ORDER: apigateway.JsonSchema = {
  type: apigateway.JsonSchemaType.OBJECT,
  required: ['amount'],
  properties: { amount: { type: apigateway.JsonSchemaType.INTEGER } },
};

/** The same with a route, without which the CDK refuses it. */
export function apiWithRouteIn(
  stack: Stack,
  props: RestApiCommonProps = {},
  kind: Partial<RestApiKind> = {},
): GuardedRestApi {
  const api = apiIn(stack, props, kind);
  api.addRoute('GET /status', functionIn(stack));
  return api;
}
