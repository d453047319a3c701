import { JsonSchemaType } from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { ApiAccountLogging, ApiVpcLink, JwtAuthorizer, PrivateApi, TlsProfile } from '../../../lib';
import {
  type ConstructSample,
  existingCertificate,
  existingKey,
  existingTopic,
  existingVpc,
} from './construct-sample';

function existingFunction(around: Construct, name: string): lambda.IFunction {
  return lambda.Function.fromFunctionAttributes(around, name, {
    functionArn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}`,
    sameEnvironment: true,
  });
}

/** APIs that networks of one's own call. */
export const PRIVATE_API_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'PrivateApi',
    build: (stack, around) => {
      const api = new PrivateApi(stack, 'Orders', { vpc: existingVpc(around) });
      api.addRoute('GET /orders/{id}', existingFunction(around, 'orders'));
      return api;
    },
  },
  {
    construct: 'PrivateApi',
    options: 'a domain, an organisation, an account, bodies that are looked at, TLS 1.3',
    build: (stack, around) => {
      const api = new PrivateApi(stack, 'Orders', {
        vpc: existingVpc(around),
        organizationId: 'o-a1b2c3d4e5',
        callerAccounts: ['444455556666'],
        tlsProfile: TlsProfile.TLS_1_3_ONLY,
        domain: {
          domainName: 'orders.example.com',
          certificate: existingCertificate(around),
          hostedZone: PrivateHostedZone.fromPrivateHostedZoneAttributes(around, 'PrivateZone', {
            hostedZoneId: 'Z0123456789ABCDEFGHIJ',
            zoneName: 'example.com',
          }),
        },
        encryptionKey: existingKey(around),
        alarmTopic: existingTopic(around),
        throttling: { rateLimit: 500, burstLimit: 1000 },
      });
      api.addRoute('GET /orders/{id}', existingFunction(around, 'orders'));
      api.addRoute('POST /orders', existingFunction(around, 'order'), {
        body: { type: JsonSchemaType.OBJECT, required: ['amount'] },
      });
      return api;
    },
  },
  {
    construct: 'ApiAccountLogging',
    build: (stack) => new ApiAccountLogging(stack, 'ApiLogging'),
  },
  {
    construct: 'ApiVpcLink',
    build: (stack, around) => new ApiVpcLink(stack, 'Link', { vpc: existingVpc(around) }),
  },
  {
    construct: 'JwtAuthorizer',
    build: (stack) =>
      new JwtAuthorizer(stack, 'Tokens', {
        issuer: 'https://login.example.com/',
        audience: ['https://orders.example.com'],
      }),
  },
  {
    construct: 'JwtAuthorizer',
    options: 'a scope, access tokens only, keys of its own address, a key and a topic that exist',
    build: (stack, around) =>
      new JwtAuthorizer(stack, 'Tokens', {
        issuer: 'https://login.example.com/',
        audience: ['https://orders.example.com'],
        scopes: ['orders.read'],
        accessTokensOnly: true,
        jwksUri: 'https://keys.example.com/jwks.json',
        encryptionKey: existingKey(around),
        alarmTopic: existingTopic(around),
        reservedConcurrentExecutions: 50,
      }),
  },
];
