/** An API whose partners sign their requests. Names, keys and ARNs are placeholders. */
import { type App, Stack } from 'aws-cdk-lib';
import { ApiKeySourceType, type JsonSchema } from 'aws-cdk-lib/aws-apigateway';
import { Code, Function as Handler, Runtime } from 'aws-cdk-lib/aws-lambda';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ManagedCertificate, PartnerApi, type PartnerKey, SignedRequests } from 'cdk-secure-transmission';

// #region keys
/** Public keys only. Two of a partner overlap while it changes from one to the next. */
export const PARTNER_KEYS: readonly PartnerKey[] = [
  {
    keyId: 'acme-2027',
    partner: 'acme',
    algorithm: 'ed25519',
    publicKey: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
    notAfter: '2027-12-01T00:00:00Z',
  },
  {
    keyId: 'acme-2028',
    partner: 'acme',
    algorithm: 'ecdsa-p256-sha256',
    publicKey: {
      kty: 'EC',
      crv: 'P-256',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    },
    notBefore: '2027-11-01T00:00:00Z',
    notAfter: '2028-12-01T00:00:00Z',
  },
];
// #endregion keys

/** The API, its authoriser and its backend. */
export function signedApi(app: App, payment: JsonSchema): Stack {
  const stack = new Stack(app, 'SignedPartners', { env: { region: 'eu-west-1' } });
  const hostedZone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    zoneName: 'example.com',
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  });
  const backend = new Handler(stack, 'Backend', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('// what backend.ts is bundled into'),
  });
  // #region api
  const signed = new SignedRequests(stack, 'Signed', {
    partnerKeys: PARTNER_KEYS,
    authorities: ['partners.example.com'],
  });
  const api = new PartnerApi(stack, 'Api', {
    domainName: 'partners.example.com',
    hostedZone,
    certificate: new ManagedCertificate(stack, 'Certificate', {
      domainName: 'partners.example.com',
      hostedZones: [hostedZone],
    }),
    clientTrust: {
      bucket: Bucket.fromBucketName(stack, 'TrustMaterial', 'trust-material-of-shop'),
      caCertificates: { key: 'partners.pem', version: '3HL4kqtJlcpXroDTDmjVBH40Nrjfkd' },
    },
    authorization: signed.authorization(),
    apiKeySource: ApiKeySourceType.AUTHORIZER,
  });
  api.addPartner('Acme', { apiKey: signed.apiKeyOf('acme') });
  signed.explainRefusals(api.api);
  signed.grantIdempotency(backend);
  backend.addEnvironment('IDEMPOTENCY_TABLE', signed.table.tableName);
  api.addRoute('POST /payments', backend, { body: payment });
  // #endregion api
  return stack;
}
