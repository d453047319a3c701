import type { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { samplesOf } from './passing-code';

/** A REST API that is reached at its own address. */
export function apiAddress(stack: Stack): void {
  // #region apiAddress
  const api = new apigateway.RestApi(stack, 'Prices', {
    endpointTypes: [apigateway.EndpointType.REGIONAL],
  });
  // RestApi has no property for either: left out, the address takes TLS 1.0.
  const cfnApi = api.node.defaultChild as apigateway.CfnRestApi;
  cfnApi.securityPolicy = apigateway.SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09;
  cfnApi.endpointAccessMode = apigateway.EndpointAccessMode.STRICT;
  api.root.addMethod('GET', new apigateway.HttpIntegration('https://prices.internal.example.com/'), {
    authorizationType: apigateway.AuthorizationType.IAM,
  });
  // #endregion apiAddress
}

/** A stage whose cache is encrypted, and that shows the server behind it who asks. */
export function apiStage(stack: Stack): void {
  // #region apiStage
  const toServer = new apigateway.CfnClientCertificate(stack, 'ToServer');
  const api = new apigateway.RestApi(stack, 'Prices', {
    disableExecuteApiEndpoint: true,
    deployOptions: {
      clientCertificateId: toServer.ref,
      cacheClusterEnabled: true,
      cachingEnabled: true,
      cacheDataEncrypted: true,
    },
  });
  api.root.addMethod('GET', new apigateway.HttpIntegration('https://prices.example.com/'));
  // #endregion apiStage
}

/** A cookie that neither plaintext nor scripts get to see. */
export function apiCookie(stack: Stack): void {
  // #region apiCookie
  const api = new apigateway.RestApi(stack, 'Account', { disableExecuteApiEndpoint: true });
  api.root.addResource('sign-out').addMethod(
    'POST',
    new apigateway.MockIntegration({
      requestTemplates: { 'application/json': '{"statusCode": 204}' },
      integrationResponses: [
        {
          statusCode: '204',
          responseParameters: {
            'method.response.header.Set-Cookie':
              "'session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict'",
          },
        },
      ],
    }),
    {
      methodResponses: [
        { statusCode: '204', responseParameters: { 'method.response.header.Set-Cookie': true } },
      ],
    },
  );
  // #endregion apiCookie
}

/** A GraphQL API that logs what happened, and not what it was about. */
export function graphQl(stack: Stack): void {
  // #region graphQl
  new appsync.GraphqlApi(stack, 'Catalogue', {
    name: 'catalogue',
    definition: appsync.Definition.fromFile('examples/passing/catalogue.graphql'),
    authorizationConfig: {
      defaultAuthorization: {
        authorizationType: appsync.AuthorizationType.OIDC,
        openIdConnectConfig: { oidcProvider: 'https://id.example.com' },
      },
    },
    logConfig: {
      fieldLogLevel: appsync.FieldLogLevel.ERROR,
      excludeVerboseContent: true,
      retention: logs.RetentionDays.THIRTEEN_MONTHS,
    },
  });
  // #endregion graphQl
}

/** Events that leave for somebody else's API by TLS, with credentials that no template holds. */
export function apiDestination(stack: Stack): void {
  // #region apiDestination
  const client = secretsmanager.Secret.fromSecretNameV2(stack, 'Client', 'parcels/client');
  const connection = new events.Connection(stack, 'Parcels', {
    authorization: events.Authorization.oauth({
      authorizationEndpoint: 'https://id.parcels.example/token',
      httpMethod: events.HttpMethod.POST,
      clientId: 'shop',
      clientSecret: client.secretValueFromJson('secret'),
    }),
  });
  new events.ApiDestination(stack, 'Shipments', {
    connection,
    endpoint: 'https://api.parcels.example/shipments',
  });
  // #endregion apiDestination
}

/** A function that one service, of one account, may invoke. */
export function functionPermission(stack: Stack): void {
  // #region functionPermission
  const handler = new lambda.Function(stack, 'Thumbnails', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
  });
  const pictures = new s3.Bucket(stack, 'Pictures', { enforceSSL: true, minimumTLSVersion: 1.2 });
  pictures.addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.LambdaDestination(handler));
  // #endregion functionPermission
}

/** Samples of this file. */
export const APIS = samplesOf('apis.ts', {
  'A REST API at its own address': { apiAddress },
  'A stage with a cache': { apiStage },
  'A cookie of an API': { apiCookie },
  'A GraphQL API': { graphQl },
  'An API of somebody else': { apiDestination },
  'A function that a bucket invokes': { functionPermission },
});
