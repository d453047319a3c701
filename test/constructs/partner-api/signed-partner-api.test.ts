import type { Stack } from 'aws-cdk-lib';
import { ApiKeySourceType } from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { PartnerApi, PartnerHttpApi } from '../../../lib/constructs/partner-api';
import { SignedRequests } from '../../../lib/constructs/partner-api/signed-requests';
import { PARTNER_KEYS } from '../../target/message-signatures/messages';
import { findingsOf } from '../judged';
import { certificateIn, propertiesOfOnly, resourcesOf, stackIn } from '../support';

const NAME = 'partners.example.com';

const handlerIn = (stack: Stack) =>
  lambda.Function.fromFunctionAttributes(stack, 'Payments', {
    functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:payments',
    sameEnvironment: true,
  });

const signedIn = (stack: Stack) =>
  new SignedRequests(stack, 'Signed', { partnerKeys: PARTNER_KEYS, authorities: [NAME] });

test('a PartnerApi takes signed requests, each asked about, behind certificates of clients', () => {
  const stack = stackIn('eu-west-1');
  const signed = signedIn(stack);
  const api = new PartnerApi(stack, 'Partners', {
    domainName: NAME,
    certificate: certificateIn(stack),
    clientTrust: {
      bucket: s3.Bucket.fromBucketName(stack, 'Trust', 'trust-of-example'),
      caCertificates: { key: 'partners.pem', version: 'v1' },
    },
    authorization: signed.authorization(),
    apiKeySource: ApiKeySourceType.AUTHORIZER,
  });
  api.addRoute('GET /payments/{id}', handlerIn(stack));
  api.addPartner('Acme', { apiKey: signed.apiKeyOf('acme-ed25519') });
  expect(propertiesOfOnly(stack, 'AWS::ApiGateway::Method')).toMatchObject({
    AuthorizationType: 'CUSTOM',
    ApiKeyRequired: true,
    AuthorizerId: { Ref: Object.keys(resourcesOf(stack, 'AWS::ApiGateway::Authorizer'))[0] },
  });
  expect(propertiesOfOnly(stack, 'AWS::ApiGateway::Authorizer')).toMatchObject({
    AuthorizerResultTtlInSeconds: 0,
    IdentitySource: 'method.request.header.Signature-Input,method.request.header.Signature',
    Type: 'REQUEST',
  });
  expect(propertiesOfOnly(stack, 'AWS::ApiGateway::DomainName')).toHaveProperty('MutualTlsAuthentication');
  expect(findingsOf(stack)).toEqual([]);
});

test('so does a PartnerHttpApi', () => {
  const stack = stackIn('eu-west-1');
  const api = new PartnerHttpApi(stack, 'Events', {
    domainName: NAME,
    certificate: certificateIn(stack),
    authorization: signedIn(stack).httpAuthorization(),
  });
  api.addRoute('POST /events', handlerIn(stack));
  expect(propertiesOfOnly(stack, 'AWS::ApiGatewayV2::Route')).toMatchObject({ AuthorizationType: 'CUSTOM' });
  expect(propertiesOfOnly(stack, 'AWS::ApiGatewayV2::Authorizer')).toMatchObject({
    AuthorizerPayloadFormatVersion: '2.0',
    AuthorizerResultTtlInSeconds: 0,
    EnableSimpleResponses: true,
    IdentitySource: ['$request.header.Signature-Input', '$request.header.Signature'],
  });
});
