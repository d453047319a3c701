import type { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import {
  EncryptedQueue,
  HttpApiAuthorization,
  PartnerApi,
  PartnerHttpApi,
  WebAcl,
  WebhookAuthorization,
  WebhookDestination,
} from '../../../lib';
import {
  type ConstructSample,
  existingBucket,
  existingCertificate,
  existingKey,
  existingTopic,
  existingZone,
} from './construct-sample';

const NAME = 'partners.example.com';

function existingFunction(around: Construct, name: string): lambda.IFunction {
  return lambda.Function.fromFunctionAttributes(around, name, {
    functionArn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}`,
    sameEnvironment: true,
  });
}

const clientTrust = (around: Construct) => ({
  bucket: existingBucket(around, 'trust-of-example'),
  caCertificates: { key: 'partners.pem', version: '3HL4kqtJlcpXroDTDmJ' },
});

const credential = (around: Construct) => ({
  secret: secretsmanager.Secret.fromSecretCompleteArn(
    around,
    'Credential',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:partner-AbCdEf',
  ),
});

const destinationIn = (stack: Stack, around: Construct) =>
  new WebhookDestination(stack, 'Partner', {
    endpoint: 'https://hooks.partner.example.com/v1/payments',
    allowedHosts: ['hooks.partner.example.com'],
    authorization: WebhookAuthorization.apiKey({ headerName: 'X-Api-Key', key: credential(around) }),
  });

/** What other companies call, and are called by. */
export const PARTNER_SAMPLES: readonly ConstructSample[] = [
  {
    construct: 'PartnerApi',
    build: (stack, around) => {
      const api = new PartnerApi(stack, 'Partners', {
        domainName: NAME,
        certificate: existingCertificate(around),
        clientTrust: clientTrust(around),
      });
      api.addRoute('GET /payments/{id}', existingFunction(around, 'payments'));
      api.addPartner('Acme');
      return api;
    },
  },
  {
    construct: 'PartnerApi',
    options: 'a record, a web ACL, a key and a topic that exist, a body that is looked at, two partners',
    build: (stack, around) => {
      const api = new PartnerApi(stack, 'Partners', {
        domainName: NAME,
        certificate: existingCertificate(around),
        ownershipCertificate: existingCertificate(around, 'eu-west-1', '2'),
        clientTrust: clientTrust(around),
        hostedZone: existingZone(around),
        webAcl: WebAcl.fromWebAclAttributes(around, 'WebAcl', {
          webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/partners/1',
        }),
        throttling: { rateLimit: 200, burstLimit: 400 },
        encryptionKey: existingKey(around),
        alarmTopic: existingTopic(around),
      });
      api.addRoute('POST /payments', existingFunction(around, 'payments'), {
        body: {
          type: apigateway.JsonSchemaType.OBJECT,
          required: ['amount'],
          properties: { amount: { type: apigateway.JsonSchemaType.INTEGER, minimum: 1 } },
        },
      });
      api.addPartner('Acme');
      api.addPartner('Globex', {
        description: 'Globex Ltd',
        throttling: { rateLimit: 50, burstLimit: 100 },
        quota: { limit: 100_000 },
        principals: [new iam.ArnPrincipal('arn:aws:iam::444455556666:role/erp')],
        routes: [{ method: 'POST', path: '/payments' }],
      });
      return api;
    },
  },
  {
    construct: 'PartnerHttpApi',
    build: (stack, around) => {
      const api = new PartnerHttpApi(stack, 'Events', {
        domainName: NAME,
        certificate: existingCertificate(around),
        authorization: HttpApiAuthorization.jwt({
          issuer: 'https://login.example.com/',
          audience: ['events'],
        }),
      });
      api.addRoute('POST /events', existingFunction(around, 'events'));
      return api;
    },
  },
  {
    construct: 'PartnerHttpApi',
    options: 'signatures of AWS, certificates of clients, a record, a key and a topic that exist',
    build: (stack, around) => {
      const api = new PartnerHttpApi(stack, 'Events', {
        domainName: NAME,
        certificate: existingCertificate(around),
        authorization: HttpApiAuthorization.iam(),
        clientTrust: clientTrust(around),
        hostedZone: existingZone(around),
        encryptionKey: existingKey(around),
        alarmTopic: existingTopic(around),
      });
      api.addRoute('POST /events', existingFunction(around, 'events'));
      return api;
    },
  },
  {
    construct: 'WebhookDestination',
    build: destinationIn,
  },
  {
    construct: 'WebhookDestination',
    options: 'tokens of OAuth, a queue, a key and a topic that exist, events of one kind that go there',
    build: (stack, around) => {
      const encryptionKey = existingKey(around);
      const destination = new WebhookDestination(stack, 'Partner', {
        endpoint: 'https://hooks.partner.example.com/v1/payments',
        allowedHosts: ['hooks.partner.example.com', 'login.partner.example.com'],
        authorization: WebhookAuthorization.oauth({
          authorizationEndpoint: 'https://login.partner.example.com/token',
          clientId: 'shop',
          clientSecret: credential(around),
        }),
        invocationRateLimitPerSecond: 50,
        encryptionKey,
        undeliveredQueue: new EncryptedQueue(stack, 'Undelivered', { encryptionKey }),
        alarmTopic: existingTopic(around),
      });
      destination.deliver('Settled', {
        eventPattern: { source: ['shop.payments'], detailType: ['PaymentSettled'] },
        event: events.RuleTargetInput.fromObject({ payment: events.EventField.fromPath('$.detail.id') }),
      });
      return destination;
    },
  },
];
